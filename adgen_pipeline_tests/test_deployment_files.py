"""Every file below deploy/, whoever wrote it: no UI without its guard, no door without a token, no secret inside.

What is looked at is the text, since no file of another kind escapes that way. Each rule is tried on a text that
breaks it, too, and so fails when it is taken out.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from adgen_pipeline_tests.attacks.canaries import secret_settings

ROOT = Path(__file__).parent.parent
_SECRETS = (
    *secret_settings(),
    "AWS_SECRET_ACCESS_KEY",
    "POSTGRES_PASSWORD",
    "PGPASSWORD",
    "GF_SECURITY_ADMIN_PASSWORD",
)
_NAMES = "|".join(sorted(set(_SECRETS) - {"MEDIA_STORE", "INBOX"}))

BARE_UI = re.compile(r"dagster[-_](webserver|graphql|ui)\b(?!\s*:)|\bdagit\b|dagster[\"', ]+dev\b")
SECRET_WORD = re.compile(rf"\b({_NAMES})[\"']?[ \t]*[:=][ \t]*[\"']?(?P<word>[^\s\"',}}]+)")
PASSWORD_IN_URL = re.compile(r"\w+://[^\s/:@\"']*:(?P<word>[^\s/@\"']+)@")
BAKED = re.compile(rf"^\s*(ARG|ENV)\s+.*\b({_NAMES})\b", re.MULTILINE | re.IGNORECASE)
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
WHOLE_TREE = re.compile(r"^\s*(COPY|ADD)\s+(--\S+\s+)*\.\s", re.MULTILINE)
BEYOND = re.compile(r"--host[\"', =]+(?!127\.|localhost|\[?::1)[\w.:\[\]]+")
_A_PLACE = re.compile(
    r"[$<{%]|/|^(null|true|false|~|\"\"|'')$|^@\w+@$|^[\w.-]+Secret$|(?i:change|replace|your|example|user:password)"
)
"""A reference to where the secret is kept, a path to it, or a word that asks to be replaced."""


def deploy_files() -> list[Path]:
    """Those that are committed, or are about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "deploy", ".dockerignore", "Dockerfile"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split("\n")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def is_prose(path: Path) -> bool:
    return path.suffix in (".md", ".txt")


def problems(name: str, text: str) -> Iterator[str]:
    """What in the file `name` opens a door or tells a secret, each in a line."""
    orders = "\n".join(line.partition("#")[0] for line in text.splitlines() if not _is_no_order(line))
    if found := BARE_UI.search(orders):
        yield f"{name}: starts the UI without its guard ({found[0]}): use `adgen ui`"
    for pattern in (SECRET_WORD, PASSWORD_IN_URL):
        for found in pattern.finditer(orders):
            if not _A_PLACE.search(found["word"]):
                yield f"{name}: holds a secret ({found[0].partition('=')[0][:60]})"
    if PRIVATE_KEY.search(text):
        yield f"{name}: holds a private key"
    yield from _open_doors(name, orders)
    if "Dockerfile" in name:
        yield from _images(name, orders)


def _is_no_order(line: str) -> bool:
    """A comment, or a line that removes what it names."""
    return line.lstrip().startswith((";", "//")) or re.search(r"\brm -\w*f", line) is not None


def _open_doors(name: str, orders: str) -> Iterator[str]:
    """A file that lets a door listen beyond loopback names the token, or the file or secret that brings it."""
    for door, token in (("ui", "UI_TOKEN"), ("api", "API_TOKENS"), ("up", "UI_TOKEN")):
        started = re.search(rf"\badgen[\"', ]+{door}\b[^\n]*", orders)
        told = token in orders or re.search(r"env_?file|EnvironmentFile|envFrom|secretRef|envSecrets", orders, re.I)
        if started and BEYOND.search(started[0]) and not told and "Dockerfile" not in name:
            yield f"{name}: `adgen {door}` listens beyond loopback, and nothing brings {token}"


