"""`monitoring new`: folders, drafts and empty sheets that a municipality starts from.

Belongs here: writing them. Does not belong here: reading what comes back.
"""
