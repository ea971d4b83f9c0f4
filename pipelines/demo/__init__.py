"""Synthetic register extracts of invented persons.

Belongs here: generating them. Does not belong here: anything a real municipality needs.
"""
