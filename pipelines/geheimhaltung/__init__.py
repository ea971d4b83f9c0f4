"""The only door from the secure zone to the marts.

Today's door is the threshold in sql/geheimhaltung: primary protection of every count, and within a row nothing can be
recalculated. Belongs here: primary and secondary suppression and their audit. Does not belong here: shares for display.
"""
