"""What kommune.yaml says about deliveries: layouts of extracts, tables and measure sheets.

Belongs here: models and their errors. Does not belong here: reading a file by them (eingang).
"""
