"""Parts of the workbook: how a sheet is written, its first page, the sheets of measures and money, its charts.

Belongs here: what workbook.py puts together. Does not belong here: which rows belong to the report.
"""
