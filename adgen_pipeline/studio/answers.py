"""Keyed answers, kept on disk: the same key gets the same answer, also after the studio was restarted.

<home>/<service>/keys/<sha256 of the key>.json     which job a key started, and the body it came with
<home>/<service>/jobs/<job>/request.json           what was asked
<home>/<service>/jobs/<job>/answer.json            how it ended, once it has
<home>/<service>/jobs/<job>/...                    the files it made
"""

import hashlib
import json
import re
import shutil
import time
import uuid
from pathlib import Path
from typing import Any

_OWN_MEDIA = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\]):\d+/media/")


class KeyReusedError(Exception):
    """The same key came with another body."""


class Answers:
    """The memory of one service."""

    def __init__(self, folder: Path):
        self._keys = folder / "keys"
        self._jobs = folder / "jobs"
        self._keys.mkdir(parents=True, exist_ok=True)
        self._jobs.mkdir(parents=True, exist_ok=True)

    def job_for(self, key: str | None, body: dict[str, Any]) -> str:
        """The job that answers `body` under `key`; a new one for a new key or none. Raises KeyReusedError."""
        if key is None:
            return self._begin(uuid.uuid4().hex, body)
        name = hashlib.sha256(key.encode()).hexdigest()
        kept, same = self._keys / f"{name}.json", _fingerprint(body)
        if not kept.exists():
            self._begin(name, body)
            _write(kept, {"body": same, "job": name})
        elif json.loads(kept.read_text())["body"] != same:
            raise KeyReusedError
        return name

    def folder(self, job: str) -> Path:
        """Where the job's files lie."""
        return self._jobs / job

    def knows(self, job: str) -> bool:
        """True for a job that was begun here. `job` may come from anywhere."""
        return bool(re.fullmatch(r"[0-9a-f]{32,64}", job)) and (self._jobs / job / "request.json").is_file()

    def request(self, job: str) -> dict[str, Any]:
        """What the job was asked."""
        return dict(json.loads((self._jobs / job / "request.json").read_text()))

    def answer(self, job: str) -> dict[str, Any] | None:
        """How the job ended, or None."""
        path = self._jobs / job / "answer.json"
        return dict(json.loads(path.read_text())) if path.is_file() else None

    def settle(self, job: str, answer: dict[str, Any]) -> None:
        """Keep how the job ended."""
        _write(self._jobs / job / "answer.json", answer)

    def prune(self, older_than: float) -> None:
        """Drop jobs begun more than `older_than` seconds ago, with their files and keys."""
        limit = time.time() - older_than
        for folder in self._jobs.iterdir():
            if folder.stat().st_mtime < limit:
                (self._keys / f"{folder.name}.json").unlink(missing_ok=True)
                shutil.rmtree(folder, ignore_errors=True)

    def _begin(self, job: str, body: dict[str, Any]) -> str:
        self.folder(job).mkdir(exist_ok=True)
        _write(self.folder(job) / "request.json", body)
        return job


def _fingerprint(body: dict[str, Any]) -> str:
    """Equal for bodies that ask the same; our own media have another port after each start."""
    text = _OWN_MEDIA.sub("media:", json.dumps(body, sort_keys=True))
    return hashlib.sha256(text.encode()).hexdigest()


def _write(path: Path, data: dict[str, Any]) -> None:
    fresh = path.with_suffix(f".{uuid.uuid4().hex}.new")
    fresh.write_text(json.dumps(data))
    fresh.replace(path)
