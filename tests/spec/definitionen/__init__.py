"""Definitions of Migrationshintergrund, person by person: a literal table, a second implementation, faulty profiles."""
