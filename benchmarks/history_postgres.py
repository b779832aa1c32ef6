"""The past on Postgres: the rows of one finished ad in the tables that a list of ads is made from, many times over."""

from contextlib import closing

import psycopg2  # type: ignore[import-untyped]

_TABLES = {"runs": "run_id", "run_tags": "run_id", "ledger_jobs": "job_id", "ledger_calls": "job_id"}
"""Each with the column that names the ad; a table stands behind those it refers to."""

_STEM = 24
"""Characters of an id that all copies share; the rest counts up."""

_COPY = "%(stem)s || lpad(to_hex(n), 12, '0')"
_DIGESTS = {"key": f"substr({{0}}, 1, 40) || {_COPY}", "request_hash": f"substr({{0}}, 1, 40) || {_COPY}"}
_COLUMNS = """SELECT column_name, data_type FROM information_schema.columns
  WHERE table_schema = current_schema() AND table_name = %s AND column_name <> 'id' ORDER BY ordinal_position"""


def write_past(url: str, model: str, ads: int) -> None:
    """So many copies of the finished ad `model`, a minute apart, into the database at `url`."""
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        known = {"stem": model[:_STEM], "model": model, "ads": ads}
        for table, column in _TABLES.items():
            cursor.execute(_COLUMNS, (table,))
            columns = dict(cursor.fetchall())
            names = ", ".join(f'"{name}"' for name in columns)
            written = ", ".join(_expression(name, kind) for name, kind in columns.items())
            rows = f'"{table}" t CROSS JOIN generate_series(1, %(ads)s) n WHERE t."{column}" = %(model)s'
            cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {written} FROM {rows}', known)
        cursor.execute("ANALYZE")


def _expression(name: str, kind: str) -> str:
    """What a copy has in this column."""
    column = f't."{name}"'
    if name in _DIGESTS:
        return _DIGESTS[name].format(column)
    if kind.startswith("timestamp"):
        return f"{column} - n * interval '1 minute'"
    if name in ("start_time", "end_time"):
        return f"{column} - 60 * n"
    if kind in ("text", "character varying"):
        return f"replace({column}, %(model)s, {_COPY})"
    return f"replace({column}::text, %(model)s, {_COPY})::{kind}" if kind in ("json", "jsonb") else column
