"""What is being worked on, so that lines from deep below carry it without its being passed along."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_known: ContextVar[Mapping[str, Any] | None] = ContextVar("adgen_fields", default=None)


@contextmanager
def about(**known: Any) -> Iterator[None]:
    """Until its end, all that is logged or reported from here is about `known`: job, run, stage, scene, ...

    None says nothing of a field, and leaves what was known. A thread that is started meanwhile does not inherit it,
    unless it runs in a copy of the context (`contextvars.copy_context`).
    """
    before = _known.set({**fields(), **{name: value for name, value in known.items() if value is not None}})
    try:
        yield
    finally:
        _known.reset(before)


def fields() -> Mapping[str, Any]:
    """What is being worked on here and now."""
    return _known.get() or {}
