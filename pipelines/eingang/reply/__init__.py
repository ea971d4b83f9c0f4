"""A checked delivery given back to its supplier: annotated workbook and mail.

Belongs here: what the supplier sees. Does not belong here: checking.
"""
