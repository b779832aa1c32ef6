"""What a storyboard must be."""

from contextlib import closing
from decimal import Decimal

import pytest

from adgen_pipeline.clients.base import Limits
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.clients.prompt_parser import PromptParser
from adgen_pipeline.contracts.storyboard import ParseRequest
from adgen_pipeline.errors import BadReply
from adgen_pipeline_tests.lab import storyboard


def test_a_storyboard_of_more_scenes_than_an_ad_may_have_is_refused() -> None:
    """Before 25 keyframes and clips are paid that composition would then not take."""
    limits = Limits(timeout=1, deadline=1, idempotent=False, max_call_cost=Decimal("0.10"))
    request = ParseRequest(prompt="An ad for a watch", duration=15, aspect_ratio="9:16")
    with closing(PromptParser(lambda: Address("http://parser.example"), limits)) as parser:
        assert len(parser.understand(request, storyboard((0.625,) * 24)).scenes) == 24
        with pytest.raises(BadReply, match="25 scenes: an ad has at most 24"):
            parser.understand(request, storyboard((0.6,) * 25))
