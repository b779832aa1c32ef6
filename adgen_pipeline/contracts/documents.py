"""YAML as people write it, read so that no file can harm who reads it.

A short file may spell out billions of values by aliases, nest so deeply that the parser's own stack ends, with the
whole process, or name types whose readers raise whatever Python does: each is a file that is told to be unreadable.
"""

from typing import Any

import yaml

MOST_VALUES = 200_000
"""Values of one document, aliases counted as often as they are used."""

MOST_BYTES = 1_000_000
"""YAML is read at some 0.1 MB a second."""

_MOST_KEYS = 100
"""Keys of one mapping: `<<` puts mappings together before they can be counted."""

_DEEPEST = 50
"""Lists and mappings within one another; a brief has four."""

_TOO_DEEP = "is nested too deeply"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotReadable(Exception):
    """Why a text is not to be read; `line` and `column` count from 1, where they are known."""

    def __init__(self, why: str, line: int | None = None, column: int | None = None):
        super().__init__(why)
        self.why, self.line, self.column = why, line, column


class _Loader(_Base):
    def flatten_mapping(self, node: Any) -> None:
        super().flatten_mapping(node)
        if len(node.value) > _MOST_KEYS:
            raise yaml.YAMLError(f"a mapping has more than {_MOST_KEYS} keys")


def yaml_documents(text: str) -> list[Any]:
    """What the documents of a YAML text say; the empty ones are left out. Raises NotReadable."""
    if len(text) > MOST_BYTES:
        raise NotReadable(f"has more than {MOST_BYTES // 1_000_000} MB: divide it")
    try:
        _check_depth(text)
        found = [each for each in yaml.load_all(text, _Loader) if each is not None]
    except yaml.YAMLError as error:
        raise _not_yaml(error) from None
    except NotReadable:
        raise
    except Exception as error:  # the readers of YAML's own types raise KeyError, AttributeError, ValueError and others
        why = str(error).partition("\n")[0][:200] if isinstance(error, ValueError) else "a value is not of its type"
        raise NotReadable(f"is not to be read as YAML: {why}") from None
    for each in found:
        check_size(each)
    return found


def yaml_document(text: str) -> Any:
    """What a text of one YAML document says; None for an empty one. Raises NotReadable."""
    found = yaml_documents(text)
    if len(found) > 1:
        raise NotReadable("holds more than one document: leave out what follows ---")
    return found[0] if found else None


def check_size(found: Any) -> None:
    """Raises NotReadable where `found` holds too many values, or nests them too deeply."""
    left, waiting = MOST_VALUES, [(found, 1)]
    while waiting:
        each, depth = waiting.pop()
        left -= 1
        if left < 0:
            raise NotReadable(f"spells out more than {MOST_VALUES} values: divide it")
        within = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        if within and depth > _DEEPEST:
            raise NotReadable(_TOO_DEEP)
        waiting += [(value, depth + 1) for value in within]


def _check_depth(text: str) -> None:
    """Before anything is built: the parser tells what begins and ends without a stack, the builder has one."""
    depth = 0
    for event in yaml.parse(text, _Base):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            mark: Any = event.start_mark
            raise NotReadable(_TOO_DEEP, mark.line + 1, mark.column + 1)


def _not_yaml(error: yaml.YAMLError) -> NotReadable:
    mark = getattr(error, "problem_mark", None)
    why = f"is not YAML: {getattr(error, 'problem', None) or str(error) or 'it cannot be parsed'}"
    return NotReadable(why, mark.line + 1, mark.column + 1) if mark else NotReadable(why)
