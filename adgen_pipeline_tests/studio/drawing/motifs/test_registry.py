"""The registry of motifs: words to products."""

import pytest

from adgen_pipeline.studio.drawing.motifs import MOTIFS, motif_for


@pytest.mark.parametrize(
    ("category", "words", "motif"),
    [
        ("watch", [], "watch"),
        ("fragrance", ["a watch beside it"], "bottle"),
        (None, ["Trail sneakers", "outdoors"], "shoe"),
        ("phone", [], "phone"),
        ("app", ["a watch beside it"], "phone"),
        ("laptop", [], "laptop"),
        ("book", [], "book"),
        (None, ["wireless headphones"], "headphones"),
        ("car", [], "car"),
        ("skincare", ["a bottle of serum"], "jar"),
        ("drink", [], "drink"),
        ("food", [], "food"),
        ("food", ["a family pizzeria"], "pizza"),
        ("food", ["a veggie burger"], "burger"),
        ("food", ["a neighbourhood bakery"], "cake"),
        ("food", ["oat and honey granola"], "granola"),
        (None, ["a vegan hand cream"], "jar"),
        (None, ["a leather tote"], "bag"),
        (None, ["a neighbourhood café"], "coffee"),
        (None, ["stopwatch", "watchful"], None),
        ("software", ["analytics"], None),
    ],
)
def test_whole_words_name_motifs(category: str | None, words: list[str], motif: str | None) -> None:
    """The category decides before the words, and only whole words count."""
    assert motif_for(category, words) == motif


def test_every_motif_says_where_it_is_and_what_to_look_at() -> None:
    """Extents are not empty, and the points worth a close-up lie inside."""
    for motif in MOTIFS.values():
        left, top, right, bottom = motif().extent
        assert motif().focus
        assert all(left <= x <= right and top <= y <= bottom for x, y in motif().focus)


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_is_called_by_its_own_name(motif: str) -> None:
    """The parser's category is the name itself; whatever else is said of the product."""
    others = " ".join(other for other in MOTIFS if other != motif)
    assert motif_for(motif, ["vegan", others if motif in ("service", "abstract") else ""]) == motif
