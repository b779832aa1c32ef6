"""The dashboard as a page: each panel in its place, from a Prometheus' own data. What Grafana would draw, simply."""

import html
import time
from typing import Any

import httpx

from adgen_pipeline_tests.observability.deploy import evaluated, filled_in, panels

WIDTH, _COLUMN, _ROW = 1464, 60, 34  # pixels
_POINTS = 200
_COLOURS = (
    "#73bf69",
    "#f2cc0c",
    "#5794f2",
    "#ff780a",
    "#e02f44",
    "#b877d9",
    "#37872d",
    "#8ab8ff",
    "#fade2a",
    "#8f3bb8",
)
_STYLE = """body{margin:0;background:#111217;color:#ccccdc;font:12px sans-serif;position:relative}
section{position:absolute;background:#181b1f;border:1px solid #2a2d33;box-sizing:border-box;overflow:hidden;padding:5px}
b{font-weight:500;font-size:13px}big{display:block;font-size:22px;margin-top:8px;color:#73bf69;white-space:nowrap}
small{font-size:10px}h1{position:absolute;font-size:16px;margin:8px 6px}i{font-style:normal;margin-right:8px}"""


def drawn(url: str, seconds: float) -> str:
    """The page's HTML, showing the last `seconds` that the Prometheus at `url` has seen."""
    placed = [_panel(url, panel, seconds) for panel in panels()]
    height = max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in panels()) * _ROW + 12
    return f"<style>{_STYLE}</style><body style='height:{height}px;width:{WIDTH}px'>{''.join(placed)}</body>"


def _panel(url: str, panel: dict[str, Any], seconds: float) -> str:
    at, title = panel["gridPos"], html.escape(panel["title"])
    place = f"left:{12 + at['x'] * _COLUMN}px;top:{at['y'] * _ROW}px"
    if panel["type"] == "row":
        return f"<h1 style='{place}'>{title}</h1>"
    width, height = at["w"] * _COLUMN - 6, at["h"] * _ROW - 6
    unit = panel["fieldConfig"]["defaults"]["unit"]
    inner = _stat(url, panel, unit) if panel["type"] == "stat" else _graph(url, panel, unit, seconds, width, height)
    return f"<section style='{place};width:{width}px;height:{height}px'><b>{title}</b>{inner}</section>"


def _stat(url: str, panel: dict[str, Any], unit: str) -> str:
    found = [
        (_name(target["legendFormat"], row["metric"]), float(row["value"][1]))
        for target in panel["targets"]
        for row in evaluated(url, filled_in(target["expr"]))
    ]
    words = {key: of["text"] for known in panel["fieldConfig"]["defaults"].get("mappings", [])
             for key, of in known["options"].items()}  # fmt: skip
    told = [(name, words.get(f"{value:g}") or _shown(value, unit)) for name, value in found]
    size = 22 if len(told) == 1 else 13
    values = "<br>".join(value if len(told) == 1 else f"{html.escape(name)}: {value}" for name, value in told)
    named = html.escape(told[0][0]) if len(told) == 1 and "{{" in panel["targets"][0]["legendFormat"] else ""
    return f"<big style='font-size:{size}px'>{values or 'no data'}</big><small>{named}</small>"


def _graph(url: str, panel: dict[str, Any], unit: str, seconds: float, width: int, height: int) -> str:
    end = time.time()
    series = [
        (_name(target["legendFormat"], row["metric"]), [(float(at), float(value)) for at, value in row["values"]])
        for target in panel["targets"]
        for row in _range(url, filled_in(target["expr"]), end - seconds, end)
    ]
    most = max((value for _, points in series for _, value in points if value == value), default=0) or 1.0
    tall, wide = height - 62, width - 70
    lines = [_line(points, end - seconds, seconds, most, wide, tall, _COLOURS[number % 10])
             for number, (_, points) in enumerate(series)]  # fmt: skip
    axis = "".join(
        f"<path d='M58 {8 + tall * (1 - share)}h{wide}' stroke='#2a2d33'/>"
        f"<text x='54' y='{12 + tall * (1 - share)}' fill='#8e8e99' font-size='10' text-anchor='end'>"
        f"{_shown(most * share, unit)}</text>"
        for share in (0, 0.5, 1)
    )
    legend = "".join(f"<i style='color:{_COLOURS[number % 10]}'>{html.escape(name)}</i>"
                     for number, (name, _) in enumerate(series[:8]))  # fmt: skip
    picture = f"<svg width='{width - 12}' height='{tall + 16}'>{axis}{''.join(lines)}</svg>"
    return f"{picture}<small>{legend or 'no data'}</small>"


def _line(
    points: list[tuple[float, float]], start: float, seconds: float, most: float, wide: int, tall: int, colour: str
) -> str:
    at = [(58 + (moment - start) / seconds * wide, 8 + tall * (1 - value / most)) for moment, value in points
          if value == value]  # fmt: skip
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    return f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='1.5'/>"


def _range(url: str, expression: str, start: float, end: float) -> list[dict[str, Any]]:
    asked = {"query": expression, "start": start, "end": end, "step": max(1.0, (end - start) / _POINTS)}
    return list(httpx.get(f"{url}/api/v1/query_range", params=asked, timeout=30).json()["data"]["result"])


def _name(wanted: str, labels: dict[str, str]) -> str:
    for name, value in labels.items():
        wanted = wanted.replace(f"{{{{{name}}}}}", value)
    return wanted


def _shown(value: float, unit: str) -> str:
    if unit == "bytes":
        steps = [step for step in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)) if value >= step[1]]
        return f"{value / steps[0][1]:.1f} {steps[0][0]}" if steps else f"{value:.0f} B"
    if unit == "percentunit":
        return f"{100 * value:.3g} %"
    if unit == "currencyUSD":
        return f"${value:.2f}"
    return f"{value:.3g}{' s' if unit == 's' else ' /s' if unit == 'reqps' else ''}"
