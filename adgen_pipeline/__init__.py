"""From a one-line brief to a finished video ad: brief -> storyboard -> keyframes -> clips -> ad.

    cli                    the command line
    deployment             the processes of `adgen up`; what a host's scripts ask of them
    upkeep                 retention, back-ups, restoring
    doctor                 looks at a set-up and says what to mend
    api                    the REST face and its pages; knows Dagster by GraphQL alone
    ui                     Dagster's UI behind a guard
    preloaded              what every run needs, loaded before it starts
    definitions -> defs    everything that imports Dagster
    webhooks               news of ads for those who asked for it
    estimates              what an ad would cost, before anything is spent
    reports                a job as everybody is shown it: status, progress, cost, result, error
    delivery               what leaves the house: content credentials, captions, manifest
    purchases              buys one call: the only place where money, HTTP and files meet
    inspection             watches a finished ad once, and judges it
    campaigns              standing campaigns and matrices: which ads they ask for, and when
    intake                 dropped files become ads that are wanted, each row once
    conformance            tries out a service of somebody's own
    storyboards            from the parser's answer and the brief's own scenes to the plan
    requests               from the plan to what each service is asked
    clients                one HTTP client a service
    ledger                 who was paid for what: claims, budgets, circuit breakers
    storage                our own copy of every paid file
    studio                 the four embedded services
    downloads              the guarded download
    keyfile                secrets that are made once and kept in files
    observability          how logs are written and errors reported; no secret in either
    settings, processes    the only reader of the environment; which processes have ended
    ports                  where can be listened, who reaches it, and who holds it
    certificates           which are trusted, read once a process
    contracts, errors      frozen models; one tree of errors

Each layer imports only what stands below it.
"""
