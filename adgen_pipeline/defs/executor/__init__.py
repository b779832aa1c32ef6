"""Steps as threads of the run's own process: a real Dagster executor for steps that wait on services.

    threads      the executor: its configuration, the run's frame
    steps        the loop: starts what is ready, passes events on, ends the run when it is told to
    step_thread  one step in its thread, and the gate its events pass
    slots        waits for a place in a pool without standing in the way
    signals      an interrupt wakes the loop
    internals    the only door to Dagster's private API

Everything of Dagster's own stays: step events, dynamic outputs, tag limits, pools, retries, hooks, captured logs.
What is particular is the end: a termination sets the run's `stop` at once, so that no further call is made, gives the
steps under way a moment to end by themselves, and then lets go of those that do not. A step that was let go can
log nothing more, and a step that is logging its output is waited for: none is both failed and materialised.
"""

from adgen_pipeline.defs.executor.threads import thread_executor

__all__ = ["thread_executor"]
