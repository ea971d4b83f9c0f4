"""A file nobody has described yet → a draft of its layout, which a person decides about.

Belongs here: guessing, and saying that it is one. Does not belong here: reading figures (tabelle).
"""
