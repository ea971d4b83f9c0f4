"""From checked tables to what outsiders open: the DuckDB file, its Parquet twins, the report."""
