"""The four services' business: what a request costs, what it gives, what is remembered. Knows no HTTP.

Its whole memory is the invoice and the diary, so a service that died goes on where it was.
"""

import hashlib
import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline_tests.chaos.faults import BAD_ANSWERS
from adgen_pipeline_tests.chaos.invoice import Line, Lines, read
from adgen_pipeline_tests.chaos.media import Stock

CEILINGS = {stage.service: stage.max_call_cost for stage in STAGES}
ACCEPTED_SECONDS = 0.3
"""How long the work on a call answered 202 takes."""

_UNKNOWN_AD: dict[str, Any] = {"faults": {}, "scenes": [15.0], "media_seconds": None, "seconds": {}}
_UNSIGNED = "?until=@"
_MEDIA_URL = re.compile(r'https?://[^"\s]*?([0-9a-f]{64})\.\w+[^"\s]*')
_SCHEDULE = re.compile(r"schedule (\d+)")


@dataclass(frozen=True)
class Asked:
    """One POST. `request` is the hash of its body with media URLs replaced by their files' hashes; `content` the same
    for all schedules that ask for equal things, so that their ads are equal too."""

    service: str
    body: str
    key: str | None
    number: str = field(init=False)
    body_hash: str = field(init=False)
    request: str = field(init=False)
    content: str = field(init=False)

    def __post_init__(self) -> None:
        found = _SCHEDULE.search(self.body)
        known = {"number": found[1] if found else "0", "body_hash": _hash(self.body)}
        plain = self.service + _MEDIA_URL.sub(r"sha256:\1", self.body)
        known |= {"request": _hash(plain), "content": _hash(_SCHEDULE.sub("", plain))}
        self.__dict__.update(known)

    @property
    def media_urls(self) -> list[str]:
        """The media URLs in the body."""
        return [found[0] for found in _MEDIA_URL.finditer(self.body)]

    @property
    def price(self) -> Decimal:
        """What it costs (USD): by the request, between a tenth and nine tenths of the service's ceiling."""
        share = Decimal(10 + int(self.request[:4], 16) % 81) / 100
        return max(Decimal("0.01"), (CEILINGS[self.service] * share).quantize(Decimal("0.01")))


