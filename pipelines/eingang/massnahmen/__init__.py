"""Measure status sheets: from a workbook to measures and council papers.

Belongs here: reading, checking, storing them. Does not belong here: writing an empty sheet (scaffold).
"""
