"""What Alembic runs: inside the transaction it is handed."""

from alembic import context

from adgen_pipeline.ledger.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
with context.begin_transaction():
    context.run_migrations()
