"""What can be set, read and checked at once, and what follows from it."""

import os
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from adgen_pipeline.contracts.stages import Stage
from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.settings.rules import (
    LOCAL_STORE,
    BrokerUrl,
    DatabaseUrl,
    Folder,
    FolderOrUrl,
    Hosts,
    Origins,
    Owners,
    PlainUrl,
    SentryDsn,
    StateFolder,
    Upper,
    WebhookSecret,
)

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
CHECKOUT = _PACKAGE_PARENT if (_PACKAGE_PARENT / "pyproject.toml").is_file() else None
"""The folder of the source checkout, or None when the package is installed without one."""


@dataclass(frozen=True)
class ServiceSettings:
    """How one service is reached. `url` None means the embedded studio.

    `timeout` and `deadline` in seconds: one HTTP exchange, and one call with all its retries and polls.
    `idempotent` says that the service honours `Idempotency-Key`. `max_call_cost` in USD: the ceiling of one call.
    """

    url: str | None
    token: SecretStr | None
    timeout: float
    deadline: float
    idempotent: bool
    max_call_cost: Decimal


class Settings(BaseSettings):
    """The environment, read and checked once."""

    model_config = SettingsConfigDict(env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True, frozen=True)

    adgen_home: StateFolder | None = Field(None, description="Folder of all state; default .adgen in the checkout.")
    adgen_place: str | None = Field(
        None, pattern=r"^[\w.-]{1,64}$", description="What a container is called over its restarts, one at a time."
    )

    prompt_parser_url: PlainUrl | None = None
    image_gen_url: PlainUrl | None = None
    video_gen_url: PlainUrl | None = None
    composition_url: PlainUrl | None = None

    prompt_parser_token: SecretStr | None = None
    image_gen_token: SecretStr | None = None
    video_gen_token: SecretStr | None = None
    composition_token: SecretStr | None = None

    prompt_parser_timeout: float | None = Field(None, gt=0)
    image_gen_timeout: float | None = Field(None, gt=0)
    video_gen_timeout: float | None = Field(None, gt=0)
    composition_timeout: float | None = Field(None, gt=0)

    prompt_parser_deadline: float = Field(600, gt=0)
    image_gen_deadline: float = Field(600, gt=0)
    video_gen_deadline: float = Field(600, gt=0)
    composition_deadline: float = Field(600, gt=0)

    prompt_parser_idempotent: bool = False
    image_gen_idempotent: bool = False
    video_gen_idempotent: bool = False
    composition_idempotent: bool = False

    prompt_parser_max_call_cost: Decimal | None = Field(None, gt=0)
    image_gen_max_call_cost: Decimal | None = Field(None, gt=0)
    video_gen_max_call_cost: Decimal | None = Field(None, gt=0)
    composition_max_call_cost: Decimal | None = Field(None, gt=0)

    max_cost_per_video: Decimal = Field(
        Decimal("10.00"), gt=0, description="USD one ad may cost; a brief may say other."
    )
    cost_warning: Decimal = Field(Decimal("5.00"), gt=0, description="USD from which an ad's cost is warned of.")
    on_unknown: Literal["retry", "hold"] = "retry"
    keyframes: Literal["per_scene", "reference"] = "per_scene"
    max_parallel_video_generations: int = Field(4, ge=1, le=100, description="Clips of one ad at once.")
    max_concurrent_jobs: int = Field(10, ge=1, le=1000, description="Ads at once; the others wait in Dagster's queue.")
    image_gen_pool: int | None = Field(None, ge=1, le=1000, description="Keyframes at once, over all ads.")
    video_gen_pool: int | None = Field(None, ge=1, le=1000, description="Clips at once, over all ads.")
    step_executor: Literal["threads", "multiprocess", "celery"] = "threads"
    run_start: Literal["fork", "spawn"] = "fork"
    broker_url: BrokerUrl | None = Field(None, description="Where STEP_EXECUTOR=celery hands out steps to workers.")
    database_url: DatabaseUrl | None = Field(None, description="Ledger and Dagster; default: files in ADGEN_HOME.")
    media_store: FolderOrUrl | None = Field(
        None, repr=False, description="Folder or fsspec URL of our own copies; default media in ADGEN_HOME."
    )
    aws_endpoint_url: PlainUrl | None = Field(None, description="The S3 server of s3:// URLs; default: Amazon's.")
    aws_default_region: str | None = None
    aws_access_key_id: SecretStr | None = Field(None, description="Unset: as the AWS libraries find credentials.")
    aws_secret_access_key: SecretStr | None = None
    aws_session_token: SecretStr | None = None
    media_url: PlainUrl | None = Field(None, description="Public URL under which MEDIA_STORE is served.")
    media_allowed_hosts: Hosts = Field(
        (), description="Hosts, with or without a port, that files may come from although their address is private."
    )
    asset_owners: Owners = Field(
        ("team:creative",), description="Whom the Dagster UI names as the assets' owners: e-mail addresses, team:name."
    )
    inbox: FolderOrUrl | None = Field(
        None, repr=False, description="Folder or fsspec URL where briefs are dropped; default inbox in ADGEN_HOME."
    )
    campaigns: Folder | None = Field(None, description="Folder of standing campaigns; default campaigns in ADGEN_HOME.")
    dagster_url: PlainUrl = Field(HttpUrl("http://127.0.0.1:3000"), description="The Dagster webserver that launches.")
    ui_url: PlainUrl | None = Field(None, description="Where people reach the Dagster UI; unset: at DAGSTER_URL.")
    ui_token: SecretStr | None = Field(None, description="What opens the Dagster UI; needed beyond loopback.")
    api_url: PlainUrl = Field(HttpUrl("http://127.0.0.1:8000"), description="Where the REST API is found from outside.")
    api_tokens: SecretStr | None = Field(None, description="Bearer tokens, with commas; none: on loopback alone.")
    api_creates_per_minute: int = Field(10, ge=1, le=100_000, description="Ads one client may create in a minute.")
    cors_origins: Origins = Field((), description="Origins whose pages may call the API.")
    media_link_secret: SecretStr | None = Field(None, description="Signs links to media; unset: kept in ADGEN_HOME.")
    webhook_url: PlainUrl | None = Field(None, description="Hears of every ad, beside a brief's callback_url.")
    webhook_secret: WebhookSecret | None = Field(None, description="Signs webhooks: whsec_ and base64, or any words.")
    webhook_allowed_hosts: Hosts = Field(
        (), description="Hosts, with or without a port, that a callback_url may name although their address is private."
    )
    c2pa_certificate: Path | None = Field(None, description="PEM file that signs ads: the team's chain, its own first.")
    c2pa_private_key: SecretStr | None = Field(None, description="Its private key: a PEM file, or the PEM text.")
    keep_runs_days: int | None = Field(None, ge=1, description="Days of Dagster's runs, events, steps' outputs.")
    keep_media_days: int | None = Field(None, ge=1, description="Days of our copies of pictures, clips and ads.")
    keep_ledger_days: int | None = Field(None, ge=1, description="Days of single calls in the ledger; totals stay.")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], Upper] = "INFO"
    log_format: Literal["text", "json"] = "text"
    sentry_dsn: SentryDsn | None = Field(None, description="The Sentry project that hears of errors.")
    sentry_environment: str = Field("production", max_length=64, description="Under which name Sentry files them.")

    @classmethod
    def read(cls) -> Self:
        """The settings as they are now. Raises InvalidSetting naming each that breaks a rule, without secrets.

        Read anew only when the environment or the file has changed: steps ask for them all the time.
        """
        file = env_file()
        return cls._read(file, _state_of(file), frozenset(os.environ.items()))

    @classmethod
    @lru_cache(maxsize=1)
    def _read(cls, file: Path, _state: tuple[int, ...], _environment: frozenset[tuple[str, str]]) -> Self:
        try:
            settings = cls(_env_file=file)
        except ValidationError as error:
            raise InvalidSetting("\n".join(_problem(detail) for detail in error.errors())) from None
        _check_shared(settings)
        return settings

    @cached_property
    def home(self) -> Path:
        """The folder of all state."""
        return self.adgen_home or (CHECKOUT / ".adgen" if CHECKOUT else Path.home() / ".adgen")

    def make_home(self) -> Path:
        """The folder of all state, made if need be. Raises InvalidSetting where that cannot be."""
        return _writable("ADGEN_HOME", self.home)

    def make_media_folder(self) -> Path:
        """`media_folder`, made if need be. Raises InvalidSetting where that cannot be."""
        return _writable("MEDIA_STORE" if self.media_folder != self.home / "media" else "ADGEN_HOME", self.media_folder)

    @cached_property
    def on_postgres(self) -> bool:
        """Whether the ledger and Dagster are in one database on a server, and not in files of ADGEN_HOME."""
        return self.database_url is not None and self.database_url.get_secret_value().startswith("postgres")

    @cached_property
    def media_folder(self) -> Path:
        """The folder of our own copies of paid files: the store itself or, of a remote one, its cache."""
        if self.media_store is None or self.media_remote:
            return self.home / "media"
        return Path(LOCAL_STORE.sub("", self.media_store)).expanduser().absolute()

    @cached_property
    def media_remote(self) -> str | None:
        """The fsspec URL of the store where it is not a folder of this machine. May hold credentials."""
        store = self.media_store or ""
        return store if "://" in store and not LOCAL_STORE.match(store) else None

    @cached_property
    def storage_options(self) -> dict[str, dict[str, Any]]:
        """What the file systems behind URLs are opened with, by protocol. Holds credentials.

        What is not set here is found by the file system's own library, as it always does.
        """
        told: dict[str, Any] = {"endpoint_url": str(self.aws_endpoint_url or "").rstrip("/")}
        told["client_kwargs"] = {"region_name": self.aws_default_region} if self.aws_default_region else {}
        if self.aws_access_key_id and self.aws_secret_access_key:
            names = {"key": "access_key_id", "secret": "secret_access_key", "token": "session_token"}
            given = {name: getattr(self, f"aws_{setting}") for name, setting in names.items()}
            told |= {name: value.get_secret_value() for name, value in given.items() if value}
        s3 = {name: value for name, value in told.items() if value}
        return {"s3": s3, "s3a": s3}

    @cached_property
    def inbox_place(self) -> str:
        """Where briefs are dropped: a folder of this machine, or an fsspec URL. May hold credentials."""
        place = self.inbox or str(self.home / "inbox")
        local = "://" not in place or LOCAL_STORE.match(place)
        return str(Path(LOCAL_STORE.sub("", place)).expanduser().absolute()) if local else place

    @cached_property
    def campaigns_folder(self) -> Path:
        """The folder of standing campaigns."""
        return self.campaigns or self.home / "campaigns"

    @cached_property
    def bearer_tokens(self) -> tuple[str, ...]:
        """The tokens that open the REST API; none: it is open, on loopback alone."""
        given = self.api_tokens.get_secret_value() if self.api_tokens else ""
        return tuple(given.replace(",", " ").split())

    @cached_property
    def media_hosts(self) -> frozenset[str]:
        """Hosts that files may come from whatever their address: the configured services', that of AWS_ENDPOINT_URL
        on its port alone, and MEDIA_ALLOWED_HOSTS."""
        urls = (self.prompt_parser_url, self.image_gen_url, self.video_gen_url, self.composition_url)
        store = self.aws_endpoint_url
        hosts = {url.host for url in urls if url and url.host} | ({f"{store.host}:{store.port}"} if store else set())
        return frozenset(self.media_allowed_hosts) | hosts

    @cached_property
    def webhook_hosts(self) -> frozenset[str]:
        """Hosts that webhooks may go to whatever their address: that of WEBHOOK_URL and WEBHOOK_ALLOWED_HOSTS."""
        url = self.webhook_url
        return frozenset(self.webhook_allowed_hosts) | ({f"{url.host}:{url.port}"} if url else set())

    @cached_property
    def pools(self) -> dict[str, int]:
        """How many calls of a service may be under way over all ads, by its name; none: Dagster's own limits hold."""
        limits = {"image_gen": self.image_gen_pool, "video_gen": self.video_gen_pool}
        return {pool: limit for pool, limit in limits.items() if limit is not None}

    def service(self, stage: Stage) -> ServiceSettings:
        """The settings of the service behind `stage`, the contract's defaults filled in.

        The embedded studio always honours keys, whatever `*_IDEMPOTENT` says.
        """
        of = {name: getattr(self, f"{stage.service}_{name}") for name in _SERVICE_FIELDS}
        return ServiceSettings(
            url=str(of["url"]).rstrip("/") if of["url"] else None,
            token=of["token"],
            timeout=of["timeout"] or stage.timeout,
            deadline=of["deadline"],
            idempotent=of["idempotent"] or not of["url"],
            max_call_cost=of["max_call_cost"] or stage.max_call_cost,
        )


