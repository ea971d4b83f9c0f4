"""Dagster: assets, checks, jobs, schedules, what the UI shows. Nothing here is needed to compute a table.

Belongs here: keys, groups, partitions, descriptions, metadata. Does not belong here: the work, which is in the functions called.
"""
