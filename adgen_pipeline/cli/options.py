"""A brief from the command line: words or a file, and options that are the brief's own fields."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from adgen_pipeline.contracts.brief import BrandGuidelines, Brief, read_brief
from adgen_pipeline.contracts.documents import NotReadable, yaml_document
from adgen_pipeline.errors import InvalidBrief

F = TypeVar("F", bound=Callable[..., Any])

_IN_FILES_ONLY = {"prompt", "scenes", "brand_guidelines", "words"}
_BRAND_OPTIONS = {"name": "brand_name"}
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
    brand = {_field_of(name): given.pop(name) for name in list(given) if _is_brand(name)}
    if isinstance(data, dict):
        guidelines = data.get("brand_guidelines")
        if brand and isinstance(guidelines, dict | None):
            data = data | {"brand_guidelines": (guidelines or {}) | brand}
        data = data | given
    return read_brief(data)


def _options() -> dict[str, Any]:
    brand = {_BRAND_OPTIONS.get(name, name): field for name, field in BrandGuidelines.model_fields.items()}
    return {name: field for name, field in Brief.model_fields.items() if name not in _IN_FILES_ONLY} | brand


def _is_brand(option: str) -> bool:
    return _field_of(option) in BrandGuidelines.model_fields


def _field_of(option: str) -> str:
    return {shown: field for field, shown in _BRAND_OPTIONS.items()}.get(option, option)


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
