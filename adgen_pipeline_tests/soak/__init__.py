"""A production deployment that makes ads for half an hour while things break around it.

    python -m adgen_pipeline_tests.soak --ads 200 --minutes 30

Everything is the product's own, each part a process: code server, guarded UI, daemon and API, on one real Postgres. Ads
are asked for by REST at even distances. The services fail a share of all calls; the daemon, one run and the database
are each killed or restarted once, with ads under way. In the end each ad has finished or rightly failed, and the
services' invoice is held against the ledger, ad by ad.

    fate        what the services do to each ad, drawn from its number
    deployment  the parts as processes that are killed and started again, and the database below them
    sampling    memory, connections and open files, every few seconds
    judging     what became of each ad, and of the money
    plotting    the samples as a picture
"""
