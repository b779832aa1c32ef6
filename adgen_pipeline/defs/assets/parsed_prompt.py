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
from adgen_pipeline.defs.io_manager import job_id
from adgen_pipeline.defs.reporting import clear_failures, of_receipt, seed_of
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
        purchases.begin(order.job_id, brief, Settings.read().max_cost_per_video, clients)
        bought = purchases.buy(prompt_parser, order, buyer_of(context))
        try:
            storyboard = storyboard_for(order.job_id, brief, bought.result, bought.receipt)
        except AdgenError as error:
            error.cost += bought.receipt.cost
            raise
    context.add_output_metadata(_plan(storyboard) | of_receipt(bought.receipt))
    return storyboard


@dg.graph_asset(
    group_name="ad",
    kinds={"python"},
    config=dg.ConfigMapping(
        config_schema=brief_fields(),
        config_fn=lambda config: {"parse_prompt": {"config": {"brief": checked(config)}}},
    ),
    description=(
        "The storyboard: scenes, words on screen, narration, music and look, read from the brief.\n\n"
        f"A brief to paste into the launchpad:\n\n```yaml\n{EXAMPLE}```"
    ),
)
def parsed_prompt() -> Any:
    return parse_prompt()


def _plan(storyboard: Storyboard) -> dict[str, Any]:
    rows = [
        dg.TableRecord(
            {
                "scene": scene.key,
                "role": scene.role or "",
                "start": scene.start_time,
                "seconds": scene.duration,
                "transition": scene.transition.type,
                "camera": scene.camera_movement or "",
                "narration": scene.narration or "",
                "words": " / ".join(
                    w.text for w in storyboard.text_overlays if scene.start_time <= w.start_time < scene.end_time
                ),
                "picture": scene.prompt[:120],
            }
        )
        for scene in storyboard.scenes
    ]
    return {"storyboard": dg.MetadataValue.table(rows), "scenes": len(rows), "seed": seed_of(storyboard.brief)}
