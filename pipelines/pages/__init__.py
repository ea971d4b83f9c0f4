"""Generated pages of the handbook: definitions, indicators, messages.

Belongs here: writing and comparing them. Does not belong here: the facts they show.
"""
