"""What people see of a step in the UI: costs, times, sizes and pictures as metadata, failures in clear words."""

import base64
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import dagster as dg
from PIL import Image

from adgen_pipeline.contracts.ad import FinishedAd, StageCost
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.purchase import Artifact, Receipt
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.inspection.stills import still
from adgen_pipeline.purchases import Purchases
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.links import MediaLinks

PREVIEW_PIXELS, THUMBNAIL_PIXELS = 320, 160

LINK_SECONDS = 30 * 24 * 3600.0
"""How long a link in the UI plays: people look at last week's ads."""


@contextmanager
def clear_failures() -> Iterator[None]:
    """Turns an error of ours into a `dg.Failure`: the message for people, the rest as metadata, no step retries."""
    try:
        yield
    except AdgenError as error:
        details = {name: str(value) for name, value in error.details.items() if value is not None}
        metadata = {"code": error.code.value, "cost_usd": float(error.cost), **details}
        raise dg.Failure(error.message, metadata=metadata, allow_retries=False) from error


def of_receipt(receipt: Receipt) -> dict[str, Any]:
    """Cost (USD), seconds, model and attempts of one bought call."""
    return {
        "cost_usd": float(receipt.cost),
        "seconds": receipt.seconds,
        "attempts": receipt.attempts,
        **_reuse([receipt]),
        "model": receipt.model or "not told",
        "note": str(receipt.metadata.get("note", "")),
    }


def of_receipts(receipts: list[Receipt]) -> dict[str, Any]:
    """The same summed over a stage."""
    return {
        "cost_usd": float(sum((receipt.cost for receipt in receipts), Decimal(0))),
        "seconds": round(sum(receipt.seconds for receipt in receipts), 3),
        "calls": len(receipts),
        **_reuse(receipts),
        "model": ", ".join(sorted({receipt.model or "not told" for receipt in receipts})),
    }


def seed_of(brief: Brief) -> str:
    """The brief's seed, for people."""
    return "the services' own" if brief.seed is None else str(brief.seed)


def of_artifact(artifact: Artifact, path: Path) -> dict[str, Any]:
    """Size in pixels, bytes and, for a video, seconds and frames; and where our copy lies."""
    facts = {
        "resolution": f"{artifact.width}x{artifact.height}",
        "megabytes": round(artifact.size / 1e6, 3),
        "sha256": artifact.sha256,
        "file": dg.MetadataValue.path(str(path)),
    }
    if artifact.duration is not None:
        facts |= {"duration_seconds": artifact.duration, "fps": artifact.fps, "frames": artifact.frames}
    return facts


def picture(path: Path, words: str) -> dg.MarkdownMetadataValue:
    """The picture at `path`, small enough to live in the event log (about 15 kB)."""
    return dg.MetadataValue.md(as_markdown(Image.open(path), words, PREVIEW_PIXELS))


def thumbnails(paths: Mapping[str, Path]) -> dict[str, str]:
    """The pictures at `paths` as markdown, small enough for a table's line (about 5 kB), by the same names."""
    found = {name: Image.open(path) for name, path in paths.items()}
    return {name: as_markdown(image, name, THUMBNAIL_PIXELS) for name, image in found.items()}


def posters(clips: Mapping[str, Path]) -> dict[str, str]:
    """A picture from the middle of each video in `clips`, as `thumbnails` gives them; empty if none can be decoded."""
    found = {name: still(path) for name, path in clips.items()}
    return {name: as_markdown(image, name, THUMBNAIL_PIXELS) if image else "" for name, image in found.items()}


def playable(purchases: Purchases, artifact: Artifact) -> str:
    """A URL at which a browser plays our copy: under MEDIA_URL, or else a signed link of the API at API_URL."""
    return purchases.public_url(artifact) or MediaLinks.of(Settings.read()).link(artifact, seconds=LINK_SECONDS)


def cost_table(ad: FinishedAd) -> dg.TableMetadataValue:
    """What each stage came to and the total: calls, how many were reused, seconds, USD."""
    total = StageCost(
        stage="total",
        cost=ad.total_cost,
        calls=sum(stage.calls for stage in ad.costs),
        reused=sum(stage.reused for stage in ad.costs),
        seconds=round(sum(stage.seconds for stage in ad.costs), 3),
    )
    return dg.MetadataValue.table([_row(stage) for stage in [*ad.costs, total]])


def _row(of: StageCost) -> dg.TableRecord:
    known = {"calls": of.calls, "reused": of.reused, "seconds": of.seconds, "cost_usd": float(of.cost)}
    return dg.TableRecord({"stage": of.stage, **known})


def _reuse(receipts: list[Receipt]) -> dict[str, Any]:
    """What was taken from earlier ads and what that saved; what may have been billed beside the known cost."""
    return {
        "reused": sum(receipt.reused_from is not None for receipt in receipts),
        "saved_usd": float(sum(receipt.saved for receipt in receipts)),
        "unknown_usd": float(sum(receipt.unknown for receipt in receipts)),
    }


def as_markdown(image: Image.Image, words: str, pixels: int) -> str:
    """`image` inside the text itself, its longer side `pixels` long; `words` stand for it where it is not shown."""
    with image:
        small = image.convert("RGB")
        small.thumbnail((pixels, pixels))
    packed = io.BytesIO()
    small.save(packed, "JPEG", quality=82)
    return f"![{words}](data:image/jpeg;base64,{base64.b64encode(packed.getvalue()).decode()})"
