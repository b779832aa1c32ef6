"""The samples as a picture: memory, connections, open files and ads under way, with what was broken when."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from adgen_pipeline_tests.soak.sampling import Sample

_COLOURS = ("#3b6fb6", "#d1793b", "#4f9d69", "#8a5fb0", "#b0485a", "#777777")


def plot(samples: Sequence[Sample], events: Mapping[str, float], target: Path) -> None:
    """Write `target` (its ending says how: .png, .svg); `events` are seconds since the start, by what happened."""
    mpl.use("Agg")
    figure = Figure(figsize=(10, 9), layout="constrained")
    memory, connections, files, ads = figure.subplots(4, 1, sharex=True)
    minutes = [sample.at / 60 for sample in samples]
    parts = sorted({part for sample in samples for part in sample.memory})
    for part, colour in zip(parts, _COLOURS, strict=False):
        memory.plot(minutes, [sample.memory.get(part, 0.0) for sample in samples], color=colour, label=part)
        files.plot(minutes, [sample.files.get(part, 0) for sample in samples], color=colour)
    known = [(at, sample.connections) for at, sample in zip(minutes, samples, strict=True) if sample.connections]
    connections.plot([at for at, _ in known], [count for _, count in known], color=_COLOURS[0])
    ads.step(minutes, [sample.under_way for sample in samples], color=_COLOURS[0], where="post")
    for axes, told in ((memory, "MB (PSS)"), (connections, "Postgres connections"), (files, "open files")):
        axes.set_ylabel(told)
    ads.set_ylabel("ads under way")
    ads.set_xlabel("minutes")
    memory.legend(ncols=len(parts), fontsize=8, frameon=False, loc="upper left")
    for axes in (memory, connections, files, ads):
        _mark(axes, events)
    figure.savefig(target, dpi=110)


def _mark(axes: Axes, events: Mapping[str, float]) -> None:
    axes.set_ylim(bottom=0)
    axes.margins(y=0.25)
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    for what, at in events.items():
        axes.axvline(at / 60, color="#b0485a", linestyle="--", linewidth=1)
        axes.annotate(what, (at / 60, 1), xycoords=("data", "axes fraction"), fontsize=7, rotation=90, va="top")
