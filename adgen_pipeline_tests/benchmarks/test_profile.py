"""Which layer a stack counts for."""

import pytest

from benchmarks.profile import layer_of


@pytest.mark.parametrize(
    ("stack", "layer"),
    [
        (["run (/x/adgen_pipeline/purchases/buying.py:1)", "write (/x/adgen_pipeline/ledger/book.py:2)"], "ledger"),
        (
            ["write (/x/adgen_pipeline/ledger/book.py:2)", "execute (/y/sqlalchemy/engine/base.py:3)"],
            "ledger",
        ),
        (["step (/y/dagster/_core/x.py:1)", "store (/y/dagster/_core/storage/event_log/a.py:1)"], "Dagster's storage"),
        (["step (/y/dagster/_core/x.py:1)", "dumps (/usr/lib/python3/json/__init__.py:1)"], "Dagster"),
        (["main (/usr/lib/python3/threading.py:1)"], "other"),
    ],
)
def test_the_innermost_function_of_a_layer_decides(stack: list[str], layer: str) -> None:
    """What a library does counts for the layer that asked for it."""
    assert layer_of(stack) == layer
