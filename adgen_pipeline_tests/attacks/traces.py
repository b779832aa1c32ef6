"""Everything that a deployment leaves behind or lets others see, as bytes."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from adgen_pipeline_tests.attacks.canaries import unpacked
from adgen_pipeline_tests.attacks.house import House
from adgen_pipeline_tests.deployment.upped import processes_of

Trace = tuple[str, bytes]


def leaks(house: House, more: list[Trace]) -> list[str]:
    """Which secret stands where it has no business; empty where all are kept."""
    found = [(place, name) for place, told in _all(house, more) for name in house.canaries.found_in(told)]
    return sorted({f"{name} in {place}" for place, name in found if not _is_sentrys(place, name)})


def _is_sentrys(place: str, name: str) -> bool:
    """Sentry itself is shown the key of its project."""
    return name == "SENTRY_DSN" and place.startswith("sent to /api/")


def _all(house: House, more: list[Trace]) -> Iterator[Trace]:
    yield from more
    yield from house.answers
    yield from ((f"sent to {path}", told) for path, told in list(house.heard.messages))
    yield from files(house.up.log.parent)
    yield from rows(house.database)


def command_lines(house: House) -> list[Trace]:
    """What every user of the machine sees of the processes that run now."""
    return [("a command line", line.encode()) for line in processes_of(house.up.home)]


def files(folder: Path) -> Iterator[Trace]:
    """Every file below `folder`: logs, media, Dagster's, the signed ads; the tables of SQLite files, too."""
    for path in (path for path in sorted(folder.rglob("*")) if path.is_file()):
        place = str(path.relative_to(folder))
        yield place, path.read_bytes()
        if path.suffix == ".db":
            yield from (
                (f"{place}: {table}", told) for table, told in rows(sa.URL.create("sqlite", database=str(path)))
            )


def rows(database: sa.URL) -> Iterator[Trace]:
    """Every value of every table, what is packed in it unpacked."""
    engine = sa.create_engine(database)
    with engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            for row in connection.execute(sa.text(f'SELECT * FROM "{table}"')):
                yield f"table {table}", b"\n".join(map(unpacked, row))
    engine.dispose()
