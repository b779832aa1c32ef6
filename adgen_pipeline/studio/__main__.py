"""The embedded studio's process: `python -m adgen_pipeline.studio HOME MEDIA`. Started by `launch`."""

import sys
from pathlib import Path

from adgen_pipeline.studio.server import serve_embedded

if __name__ == "__main__":
    serve_embedded(Path(sys.argv[1]), Path(sys.argv[2]))
