"""All settings, and the only reader of the environment.

They come from the environment or from one `.env` file: the checkout's own, or, where the package is installed
without a checkout, the working directory's. The environment wins. Every name stands in `.env.example`.
"""

import base64
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from adgen_pipeline.contracts.stages import Stage
from adgen_pipeline.errors import InvalidSetting

_PACKAGE_PARENT = Path(__file__).resolve().parent.parent
CHECKOUT = _PACKAGE_PARENT if (_PACKAGE_PARENT / "pyproject.toml").is_file() else None
"""The folder of the source checkout, or None when the package is installed without one."""


WEBHOOK_SECRET_PREFIX = "whsec_"
"""Begins a secret that is spelled in base64, as the Standard Webhooks specification has it."""


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

    adgen_home: Path | None = Field(None, description="Folder of all state; default .adgen in the checkout.")

    prompt_parser_url: HttpUrl | None = None
    image_gen_url: HttpUrl | None = None
    video_gen_url: HttpUrl | None = None
    composition_url: HttpUrl | None = None

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
    step_executor: Literal["threads", "multiprocess"] = "threads"
    run_start: Literal["fork", "spawn"] = "fork"
    database_url: SecretStr | None = Field(None, description="Where the ledger is; default ledger.db in ADGEN_HOME.")
    media_store: str | None = Field(
        None, repr=False, description="Folder or fsspec URL of our own copies; default media in ADGEN_HOME."
    )
    media_url: HttpUrl | None = Field(None, description="Public URL under which MEDIA_STORE is served.")
    media_allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Hosts, with or without a port, that files may come from although their address is private."
    )
    asset_owners: Annotated[tuple[str, ...], NoDecode] = Field(
        ("team:creative",), description="Whom the Dagster UI names as the assets' owners: e-mail addresses, team:name."
    )
    inbox: str | None = Field(
        None, repr=False, description="Folder or fsspec URL where briefs are dropped; default inbox in ADGEN_HOME."
    )
    campaigns: Path | None = Field(None, description="Folder of standing campaigns; default campaigns in ADGEN_HOME.")
    dagster_url: HttpUrl = Field(HttpUrl("http://127.0.0.1:3000"), description="The Dagster webserver that launches.")
    ui_token: SecretStr | None = Field(None, description="What opens the Dagster UI; needed beyond loopback.")
    api_url: HttpUrl = Field(HttpUrl("http://127.0.0.1:8000"), description="Where the REST API is found from outside.")
    api_tokens: SecretStr | None = Field(None, description="Bearer tokens, with commas; none: on loopback alone.")
    api_creates_per_minute: int = Field(10, ge=1, le=100_000, description="Ads one client may create in a minute.")
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field((), description="Origins whose pages may call the API.")
    media_link_secret: SecretStr | None = Field(None, description="Signs links to media; unset: kept in ADGEN_HOME.")
    webhook_url: HttpUrl | None = Field(None, description="Hears of every ad, beside a brief's callback_url.")
    webhook_secret: SecretStr | None = Field(None, description="Signs webhooks: whsec_ and base64, or any words.")
    webhook_allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Hosts, with or without a port, that a callback_url may name although their address is private."
    )
    c2pa_certificate: Path | None = Field(None, description="PEM file that signs ads: the team's chain, its own first.")
    c2pa_private_key: SecretStr | None = Field(None, description="Its private key: a PEM file, or the PEM text.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("adgen_home")
    @classmethod
    def _a_folder(cls, path: Path | None) -> Path | None:
        if path is not None and ":/" in str(path):
            raise ValueError("must be a folder on this machine")
        return path.expanduser().absolute() if path else None

    @field_validator("media_store", "inbox")
    @classmethod
    def _a_folder_or_url(cls, store: str | None) -> str | None:
        if store is not None and ":/" in store and not _STORE_URL.fullmatch(store):
            raise ValueError("must be a folder or a URL such as s3://bucket/ads or file:///var/ads")
        return store

    @field_validator("media_allowed_hosts", "webhook_allowed_hosts", "cors_origins", "asset_owners", mode="before")
    @classmethod
    def _hosts(cls, value: Any) -> Any:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("asset_owners")
    @classmethod
    def _owners(cls, owners: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_OWNER.fullmatch(owner) for owner in owners):
            raise ValueError("must be e-mail addresses or teams such as team:creative, with commas between them")
        return owners

    @field_validator("media_allowed_hosts", "webhook_allowed_hosts")
    @classmethod
    def _plain_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_HOST.fullmatch(host) and _port(host) <= 65535 for host in hosts):
            told = "must be hosts without scheme or path, such as minio.internal or 10.0.0.5:9000, ports up to 65535"
            raise ValueError(told)
        return hosts

    @field_validator("cors_origins")
    @classmethod
    def _plain_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_ORIGIN.fullmatch(origin) for origin in origins):
            raise ValueError("must be origins such as https://ads.example.com, without a path, with commas between")
        return origins

    @field_validator("campaigns")
    @classmethod
    def _campaigns_folder(cls, path: Path | None) -> Path | None:
        return path.expanduser().absolute() if path else None

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not _DATABASE_URL.fullmatch(url.get_secret_value()):
            raise ValueError("must be postgresql://user:password@host/database or sqlite:///file")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _a_webhook_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _is_webhook_secret(secret.get_secret_value()):
            raise ValueError("must be whsec_ and the base64 of 24 to 64 bytes, or 16 and more characters of any kind")
        return secret

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @classmethod
    def read(cls) -> Self:
        """The settings as they are now. Raises InvalidSetting naming each that breaks a rule, without secrets.

        Read anew only when the environment or the file has changed: steps ask for them all the time.
        """
        env_file = (CHECKOUT or Path.cwd()) / ".env"
        return cls._read(env_file, _state_of(env_file), frozenset(os.environ.items()))

    @classmethod
    @lru_cache(maxsize=1)
    def _read(cls, env_file: Path, _state: tuple[int, ...], _environment: frozenset[tuple[str, str]]) -> Self:
        try:
            return cls(_env_file=env_file)
        except ValidationError as error:
            raise InvalidSetting("\n".join(_problem(detail) for detail in error.errors())) from None

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
    def media_folder(self) -> Path:
        """The folder of our own copies of paid files: the store itself or, of a remote one, its cache."""
        if self.media_store is None or self.media_remote:
            return self.home / "media"
        return Path(_LOCAL_STORE.sub("", self.media_store)).expanduser().absolute()

    @cached_property
    def media_remote(self) -> str | None:
        """The fsspec URL of the store where it is not a folder of this machine. May hold credentials."""
        store = self.media_store or ""
        return store if "://" in store and not _LOCAL_STORE.match(store) else None

    @cached_property
    def inbox_place(self) -> str:
        """Where briefs are dropped: a folder of this machine, or an fsspec URL. May hold credentials."""
        place = self.inbox or str(self.home / "inbox")
        local = "://" not in place or _LOCAL_STORE.match(place)
        return str(Path(_LOCAL_STORE.sub("", place)).expanduser().absolute()) if local else place

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
        """Hosts that files may come from whatever their address: the configured services' and MEDIA_ALLOWED_HOSTS."""
        urls = (self.prompt_parser_url, self.image_gen_url, self.video_gen_url, self.composition_url)
        return frozenset(self.media_allowed_hosts) | {url.host for url in urls if url and url.host}

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


