"""The start page: a tile for each municipality, what is new, a search over everything the reports show.

Belongs here: what the start page is given. Does not belong here: the reports themselves.
"""
