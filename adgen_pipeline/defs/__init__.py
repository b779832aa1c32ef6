"""Everything that imports Dagster.

build                     the definitions, put together
assets/                   one file a stage
jobs, brief_config        the job, and the brief as its configuration
executor/, stopping       steps as threads, and their end
database/                 Dagster's state beside the ledger on Postgres; its tables' version
warm_start                runs as forks of a process that has all loaded
stamping                  how each run may be retried, and which process it lives in
pools, run_queue          limits over all ads, written where Dagster reads them
recovery, retrying        ends what died without a word; whether a crashed ad goes on
sensors                   lets crashed ads go on
inbox, schedules          write down which ads are wanted; commissions launches them, each once
checks                    watches a finished ad, and says whether it can be used
outcomes, failures        what became of each ad, and why; webhooks tells those who asked
io_manager, lineage       what steps hand on, kept by run, and which ad a run works on
resources                 constructs clients and purchases; domain code stays free of Dagster
reporting, console        what people see
instance, launch          a run in this process, for the command line
"""
