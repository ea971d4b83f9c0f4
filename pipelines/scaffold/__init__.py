"""What somebody starts from: folders, drafts and empty sheets (`monitoring new`), skeletons of checks and marts (`make new-…`).

Belongs here: writing them. Does not belong here: reading what comes back.
"""
