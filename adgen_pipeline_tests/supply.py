"""What the package is made of, and what is known of its weaknesses.

    python -m adgen_pipeline_tests.supply sbom sbom.cdx.json    the list, in CycloneDX
    python -m adgen_pipeline_tests.supply audit                 asks PyPI's database of advisories

The list holds what runs in production: the dependencies of pyproject.toml and of its extras, with all that they
bring; what only developers install is left out. The audit ends with 0 where every one of them was asked for and none
is known to be weak, 1 where one is, and 3 where one could not be asked for: that is no all-clear.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PACKAGE = "adgen-pipeline"
EXTRAS = ("postgres", "s3", "celery", "sentry")
WEAK, UNKNOWN = 1, 3

LICENCES = {"antlr4-python3-runtime": "BSD-3-Clause", "protobuf": "BSD-3-Clause"}
"""Of packages whose metadata name none, as their projects state them."""


def runtime() -> set[str]:
    """The installed packages that production needs, by their normal names."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    waiting = [(PACKAGE, EXTRAS)]
    while waiting:
        one = waiting.pop()
        if one not in seen and _is_installed(one[0]):
            seen.add(one)
            waiting += [(canonicalize_name(need.name), tuple(sorted(need.extras))) for need in _needed(*one)]
    return {name for name, _ in seen} - {PACKAGE}


def _needed(name: str, extras: tuple[str, ...]) -> list[Requirement]:
    wanted = [Requirement(text) for text in distribution(name).requires or []]
    here = dict(default_environment())
    return [
        one
        for one in wanted
        if one.marker is None or any(one.marker.evaluate(here | {"extra": extra}) for extra in ("", *extras))
    ]


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def bill() -> dict[str, Any]:
    """The list as CycloneDX has it: this environment as its own tool sees it, less what production does not need."""
    words = ["environment", "--output-reproducible", "--no-validate", "--pyproject", str(ROOT / "pyproject.toml")]
    command = [sys.executable, "-m", "cyclonedx_py", *words, sys.executable]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    wanted = runtime()
    told["components"] = [part for part in told["components"] if canonicalize_name(part["name"]) in wanted]
    for part in told["components"]:
        if not part.get("licenses"):
            part["licenses"] = [{"license": {"id": LICENCES[canonicalize_name(part["name"])]}}]
    kept = {part["bom-ref"] for part in told["components"]} | {told["metadata"]["component"]["bom-ref"]}
    told["dependencies"] = [_within(kept, one) for one in told["dependencies"] if one["ref"] in kept]
    return dict(told)


def _within(kept: set[str], one: dict[str, Any]) -> dict[str, Any]:
    return one | ({"dependsOn": [ref for ref in one["dependsOn"] if ref in kept]} if "dependsOn" in one else {})


def audit(*, more: tuple[str, ...] = ()) -> int:
    """Print what is known of each, and return the exit code. `more` are words for pip-audit."""
    pinned = [f"{name}=={distribution(name).version}" for name in sorted(runtime())]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(pinned))
        file.flush()
        command = [sys.executable, "-m", "pip_audit", "--requirement", file.name, "--no-deps", "--disable-pip"]
        command += ["--format", "json", "--progress-spinner", "off", *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return judged(done.stdout, done.stderr, len(pinned))


def judged(told: str, complaint: str, asked: int) -> int:
    """Of pip-audit's answer about so many packages: the exit code, and the reason, printed."""
    try:
        parts = json.loads(told)["dependencies"]
    except (ValueError, KeyError):
        last = complaint.strip().splitlines()[-1:] or ["it said nothing"]
        print(f"NOT AUDITED: the database of advisories could not be asked ({last[0][:200]})")
        return UNKNOWN
    weak = [part for part in parts if part.get("vulns")]
    for part in weak:
        known = ", ".join(
            f"{one['id']} (mended in {' or '.join(one['fix_versions']) or 'none'})" for one in part["vulns"]
        )
        print(f"WEAK: {part['name']} {part['version']}: {known}")
    skipped = asked - sum("vulns" in part for part in parts)
    if skipped:
        print(
            f"NOT AUDITED: {skipped} of {asked} packages are not in the database that was asked; this is no all-clear"
        )
    elif not weak:
        print(f"{asked} packages, none with a known weakness")
    return WEAK if weak else UNKNOWN if skipped else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    doing = parser.add_subparsers(dest="what", required=True)
    doing.add_parser("sbom", help="write the list").add_argument("file", type=Path)
    doing.add_parser("audit", help="ask what is known of each")
    given = parser.parse_args()
    if given.what == "audit":
        sys.exit(audit())
    made = bill()
    given.file.write_text(json.dumps(made, indent=2) + "\n")
    print(f"{given.file}: {len(made['components'])} packages")


if __name__ == "__main__":
    main()
