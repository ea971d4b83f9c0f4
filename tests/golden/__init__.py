"""Figures that others have printed or that were reviewed: delivered files, counted again by other means, published content.

Belongs here: real open files and their known sums, and the hashes of what `make run` publishes. Does not belong here: invented
rows (sql, spec).
"""
