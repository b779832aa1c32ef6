"""An interrupt wakes whoever waits for the steps' events."""

import os
import queue
import signal
import threading

from dagster._utils.interrupts import capture_interrupts, pop_captured_interrupt

from adgen_pipeline.defs.executor.signals import interrupts_wake


def test_an_interrupt_wakes_a_wait() -> None:
    """Dagster has taken its note, and a wait of minutes is over; after that the signal is Dagster's alone again."""
    woken: queue.SimpleQueue[str] = queue.SimpleQueue()
    with capture_interrupts():
        before = signal.getsignal(signal.SIGINT)
        with interrupts_wake(lambda: woken.put("woken")):
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
            assert woken.get(timeout=120) == "woken"
            assert pop_captured_interrupt()
        assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_look_for_themselves() -> None:
    """Signals do not reach them: they wait more briefly."""
    found = []

    def ask() -> None:
        with interrupts_wake(lambda: None) as longest_wait:
            found.append(longest_wait)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    with interrupts_wake(lambda: None) as longest_wait:
        assert found[0] < longest_wait
