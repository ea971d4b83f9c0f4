"""The command line `monitoring`: refresh, check, explain, demo, new, report, serve, backup, restore.

Belongs here: arguments, exit codes, what is printed. Does not belong here: any work. Heavy libraries are imported where a
command needs them: `monitoring --help` must not wait for them.
"""

from pipelines.cli.commands import app, main

__all__ = ["app", "main"]
