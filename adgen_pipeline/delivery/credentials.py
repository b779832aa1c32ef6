"""Content credentials (C2PA 2): what was done to make a file, bound to its bytes and signed; and reading them back.

Signing comes last: whatever writes the file again loses them.
"""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.delivery.certificates import DEVELOPMENT, Signer
from adgen_pipeline.delivery.disclosure import Disclosure, disclosure
from adgen_pipeline.errors import ArtifactError, InvalidSetting

PROVENANCE = "org.adgen-pipeline.provenance"
"""The assertion of ours: which file each scene was made from."""

_UNTRUSTED = "signingCredential.untrusted"


class Credentials(Frozen):
    """What a file tells of itself. `state` is Valid where nothing was changed since, Trusted where the signer is known
    to the reader as well, else Invalid; `problems` are C2PA's codes, that nobody vouches for the signer left out.
    """

    state: str
    signed_by: str
    generator: str
    digital_source_type: str | None
    provenance: dict[str, Any] | None
    problems: list[str]

    @property
    def is_development(self) -> bool:
        """Whether it was signed by a certificate that was made for the purpose."""
        return self.signed_by == DEVELOPMENT


def sign(
    source: Path, target: Path, told: dict[str, Any], made: Disclosure, software: tuple[str, str], by: Signer
) -> None:
    """Write the MP4 at `source` to `target` with credentials. `software` is name and version; `told` the provenance.

    Raises InvalidSetting where the certificate may not sign, ArtifactError where the file cannot carry them, and
    OSError where it cannot be written.
    """
    with _signing(_claim(told, made, software), by) as (builder, signer):
        builder.sign_file(str(source), str(target), signer)


def try_out(by: Signer) -> None:
    """Sign a picture of one pixel, in memory. Raises InvalidSetting where the certificate may not sign."""
    picture = io.BytesIO()
    Image.new("L", (1, 1)).save(picture, "JPEG")
    made = disclosure(studio_draws=True, studio_films=True, speaks=False)
    with _signing(_claim({"job_id": "trial"}, made, ("trial", "1")), by) as (builder, signer):
        builder.sign(signer, "image/jpeg", picture, io.BytesIO())


@contextmanager
def _signing(claim: dict[str, Any], by: Signer) -> Iterator[tuple[Any, Any]]:
    """A builder of `claim` and its signer; what the library complains of, in words of ours."""
    import c2pa  # loads its library, which only this needs

    try:
        info = c2pa.C2paSignerInfo(by.algorithm.encode(), by.chain, by.key, None)
        with c2pa.Signer.from_info(info) as signer, c2pa.Builder(claim) as builder:
            yield builder, signer
    except (c2pa.C2paError.Signature, c2pa.C2paError.Verify) as error:
        raise InvalidSetting(f"C2PA_CERTIFICATE: {by.name} cannot sign content credentials ({error})") from error
    except c2pa.C2paError.Io as error:
        raise OSError(str(error)) from error
    except c2pa.C2paError as error:
        raise ArtifactError(f"the ad cannot carry content credentials: {error}") from error


def read_credentials(path: Path) -> Credentials | None:
    """The credentials in the MP4 at `path`; None if it has none. Raises ArtifactError for what cannot be read.

    Those that lie elsewhere are not fetched: a file of anybody's does not choose what is asked of the network.
    """
    import c2pa

    try:
        with (
            c2pa.Settings.from_dict({"verify": {"remote_manifest_fetch": False}}) as offline,
            c2pa.Context(offline) as context,
            path.open("rb") as file,
            c2pa.Reader("video/mp4", file, context=context) as reader,
        ):
            found = json.loads(reader.json())
            state = str(reader.get_validation_state())
    except c2pa.C2paError.ManifestNotFound:
        return None
    except (c2pa.C2paError, OSError) as error:
        raise ArtifactError(f"{path}: its content credentials cannot be read ({error})") from error
    return _told(found, state)


def _claim(told: dict[str, Any], made: Disclosure, software: tuple[str, str]) -> dict[str, Any]:
    name, version = software
    agent = {"name": name, "version": version}
    created = {"action": "c2pa.created", "digitalSourceType": made.term, "softwareAgent": agent}
    return {
        "claim_generator_info": [agent],
        "format": "video/mp4",
        "title": f"{told['job_id']}.mp4",
        "assertions": [
            {"label": "c2pa.actions.v2", "created": True, "data": {"actions": [created | {"description": made.text}]}},
            {"label": PROVENANCE, "created": True, "data": told},
        ],
    }


def _told(found: dict[str, Any], state: str) -> Credentials:
    active = found["manifests"][found["active_manifest"]]
    told = {assertion["label"]: assertion.get("data") for assertion in active.get("assertions", [])}
    assertions = {label: data for label, data in told.items() if isinstance(data, dict)}
    actions = [action for label, data in assertions.items() if "actions" in label for action in data.get("actions", [])]
    problems = [status["code"] for status in found.get("validation_status") or []]
    return Credentials(
        state=state,
        signed_by=(active.get("signature_info") or {}).get("issuer") or "nobody",
        generator=" ".join(str(info.get("name")) for info in active.get("claim_generator_info") or []),
        digital_source_type=next((action.get("digitalSourceType") for action in actions), None),
        provenance=assertions.get(PROVENANCE),
        problems=[problem for problem in problems if problem != _UNTRUSTED],
    )
