"""What may be said of register counts: the choice of hidden cells, and an attack on the finished file that checks it.

Belongs here: the family of linked cells (system.py, family.py, relations.py), the choice (choose.py, by_levels.py, parts.py),
rounding and Cell-Key (methods.py, perturbation.py, cell_keys.py), the decisions that every door in sql/geheimhaltung reads
(entscheidung.py), the attack by other code (angriff).
Does not belong here: shares for display, and what is in scope at all (sql/bevoelkerung/register/zelle.sql).
"""
