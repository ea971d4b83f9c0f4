"""What a reader takes along: all published tables of a municipality as CSV with a description for machines, and its pictures.

Belongs here: that one archive. Does not belong here: the workbook for people (mappe/).
"""
