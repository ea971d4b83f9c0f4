"""One refresh from start to end: what is new, in which order it is done, what it came to, who is told; and the folder's backup.

Belongs here: decisions about work. Does not belong here: the work itself, and Dagster's assets and jobs (orchestration).
"""
