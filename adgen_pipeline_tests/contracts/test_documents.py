"""YAML that was made to do harm, or by a slip of the pen, is told to be unreadable; nothing else is raised."""

import pytest

from adgen_pipeline.contracts.documents import NotReadable, yaml_document

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)
)


def test_it_says_what_it_says() -> None:
    """With comments, anchors and types of YAML's own."""
    assert yaml_document("# a brief\na: &a [1, on, 9:16]\nb: *a\n") == {"a": [1, True, 556], "b": [1, True, 556]}
    assert yaml_document("") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[" * 400_000 + "]" * 400_000, "nested too deeply"),
        (BOMB, "spells out more than"),
        ("&a [*a]", "nested too deeply"),
        ("a: 1\n---\nb: 2\n", "more than one document"),
        ("a: !!bool maybe", "a value is not of its type"),
        ("a: !!timestamp soon", "a value is not of its type"),
        ("a: !!int ''", "a value is not of its type"),
        ("a: 2026-13-45", "month must be in 1..12"),
        ("a: !!python/object/apply:os.getpid []", "could not determine a constructor"),
        ("a: [b", "is not YAML"),
    ],
    ids=range(10),
)
def test_what_does_harm_is_told_to_be_unreadable(text: str, why: str) -> None:
    """The deepest of them would end the process itself."""
    with pytest.raises(NotReadable, match=why):
        yaml_document(text)
