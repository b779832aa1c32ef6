"""Which language a brief is in. The studio writes and speaks English; other languages it only tells apart."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from adgen_pipeline.studio.prompt_parser.cleaning import is_known

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier


class Language(NamedTuple):
    """A language: its ISO 639-1 code and its English name."""

    code: str
    name: str


ENGLISH = Language("en", "English")

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""The languages that are told apart; with more of them, names and slips are taken for the rarest."""

_SURELY_ENGLISH = 0.45
"""Share of words the parser knows from which on nothing else is asked; real briefs in English have more than that, and
those in other languages of Europe, which share a few words with it, up to 0.4."""

_SURE = 0.6
"""Probability from which on a brief is taken for one in another language."""

_FEWEST_WORDS = 3
"""Two words may be a name: "Trattoria Luigi"."""


def language_of(prompt: str) -> Language:
    """The language `prompt` is in; English where there is doubt. The same in every process."""
    words = re.findall(r"[^\W\d_][\w'’-]*", prompt)
    letters = "".join(words)
    if not letters or (sum(map(is_known, words)) >= _SURELY_ENGLISH * len(words)):
        return ENGLISH
    foreign_script = sum(ord(letter) > 0x24F for letter in letters) > len(letters) / 2
    if len(words) < _FEWEST_WORDS and not foreign_script:
        return ENGLISH
    code, probability = _identifier().classify(prompt)
    if code == ENGLISH.code or (probability < _SURE and not foreign_script):
        return ENGLISH
    return Language(code, _NAMES[code])


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    """The model, unpacked once a process (0.4 s), and only where a brief may not be in English."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([ENGLISH.code, *_NAMES])
    return identifier
