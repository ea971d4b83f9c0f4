"""Folders of an open indicator site in the style of Open SDG, looked over as they are.

Belongs here: reading and reporting. Does not belong here: taking anything over from them.
"""
