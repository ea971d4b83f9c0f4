"""One refresh from start to end: what is new, in which order it is done, what it came to.

Belongs here: decisions about work. Does not belong here: the work itself, and Dagster's assets and jobs (orchestration).
"""
