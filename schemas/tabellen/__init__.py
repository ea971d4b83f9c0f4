"""The tables, by subject: which columns, which grain, which columns may be NULL."""
