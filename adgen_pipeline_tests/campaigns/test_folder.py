"""The campaigns as their files say."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from adgen_pipeline.campaigns.folder import ads_of, read_campaign, read_folder, seed_of
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline_tests.campaign_days import BRIEF, write_campaign

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples/campaigns"


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_examples_are_campaigns(example: Path) -> None:
    """As they lie there, to be copied."""
    assert ads_of(read_campaign(example), NOON)


def test_each_shape_and_variant_is_an_ad_of_the_tick(tmp_path: Path) -> None:
    """All of them with the seed of the tick, so that what they share is bought once."""
    file = write_campaign(tmp_path, "spring", "@daily", aspect_ratios=["9:16", "1:1"], headlines=["One.", "Two."])
    ads = ads_of(read_campaign(file), NOON)
    assert [ad.label for ad in ads] == [
        "9:16 · headline 1",
        "9:16 · headline 2",
        "1:1 · headline 1",
        "1:1 · headline 2",
    ]
    assert {ad.brief.seed for ad in ads} == {seed_of("spring", NOON)}


def test_the_seed_comes_from_the_tick_unless_the_brief_names_one(tmp_path: Path) -> None:
    """Another day, another ad; a brief with a seed stays the same, and so does the same tick."""
    campaign = read_campaign(write_campaign(tmp_path, "a", "@daily"))
    seeds = [ads_of(campaign, NOON + timedelta(days=day))[0].brief.seed for day in (0, 1, 0)]
    assert seeds[0] == seeds[2] != seeds[1]
    fixed = read_campaign(write_campaign(tmp_path, "b", "@daily", brief=BRIEF | {"seed": 7}))
    assert {ads_of(fixed, NOON + timedelta(days=day))[0].brief.seed for day in (0, 1)} == {7}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"timezone": "Europe/Berln"}, "timezone: 'Europe/Berln' is no IANA time zone; did you mean Europe/Berlin?"),
        ({"timezone": "../etc/passwd"}, "timezone"),
        ({"cron": "0 0 9 * * *"}, "cron: '0 0 9 * * *' has 6 fields"),
        ({"brief": {"prompt": "abc"}}, "brief.prompt: 'abc' has 3 characters"),
        ({"variants": [{"duration": 5}, {}]}, "variant 1: duration: 5"),
        ({"name": "../x"}, "name"),
        ({"colour": "red"}, "is not a field of a campaign"),
        ({"enabled": "maybe"}, "enabled"),
        ({"catch_up_hours": -1}, "catch_up_hours"),
    ],
)
def test_a_bad_campaign_is_told_field_and_way_out(tmp_path: Path, changed: dict[str, object], told: str) -> None:
    """Of the campaign, its zone, its cron, its brief or a variant."""
    file = tmp_path / "x.yaml"
    file.write_text(yaml.safe_dump({"brief": BRIEF, "cron": "@daily"} | changed))
    with pytest.raises(InvalidBrief) as caught:
        read_campaign(file)
    assert told in caught.value.message and "Traceback" not in caught.value.message


def test_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    """Half a file, no text, two of one name, a folder, a file that is no YAML: only the good ones are campaigns."""
    write_campaign(tmp_path, "good", "@daily")
    write_campaign(tmp_path, "later", "@daily", name="good")
    (tmp_path / "half.yaml").write_text("brief: {prompt: Create an")
    (tmp_path / "bytes.yml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / ".good.yaml.swp.yaml").write_text("?")
    (tmp_path / "notes.txt").write_text("?")
    found = {each.file: each.problem for each in read_folder(tmp_path)}
    assert found.pop("good.yaml") is None
    assert set(found) == {"bytes.yml", "folder.yaml", "half.yaml", "later.yaml"} and all(found.values())
    assert "is the name of the campaign in good.yaml, too" in str(found["later.yaml"])


def test_off_is_understood_with_and_without_quotes(tmp_path: Path) -> None:
    """YAML 1.1 reads a bare off as false."""
    (tmp_path / "a.yaml").write_text('brief: {prompt: An ad for a watch}\ncron: "@daily"\nenabled: off\n')
    (tmp_path / "b.yaml").write_text('brief: {prompt: An ad for a watch}\ncron: "@daily"\nenabled: "off"\n')
    assert [each.campaign.enabled for each in read_folder(tmp_path) if each.campaign] == [False, False]


@pytest.mark.parametrize("text", ["brief: !!bool maybe", "cron: 2026-13-45", "[" * 100_000 + "]" * 100_000, "&a [*a]"])
def test_a_file_that_does_harm_stops_no_other(tmp_path: Path, text: str) -> None:
    """Whatever its reader raises, or would die of: it is told apart, and the campaign beside it stands."""
    write_campaign(tmp_path, "good", "@daily")
    (tmp_path / "bad.yaml").write_text(text)
    bad, good = read_folder(tmp_path)
    assert good.campaign and "campaign: 'bad.yaml' is " in str(bad.problem)


def test_a_pipe_is_passed_by(tmp_path: Path) -> None:
    """It would be waited for, for good, and no campaign would run."""
    os.mkfifo(tmp_path / "pipe.yaml")
    write_campaign(tmp_path, "spring", "@daily")
    assert [each.name for each in read_folder(tmp_path)] == ["spring"]
