"""The Dagster code location and the work behind it: from raw deliveries to one published DuckDB file."""
