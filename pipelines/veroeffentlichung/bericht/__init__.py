"""The report: pages and workbooks made of the published file alone.

Belongs here: picking rows, wording them, drawing them. Does not belong here: computing a figure.
"""
