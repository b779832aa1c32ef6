"""The job people launch: one run is one ad."""

import dagster as dg

from adgen_pipeline.defs.brief_config import EXAMPLE, brief_fields, checked
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
