"""Register extracts: their layout, their rules, and the way to staged persons.

Belongs here: everything about one extract. Does not belong here: definitions and counts. All of it stays in the secure zone.
"""
