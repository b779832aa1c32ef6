"""What is looked at, in the order in which it is told: one module a group, each with one `look`.

settings     misspelled names, secrets that can be guessed, values that do not fit together
versions     Python and the libraries, against what the package asks for
disk         room in the state folder, the media folder and the temporary one
clock        this machine's time against others', and time zones
database     the ledger's: reached, its tables' revision, writable, connections to spare
storage      a file is written, read back and deleted; links that are signed
services     the four: health, or the libraries of the embedded `studio`
dagster      the instance, the daemon, the guarded webserver, the pipeline's code
api          the REST API at API_URL
broker       where celery hands out steps, and who works on them
webhooks     the receiver at WEBHOOK_URL
credentials  the certificate that signs ads
"""

from adgen_pipeline.doctor.checks import (
    api,
    broker,
    clock,
    credentials,
    dagster,
    database,
    disk,
    services,
    settings,
    storage,
    versions,
    webhooks,
)
from adgen_pipeline.doctor.examining import Check

ALL = tuple(
    Check(module.__name__.rpartition(".")[2], module.look)
    for module in (
        settings,
        versions,
        disk,
        clock,
        database,
        storage,
        services,
        dagster,
        api,
        broker,
        webhooks,
        credentials,
    )
)
