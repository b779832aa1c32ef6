"""The embedded studio's libraries: loaded, and each made to do a little."""

from collections.abc import Iterator, Sequence

from adgen_pipeline.doctor.findings import Finding, failure, ok
from adgen_pipeline.errors import RenderError


def libraries(stages: Sequence[str]) -> Iterator[Finding]:
    """Of the studio that stands in for the services of `stages`."""
    yield ok("studio", f"the embedded studio stands in for: {', '.join(stages).lower()}")
    try:
        yield _drawing()
        yield from _fonts()
    except RenderError as error:  # libEGL or libGL are not there; the message has the way out
        yield failure("studio, drawing", error.message.partition(". ")[0], error.message.partition(". ")[2])
    yield _voice()
    yield _encoding()


def _drawing() -> Finding:
    from adgen_pipeline.studio.drawing.skia_door import skia

    return ok("studio, drawing", f"skia {skia.__version__} is loaded, with libEGL and libGL")


def _fonts() -> Iterator[Finding]:
    from adgen_pipeline.studio.drawing.paint import TYPEFACES, typeface

    missing = [name for name in TYPEFACES if not _is_there(typeface, name)]
    if missing:
        yield failure(
            "studio, fonts", f"not to be had: {', '.join(missing)}", "pip install --force-reinstall adgen-pipeline"
        )
    else:
        yield ok("studio, fonts", f"all {len(TYPEFACES)} faces are there")


def _is_there(typeface: object, name: str) -> bool:
    try:
        return typeface(name) is not None  # type: ignore[operator]
    except (AssertionError, OSError, TypeError, ValueError, AttributeError):
        return False


def _voice() -> Finding:
    try:
        from adgen_pipeline.studio.composition.voice_door import Hibari

        said = len(Hibari()("Hello.", speed=1.0, seed=0))
    except Exception as error:  # a native library under it, of whichever kind
        mend = "pip install --force-reinstall hibari-tts onnxruntime"
        return failure("studio, voice", f"cannot speak ({type(error).__name__}: {error})", mend)
    return ok("studio, voice", f"spoke a word ({said} samples)")


def _encoding() -> Finding:
    try:
        import av

        missing = [codec for codec in ("libx264", "aac") if codec not in av.codecs_available]
    except ImportError as error:
        return failure("studio, encoding", f"PyAV cannot be loaded ({error})", "pip install --force-reinstall av")
    if missing:
        return failure(
            "studio, encoding", f"PyAV has no {' and no '.join(missing)}", "pip install --force-reinstall av"
        )
    return ok("studio, encoding", f"PyAV {av.__version__} has libx264 and aac")
