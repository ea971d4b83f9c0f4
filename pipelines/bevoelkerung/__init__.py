"""Clues → definitions → population cube. Everything here is person-level or unprotected and stays in the secure zone."""
