"""A composed ad becomes one that may leave the house: captions, manifest, disclosure, and credentials at the last."""

import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from shutil import copyfile

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.contracts.clip import Clips
from adgen_pipeline.contracts.keyframe import Keyframes
from adgen_pipeline.contracts.purchase import Artifact, Receipt
from adgen_pipeline.contracts.storyboard import PlannedScene, Storyboard
from adgen_pipeline.delivery.captions import captions_of
from adgen_pipeline.delivery.certificates import Signer, signer_of
from adgen_pipeline.delivery.credentials import sign, try_out
from adgen_pipeline.delivery.disclosure import Disclosure, disclosure, xmp_box
from adgen_pipeline.delivery.manifest import Made, Manifest, SceneMade, Signature, made_by
from adgen_pipeline.downloads import shown
from adgen_pipeline.errors import ArtifactUnavailable
from adgen_pipeline.ledger import Ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore

_SOFTWARE = "adgen_pipeline"
_PRIVATE = frozenset({"callback_url", "max_cost", "reuse"})
"""Of a brief: what the ad was not made of."""


@dataclass(frozen=True)
class Parts:
    """What an ad was made from."""

    storyboard: Storyboard
    keyframes: Keyframes
    clips: Clips


def check_signing(settings: Settings) -> None:
    """Raises InvalidSetting where an ad made now could not be signed: to be known before anything is bought."""
    try_out(signer_of(settings))


def deliver(parts: Parts, ad: FinishedAd, store: MediaStore, ledger: Ledger) -> FinishedAd:
    """`ad`, as composition gave it, with captions, manifest and content credentials, all kept and known to the ledger.

    What was delivered before, of the same composition, is delivered again. Raises InvalidSetting where C2PA_CERTIFICATE
    cannot sign, ArtifactError and ArtifactUnavailable of the store, the latter also where there is no room to sign.
    """
    try:
        files = _delivered_before(ad, store, ledger) or _files(parts, ad, store, ledger)
    except OSError as error:
        told = f"the ad could not be signed in {tempfile.gettempdir()}, where temporary files go"
        raise ArtifactUnavailable(f"{told} ({error.strerror or error}); make room there, or set TMPDIR") from error
    ledger.deliver(ad.job_id, files | {"composed": ad.composed})
    return ad.model_copy(update=files)


def _delivered_before(ad: FinishedAd, store: MediaStore, ledger: Ledger) -> dict[str, Artifact] | None:
    files = dict(ledger.job(ad.job_id).delivered or {})
    same = files.pop("composed", None) == ad.composed
    return files if same and files and all(store.has(artifact) for artifact in files.values()) else None


def _files(parts: Parts, ad: FinishedAd, store: MediaStore, ledger: Ledger) -> dict[str, Artifact]:
    signer = signer_of(Settings.read())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        captions = ad.captions or _captions(parts.storyboard, store, folder)
        manifest = _manifest(parts, ad, captions, signer, ledger)
        video = store.adopt(_signed(store.path(ad.composed), manifest, signer, folder), "video", _source(ad))
        complete = manifest.model_copy(update={"video": video.sha256})
        text = _written(folder / "manifest.json", complete.model_dump_json(indent=2))
        files = {"video": video, "thumbnail": ad.thumbnail}
        files["manifest"] = store.adopt(text, "manifest", _source(ad))
    return files | ({"captions": captions} if captions else {})


def _source(ad: FinishedAd) -> str:
    return ad.composed.source_url


def _captions(storyboard: Storyboard, store: MediaStore, folder: Path) -> Artifact | None:
    text = captions_of(storyboard)
    return store.adopt(_written(folder / "captions.vtt", text), "captions", "storyboard") if text else None


def _signed(composed: Path, manifest: Manifest, signer: Signer, folder: Path) -> Path:
    told, target = folder / "told.mp4", folder / "ad.mp4"
    copyfile(composed, told)
    with told.open("ab") as file:
        file.write(xmp_box(manifest.disclosure, manifest.software))
    sign(told, target, manifest.published(), manifest.disclosure, (_SOFTWARE, version("adgen-pipeline")), signer)
    return target


def _manifest(parts: Parts, ad: FinishedAd, captions: Artifact | None, signer: Signer, ledger: Ledger) -> Manifest:
    storyboard = parts.storyboard
    return Manifest(
        job_id=storyboard.job_id,
        software=f"{_SOFTWARE} {version('adgen-pipeline')}",
        disclosure=_disclosure(parts, ledger),
        brief=_brief(storyboard),
        storyboard=_made(ledger, storyboard.receipt),
        scenes=[_scene(parts, scene, ledger) for scene in storyboard.scenes],
        composition=_made(ledger, ad.receipt, ad.composed, storyboard.brief.seed),
        notes=storyboard.notes,
        costs=ad.costs,
        total_cost=ad.total_cost,
        saved=ad.saved,
        unknown=ad.unknown,
        composed=ad.composed.sha256,
        thumbnail=ad.thumbnail.sha256,
        captions=captions.sha256 if captions else None,
        signature=Signature(signed_by=signer.name, is_teams=signer.is_teams),
    )


def _scene(parts: Parts, scene: PlannedScene, ledger: Ledger) -> SceneMade:
    keyframe = parts.keyframes.of(scene.key)
    clip = next(clip for clip in parts.clips.items if clip.scene == scene.key)
    return SceneMade(
        scene=scene.key,
        start_time=scene.start_time,
        end_time=scene.end_time,
        words=parts.storyboard.words_of(scene),
        narration=scene.narration,
        prompt=scene.prompt,
        keyframe=_made(ledger, keyframe.receipt, keyframe.artifact, keyframe.seed),
        clip=_made(ledger, clip.receipt, clip.artifact, clip.seed),
    )


def _made(ledger: Ledger, receipt: Receipt, artifact: Artifact | None = None, seed: int | None = None) -> Made:
    payee = ledger.call(receipt.call).payee
    return made_by(receipt, shown(payee) if payee else None, artifact, seed)


def _disclosure(parts: Parts, ledger: Ledger) -> Disclosure:
    draws = [_by_the_studio(ledger, keyframe.receipt) for keyframe in parts.keyframes.items]
    films = [_by_the_studio(ledger, clip.receipt) for clip in parts.clips.items]
    return disclosure(studio_draws=all(draws), studio_films=all(films), speaks=parts.storyboard.is_spoken)


def _by_the_studio(ledger: Ledger, receipt: Receipt) -> bool:
    return str(ledger.call(receipt.call).payee).startswith("studio ")


def _brief(storyboard: Storyboard) -> dict[str, object]:
    """The brief as it was given, without what is nobody's business: a logo's link may be a signed one."""
    told = storyboard.brief.model_dump(mode="json", exclude_unset=True, exclude=set(_PRIVATE))
    brand = told.get("brand_guidelines") or {}
    if brand.get("logo_url"):
        brand["logo_url"] = shown(str(brand["logo_url"]))
    return told


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
