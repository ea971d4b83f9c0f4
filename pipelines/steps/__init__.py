"""How any table is made and checked: one shape of step, whatever writes the table, and the checks of its result.

Belongs here: steps, statements, lineage, checks. Does not belong here: which steps there are (refresh/plan.py) and what a table
says.
"""
