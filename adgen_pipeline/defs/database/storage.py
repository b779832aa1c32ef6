"""The storage that our `dagster.yaml` names where DATABASE_URL is on Postgres.

The file holds no URL, as that is a secret: whoever opens the instance by DAGSTER_HOME finds it in the settings.
"""

from collections.abc import Mapping
from typing import Any

from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage

from adgen_pipeline.defs.database.tables import prepare
from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.ledger.opening import database_url, open_database, watchful
from adgen_pipeline.settings import Settings


class SharedStorage(DagsterPostgresStorage):
    """Dagster's own storage on Postgres, in the database of the ledger."""

    @classmethod
    def config_type(cls) -> Any:
        """Nothing is to be configured."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> Any:
        """Made by Dagster when an instance is opened.

        Raises SchemaMismatch where the tables are not of the Dagster that is installed, LedgerError where they cannot
        be reached, InvalidSetting where the settings that this process finds name no Postgres.
        """
        settings = Settings.read()
        if not settings.on_postgres:
            told = "DATABASE_URL: names no Postgres here, where the Dagster home was made for one"
            raise InvalidSetting(
                f"{told}; set it for this process as for the others, or run `adgen home` to go without"
            )
        prepare(open_database(settings, holds="Dagster's storage"))
        url = watchful(database_url(settings))
        return cls(url.render_as_string(hide_password=False), should_autocreate_tables=False, inst_data=inst_data)
