"""What the tables of a Postgres take, Dagster's beside the ledger's. Reads only."""

import sqlalchemy as sa

_BYTES = """SELECT relname, pg_total_relation_size(oid) FROM pg_class
  WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"""


def bytes_by_table(connection: sa.Connection) -> dict[str, int]:
    """By table, its bytes with its indexes and large values."""
    return dict(connection.execute(sa.text(_BYTES)).tuples().all())
