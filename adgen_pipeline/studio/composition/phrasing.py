"""Spoken text cut into what is read at a time: by sentences, then by clauses, then by words."""

import re

MOST_LETTERS = 64
"""Of one phrase: two lines that can be read at a glance."""

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9À-Þ])")
_CLAUSE = re.compile(r"(?<=[,;:–—])\s+")
_SHORT = 14  # letters; a sentence no longer than this may share its cue with the next


def sentences(text: str) -> list[str]:
    """The sentences of `text`, as written but for spaces."""
    return [part for part in _SENTENCE.split(" ".join(text.split())) if part]


def phrases(sentence: str) -> list[str]:
    """`sentence` in as few parts as MOST_LETTERS allows, at its commas where they divide it well, else evenly."""
    if len(sentence) <= MOST_LETTERS:
        return [sentence]
    clauses = _joined(_CLAUSE.split(sentence))
    return [part for clause in clauses for part in _evenly(clause.split())]


def _joined(clauses: list[str]) -> list[str]:
    """Neighbouring clauses together while they fit, so that no cue is a mere word."""
    parts: list[str] = []
    for clause in clauses:
        if parts and len(parts[-1]) + 1 + len(clause) <= MOST_LETTERS:
            parts[-1] += f" {clause}"
        else:
            parts.append(clause)
    if len(parts) > 1 and len(parts[-1]) < _SHORT:
        return [*parts[:-2], f"{parts[-2]} {parts[-1]}"]
    return parts


def _evenly(words: list[str]) -> list[str]:
    """The words in as few parts as MOST_LETTERS allows, of about equal length."""
    total = len(" ".join(words))
    share = total / -(-total // MOST_LETTERS)
    parts: list[str] = []
    for word in words:
        longer = f"{parts[-1]} {word}" if parts else word
        if parts and len(longer) <= min(MOST_LETTERS, share + len(word) / 2):
            parts[-1] = longer
        else:
            parts.append(word)
    return parts
