"""Helpers of the tests: literal tables, runs without Dagster, an attacker of their own.

Belongs here: what tests of several folders call. Does not belong here: a test, and what only one file of tests needs.
"""
