"""`python -m adgen_pipeline.cli`: the same as `adgen`."""

from adgen_pipeline.cli.main import main

main(prog_name="adgen")