_DATABASE_URL = re.compile(r"(postgres|postgresql)(\+\w+)?://.+|sqlite(\+\w+)?:///(?!:memory:).+")
_STORE_URL = re.compile(r"(?!(?:file|local)://(?!/))(\w[\w+.-]*(::|://))+.+")
_LOCAL_STORE = re.compile(r"(file|local)://(?=/)")
_HOST = re.compile(r"[\w.-]+(:\d{1,5})?|\[[0-9a-fA-F:.]+\](:\d{1,5})?|[0-9a-fA-F:.]+")
_ORIGIN = re.compile(r"https?://[\w.-]+(:\d{1,5})?")
_OWNER = re.compile(r"team:\S+|[\w.%+-]+@[\w.-]+\.[A-Za-z]{2,}")
_PORT = re.compile(r"(?:\]|^[^:]+):(\d+)$")
_HIDDEN = ("DATABASE_URL", "MEDIA_STORE", "INBOX", "API_TOKENS", "MEDIA_LINK_SECRET", "WEBHOOK_SECRET")
_SERVICE_FIELDS = ("url", "token", "timeout", "deadline", "idempotent", "max_call_cost")


def secret(name: str) -> SecretStr | None:
    """What the environment's variable `name` holds, or the secret setting of that name (also in `.env`), or None."""
    given = os.environ.get(name)
    setting = getattr(Settings.read(), name.lower(), None)
    return SecretStr(given) if given else setting if isinstance(setting, SecretStr) else None


def dagster_home() -> Path | None:
    """A team's own DAGSTER_HOME, or None."""
    home = os.environ.get("DAGSTER_HOME")
    return Path(home).expanduser() if home else None


def environment_with(more: Mapping[str, str]) -> dict[str, str]:
    """What a process finds in its environment that this one starts with `more` set."""
    return {**os.environ, **more}


def let_processes_find(folder: Path) -> None:
    """Let each Python that this process starts find the packages in `folder`, too."""
    known = os.environ.get("PYTHONPATH", "")
    if str(folder) not in known.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(folder), known)))


def use_dagster_home(folder: Path) -> None:
    """Make `folder` the Dagster home of this process and those it starts."""
    os.environ["DAGSTER_HOME"] = str(folder)


def forbid_telemetry() -> None:
    """Tell libraries that would report their use to their makers not to; call before they are imported."""
    os.environ.update(ORT_DISABLE_TELEMETRY="1", ORT_TELEMETRY_DISABLED="1")


def _is_webhook_secret(words: str) -> bool:
    if not words.startswith(WEBHOOK_SECRET_PREFIX):
        return len(words) >= 16
    try:
        return 24 <= len(base64.b64decode(words.removeprefix(WEBHOOK_SECRET_PREFIX), validate=True)) <= 64
    except ValueError:
        return False


def _state_of(file: Path) -> tuple[int, ...]:
    """What changes whenever the file is written; empty where there is none."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _port(host: str) -> int:
    """The port in `host`, 0 where it has none (a bare IPv6 address has colons, and none)."""
    found = _PORT.search(host)
    return int(found[1]) if found else 0


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
    value = "(hidden)" if name.endswith("_TOKEN") or name in _HIDDEN else repr(detail["input"])
    told = detail["msg"].removeprefix("Value error, ")
    return f"{name}: {value} does not fit ({told}); mend it in the environment or in .env"
