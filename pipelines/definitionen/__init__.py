"""A definition of Migrationshintergrund applied to persons: clues → which rule decides, as SQL.

Belongs here: turning profiles into statements over persons who are staged or being read. Does not belong here: what a profile
may say (stamm) and counting (bevoelkerung).
"""
