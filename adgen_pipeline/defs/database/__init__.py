"""Dagster's runs, events and schedules beside the ledger, in the one database that DATABASE_URL names.

storage      the storage class that our `dagster.yaml` names, which finds the database by itself
tables       Dagster's tables on Postgres: which version they are of, made, brought up to date
upgrading    `adgen db upgrade`: both at once
status       `adgen db status`: what this version needs, what the database has, and how much of it
"""
