"""Names that are misspelled, secrets that can be guessed, values that do not fit together."""

from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import urlsplit

from pydantic import SecretStr

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning
from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.ports import is_loopback
from adgen_pipeline.settings import Settings, env_file, names_given

SHORTEST_SECRET = 16
"""Characters. The UI refuses to start with fewer."""

_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
_NAMES = frozenset(map(str.upper, Settings.model_fields))
_ALSO_READ = frozenset({"DAGSTER_HOME"})
_ALIKE_IN_FILE, _ALIKE_OUTSIDE = 0.75, 0.88
"""How much a name must look like one of ours (difflib's ratio); the environment is full of others'."""


def read() -> tuple[Settings | None, list[Finding]]:
    """The settings; or None, and each that breaks a rule."""
    try:
        return Settings.read(), []
    except InvalidSetting as error:
        told = [line.partition(": ") for line in error.message.splitlines()]
        return None, [failure(name, words, f"# .env: mend {name}, see .env.example") for name, _, words in told]


def look(examined: Examined) -> Iterator[Finding]:
    """Several findings, or one that all is well."""
    found = [*misspelled(), *_guessable(examined.settings), *_unfit(examined.settings), *_readable_file()]
    yield from found or [ok("all settings", f"{len(_given())} are set, all known, and they fit together")]


def misspelled() -> Iterator[Finding]:
    """Names that nobody reads and that look like ours: what they should set is at its default."""
    outside, in_file = names_given()
    for name in sorted((outside | in_file) - _NAMES - _ALSO_READ):
        alike = get_close_matches(name, _NAMES, 1, _ALIKE_IN_FILE if name in in_file else _ALIKE_OUTSIDE)
        if alike and name in in_file:
            yield failure(name, f"stands in .env and is no setting; {alike[0]} is", f"# .env: {alike[0]}=...")
        elif alike:
            mend = f"export {alike[0]}=..., if that is what was meant"
            yield warning(name, f"is set in the environment and is no setting; {alike[0]} is", mend)


def _guessable(settings: Settings) -> Iterator[Finding]:
    secrets = {"UI_TOKEN": _words(settings.ui_token), "MEDIA_LINK_SECRET": _words(settings.media_link_secret)}
    for name, given in [*secrets.items(), *(("API_TOKENS", (token,)) for token in settings.bearer_tokens)]:
        if any(len(word) < SHORTEST_SECRET for word in given):
            told = f"is shorter than {SHORTEST_SECRET} characters and could be guessed"
            yield failure(name, told, f"# .env: {name}=, and what this prints: {_MAKE_ONE}")


def _unfit(settings: Settings) -> Iterator[Finding]:
    yield from _money(settings)
    yield from _doors(settings)
    yield from _services_elsewhere(settings)
    yield from _several_machines(settings)


def _money(settings: Settings) -> Iterator[Finding]:
    if settings.cost_warning >= settings.max_cost_per_video:
        told = f"{settings.cost_warning} USD is not below MAX_COST_PER_VIDEO, {settings.max_cost_per_video} USD"
        yield warning("COST_WARNING", f"{told}: no ad is ever warned of", "# .env: COST_WARNING=5.00")


def _doors(settings: Settings) -> Iterator[Finding]:
    """What is reached from other machines needs what opens it, and TLS around that."""
    for url, name, opened_by, given in (
        (settings.dagster_url, "DAGSTER_URL", "UI_TOKEN", settings.ui_token),
        (settings.api_url, "API_URL", "API_TOKENS", settings.bearer_tokens),
    ):
        if is_this_machine(str(url)):
            continue
        if not given:
            told = f"is not set, and {name} ({url.host}) is reached from other machines: anybody could buy ads"
            yield failure(opened_by, told, f"# .env: {opened_by}=, and what this prints: {_MAKE_ONE}")
        if url.scheme == "http" and name == "API_URL":
            told = f"{url.host} is reached without TLS: whoever listens on the way reads tokens and links"
            yield warning(name, told, f"put a proxy with TLS before it; # .env: {name}=https://{url.host}")


def _services_elsewhere(settings: Settings) -> Iterator[Finding]:
    urls = {stage: settings.service(stage).url for stage in STAGES}
    elsewhere = [stage for stage, url in urls.items() if url and not is_this_machine(url)]
    media = str(settings.media_url) if settings.media_url else None
    if not elsewhere:
        return
    name = f"{elsewhere[0].service.upper()}_URL"
    if media and is_this_machine(media):
        told = f"means this machine, but the service at {name} has to fetch files by it"
        yield failure("MEDIA_URL", told, "# .env: MEDIA_URL=https://a-name-they-reach/media")
    if not media and any(url is None for stage, url in urls.items() if stage.path != "/parse"):
        told = f"is not set: the service at {name} could not fetch what the embedded studio makes"
        yield failure("MEDIA_URL", told, "# .env: MEDIA_URL=https://a-name-they-reach/media, or a URL for each service")
    for stage in elsewhere:
        if settings.service(stage).token and urlsplit(urls[stage] or "").scheme == "http":
            name = f"{stage.service.upper()}_URL"
            yield warning(name, "a token is sent there without TLS", f"# .env: {name}=https://...")


def _several_machines(settings: Settings) -> Iterator[Finding]:
    """A key that each machine keeps for itself fits no other's links and signatures."""
    database = _postgres(settings)
    shared = database and not is_this_machine(f"//{urlsplit(database).netloc.rpartition('@')[2]}")
    if not (settings.step_executor == "celery" or (shared and settings.media_remote)):
        return
    for name, given in (
        ("MEDIA_LINK_SECRET", settings.media_link_secret),
        ("WEBHOOK_SECRET", settings.webhook_secret),
        ("C2PA_CERTIFICATE", settings.c2pa_certificate),
    ):
        if not given:
            told = "is not set: each machine keeps a key of its own, and does not know the others'"
            yield warning(name, told, f"# .env, the same on all machines: {name}=...")


def _readable_file() -> Iterator[Finding]:
    """Others on this machine must not read what is secret in .env."""
    file = env_file()
    secret = {name.upper() for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    if file.is_file() and file.stat().st_mode & 0o004 and names_given()[1] & secret:
        yield warning(".env", "holds secrets and can be read by everybody on this machine", f"chmod 600 {file}")


def is_this_machine(url: str) -> bool:
    """Whether `url` leads to loopback, or names no host."""
    host = urlsplit(url).hostname or ""
    return not host or is_loopback(host)


def _postgres(settings: Settings) -> str | None:
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    return url if url.startswith("postgres") else None


def _words(secret: SecretStr | None) -> tuple[str, ...]:
    return (secret.get_secret_value(),) if secret else ()


def _given() -> frozenset[str]:
    outside, in_file = names_given()
    return (outside | in_file) & _NAMES
