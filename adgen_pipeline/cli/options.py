"""A brief from the command line: words or a file, and options that are the brief's own fields."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from adgen_pipeline.contracts.brief import PARTS, BrandGuidelines, Brief, read_brief
from adgen_pipeline.contracts.documents import NotReadable, yaml_document
from adgen_pipeline.errors import InvalidBrief

F = TypeVar("F", bound=Callable[..., Any])

_IN_FILES_ONLY = {"prompt", "scenes", "brand_guidelines", "words"}
_GROUPS: dict[str, dict[str, str]] = {
    "brand_guidelines": {{"name": "brand_name"}.get(name, name): name for name in BrandGuidelines.model_fields},
    "words": {"headline": "headline", "button": "call_to_action"},
}
"""Parts of the brief, and which of their fields each option sets.

`--call-to-action` is the brand's, which the ad is planned with; `--button` only changes the words on the button.
"""
_SHORTEST, _LONGEST = 10, 500  # characters of a prompt
_FILE_ENDINGS = {".yaml", ".yml", ".json"}


def brief_options(command: F) -> F:
    """Adds an option for every field of the brief that fits on a command line."""
    for name, field in reversed(_options().items()):
        flag = f"--{name.replace('_', '-')}"
        if field.annotation is bool:
            command = click.option(flag, name, is_flag=True, default=None, help=field.description)(command)
        else:
            command = click.option(flag, name, help=field.description, metavar="...")(command)
    return command


def brief_from(words: str, options: dict[str, Any]) -> Brief:
    """The brief: `words` are a prompt or the path of a YAML or JSON file; `options` win over the file.

    Raises InvalidBrief.
    """
    data = from_file(Path(words)) if _names_a_file(words) else {"prompt": words}
    given = {name: _as_in_yaml(name, value) for name, value in options.items() if value is not None}
    if not isinstance(data, dict):
        return read_brief(data)
    for part, fields in _GROUPS.items():
        own = {fields[name]: given.pop(name) for name in fields if name in given}
        if own and isinstance(data.get(part), dict | None):
            data = data | {part: (data.get(part) or {}) | own}
    return read_brief(data | given)


def _options() -> dict[str, Any]:
    found = {name: field for name, field in Brief.model_fields.items() if name not in _IN_FILES_ONLY}
    for part, fields in _GROUPS.items():
        found |= {option: PARTS[part].model_fields[name] for option, name in fields.items()}
    return found


def _as_in_yaml(option: str, value: Any) -> Any:
    """`value`, or what its YAML says where a field is more than a word: --reuse '{refresh: [scene_03]}'."""
    if option != "reuse":
        return value
    try:
        return yaml_document(value)
    except NotReadable:
        return value


def _names_a_file(words: str) -> bool:
    """A path is what lies there, what ends like a brief's file, and a single word as long as a prompt may be."""
    one_word = not re.search(r"\s", words) and _SHORTEST <= len(words) <= _LONGEST
    return "\n" not in words and (one_word or Path(words).suffix.lower() in _FILE_ENDINGS or _exists(words))


def _exists(words: str) -> bool:
    try:
        return bool(words.strip()) and Path(words).exists()
    except OSError:  # a prompt may be longer than any file's name
        return False


def from_file(path: Path) -> Any:
    """What a YAML or JSON file says. Raises InvalidBrief for one that cannot be read."""
    try:
        return yaml_document(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        way_out = "is not there: give the path of a YAML or JSON brief, or a prompt of several words in quotes"
    except IsADirectoryError:
        way_out = "is a folder: give the path of a YAML or JSON brief, or a prompt of several words in quotes"
    except OSError as error:
        way_out = f"cannot be read ({error.strerror})"
    except UnicodeDecodeError:
        way_out = "is not text in UTF-8"
    except NotReadable as error:
        where = f" in line {error.line}, column {error.column}" if error.line else ""
        way_out = f"{error.why}{where}; compare it with examples/luxury_watch.yaml"
    raise InvalidBrief([("brief", str(path), way_out)])
