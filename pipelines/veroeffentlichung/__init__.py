"""From checked tables to what outsiders open: gate, published file, Parquet twins, archive, report.

Belongs here: what may go out and how it goes out whole. Does not belong here: any figure.
"""
