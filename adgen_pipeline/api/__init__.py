"""The REST face, for front ends: validates, launches by Dagster's GraphQL, and shows what ledger and runs say.

    app              `create_app`: everything put together
    state            `Api`: what every request works with
    jobs             ads: create, look, list, cancel, retry
    launching        from a brief to its one run, whatever is killed on the way
    batches          one brief in several shapes and variants: create, look
    listing          jobs by status and other filters
    service          health, the front door, estimates, the figures of a time
    prometheus       the same for machines
    access           bearer tokens, and how many ads a client may create
    guards           what is refused before it is read: foreign hosts and origins, bodies that are too long
    media            pictures and videos by signed links
    dagster_graphql  the webserver, spoken to by GraphQL
    runs             from Dagster's runs to how a job stands
    answers, errors  what is answered

Dagster itself is never imported. Endpoints are plain functions, which the server runs in threads: the ledger waits for
its database, and there is no loop to hold up.
"""
