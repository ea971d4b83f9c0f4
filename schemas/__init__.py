"""The vocabulary: one name, one meaning, one unit; pandera schemas, COMMENTs, Dagster schemas and docs are derived."""