class Trade:
    """The books of the services of one folder: `plan.json`, `invoice.jsonl`, `diary.jsonl`, `media/`."""

    def __init__(self, folder: Path, url: str):
        plan = json.loads((folder / "plan.json").read_text())
        self.honours_keys: bool = plan["honours_keys"]
        self.store = Path(plan["store"])
        self._ads: dict[str, Any] = plan["ads"]
        self._stock = Stock(Path(plan["stock"]))
        self._url = url
        self._media = folder / "media"
        self._media.mkdir(exist_ok=True)
        self.lines = read(folder / "invoice.jsonl")
        self._posts = Counter((e["ad"], e["service"]) for e in read(folder / "diary.jsonl") if e["what"] == "post")
        self._invoice = Lines(folder / "invoice.jsonl", lasting=True)
        self.diary = Lines(folder / "diary.jsonl", lasting=False)

    def fault_for(self, asked: Asked) -> str | None:
        """What happens to this POST; it is counted by that."""
        where = (asked.number, asked.service)
        self._posts[where] += 1
        kind = self._plan(asked)["faults"].get(asked.service, {}).get(str(self._posts[where]))
        self.note("post", asked, post=self._posts[where], kind=kind, key=asked.key)
        return kind

    def drops_unread(self, service: str) -> bool:
        """Whether the next POST is not even read: told beforehand only where there is one ad."""
        number = next(iter(self._ads)) if len(self._ads) == 1 else None
        where = (number, service)
        planned = self._ads[number]["faults"].get(service, {}) if number else {}
        if planned.get(str(self._posts[where] + 1)) != "drop_unread":
            return False
        self._posts[where] += 1
        self.diary.write(what="post", ad=number, service=service, post=self._posts[where], kind="drop_unread")
        return True

    def note(self, what: str, asked: Asked, **more: Any) -> None:
        """Write into the diary."""
        self.diary.write(what=what, ad=asked.number, service=asked.service, request=asked.request, **more)

    def remembered(self, asked: Asked) -> Line | None:
        """What was answered under this key before."""
        if not self.honours_keys or asked.key is None:
            return None
        return next((line for line in self.lines if line["key"] == asked.key), None)

    def work(self, asked: Asked, kind: str | None) -> Line:
        """Do the work, write it into the invoice, and return the line with the answer in it."""
        media = kind if kind in ("html_media", "cut_media", "late_media") else None
        number = len(self.lines) + 1
        status, text = _spoil(self._envelope(asked, number), kind, asked.price)
        line = self._invoice.write(
            number=number,
            key=asked.key,
            body=asked.body_hash,
            request=asked.request,
            ad=asked.number,
            service=asked.service,
            amount=str(asked.price),
            bad=kind if kind in BAD_ANSWERS else None,
            media=media,
            ready_at=time.time() + ACCEPTED_SECONDS + self._seconds_of(asked.number, asked.service)
            if _is_accepted(kind)
            else 0,
            rough=kind == "accepted_rough",
            status=status,
            text=text,
        )
        self.lines.append(line)
        return line

    def signed(self, line: Line) -> str:
        """The answer with media URLs that hold from now on: an answer that is given again gives fresh ones."""
        seconds = self._ads.get(line["ad"], _UNKNOWN_AD)["media_seconds"] or 0.0
        return str(line["text"]).replace(_UNSIGNED, f"?until={time.time() + seconds:.2f}")

    def seconds(self, line: Line) -> float:
        """How long the answer takes: as the work does, unless it only says that the call is accepted."""
        return 0.0 if line["ready_at"] else self._seconds_of(line["ad"], line["service"])

    def _seconds_of(self, ad: str, service: str) -> float:
        return float(self._ads.get(ad, _UNKNOWN_AD)["seconds"].get(service, 0.0))

    def file(self, name: str) -> Path:
        """Where a file of ours lies."""
        return self._media / name

    def _plan(self, asked: Asked) -> Any:
        return self._ads.get(asked.number, _UNKNOWN_AD)

    def _envelope(self, asked: Asked, number: int) -> dict[str, Any]:
        result = getattr(self, f"_{asked.service}")(asked, json.loads(asked.body), number)
        return {"success": True, "result": result, "cost": float(asked.price), "processing_time": 0.1}

    def _prompt_parser(self, asked: Asked, body: Any, number: int) -> dict[str, Any]:
        scenes = [
            {"prompt": f"{body['prompt']}, shot {n}", "duration": seconds, "transition": "fade"}
            for n, seconds in enumerate(self._plan(asked)["scenes"], 1)
        ]
        words = [{"text": f"schedule {asked.number}", "start_time": 0.5, "duration": 1.0}]
        return {"scenes": scenes, "visual_direction": {"style": "plain"}, "audio": {}, "text_overlays": words}

    def _image_gen(self, asked: Asked, body: Any, number: int) -> dict[str, Any]:
        return {"image_url": self._offer(asked, number, Stock.picture(asked.content), "jpg"), "seed": 7}

    def _video_gen(self, asked: Asked, body: Any, number: int) -> dict[str, Any]:
        clip = self._stock.clip(body["duration"], asked.content)
        url = self._offer(asked, number, clip, "mp4")
        return {"video_url": url, "duration": body["duration"], "resolution": body["resolution"]}

    def _composition(self, asked: Asked, body: Any, number: int) -> dict[str, Any]:
        length = max(scene["end_time"] for scene in body["scenes"])
        ad = self._stock.clip(length, asked.content)
        return {
            "video_url": self._offer(asked, number, ad, "mp4"),
            "thumbnail_url": self._offer(asked, number, Stock.picture(asked.content), "jpg"),
            "duration": length,
            "resolution": body["resolution"],
            "file_size_mb": round(len(ad) / 1e6, 3),
        }

    def _offer(self, asked: Asked, number: int, content: bytes, ending: str) -> str:
        name = f"{hashlib.sha256(content).hexdigest()}.{ending}"
        self.file(name).write_bytes(content)
        until = _UNSIGNED if self._plan(asked)["media_seconds"] else ""
        return f"{self._url}/media/{number}/{name}{until}"


def _is_accepted(kind: str | None) -> bool:
    return bool(kind and kind.startswith("accepted"))


def _spoil(envelope: dict[str, Any], kind: str | None, price: Decimal) -> tuple[int, str]:
    """The answer as `kind` has it: its HTTP status and body."""
    no = {"success": False, "cost": float(price), "processing_time": 0.1}
    match kind:
        case "error_billed":
            return 500, json.dumps(no | {"error": "out of memory"})
        case "failed_billed":
            return 200, json.dumps(no | {"error": {"code": "SERVICE_UNAVAILABLE", "message": "no worker"}})
        case "refused_billed":
            return 200, json.dumps(no | {"error": {"code": "CONTENT_POLICY", "message": "not this"}})
        case "not_json":
            return 200, "<html>It works!</html>"
        case "wrong_types":
            return 200, json.dumps(envelope | {"result": {name: [1] for name in envelope["result"]}})
        case "missing_fields":
            return 200, json.dumps(envelope | {"result": {}})
        case "nan_cost":
            return 200, json.dumps(envelope | {"cost": float("nan")})
        case "negative_cost":
            return 200, json.dumps(envelope | {"cost": -1})
        case "missing_cost":
            return 200, json.dumps({name: value for name, value in envelope.items() if name != "cost"})
    return 200, json.dumps(envelope)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
