"""The Dagster code location and the work behind it: from raw deliveries to one published DuckDB file."""

import os
import warnings

# openpyxl writes other bytes where lxml happens to be installed; a workbook is the same file everywhere.
os.environ.setdefault("OPENPYXL_LXML", "False")

# Dagster marks some parameters used here (single-run backfills, partitioned checks) as beta or preview at every import.
warnings.filterwarnings("ignore", message=r".*is currently in (beta|preview).*")
