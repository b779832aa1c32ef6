"""What docs/webhooks.md shows receivers does what it says."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from standardwebhooks import WebhookVerificationError

from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks import SigningKey
from adgen_pipeline.webhooks.schedule import PAUSES

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text()
BODY = '{"type":"job.completed","data":{"prompt":"Übung"}}'


def code(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.S)
    assert found
    return found[1]


def signed() -> tuple[str, dict[str, str]]:
    key = SigningKey.of(Settings.read())
    return key.spelled, key.headers("msg_1", BODY.encode())


def test_the_python_verifies(home: Path) -> None:
    """The true message is given back, a changed one is not."""
    page: dict[str, object] = {}
    exec(code("python"), page)
    verified, (secret, headers) = page["verified"], signed()
    assert callable(verified) and verified(secret, headers, BODY.encode()) == json.loads(BODY)
    with pytest.raises(WebhookVerificationError):
        verified(secret, headers, BODY.replace("Übung", "Uebung").encode())


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_typescript_verifies(home: Path, tmp_path: Path) -> None:
    """Its types are taken out, as Node's own support for them depends on its version."""
    plain = re.sub(r": (string|unknown|Record<string, string>)(?=[,) ])", "", code("typescript"))
    secret, headers = signed()
    late = headers | {"webhook-timestamp": "1"}
    tries = f"""
const told = (...given) => {{ try {{ return verified(...given) }} catch (error) {{ return error.message }} }};
const [secret, headers, body] = {json.dumps([secret, headers, BODY])};
console.log(JSON.stringify([told(secret, headers, body), told(secret, headers, body + " "),
  told(secret, {json.dumps(late)}, body)]));
"""
    script = tmp_path / "verify.mjs"
    script.write_text(plain + tries)
    ended = subprocess.run(["node", script], stdout=subprocess.PIPE, text=True, check=True)
    assert json.loads(ended.stdout) == [json.loads(BODY), "not signed by the pipeline", "too old, or from the future"]


def test_the_schedule_is_the_pages() -> None:
    """Seconds, minutes and hours as they are counted."""
    units = {"s": 1, "min": 60, "h": 3600}
    listed = re.search(r"tried again after (.*?), each up to", PAGE.replace("\n", " "))
    assert listed
    pauses = re.findall(r"(\d+) (s|min|h)\b", listed[1])
    assert tuple(int(number) * units[unit] for number, unit in pauses) == PAUSES
