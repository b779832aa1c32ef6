"""A whole local deployment in the hands of one command, `adgen up` (see docs/decisions/0019-guarded-ui.md).

parts       which processes it consists of, how each is started and when it is ready
preparing   what is done before any of them starts, in a process that ends again: Dagster's tables, dead runs
running     one part as a process with its log: the package's door to `subprocess`
lifetime    all of them: started in order, watched, stopped in order
dagster     asks the UI whether code, daemon and runs are well
guardian    ends what is left if `adgen up` itself is killed
logs        a file for each part

A host's services (deploy/systemd) are stopped and updated with two more:

draining    waits until no ad is being made
bookmark    how far the ledger has come
"""
