from decimal import Decimal
from pathlib import Path

import pytest

from adgen_pipeline.contracts.stages import CLIPS, PARSING
from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.settings import Settings

ROOT = Path(__file__).parent.parent


def test_defaults_are_the_contracts(home: Path) -> None:
    """With nothing set: the embedded studio, the contract's timeouts, all state in one folder."""
    settings = Settings.read()
    parser, clips = settings.service(PARSING), settings.service(CLIPS)
    assert (parser.url, parser.timeout, parser.deadline) == (None, 10, 600)
    assert (clips.timeout, str(clips.max_call_cost), settings.max_parallel_video_generations) == (90, "0.60", 4)
    assert settings.media_folder == home / "media"


def test_the_studio_honours_keys_and_a_url_does_not_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking again is safe at the studio; at a service of others only when the setting says so."""
    assert Settings.read().service(CLIPS).idempotent
    monkeypatch.setenv("VIDEO_GEN_URL", "http://video.example")
    assert not Settings.read().service(CLIPS).idempotent
    monkeypatch.setenv("VIDEO_GEN_IDEMPOTENT", "true")
    assert Settings.read().service(CLIPS).idempotent


def test_the_environment_wins_over_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One `.env` file serves all doors, and the environment overrides it."""
    (tmp_path / ".env").write_text("VIDEO_GEN_URL=http://from-file:1\nIMAGE_GEN_URL=http://from-file:2\n")
    monkeypatch.setenv("VIDEO_GEN_URL", "http://from-environment:1/")
    settings = Settings.read()
    assert str(settings.image_gen_url) == "http://from-file:2/"
    assert settings.service(CLIPS).url == "http://from-environment:1"


def test_a_changed_file_or_environment_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read again and again is kept, and never older than the file and the environment are."""
    file = tmp_path / ".env"
    file.write_text("COST_WARNING=2")
    first = Settings.read()
    assert Settings.read() is first
    file.write_text("COST_WARNING=3.5")
    assert Settings.read().cost_warning == Decimal("3.5")
    monkeypatch.setenv("COST_WARNING", "4")
    assert Settings.read().cost_warning == 4


def test_a_bad_setting_is_named_and_a_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the setting and its value; a secret's value stays hidden everywhere."""
    monkeypatch.setenv("VIDEO_GEN_URL", "not a url")
    monkeypatch.setenv("VIDEO_GEN_TOKEN", "s3cret")
    with pytest.raises(InvalidSetting) as caught:
        Settings.read()
    assert "VIDEO_GEN_URL: 'not a url'" in caught.value.message
    monkeypatch.delenv("VIDEO_GEN_URL")
    assert "s3cret" not in repr(Settings.read())


@pytest.mark.parametrize(
    ("store", "folder", "remote"),
    [
        ("/var/ads", "/var/ads", None),
        ("file:///var/ads", "/var/ads", None),
        ("s3://key:s3cret@bucket/ads", "home/media", "s3://key:s3cret@bucket/ads"),
        ("memory://ads", "home/media", "memory://ads"),
    ],
)
def test_the_store_is_a_folder_or_a_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: str, folder: str, remote: str | None
) -> None:
    """A store elsewhere has its cache in ADGEN_HOME; its credentials are never shown."""
    monkeypatch.setenv("MEDIA_STORE", store)
    settings = Settings.read()
    assert (settings.media_folder, settings.media_remote) == (tmp_path / folder, remote)
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize("store", ["s3:/bucket", "file://relative", "file:/x"])
def test_a_store_that_is_neither_is_refused(monkeypatch: pytest.MonkeyPatch, store: str) -> None:
    """What looks like a URL has to be one."""
    monkeypatch.setenv("MEDIA_STORE", store)
    with pytest.raises(InvalidSetting, match=r"MEDIA_STORE: \(hidden\) .* s3://bucket/ads"):
        Settings.read()


