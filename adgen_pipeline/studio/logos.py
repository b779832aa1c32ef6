"""The brand's own picture, looked at before anything is paid for an ad that shows it.

Only where the embedded studio composes: what another service takes for a logo, and from where, is its own affair.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, UnidentifiedImageError

from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.stages import COMPOSITION
from adgen_pipeline.downloads import shown
from adgen_pipeline.downloads.beforehand import refuse_beforehand
from adgen_pipeline.downloads.network import Refused
from adgen_pipeline.errors import AdgenError, ArtifactError, InvalidBrief, RenderError
from adgen_pipeline.settings import Settings
from adgen_pipeline.studio.job import Job

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 6000 * 4000

_FIELD = "brand_guidelines.logo_url"
_WAY_OUT = "Nothing was bought: name a PNG, JPEG or WEBP picture that can be fetched from here, or leave it out"


def decoded(path: Path) -> Image.Image:
    """The picture at `path` as RGBA.

    Raises RenderError if it is none of PNG, JPEG and WEBP, is broken, or has more than 24 million pixels.
    """
    try:
        with Image.open(path, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise RenderError(f"the logo has {opened.width}x{opened.height} pixels; {MOST_PIXELS:,} are the most")
            return opened.convert("RGBA")
    except UnidentifiedImageError as error:  # its words are the file's path
        raise RenderError("the logo is no PNG, JPEG or WEBP picture that can be read") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise RenderError(f"the logo is no PNG, JPEG or WEBP picture that can be read ({error})") from error


def check_address(brief: Brief, settings: Settings) -> None:
    """Raises InvalidBrief for a logo at an address that would never be asked; names are resolved later."""
    url = _logo_of(brief)
    if url is None or settings.service(COMPOSITION).url:
        return
    try:
        refuse_beforehand(url, settings.media_allowed_hosts)
    except Refused as refusal:
        raise _refused(url, f"cannot be fetched: {refusal}") from None


def check_picture(brief: Brief, settings: Settings) -> None:
    """Fetch the logo as composition will. Raises InvalidBrief if it cannot be had, or is no picture that is shown."""
    url = _logo_of(brief)
    if url is None:
        return
    with TemporaryDirectory(prefix="adgen-logo-") as folder:
        try:
            decoded(Job(Path(folder), settings.media_folder).fetch_logo(url))
        except (ArtifactError, RenderError) as error:
            raise _refused(url, f"cannot be used: {_reason(url, error)}. {_WAY_OUT}") from error


def _logo_of(brief: Brief) -> str | None:
    logo = brief.brand_guidelines.logo_url if brief.brand_guidelines else None
    return str(logo) if logo else None


def _reason(url: str, error: AdgenError) -> str:
    """The error's words; those of a download begin with the URL, which stands before them already."""
    return error.message.removeprefix(f"{shown(url)} could not be fetched: ")


def _refused(url: str, told: str) -> InvalidBrief:
    return InvalidBrief([(_FIELD, shown(url), told)])
