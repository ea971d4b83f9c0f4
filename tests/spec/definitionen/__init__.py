"""Definitions of Migrationshintergrund, person by person: a literal table, a second implementation, and faulty profiles."""
