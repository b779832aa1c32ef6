"""Headlines and narration."""

from random import Random

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.studio.prompt_parser.copywriting import write_copy
from adgen_pipeline.studio.prompt_parser.end_card import BUYING
from adgen_pipeline.studio.prompt_parser.reading import read
from adgen_pipeline.studio.prompt_parser.script import Copy, Spoken, narration
from adgen_pipeline.studio.prompt_parser.stories import framework_of, plan_story


def copies(prompt: str, duration: int = 30, seed: int = 1, brand: str | None = None) -> list[Copy]:
    reading = read(prompt, BrandGuidelines(name=brand))
    return write_copy(reading, plan_story(framework_of(reading), reading, duration), Random(seed))


def test_narration_leaves_out_whole_sentences_the_least_important_first() -> None:
    """What remains keeps its order; nothing is cut in the middle, and what cannot be spoken stays silent."""
    copy = Copy((), (Spoken("Aurora.", 0), Spoken("Run a little further today.", 2), Spoken("Shop now.", 1)))
    assert narration(copy, 10) == "Aurora. Run a little further today. Shop now."
    assert narration(copy, 3.5) == "Aurora. Shop now."
    assert narration(Copy((), (Spoken("Часы.", 0),)), 10) == ""


def test_a_trade_without_a_name_is_not_shown_as_one() -> None:
    """ "Bakery" is nobody's name: the bakery is met as one of its kind, and the end card invites."""
    told = copies("a bakery in York, two loaves for £7 on Saturdays")
    shown = [shown.text.strip(".") for copy in told for shown in copy.shown]
    assert "Bakery" not in shown and "A bakery" in shown
    assert "Two loaves for £7 on Saturdays" in [shown.text for shown in told[-1].shown]


def test_features_are_headlines_in_the_customers_words() -> None:
    """The first feature carries the benefit scene; what a product does is said of it."""
    benefit = copies("A kids' toothbrush that sings for two minutes")[2]
    assert benefit.shown[0].text == "Sings for two minutes."
    assert benefit.spoken[0].text == "It sings for two minutes."


def test_a_brand_is_met_by_its_name() -> None:
    """The name is the headline, and what it is, for whom, stands below; a name that is the product's is not doubled."""
    for seed in range(5):
        watch = copies("A luxury watch for busy parents", 15, seed, brand="Aurum")[1]
        assert [shown.text for shown in watch.shown] == ["Meet Aurum.", "A luxury watch for busy parents"]
        assert watch.spoken[0].text == "Meet the luxury watch from Aurum, for busy parents."
        pine = copies("A face cream", 15, seed, brand="Petal & Pine")[1]
        assert pine.shown[0].text == "Meet\nPetal & Pine."
        cased = copies("Aurora running shoe, light foam", 15, seed)[1]
        assert cased.shown[0].text.endswith("Aurora running shoe.")


def test_short_ads_still_tell_what_the_product_does() -> None:
    """In the shortest, without a benefit scene, two features stand with the product; proofs count among them."""
    gadget = copies("Introducing the Zorblatt 9, a kitchen gadget that peels garlic in three seconds", 11)[1]
    assert [shown.text for shown in gadget.shown[1:]] == ["Kitchen gadget", "Peels garlic in three seconds"]
    cream = copies("Face cream, dermatologist tested", 11)[1]
    assert [shown.text for shown in cream.shown[1:]] == ["Dermatologist tested"]


def test_a_place_carries_no_scene_of_its_own() -> None:
    """Where a clinic is stands below its name; what it does fills the scene."""
    clinic = copies("A dental clinic in Leeds, gentle check-ups", 30)
    assert "In Leeds" in [shown.text for shown in clinic[1].shown]
    assert clinic[2].shown[0].text == "Gentle check-ups."


def test_grammar_follows_number_and_kind() -> None:
    """Plural products are "they", mass nouns and names take no article, places are not greeted."""
    assert copies("Oak desks that assemble in 10 minutes")[2].spoken[0].text == "They assemble in 10 minutes."
    assert copies("Cold brew coffee, slow")[1].spoken[0].text == "Cold brew coffee."
    assert copies("An ad for Zorbotron 5000")[1].spoken[0].text == "Meet Zorbotron 5000."
    assert copies("We are a dental clinic in Leeds")[1].spoken[0].text == "A dental clinic."


def test_no_line_is_used_twice_in_an_ad() -> None:
    """Sixty seconds of evocation never repeat a headline."""
    for seed in range(20):
        headlines = [copy.shown[0].text for copy in copies("A luxury watch ad", 60, seed) if copy.shown]
        assert len(set(headlines)) == len(headlines)


def test_shops_and_services_call_differently() -> None:
    """Something with a price can be shopped for; a clinic cannot."""
    assert copies("Running shoe, $129")[-1].shown[-1].text in BUYING
    for seed in range(10):
        clinic = copies("A dental clinic, first visit free", seed=seed)[-1]
        assert not BUYING & {shown.text for shown in clinic.shown}
