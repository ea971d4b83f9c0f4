"""Helpers of the tests: literal tables, runs without Dagster, an attacker of their own. No test stands here."""
