"""The page that asks for the token: whole in itself, as nothing else is served before it is given."""

from html import escape

from starlette.responses import HTMLResponse

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in - adgen</title>{once_more}
<style>
  :root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }}
  body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText }}
  form {{ width: min(22rem, calc(100vw - 3rem)); display: grid; gap: .75rem }}
  h1 {{ margin: 0; font-size: 1.5rem }}
  p {{ margin: 0 }}
  small {{ opacity: .75 }}
  label {{ font-weight: 600 }}
  input, button {{ font: inherit; padding: .6rem .75rem; border-radius: .5rem; border: 1px solid GrayText }}
  button {{ background: #4f43dd; border-color: #4f43dd; color: #fff; font-weight: 600; cursor: pointer }}
  :focus-visible {{ outline: 3px solid #8b82f6; outline-offset: 2px }}
  [role=alert] {{ border-left: 4px solid #d93025; padding-left: .75rem }}
</style>
<form method="post" action="/login">
  <h1>Dagster UI of adgen</h1>
  {alert}
  <label for="token">Token</label>
  <input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
  <input name="next" type="hidden" value="{next}">
  <button>Sign in</button>
  <small>It is the UI_TOKEN in the settings of this deployment.</small>
</form>
</html>
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def login_page(then: str, *, status: int = 200, alert: str = "", from_a_link: bool = False) -> HTMLResponse:
    """Leads on to the path `then`; `alert` says what was wrong with the last try.

    A link on another site is followed without the cookie. The page then opens `then` once more by itself, which is this
    site's own doing, so that who is signed in sees no login.
    """
    once_more = f'<meta http-equiv="refresh" content="0; url={escape(then)}">' if from_a_link else ""
    told = f'<p role="alert">{escape(alert)}</p>' if alert else ""
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(_PAGE.format(alert=told, next=escape(then), once_more=once_more), status, headers)
