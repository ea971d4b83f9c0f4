"""Everything configured in data/raw, as validated objects and as the tables `stamm.*`.

Belongs here: what a municipality and the shared reference lists may say. Does not belong here: deliveries (eingang) and figures.
"""
