"""Generated pages of the handbook: definitions and indicators.

Belongs here: writing and comparing them. Does not belong here: the facts they show.
"""
