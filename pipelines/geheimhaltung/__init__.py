"""What may be said of register counts: the choice of hidden cells, and an attack on the finished file that checks it.

Belongs here: the family of linked cells (tafel, familie, beziehungen), the choice (wahl, stufen, teile), rounding and Cell-Key
(verfahren, stoerung, zellschluessel), the decisions that every door in sql/geheimhaltung reads (entscheidung), the attack by
other code (angriff).
Does not belong here: shares for display, and what is in scope at all (sql/bevoelkerung/register/zelle.sql).
"""
