"""Persons → population cube, data states, one person's case in words.

Belongs here: counting under every definition. Does not belong here: protection, and anything outside the secure zone.
"""
