"""The job people launch: one run is one ad."""

import dagster as dg

from adgen_pipeline.defs.brief_config import EXAMPLE, brief_fields, checked
from adgen_pipeline.defs.remaking import REMAKE, remade
from adgen_pipeline.defs.stamping import RUN_TAGS

ASSETS = ("parsed_prompt", "keyframe_images", "video_clips", "final_ad")

generate_ad = dg.define_asset_job(
    "generate_ad",
    selection=dg.AssetSelection.assets(*ASSETS),
    config=dg.ConfigMapping(
        config_schema=brief_fields(),
        config_fn=lambda config: {
            "ops": {"parsed_prompt": {"config": checked(config)}},
            "loggers": {"console": {}},
        },
    ),
    tags=RUN_TAGS,
    description=(
        "From a brief to a finished video ad. The brief is the whole run configuration; paste this into the launchpad "
        f"and change it:\n\n```yaml\n{EXAMPLE}```\n\nAn empty configuration is refused: nothing is bought by accident."
    ),
)

remake_ad = dg.define_asset_job(
    "remake_ad",
    selection=dg.AssetSelection.assets(*ASSETS),
    config=dg.ConfigMapping(
        config_schema=REMAKE,
        config_fn=lambda config: {
            "ops": {"parsed_prompt": {"config": remade(config)}},
            "loggers": {"console": {}},
        },
    ),
    tags=RUN_TAGS,
    description=(
        "Buys scenes or a whole stage of an earlier ad again, on purpose; everything else is taken from it for $0. The "
        "result is an ad of its own:\n\n```yaml\njob: the earlier ad's id\nscenes: [2]\nstage: composition\n```"
    ),
)
