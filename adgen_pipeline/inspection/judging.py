"""The rules: what an ad must keep, what it should keep, and by which limits. Each gives one finding.

A rule fails an ad that nobody could use; it warns of what somebody should look at. Limits have their
source beside them.
"""

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.contracts.brief import AspectRatio
from adgen_pipeline.errors import dollars
from adgen_pipeline.inspection.findings import Finding, Verdict
from adgen_pipeline.inspection.safe_area import META_REELS, margins_of, outside
from adgen_pipeline.inspection.sound import Sound
from adgen_pipeline.inspection.stretches import Stretch
from adgen_pipeline.inspection.watching import COLOUR_DISTANCE, STILL_SECONDS, Watched
from adgen_pipeline.ledger import Totals

LENGTH_PASSES, LENGTH_FAILS = 0.15, 0.5
"""Seconds too long or too short. Scenes are rounded to tenths, and a draft's frame lasts 0.07 s; half a second is what
composition itself is allowed to miss by, and more than that no booked slot of 15 or 30 s takes."""

SHAPE_FAILS = 0.02
"""How far width to height may be from what was ordered: beyond rounding to whole pixels, players add bars."""

RATE_PASSES, RATE_FAILS = 0.01, 0.5
"""Share by which frames a second may miss: 29.97 is taken for 30; half of what was ordered is seen to stutter."""

UNEVEN = 0.25
"""Of a frame's time: how far gaps may differ before a frame is missing. File times are rounded to a millisecond."""

LOUDNESS, LOUDNESS_PASSES = -14.0, 1.0
"""LUFS to which YouTube, Spotify and others turn down what is louder, and LU to either side: EBU R 128 allows 1 LU
where the target cannot be met exactly."""

PEAK_WARNS = -1.0
"""dBTP. EBU R 128: beyond it, what platforms encode once more may clip."""

BLACK_FAILS = 0.5
"""Share of an ad that is black from which there is nothing to see."""

END_CARD_SECONDS = 4.0
"""How long the last picture may stand: the end card with name and button, which people should read."""

BRAND_SHARE = 0.002
"""Of one picture: a tenth of what a button takes. Ads of the studio have 2 to 11 %, and at most 0.02 % of a brand
colour that is none of theirs."""


def decodes(watched: Watched) -> Finding:
    """Every frame the file promises is there and can be decoded."""
    missing = max(0, watched.promised - watched.frames)
    figures: dict[str, float | str] = {"frames": watched.frames, "missing_frames": missing}
    if not watched.damaged and not missing and watched.frames:
        return Finding("decodes", "passed", f"all {watched.frames} frames can be decoded", figures)
    at = ", ".join(f"{seconds:g} s" for seconds in sorted(set(watched.damaged))[:5])
    told = f"{missing} of {watched.promised} frames are missing" if missing else f"{len(watched.damaged)} are damaged"
    return Finding("decodes", "failed", told + (f" (at {at})" if at else ""), figures)


def duration(watched: Watched, ordered: float) -> Finding:
    """It lasts as long as the brief says."""
    off = abs(watched.seconds - ordered)
    verdict: Verdict = "passed" if off <= LENGTH_PASSES else "warned" if off <= LENGTH_FAILS else "failed"
    told = f"it lasts {watched.seconds:g} s; {ordered:g} s were ordered (within {LENGTH_PASSES:g} s)"
    return Finding("duration", verdict, told, {"measured_seconds": watched.seconds, "ordered_seconds": ordered})


def size(watched: Watched, ordered: tuple[int, int]) -> Finding:
    """It has the shape that was ordered, and no fewer pixels. A service that does not know `resolution` has its own."""
    width, height = watched.size
    shape = width / height / (ordered[0] / ordered[1]) if height else 0.0
    told = f"it has {width}x{height} pixels; {ordered[0]}x{ordered[1]} were ordered"
    figures: dict[str, float | str] = {"width": width, "height": height, "ordered": f"{ordered[0]}x{ordered[1]}"}
    if abs(shape - 1) > SHAPE_FAILS:
        return Finding("size", "failed", f"{told}: another shape", figures)
    smaller = width < ordered[0] or height < ordered[1]
    return Finding("size", "warned" if smaller else "passed", told, figures)


def frame_rate(watched: Watched, ordered: int) -> Finding:
    """It has the frame rate that was ordered, and each frame stays equally long."""
    fps, (shortest, longest) = watched.fps, watched.gaps
    even = longest - shortest <= UNEVEN / ordered
    low = fps < ordered * RATE_FAILS
    passed = even and abs(fps / ordered - 1) <= RATE_PASSES
    evenly = "constant" if even else f"uneven: frames last {shortest * 1000:.0f} to {longest * 1000:.0f} ms"
    told = f"{fps:g} frames a second, {evenly}; {ordered} were ordered"
    figures: dict[str, float | str] = {"fps": fps, "ordered_fps": ordered, "longest_frame_ms": round(longest * 1000, 1)}
    return Finding("frame_rate", "failed" if low else "passed" if passed else "warned", told, figures)


