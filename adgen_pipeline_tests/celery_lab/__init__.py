"""Ads made by several workers, in folders of their own, that are killed while they make them.

    cluster  Postgres, object storage, Redis and workers, started for real; runs of `adgen make` beside them
    points   where somebody is killed; definitions: what the workers load, with such a point in it
    rows     one kill: the ad around it, its money, its line in the table
    deployed a cancel by REST and the death of a run, under `adgen up`
    doubt    the death of a worker whose services honour no keys
    endings  what either of these came to

`python -m adgen_pipeline_tests.celery_drill` runs them all.
"""
