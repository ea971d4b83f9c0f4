"""The indicator catalogue's formulas as SQL, and the trends of series.

Belongs here: statements made of entries. Does not belong here: what an entry may say (stamm/katalog).
"""
