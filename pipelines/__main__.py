"""`python -m pipelines` is the console script `monitoring`."""

from pipelines.cli import main

main()
