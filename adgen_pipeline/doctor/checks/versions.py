"""Python and the libraries, against what the package itself asks for."""

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires, version

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok
from adgen_pipeline.settings import Settings

_US = "adgen-pipeline"


def look(examined: Examined) -> Iterator[Finding]:
    """Python, then all libraries in one finding where they are right."""
    yield _python()
    extras = list(wanted_extras(examined.settings))
    wrong = list(unfit([Requirement(line) for line in requires(_US) or []], extras))
    told = f"{_US} {version(_US)}, dagster {version('dagster')}, sqlalchemy {version('sqlalchemy')}"
    yield from wrong or [ok("libraries", f"{told} and all others are in the ranges asked for")]


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    wanted = str(metadata(_US)["Requires-Python"])
    if found in SpecifierSet(wanted):
        return ok("Python", f"{found} is in {wanted}")
    return failure("Python", f"{found} is not in {wanted}", "make a virtual environment with a Python of that range")


def wanted_extras(settings: Settings) -> Iterator[str]:
    """Which of the package's extras the settings need."""
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    if url.startswith("postgres"):
        yield "postgres"
    if any((place or "").startswith("s3://") for place in (settings.media_store, settings.inbox)):
        yield "s3"
    if settings.step_executor == "celery":
        yield "celery"
    if settings.sentry_dsn:
        yield "sentry"


def unfit(requirements: list[Requirement], extras: list[str]) -> Iterator[Finding]:
    """Those that are not there, or in another version."""
    for requirement in requirements:
        if not any(requirement.marker is None or requirement.marker.evaluate({"extra": e}) for e in ["", *extras]):
            continue
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            found = "no version"
        if found == "no version" or not requirement.specifier.contains(found, prereleases=True):
            told = f"{found} is installed, and {requirement.specifier or 'some'} is needed"
            yield failure(requirement.name, told, f"pip install '{requirement.name}{requirement.specifier}'")
