"""What an installed release has: all that a checkout has."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "adgen_pipeline"


def test_every_file_comes_with_the_package() -> None:
    """Templates, samples, dagster.yaml: pyproject.toml names each; one that it does not would be missing in a wheel."""
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]
    folders = {name: ROOT / name.replace(".", "/") for name in patterns}
    named = {file for name, folder in folders.items() for pattern in patterns[name] for file in folder.glob(pattern)}
    files = {file for file in PACKAGE.rglob("*") if file.is_file() and "__pycache__" not in file.parts}
    assert named == {file for file in files if file.suffix != ".py"} != set()


def test_every_folder_is_a_package() -> None:
    """Setuptools leaves out a folder without __init__.py: its modules would be missing in a wheel."""
    folders = {file.parent for file in PACKAGE.rglob("*.py")}
    assert not [str(folder) for folder in folders if not (folder / "__init__.py").is_file()]