def _images(name: str, orders: str) -> Iterator[str]:
    """What would be inside an image for whoever gets it."""
    if found := BAKED.search(orders):
        yield f"{name}: {found[0].strip()[:60]} stays in the image's history"
    if re.search(r"\.env\b(?!\.example)", orders):
        yield f"{name}: names .env"
    if WHOLE_TREE.search(orders) and not any(_ignores_env(file) for file in deploy_files()):
        yield f"{name}: copies the whole tree, and no .dockerignore leaves .env out"
    last = orders.rpartition("\nFROM ")[2]
    if not re.search(r"^\s*USER\s+(?!root\b|0\b)\S+", last, re.MULTILINE):
        yield f"{name}: runs as root"


def _ignores_env(file: Path) -> bool:
    """Whether it names .env, or everything but what it lists."""
    lines = {line.strip() for line in file.read_text().splitlines()} if file.name.endswith(".dockerignore") else set()
    return bool(lines & {".env", ".env*", "**/.env", "**/.env*"}) or bool(lines & {"*", "**"} and "!.env" not in lines)


def test_no_deployment_file_opens_a_door_or_tells_a_secret() -> None:
    """All of them, whatever they are called; read as they are committed."""
    texts = [(str(path.relative_to(ROOT)), path.read_text(errors="replace")) for path in deploy_files()]
    found = [problem for name, text in texts if not is_prose(Path(name)) for problem in problems(name, text)]
    assert found == []


@pytest.mark.parametrize("secret", ["WEBHOOK_SECRET", "BROKER_URL"])
def test_who_holds_a_secret_is_who_is_restarted(secret: str) -> None:
    """Webhooks are signed and steps are sent from the code server: its sensor and its runs, not the daemon."""
    (row,) = re.findall(rf"^\| `{secret}` \|(.*)\|$", (ROOT / "docs" / "security.md").read_text(), re.MULTILINE)
    assert "code server" in row and "daemon" not in row


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("compose.yaml", "command: dagster-webserver -h 0.0.0.0 -p 3000", "without its guard"),
        ("ui.service", "ExecStart=/opt/adgen/bin/dagster dev", "without its guard"),
        ("compose.yaml", 'command: ["dagster", "dev"]', "without its guard"),
        ("x.service", "ExecStart=python -m dagster_webserver -p 3000", "without its guard"),
        ("compose.yaml", "UI_TOKEN: hunter2-hunter2-hunter2", "holds a secret"),
        ("values.yaml", "url: postgresql://adgen:hunter2@db/adgen", "holds a secret"),
        ("adgen.env", "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI", "holds a secret"),
        ("key.pem", "-----BEGIN PRIVATE KEY-----", "holds a private key"),
        ("ui.service", "ExecStart=/opt/adgen/bin/adgen ui --host 0.0.0.0", "nothing brings UI_TOKEN"),
        ("compose.yaml", 'command: ["adgen", "api", "--host", "0.0.0.0"]', "nothing brings API_TOKENS"),
        ("Dockerfile", "FROM x\nARG API_TOKENS\nUSER adgen", "stays in the image's history"),
        ("Dockerfile", "FROM x\nCOPY .env /app/\nUSER adgen", "names .env"),
        ("Dockerfile", "FROM x\nRUN true", "runs as root"),
    ],
)
def test_a_file_that_breaks_a_rule_is_found(name: str, text: str, told: str) -> None:
    """Each rule, on the shortest text against it."""
    assert any(told in problem for problem in problems(name, text)), list(problems(name, text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("compose.yaml", "UI_TOKEN: ${UI_TOKEN:?set it in .env}\ncommand: adgen ui --host 0.0.0.0"),
        ("ui.service", "EnvironmentFile=/etc/adgen/adgen.env\nExecStart=/opt/adgen/bin/adgen ui --host 0.0.0.0"),
        ("values.yaml", "url: postgresql://adgen:$(PASSWORD)@db/adgen"),
        ("values.yaml", "dagster-webserver:\n  enabled: false"),
        ("Dockerfile", "FROM x\nCOPY adgen_pipeline /app\nUSER 10001"),
    ],
)
def test_a_file_that_keeps_the_rules_is_let_be(name: str, text: str) -> None:
    """References to secrets, guarded doors, named keys of charts."""
    assert list(problems(name, text)) == []
