"""The indicator catalogue: entries, the expressions in them, and what a concept says about figures.

Belongs here: reading and checking referenz/indikatoren.yaml. Does not belong here: computing anything (indikatoren).
"""
