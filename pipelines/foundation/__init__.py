"""Ground floor: what every room stands on and what knows nothing of municipalities, persons or figures.

Belongs here: storage, connections, findings, files with a header, text and YAML. Does not belong here: any word of the domain.
"""
