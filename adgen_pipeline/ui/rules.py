"""What nobody may ask, with a token or without."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from adgen_pipeline.ui.answers import error
from adgen_pipeline.ui.origins import AllowedHosts, comes_from_elsewhere, is_navigation
from adgen_pipeline.ui.reads import refused_by_get

_SAFE = ("GET", "HEAD", "OPTIONS")
LOGIN = "/login"


def refused(asked: HTTPConnection, hosts: AllowedHosts) -> Response | None:
    """The answer to what nobody may ask; None for all else."""
    if not hosts.admit(asked.headers):
        told = "the Dagster UI is not served under that Host; `--host`, DAGSTER_URL and UI_URL name those it has"
        return error(421, told)
    if _is_foreign(asked):
        return error(403, "a page of another origin may not ask this")
    if _may_change(asked):
        return _wrong_type(asked)
    why = refused_by_get(asked.query_params) if _is_graphql(asked) else None
    return error(405, f"refused: {why}", {"Allow": "POST"}) if why else None


def _is_graphql(asked: HTTPConnection) -> bool:
    return str(asked.scope["path"]).rstrip("/") == "/graphql"


def _may_change(asked: HTTPConnection) -> bool:
    """Whether it may change anything: all but plain reads."""
    return asked.scope["type"] == "websocket" or asked.scope["method"] not in _SAFE


def _is_foreign(asked: HTTPConnection) -> bool:
    """Whether a page of another origin asks for more than to be followed by a link to here."""
    if not comes_from_elsewhere(asked.headers):
        return False
    return _may_change(asked) or _is_graphql(asked) or not _is_followed_link(asked)


def _is_followed_link(asked: HTTPConnection) -> bool:
    """Pages may link to the UI. An old browser does not say what it follows: its plain reads are taken for that."""
    return is_navigation(asked.headers) or "sec-fetch-site" not in asked.headers


def _wrong_type(asked: HTTPConnection) -> Response | None:
    """A page can send text or a form without the browser asking here first; JSON it cannot."""
    if asked.scope["type"] == "websocket" or asked.scope["path"] == LOGIN:
        return None
    kind = asked.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json" or (not kind and not _is_graphql(asked)):
        return None
    return error(415, f"{kind or 'no content type'} is not read; send application/json")
