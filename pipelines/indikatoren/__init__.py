"""The indicator catalogue and what is made of it: entries, expressions, the page of the handbook."""
