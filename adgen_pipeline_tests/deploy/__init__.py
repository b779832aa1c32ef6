"""What is under `deploy/`: read as the programs read it that are not here, and held to what it promises."""
