"""How long and how large: variants of reading, counting and choosing, measured in processes of their own.

Belongs here: measurements a person starts (`make bench`). Does not belong here: anything that passes or fails.
"""
