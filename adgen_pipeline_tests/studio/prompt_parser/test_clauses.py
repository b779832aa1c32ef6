"""Prompts cut into clauses."""

from adgen_pipeline.studio.prompt_parser.clauses import clauses


def links(text: str) -> list[tuple[str, str]]:
    return [(clause.link, clause.text) for clause in clauses(text)]


def test_the_order_for_an_ad_is_left_out() -> None:
    """Only what is said of product and look remains, tied by its linking words."""
    assert links("Create a 30 second luxury watch ad with elegant gold aesthetics") == [
        ("ad", "luxury watch"),
        ("with", "elegant gold aesthetics"),
    ]


def test_links_that_are_none_hold_together() -> None:
    """ "For 18 hours", "with one hand" and "in Austin, Texas" are not cut."""
    assert links("Steeped for 18 hours") == [("", "Steeped for 18 hours")]
    assert links("A stroller that folds with one hand")[-1] == ("that", "folds with one hand")
    assert links("Van in Austin, Texas, clean") == [("", "Van in Austin, Texas"), ("", "clean")]


def test_directions_are_marked() -> None:
    """Sentences that say how to make the ad are told from those that say what is sold."""
    assert [clause.told for clause in clauses("Show a harbour. Made of steel.")] == [True, False]


def test_an_initial_ends_no_sentence() -> None:
    """ "M. J. Reed" stays whole."""
    assert ("", "by M. J. Reed") in links("A novel, by M. J. Reed. Out now")
