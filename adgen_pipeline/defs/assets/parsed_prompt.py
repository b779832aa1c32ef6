"""First stage: the brief becomes a storyboard."""

from typing import Any

import dagster as dg

from adgen_pipeline.clients.composition import Composition
from adgen_pipeline.clients.image_gen import ImageGen
from adgen_pipeline.clients.prompt_parser import PromptParser
from adgen_pipeline.clients.video_gen import VideoGen
from adgen_pipeline.contracts.brief import read_brief
from adgen_pipeline.contracts.stages import PARSING
from adgen_pipeline.contracts.storyboard import Storyboard
from adgen_pipeline.defs.brief_config import EXAMPLE, brief_fields, checked
from adgen_pipeline.defs.buyer import buyer_of
from adgen_pipeline.defs.inline_storyboard import inline_storyboard
from adgen_pipeline.defs.io_manager import job_id
from adgen_pipeline.defs.reporting import clear_failures, of_receipt, seed_of
from adgen_pipeline.delivery import check_signing
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.purchases import Order, Purchases
from adgen_pipeline.settings import Settings
from adgen_pipeline.storyboards import parse_request, storyboard_for


@dg.op(
    config_schema={"brief": dg.Field(dg.Permissive(), description="A checked brief.")},
    tags={"adgen/stage": PARSING.name},
    description="Asks the prompt parser for scenes, words, sound and look.",
)
def parse_prompt(
    context: dg.OpExecutionContext,
    purchases: dg.ResourceParam[Purchases],
    prompt_parser: dg.ResourceParam[PromptParser],
    image_gen: dg.ResourceParam[ImageGen],
    video_gen: dg.ResourceParam[VideoGen],
    composition: dg.ResourceParam[Composition],
) -> Storyboard:
    """Begin the ad and buy its storyboard. The other clients are only looked at: can they reach each other's files?"""
    with clear_failures():
        brief = read_brief(context.op_config["brief"])
        order = Order(job_id(context), parse_request(brief), reuse=brief.takes_earlier(PARSING.name))
        clients = (prompt_parser, image_gen, video_gen, composition)
        check_signing(Settings.read())
        buyer = buyer_of(context)
        purchases.begin(order.job_id, brief, Settings.read().max_cost_per_video, clients, run=buyer.run_id)
        bought = purchases.buy(prompt_parser, order, buyer)
        try:
            storyboard = storyboard_for(order.job_id, brief, bought.result, bought.receipt)
        except AdgenError as error:
            error.cost += bought.receipt.cost
            raise
    plan: dict[str, Any] = {
        "storyboard": inline_storyboard(storyboard),
        "scenes": len(storyboard.scenes),
        "seed": seed_of(brief),
    }
    if storyboard.notes:
        plan["notes"] = dg.MetadataValue.md("\n".join(f"- {note}" for note in storyboard.notes))
    context.add_output_metadata(plan | of_receipt(bought.receipt))
    return storyboard


@dg.graph_asset(
    group_name="ad",
    kinds={"python", "table"},
    config=dg.ConfigMapping(
        config_schema=brief_fields(),
        config_fn=lambda config: {"parse_prompt": {"config": {"brief": checked(config)}}},
    ),
    description=(
        "First stage. The prompt parser reads the brief and plans the ad: scenes and their lengths, words on screen, "
        "narration, music and look. Scenes of the brief's own replace what it plans.\n\n"
        "One call of `POST /parse`, usually $0.02 to $0.05.\n\n"
        f"A brief to paste into the launchpad:\n\n```yaml\n{EXAMPLE}```"
    ),
)
def parsed_prompt() -> Any:
    return parse_prompt()
