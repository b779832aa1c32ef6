"""Words the studio knows: goods, people, looks."""

import re

from adgen_pipeline.studio.prompt_parser.categories import NOUNS, Category
from adgen_pipeline.studio.prompt_parser.grammar import singular
from adgen_pipeline.studio.prompt_parser.vocabulary import COLOURS, LOOK_GLUE, LOOK_NOUNS, LOOK_WORDS, PEOPLE


def known_noun(words: str) -> tuple[int, int, Category] | None:
    """Where the last known noun of `words` begins and ends (word indices), and its category."""
    tokens = [singular(re.sub(r"[^\w'&-]", "", word).replace("é", "e")) for word in words.split()]
    for end in range(len(tokens), 0, -1):
        for length in (3, 2, 1):
            noun = " ".join(tokens[max(0, end - length) : end])
            if end >= length and noun in NOUNS:
                return end - length, end, NOUNS[noun]
    return None


def is_people(words: str) -> bool:
    """True when `words` are about persons: "busy parents", "anyone who runs"."""
    return any(singular(word.strip(",.")) in PEOPLE for word in words.split())


_NOT_SO = re.compile(
    r"^(\S+),? (?:but )?not (?:too |overly )?(?:cheesy|corny|kitschy|tacky|boring|salesy|pushy|silly)$", re.I
)
"""What a look is not: "romantic not cheesy"."""


def is_look(words: str) -> bool:
    """True when `words` describe the ad's look or sound."""
    if re.search(r"\b(?:fast|quick|jump) cuts\b|\bon[- ]screen$", words, re.I):
        return True
    words = _NOT_SO.sub(r"\1", words)
    tokens = [word.strip(".,'\"").lower() for word in words.split()]
    measured = re.search(r"\d(?!0s\b)", words)
    dated = any(re.fullmatch(r"cinematic|\d0s", token) for token in tokens) and not known_noun(words)
    if dated or (tokens and tokens[-1] in LOOK_NOUNS and not measured):
        return True
    plain = [token for token in tokens if token not in LOOK_GLUE]
    return bool(plain) and all(token in LOOK_WORDS or token in COLOURS for token in plain)