def test_the_hosts_of_services_and_those_named_may_be_private(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commas and blanks separate; a bare IPv6 address has no port."""
    monkeypatch.setenv("VIDEO_GEN_URL", "http://10.0.0.5:8003/v1")
    monkeypatch.setenv("MEDIA_ALLOWED_HOSTS", "minio.internal:9000, 10.0.0.6,[::1]:80")
    assert Settings.read().media_hosts == {"10.0.0.5", "minio.internal:9000", "10.0.0.6", "[::1]:80"}
    monkeypatch.setenv("MEDIA_ALLOWED_HOSTS", "::1,fe80::99999")
    assert Settings.read().media_hosts == {"10.0.0.5", "::1", "fe80::99999"}


@pytest.mark.parametrize("hosts", ["http://minio.internal/", "minio:99999", "[::1]:70000"])
def test_what_is_no_host_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch, hosts: str) -> None:
    """Before a file is fetched that is paid for by then."""
    monkeypatch.setenv("MEDIA_ALLOWED_HOSTS", hosts)
    with pytest.raises(InvalidSetting, match=r"MEDIA_ALLOWED_HOSTS: .* does not fit \(must be hosts without scheme"):
        Settings.read()


def test_celery_is_refused_until_all_is_named_that_workers_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers on other machines see none of our files: what is missing is named, all at once, and no secret with it."""
    monkeypatch.setenv("STEP_EXECUTOR", "celery")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(InvalidSetting) as caught:
        Settings.read()
    assert all(name in caught.value.message for name in ("BROKER_URL", "DATABASE_URL on Postgres", "MEDIA_STORE"))
    monkeypatch.setenv("BROKER_URL", "redis://:s3cret@broker:6379/0")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////var/lib/adgen.db")
    monkeypatch.setenv("MEDIA_STORE", "s3://ads/media")
    with pytest.raises(InvalidSetting, match="set DATABASE_URL on Postgres") as caught:
        Settings.read()
    assert "BROKER_URL" not in caught.value.message and "s3cret" not in caught.value.message
    monkeypatch.setenv("DATABASE_URL", "postgresql://adgen@db/adgen")
    assert Settings.read().step_executor == "celery"
    monkeypatch.setenv("BROKER_URL", "amqp://guest:s3cret@broker/")
    with pytest.raises(InvalidSetting, match=r"BROKER_URL: .hidden. does not fit .must be redis") as caught:
        Settings.read()
    assert "s3cret" not in caught.value.message


def test_the_example_file_names_every_setting() -> None:
    """`.env.example` is the list people read: nothing is missing, and every line is commented out."""
    text = (ROOT / ".env.example").read_text()
    named = {line.lstrip("# ").split("=")[0] for line in text.splitlines() if "=" in line}
    assert {name.upper() for name in Settings.model_fields} == named
    assert not [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_environment_is_read_in_one_place() -> None:
    """`os.environ` stands in settings alone."""
    readers = [
        str(path.relative_to(ROOT / "adgen_pipeline"))
        for path in (ROOT / "adgen_pipeline").rglob("*.py")
        if "os.environ" in path.read_text() or "getenv" in path.read_text()
    ]
    assert sorted(readers) == ["settings/environment.py", "settings/model.py"]


def test_an_s3_server_and_its_credentials_are_settings(tmp_path: Path) -> None:
    """`.env` serves them, too, which the AWS libraries do not read; the secret is never shown. A key without its secret
    is left to those libraries."""
    server = "AWS_ENDPOINT_URL=http://minio.internal:9000\nAWS_DEFAULT_REGION=eu-central-1\nAWS_ACCESS_KEY_ID=me\n"
    (tmp_path / ".env").write_text(server)
    assert "key" not in Settings.read().storage_options["s3"]
    (tmp_path / ".env").write_text(server + "AWS_SECRET_ACCESS_KEY=s3cret-of-s3\n")
    settings = Settings.read()
    assert settings.storage_options["s3"] == {
        "endpoint_url": "http://minio.internal:9000",
        "client_kwargs": {"region_name": "eu-central-1"},
        "key": "me",
        "secret": "s3cret-of-s3",
    }
    assert "minio.internal:9000" in settings.media_hosts and "s3cret" not in repr(settings)
