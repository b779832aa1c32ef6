"""Steps on Celery's workers: one ad made by several processes that share a database, a store and a broker.

    app        the Celery application, alike for those who send steps and those who take them
    executor   the run's executor: sends each step, and goes on as that of threads does
    sent       one step that was sent: listened to, and sent again where its worker is dead
    signs      what is known of a sent step, kept in the broker's Redis: who is at it, and that they live
    step       a step on its worker: not begun in vain, not begun twice, watched, told of
    worker     the process that takes steps; transport: which outlives its broker

What a step gives goes to the next by the store, what it did into Dagster's event log, and what it paid into the
ledger; the broker holds nothing that could not be lost. A step may begin twice, and a broker may forget: the ledger
sees to it that nothing is paid twice, and the log that a step which has ended is read back instead.
"""
