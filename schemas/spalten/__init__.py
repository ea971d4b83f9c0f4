"""The columns, by subject. Same meaning and same unit: same name everywhere."""
