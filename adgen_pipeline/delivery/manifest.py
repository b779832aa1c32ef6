"""The manifest of an ad: from each scene over its clip and keyframe to the words, with seeds, models, costs, hashes."""

from decimal import Decimal
from typing import Any

from adgen_pipeline.contracts.ad import StageCost
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.purchase import Artifact, Receipt
from adgen_pipeline.delivery.disclosure import Disclosure


class Made(Frozen):
    """One call and what it gave: `payee` is who made it, `call` its number in the ledger, `cost` in USD (nothing where
    it was taken from the job `reused_from`), `sha256` of the file."""

    payee: str | None
    model: str | None
    seed: int | None = None
    call: int
    cost: Decimal
    saved: Decimal
    reused_from: str | None
    sha256: str | None = None


class SceneMade(Frozen):
    """One scene: seconds of the ad, the words on screen and spoken, and what it was made from."""

    scene: str
    start_time: float
    end_time: float
    words: list[str]
    narration: str | None
    prompt: str
    keyframe: Made
    clip: Made


class Signature(Frozen):
    """Who signed the ad; `is_teams` is False for a certificate made for development, which nobody vouches for."""

    signed_by: str
    is_teams: bool


class Manifest(Frozen):
    """All of one ad. Money in USD. `composed` is the hash of the file as composition gave it, `video` of the ad itself,
    which carries its credentials."""

    version: int = 1
    job_id: str
    software: str
    disclosure: Disclosure
    brief: dict[str, Any]
    storyboard: Made
    scenes: list[SceneMade]
    composition: Made
    notes: list[str]
    costs: list[StageCost]
    total_cost: Decimal
    saved: Decimal
    unknown: Decimal
    composed: str
    video: str | None = None
    thumbnail: str
    captions: str | None
    signature: Signature

    def published(self) -> dict[str, Any]:
        """What the ad itself carries for anybody to read: how it was made, nothing of its brief and its price."""
        scenes = [
            {
                "scene": scene.scene,
                "words": scene.words,
                "keyframe": _published(scene.keyframe),
                "clip": _published(scene.clip),
            }
            for scene in self.scenes
        ]
        return {"job_id": self.job_id, "composed_sha256": self.composed, "scenes": scenes}


def _published(made: Made) -> dict[str, Any]:
    return {"sha256": made.sha256, "model": made.model, "seed": made.seed}


def made_by(receipt: Receipt, payee: str | None, artifact: Artifact | None = None, seed: int | None = None) -> Made:
    """What `receipt` stands for."""
    return Made(
        payee=payee,
        model=receipt.model,
        seed=seed,
        call=receipt.call,
        cost=receipt.cost,
        saved=receipt.saved,
        reused_from=receipt.reused_from,
        sha256=artifact.sha256 if artifact else None,
    )
