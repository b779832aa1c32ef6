"""A picture and a clip for a service to work on: served from here while the checks run, or somebody else's URL."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files

CLIP_SECONDS = 2.0
"""Length of the clip that is served; one given by URL must be as long."""

_FOLDER = "/files/0/"
"""As a studio names the files it made: a studio takes them from this machine, and nothing else."""

_TYPES = {"picture.jpg": "image/jpeg", "clip.mp4": "video/mp4"}


@contextmanager
def sources(given: str | None = None) -> Iterator[dict[str, str]]:
    """The URLs of "picture.jpg" and "clip.mp4"; both are `given` if that is set."""
    if given:
        yield dict.fromkeys(_TYPES, given)
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Samples)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield {name: f"http://127.0.0.1:{server.server_port}{_FOLDER}{name}" for name in _TYPES}
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Samples(BaseHTTPRequestHandler):
    """Two files and nothing else."""

    def do_GET(self) -> None:
        """Send one of the samples."""
        name = self.path.removeprefix(_FOLDER)
        if name not in _TYPES:
            self.send_error(404)
            return
        content = (files("adgen_pipeline.conformance") / "samples" / name).read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", _TYPES[name])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *line: object) -> None:
        """Say nothing: the report shows what was exchanged."""
