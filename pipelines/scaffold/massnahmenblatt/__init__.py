"""The measure status sheet as a workbook.

Belongs here: its tabs, guidance and validations. Does not belong here: reading it (eingang/massnahmen).
"""
