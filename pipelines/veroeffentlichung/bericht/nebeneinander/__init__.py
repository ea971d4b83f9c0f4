"""Town beside town: what of the published figures may stand side by side, and why the rest may not.

Belongs here: the page that shows it. Does not belong here: what is comparable (sql/ansichten/ort_neben_ort.sql).
"""