def loudness(sound: Sound | None, *, wanted: bool) -> Finding:
    """It is heard, where music or a voice is `wanted`, as loud as platforms play it."""
    if sound is None or sound.silent:
        told = "no sound was ordered" if not wanted else "music or a voice was ordered, but"
        heard = "there is none" if sound is None else "nothing can be heard"
        return Finding("loudness", "failed" if wanted else "passed", f"{told}{' ' if wanted else ', and '}{heard}")
    passed = abs(sound.loudness - LOUDNESS) <= LOUDNESS_PASSES and sound.peak <= PEAK_WARNS
    told = (
        f"{sound.loudness:.1f} LUFS, peaks up to {sound.peak:.1f} dBTP; "
        f"{LOUDNESS:g} LUFS (within {LOUDNESS_PASSES:g} LU) and at most {PEAK_WARNS:g} dBTP are usual"
    )
    figures: dict[str, float | str] = {"loudness_lufs": sound.loudness, "true_peak_dbtp": sound.peak}
    return Finding("loudness", "passed" if passed else "warned", told, figures)


def black_stretches(watched: Watched) -> Finding:
    """No picture is black for longer than a transition takes."""
    seconds = _sum(watched.black)
    lost = watched.seconds > 0 and seconds >= BLACK_FAILS * watched.seconds
    told = f"black at {_times(watched.black)}" if watched.black else "no second of it is black"
    verdict: Verdict = "failed" if lost else "warned" if watched.black else "passed"
    return Finding("black_stretches", verdict, told, {"black_seconds": seconds})


def frozen_stretches(watched: Watched) -> Finding:
    """No picture stands still, but the end card and what is black anyway."""
    stills = [still for still in watched.frozen if not _within(still, watched.black)]
    last = [still for still in stills if still.end >= watched.seconds - 0.1 and still.seconds <= END_CARD_SECONDS]
    found = [still for still in stills if still not in last]
    told = f"stands still at {_times(found)}" if found else f"no picture stands still for {STILL_SECONDS:g} s"
    if last and not found:
        told += f", but the last one ({last[0].seconds:.1f} s: an end card)"
    return Finding("frozen_stretches", "warned" if found else "passed", told, {"frozen_seconds": _sum(found)})


def words_in_safe_area(ad: FinishedAd, watched: Watched, ratio: AspectRatio) -> Finding:
    """No words stand where a platform draws over them. Only composition knows where they stand."""
    try:
        boxes = ad.text_boxes
    except ValueError:
        return Finding("words_in_safe_area", "warned", "not known: the service's `text_boxes` cannot be understood")
    if boxes is None:
        return Finding("words_in_safe_area", "passed", "not told by the service: nothing was checked")
    margins = margins_of(ratio)
    found = outside(boxes, watched.size, margins) if all(watched.size) else []
    figures: dict[str, float | str] = {"words": len(boxes), "outside": len(found), "margins": _percent(margins)}
    if ratio == "9:16":
        figures["outside_of_meta_reels_margins"] = len(outside(boxes, watched.size, META_REELS))
    if not found:
        return Finding("words_in_safe_area", "passed", f"all {len(boxes)} stand within {_percent(margins)}", figures)
    names = ", ".join(f"{box.text[:30]!r} at {box.start_time:.1f} s" for box in found[:4])
    return Finding("words_in_safe_area", "warned", f"{names} beyond {_percent(margins)}", figures)


def cost_in_budget(totals: Totals) -> Finding:
    """It cost no more than it might, and less than people want to hear of."""
    over = totals.spent > totals.max_cost
    told = f"{dollars(totals.spent)} of at most {dollars(totals.max_cost)}"
    if totals.unknown:
        told += f", and perhaps {dollars(totals.unknown)} more: answers were lost"
    if totals.warning:
        told += ": more than COST_WARNING"
    warns = totals.warning or totals.spent + totals.unknown > totals.max_cost
    figures: dict[str, float | str] = {"cost_usd": float(totals.spent), "max_cost_usd": float(totals.max_cost)}
    return Finding("cost_in_budget", "failed" if over else "warned" if warns else "passed", told, figures)


def brand_colour(watched: Watched, colour: str | None) -> Finding:
    """The brand's first colour is seen, where the brief names one."""
    if colour is None:
        return Finding("brand_colour", "passed", "the brief names no primary_color: nothing was checked")
    seen = watched.brand_share >= BRAND_SHARE
    told = (
        f"{colour} covers up to {watched.brand_share:.1%} of the picture (at {watched.brand_seconds:g} s); "
        f"{BRAND_SHARE:.1%} or more is expected (colours within {COLOUR_DISTANCE:g} ΔE)"
    )
    return Finding(
        "brand_colour",
        "passed" if seen else "warned",
        told,
        {"largest_share_percent": round(watched.brand_share * 100, 2), "at_seconds": watched.brand_seconds},
    )


def _sum(stretches: tuple[Stretch, ...] | list[Stretch]) -> float:
    return round(sum(stretch.seconds for stretch in stretches), 2)


def _times(stretches: tuple[Stretch, ...] | list[Stretch]) -> str:
    shown = ", ".join(f"{stretch.start:.1f} to {stretch.end:.1f} s" for stretch in stretches[:5])
    return shown + (f" and {len(stretches) - 5} more" if len(stretches) > 5 else "")


def _within(still: Stretch, black: tuple[Stretch, ...]) -> bool:
    return any(stretch.start - 0.1 <= still.start and still.end <= stretch.end + 0.1 for stretch in black)


def _percent(margins: tuple[float, float, float]) -> str:
    top, bottom, sides = (f"{share:.0%}" for share in margins)
    return f"the margins: {top} on top, {bottom} at the bottom, {sides} at the sides"
