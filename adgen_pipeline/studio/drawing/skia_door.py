"""The one door to skia, which needs two system libraries that slim container images lack."""

from adgen_pipeline.errors import RenderError

try:
    import skia
except ImportError as error:
    raise RenderError(
        f"the studio's drawing library cannot load a system library ({error}). On Debian or Ubuntu: "
        "apt-get install -y libegl1 libgl1; on Fedora: dnf install -y mesa-libEGL mesa-libGL. "
        "Or set IMAGE_GEN_URL, VIDEO_GEN_URL and COMPOSITION_URL to services of your own.",
        details={"library": "skia-python", "cause": str(error)},
    ) from error

__all__ = ["skia"]
