"""The report's part on indicators: page sections, workbook sheet, words, the line of a series.

Belongs here: what concerns indicators only. Does not belong here: numbers and tables in general (the folder above).
"""
