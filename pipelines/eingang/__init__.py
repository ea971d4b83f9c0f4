"""Raw file → checked table: one module per kind of delivery, and how bytes become text."""
