import pytest

from adgen_pipeline.contracts.brief import read_brief
from adgen_pipeline.errors import InvalidBrief

PROMPT = "Create a 30 second luxury watch ad"


def test_defaults_are_the_contracts() -> None:
    """A prompt alone is a brief: 30 s, 9:16, 1080x1920 at 30 fps."""
    brief = read_brief({"prompt": PROMPT})
    assert (brief.duration, brief.aspect_ratio, brief.size, brief.fps) == (30, "9:16", (1080, 1920), 30)
    assert (brief.reuse, brief.captions, brief.draft) == ("on", "off", False)


@pytest.mark.parametrize(
    ("ratio", "full", "draft"),
    [("16:9", (1920, 1080), (960, 540)), ("9:16", (1080, 1920), (540, 960)), ("1:1", (1080, 1080), (540, 540))],
)
def test_sizes_follow_the_ratio(ratio: str, full: tuple[int, int], draft: tuple[int, int]) -> None:
    """Each ratio has its size; a draft has 540 px on the short side and 15 fps."""
    assert read_brief({"prompt": PROMPT, "aspect_ratio": ratio}).size == full
    quick = read_brief({"prompt": PROMPT, "aspect_ratio": ratio, "draft": True})
    assert (quick.size, quick.fps) == (draft, 15)


def test_a_ratio_without_quotes_in_yaml_is_understood() -> None:
    """YAML 1.1 turns an unquoted 9:16 into 556; the brief still says 9:16."""
    assert read_brief({"prompt": PROMPT, "aspect_ratio": 556}).aspect_ratio == "9:16"
    assert read_brief({"prompt": PROMPT, "aspect_ratio": 969}).aspect_ratio == "16:9"


BAD = [
    ({"prompt": "abc"}, "prompt", "3 characters"),
    ({"prompt": "x" * 600}, "prompt", "600 characters"),
    ({"prompt": " " * 20}, "prompt", "blank"),
    ({"prompt": f"{PROMPT}\x00"}, "prompt", "control character"),
    ({"prompt": PROMPT, "words": {"headline": "\x1b]0;own it"}}, "words.headline", "control character"),
    ({}, "prompt", "missing"),
    ({"prompt": PROMPT, "duration": 5}, "duration", "15 to 60"),
    ({"prompt": PROMPT, "duration": 300}, "duration", "15 to 60"),
    ({"prompt": PROMPT, "duration": 29.5}, "duration", "29.5"),
    ({"prompt": PROMPT, "duration": "thirty"}, "duration", "'thirty'"),
    ({"prompt": PROMPT, "aspect_ratio": "21:9"}, "aspect_ratio", '"16:9", "9:16" or "1:1"'),
    ({"prompt": PROMPT, "brand_guidelines": {"primary_color": "gold"}}, "brand_guidelines.primary_color", "#RRGGBB"),
    ({"prompt": PROMPT, "brand_guidelines": "gold"}, "brand_guidelines", "gold"),
    ({"prompt": PROMPT, "colour": "red"}, "colour", "not a field of a brief"),
    ({"prompt": PROMPT, "max_cost": 0}, "max_cost", "above 0"),
    ({"prompt": PROMPT, "max_cost": float("nan")}, "max_cost", "nan"),
    ({"prompt": PROMPT, "reuse": "sometimes"}, "reuse", "on, off"),
    ({"prompt": PROMPT, "scenes": [{"index": 1, "duration": "x"}]}, "scenes[1].duration", "Seconds"),
    ({"prompt": PROMPT, "scenes": [{"prompt": "a dial"}]}, "scenes", "needs both prompt and duration"),
    ({"prompt": PROMPT, "scenes": [{"prompt": "a dial", "duration": 9}]}, "scenes", "not 30 s"),
    ({"prompt": PROMPT, "scenes": [{"index": 1}, {"prompt": "dial", "duration": 9}]}, "scenes", "not a mix"),
    ({"prompt": PROMPT, "brand_guidelines": {"primary_color": None}}, "brand_guidelines.primary_color", "quotes"),
    ({"prompt": PROMPT, "scenes": [{"index": 1, "prompt": None}]}, "scenes[1].prompt", "empty"),
    (None, "brief", "empty"),
    ([], "brief", "list"),
]


@pytest.mark.parametrize(("data", "field", "told"), BAD)
def test_a_bad_brief_is_told_field_value_and_way_out(data: object, field: str, told: str) -> None:
    """Every broken rule names its field and what is allowed, in words without a traceback."""
    with pytest.raises(InvalidBrief) as caught:
        read_brief(data)
    named = [problem[0] for problem in caught.value.problems]
    assert field in named
    assert told in caught.value.message
    assert "Traceback" not in caught.value.message and "pydantic" not in caught.value.message


def test_all_problems_are_told_at_once() -> None:
    """Three mistakes are three lines: nobody has to try three times."""
    with pytest.raises(InvalidBrief) as caught:
        read_brief({"prompt": "abc", "duration": 5, "aspect_ratio": "2:1"})
    assert len(caught.value.problems) == len(caught.value.message.splitlines()) == 3


def test_on_and_off_without_quotes_in_yaml_are_understood() -> None:
    """YAML 1.1 turns them into true and false; the brief still says on and off."""
    brief = read_brief({"prompt": PROMPT, "reuse": False, "captions": False})
    assert (brief.reuse, brief.captions) == ("off", "off")
