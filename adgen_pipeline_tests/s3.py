"""A real S3 server of the tests' own, without a system package: rclone's, out of a wheel, over a folder.

It checks signatures, those in links and their expiry, too, and knows uploads in parts.
"""

import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fsspec

from adgen_pipeline_tests.ports import answers, free_port

_START_SECONDS = 30.0
_LOG = "rclone.log"


@dataclass
class S3:
    """A server over `folder`, whose subfolders are its buckets, with credentials of its own; it may be stopped and
    started again at the same URL."""

    folder: Path
    key: str = field(default_factory=lambda: secrets.token_hex(10))
    secret: str = field(default_factory=lambda: secrets.token_hex(20))
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The server's URL, without a bucket."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self, bucket: str) -> dict[str, str]:
        """The settings of a MEDIA_STORE in `bucket`, which is made if need be."""
        files = self.files()
        if not files.exists(bucket):
            files.mkdir(bucket)
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": self.key,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            "AWS_DEFAULT_REGION": "us-east-1",
            "MEDIA_STORE": f"s3://{bucket}/ads",
        }

    def files(self) -> Any:
        """The server's buckets as a file system, as somebody else would use them."""
        known = {"key": self.key, "secret": self.secret, "endpoint_url": self.url}
        return fsspec.filesystem("s3", **known, use_listings_cache=False)

    def start(self) -> None:
        """Start it, or start it again, and wait until it answers."""
        (self.folder / "buckets").mkdir(exist_ok=True)
        self.port = self.port or free_port()
        command = [str(Path(sys.executable).with_name("rclone")), "serve", "s3", "--config", "/dev/null"]
        command += ["--auth-key", f"{self.key},{self.secret}", "--addr", f"127.0.0.1:{self.port}", "buckets"]
        with (self.folder / _LOG).open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)
        self._wait()

    def stop(self) -> None:
        """Stop it; what it holds stays."""
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _wait(self) -> None:
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self._process and self._process.poll() is None:
            if answers(self.port):
                return
            time.sleep(0.02)
        raise RuntimeError(f"rclone serve s3 did not start: {(self.folder / _LOG).read_text()}")


@contextmanager
def running_s3(folder: Path) -> Iterator[S3]:
    """A server over `folder` that lives as long as this lasts."""
    server = S3(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
