"""Templates, the files beside them, and the headers of every page."""

import hashlib
import importlib.resources
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi.responses import FileResponse, HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from adgen_pipeline.api.pages.words import clock, here, money
from adgen_pipeline.settings import Settings

_HERE = Path(__file__).parent
_FILES = {
    "pages.css": "text/css",
    "live.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "sans.ttf": "font/ttf",
    "serif.ttf": "font/ttf",
    "docs.js": "text/javascript",
    "swagger-ui.js": "text/javascript",
    "swagger-ui.css": "text/css",
}
_OF_PACKAGES = {
    "sans.ttf": ("font_manrope", "files/Manrope-VariableFont_wght.ttf"),
    "serif.ttf": ("font_source_serif_pro", "files/SourceSerifPro-Light.ttf"),
    "swagger-ui.js": ("fastapi_swagger", "resources/swagger-ui-bundle.js"),
    "swagger-ui.css": ("fastapi_swagger", "resources/swagger-ui.css"),
}
"""The typefaces of the ads themselves, and Swagger UI: everything comes from here, nothing from another server."""

_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Drawing:
    """Draws pages for `settings`; everything that is put into them is escaped."""

    def __init__(self, settings: Settings):
        self.base = urlsplit(str(settings.api_url)).path.rstrip("/")
        loader = PackageLoader("adgen_pipeline.api.pages")
        self._templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._templates.filters |= {"money": money, "clock": clock, "here": here}
        self._templates.globals |= {
            "base": self.base,
            "version": _version(),
            "dagster_url": str(settings.ui_url or settings.dagster_url).rstrip("/"),
            "guarded": bool(settings.bearer_tokens),
            "door": False,
        }

    def page(self, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
        """A page nobody keeps: it shows how things stand now."""
        content = self._templates.get_template(template).render(shown)
        return HTMLResponse(content, status, headers=_SECURITY | {"Cache-Control": "no-store", "Vary": "Accept"})


def static_file(name: str) -> Response | None:
    """A file of the pages, kept by browsers for a day; its URL changes with the package. None for any other name."""
    if name not in _FILES:
        return None
    headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return FileResponse(_path(name), media_type=_FILES[name], headers=headers)


def _path(name: str) -> Path:
    if name not in _OF_PACKAGES:
        return _HERE / "static" / name
    package, file = _OF_PACKAGES[name]
    return Path(str(importlib.resources.files(package) / file))


@cache
def _version() -> str:
    content = b"".join(_path(name).read_bytes() for name in _FILES)
    return hashlib.sha256(content).hexdigest()[:10]
