"""Bytes → lines and cells, each with its address.

Belongs here: encodings, workbooks, sheets. Does not belong here: any meaning of a cell.
"""
