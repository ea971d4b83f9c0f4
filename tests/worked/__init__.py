"""Worked examples from real published files: Köln and Berlin as municipalities of this project.

Belongs here: laying them out in a folder of their own by ready sources, publishing them, holding what was published against the
totals that the files or their publishers print (`make beispiel-koeln`, `make beispiel-berlin`). Does not belong here: any
figure of the files themselves beyond those totals: the files stay where they are and enter no repository.
"""
