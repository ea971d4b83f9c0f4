"""Configuration and reference lists as the tables `stamm.*`, for SQL to join with.

Belongs here: rows and their types. Does not belong here: what the configuration may say (the rest of stamm).
"""