_SERVICE_FIELDS = ("url", "token", "timeout", "deadline", "idempotent", "max_call_cost")


def env_file() -> Path:
    """Where settings stand beside the environment; the file need not be there."""
    return (CHECKOUT or Path.cwd()) / ".env"


def _check_shared(settings: Settings) -> None:
    """What workers on several machines need in common. Raises InvalidSetting naming all that is missing."""
    if settings.step_executor != "celery":
        return
    there = {
        "BROKER_URL (redis://host:6379/0)": settings.broker_url,
        "DATABASE_URL on Postgres (postgresql://user:password@host/adgen)": settings.on_postgres,
        "MEDIA_STORE on object storage (s3://bucket/ads)": settings.media_remote,
    }
    missing = [name for name, found in there.items() if not found]
    if missing:
        told = "workers on other machines share nothing but broker, database and store; set"
        raise InvalidSetting(f"STEP_EXECUTOR: 'celery' needs more: {told} {', and '.join(missing)}")


def _state_of(file: Path) -> tuple[int, ...]:
    """What changes whenever the file is written; empty where there is none."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _writable(name: str, folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        told = f"{name}: '{folder}' cannot be written ({error.strerror}); choose a folder of yours"
        raise InvalidSetting(told) from error


def _problem(detail: Any) -> str:
    name = str(detail["loc"][0]).upper()
    value = "(hidden)" if name in _HIDDEN or "@" in str(detail["input"]) else repr(detail["input"])
    told = detail["msg"].removeprefix("Value error, ")
    return f"{name}: {value} does not fit ({told}); mend it in the environment or in .env"


_HIDDEN = {"MEDIA_STORE", "INBOX"} | {
    name.upper() for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)
}
"""Whose values may hold credentials, and are never shown."""
