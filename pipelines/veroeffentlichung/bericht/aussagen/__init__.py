"""What the report says first: a few sentences, each bound to the numbers it comes from.

Belongs here: which sentences stand on the first screen and what stands behind them. Does not belong here: tables and chapters.
"""
