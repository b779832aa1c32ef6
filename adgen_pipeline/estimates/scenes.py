"""How many scenes there will be, as far as that can be known without asking the parser."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from adgen_pipeline.clients.prompt_parser import PromptParser
from adgen_pipeline.contracts.brief import MOST_SCENES, Brief
from adgen_pipeline.contracts.storyboard import ParseRequest, ParseResult
from adgen_pipeline.estimates.walk import PlannedCall
from adgen_pipeline.ledger import Call
from adgen_pipeline.storyboards import parse_request
from adgen_pipeline.studio.prompt_parser.planning import plan_ad

_USUAL_SECONDS = (5, 6)
"""A scene of an ad usually lasts about that long."""

_SHORTEST_SECONDS = 2.5
"""The worst case: 60 s, the longest ad, with the most scenes an ad may have."""


@dataclass(frozen=True)
class Scenes:
    """`likely` and `most` scenes; `told` says how that is known.

    `parsed` is what the parser is expected to answer; `sure`, that it will.
    """

    likely: int
    most: int
    told: str
    parsed: ParseResult | None = None
    sure: bool = False


def foresee(brief: Brief, parsing: PlannedCall, parser: PromptParser, earlier: Sequence[Call]) -> Scenes:
    """The scenes of the ad: `parsing` is its first call as planned, `earlier` are what the same parser was paid for.

    Raises BadReply for an earlier answer that is not understood any more.
    """
    request = parse_request(brief)
    if parser.embedded:
        return _known(brief, plan_ad(request), "the embedded parser's plan")
    if parsing.earlier:
        answer = parser.understand(request, (parsing.earlier.response or {})["result"])
        if parsing.reused:
            return _known(brief, answer, "the parser has answered an equal request before")
        return _if_answered_again(brief, answer)
    if brief.is_hand_written:
        count = len(brief.scenes or [])
        return Scenes(count, count, f"{_scenes(count)}, written by hand")
    return _by_pace(brief, earlier)


def _known(brief: Brief, answer: ParseResult, told: str) -> Scenes:
    count = _count(brief, answer)
    return Scenes(count, count, f"{_scenes(count)}: {told}", answer, sure=True)


def _if_answered_again(brief: Brief, answer: ParseResult) -> Scenes:
    count = _count(brief, answer)
    told = f"{_scenes(count)} if the parser, asked again, answers as before"
    bound = Scenes(count, count, told) if brief.is_hand_written else _foreseen(brief, count, told)
    return replace(bound, parsed=answer)


def _count(brief: Brief, answer: ParseResult) -> int:
    return len((brief.scenes if brief.is_hand_written else answer.scenes) or [])


def _by_pace(brief: Brief, earlier: Sequence[Call]) -> Scenes:
    """From the scenes per second of earlier ads, or else from what is usual."""
    paces = [pace for call in earlier if (pace := _pace(call))]
    if paces:
        likely = max(1, round(median(paces) * brief.duration))
        ads = f"{len(paces)} earlier {'ad' if len(paces) == 1 else 'ads'}"
        return _foreseen(brief, likely, f"about {_scenes(likely)}, by the pace of {ads} of this parser")
    short, long = _USUAL_SECONDS
    fewest, most = brief.duration // long, math.ceil(brief.duration / short)
    likely = round(brief.duration / ((short + long) / 2))
    return _foreseen(brief, likely, f"about {fewest} to {most} scenes, as one every {short} to {long} s is usual")


def _foreseen(brief: Brief, likely: int, told: str) -> Scenes:
    most = max(likely, min(MOST_SCENES, math.ceil(brief.duration / _SHORTEST_SECONDS)))
    bound = f"one every {_SHORTEST_SECONDS:g} s, as in 60 s with the {MOST_SCENES} scenes an ad may have"
    return Scenes(likely, most, f"{told}, and at most {most} ({bound}); the parser decides")


def _pace(call: Call) -> float:
    """Scenes per second of a storyboard that was bought."""
    seconds = ParseRequest.model_validate_json(call.body).duration
    scenes = (call.response or {}).get("result", {}).get("scenes", [])
    return len(scenes) / seconds


def _scenes(count: int) -> str:
    return f"{count} {'scene' if count == 1 else 'scenes'}"
