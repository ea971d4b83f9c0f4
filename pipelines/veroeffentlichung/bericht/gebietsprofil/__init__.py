"""Profiles of areas: a page per municipality with a section for each area below it.

Belongs here: what a profile shows, in words and small pictures. Does not belong here: comparing areas by choice (atlas).
"""
