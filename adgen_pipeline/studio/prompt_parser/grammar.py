"""Enough English to set a customer's words in a line: number, articles, case, and how they are spoken."""

import re
from collections.abc import Iterable

from adgen_pipeline.studio.prompt_parser.vocabulary import ACRONYMS, FUNCTION_WORDS

_SINGULAR_S = re.compile(r"(?:ss|us|is|ness|news|lens|series|saas|gas|canvas|'s)$")


def is_plural(noun: str) -> bool:
    """True for "headphones" and "feet", not for "glass" or "series"."""
    word = noun.lower()
    return word in {"people", "men", "women", "children", "feet", "teeth"} or (
        word.endswith("s") and not _SINGULAR_S.search(word)
    )


def singular(noun: str) -> str:
    """The form under which a noun stands in the vocabulary: "watches" and "Watch's" as "watch"."""
    word = re.sub(r"['’]s$", "", noun.lower())
    irregular = {"women": "woman", "men": "man", "children": "child", "people": "people", "knives": "knife"}
    if word in irregular or not is_plural(word):
        return irregular.get(word, word)
    if word.endswith("ies") and len(word) > 4 and word not in {"cookies", "movies", "hoodies", "foodies", "smoothies"}:
        return word[:-3] + "y"
    if re.search(r"(?:ch|sh|x|ss|z)es$", word):
        return word[:-2]
    return word[:-1]


def with_article(phrase: str) -> str:
    """ "a luxury watch", "an SUV", "an hour": by the sound of the first word."""
    first = phrase.split()[0]
    spelled = first.isupper() and len(first) > 1 and first.lower() in ACRONYMS
    vowel = (
        first[0] in "AEFHILMNORSX" if spelled else bool(re.match(r"(?i)[aeiou]|hour|honest|heir|8|11\b|18\b", first))
    )
    if re.match(r"(?i)uni[^mn]|use|usu|eu|one\b|once", first) and not spelled:
        vowel = False
    return f"{'an' if vowel else 'a'} {phrase}"


def sentence_case(text: str) -> str:
    """`text` with its first letter raised; names like "iPhone" keep theirs."""
    return text[:1].upper() + text[1:] if not re.match(r"[a-z][A-Z]", text) else text


def in_words(items: Iterable[str]) -> str:
    """ "gold", "gold and black", "gold, black and cream"."""
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def is_function_word(word: str) -> bool:
    """True for words that carry no content of their own."""
    return word.lower().strip(".,!?") in FUNCTION_WORDS
