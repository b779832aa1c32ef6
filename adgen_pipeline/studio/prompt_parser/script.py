"""The words of one scene, as data: what is shown, what is spoken, and what may be left out."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from adgen_pipeline.contracts.storyboard import OverlayRole
from adgen_pipeline.studio.prompt_parser.grammar import sentence_case
from adgen_pipeline.studio.prompt_parser.speech import spoken_seconds

TypeStyle = Literal["serif", "sans", "brand"]

HEADLINE_WORDS = 7
_PRONOUNCEABLE = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True)
class Shown:
    """Words on screen, and the type they ask for; what is `bound` to another line never goes without it."""

    text: str
    role: OverlayRole
    style: TypeStyle = "sans"
    bound: bool = False


@dataclass(frozen=True)
class Spoken:
    """A sentence for the voice; where time is short, the highest `rank` is left out first."""

    text: str
    rank: int


@dataclass(frozen=True)
class Copy:
    """All words of one scene, in their order on screen and in the ear; `about` is the feature the scene is about."""

    shown: tuple[Shown, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    about: str | None = None

    def without_repeats(self) -> "Copy":
        """The same without captions whose words another line of the scene shows already."""
        kept: list[Shown] = []
        for shown in self.shown:
            words = _bare(shown.text)
            if shown.role != "caption" or not any(f" {words} " in f" {_bare(other.text)} " for other in kept):
                kept.append(shown)
        return replace(self, shown=tuple(kept))

    def shorter(self) -> "Copy | None":
        """The same without its last caption; None if there is none that could go."""
        captions = [shown for shown in self.shown if shown.role == "caption" and not shown.bound]
        if not captions or len(self.shown) < 2:
            return None
        return replace(self, shown=tuple(shown for shown in self.shown if shown is not captions[-1]))


def headline(text: str, style: TypeStyle) -> Shown:
    """A headline is a sentence, with its stop."""
    stop = "" if text[-1:] in ".!?" else "."
    return Shown(sentence_case(text) + stop, "headline", style)


def caption(text: str, style: TypeStyle = "sans") -> Shown:
    """A smaller line; a web address keeps its small letter."""
    return Shown(sentence_case(text) if "." not in text.split()[0][:-1] else text, "caption", style)


def brand(name: str) -> Shown:
    """The name that closes the ad."""
    return Shown(re.sub(r"^the ", "The ", name), "headline", "brand")


def say(*sentences: str) -> tuple[Spoken, ...]:
    """Sentences in order, the first the most important; empty ones are left out."""
    return tuple(Spoken(text, rank) for rank, text in enumerate(sentences) if text)


def narration(copy: Copy, seconds: float) -> str:
    """As many of the scene's sentences as can be said in `seconds`, the most important first; never part of one."""
    chosen: list[Spoken] = []
    for sentence in sorted(copy.spoken, key=lambda sentence: sentence.rank):
        if (
            _PRONOUNCEABLE.search(sentence.text)
            and spoken_seconds(" ".join(s.text for s in [*chosen, sentence])) <= seconds
        ):
            chosen.append(sentence)
    return " ".join(sentence.text for sentence in copy.spoken if sentence in chosen)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[\w%$€£']+", text.lower()))
