"""Tables of figures read by a layout: which column is which, numbers and signs, areas, checks, storage.

Belongs here: reading what a layout describes. Does not belong here: guessing a layout (layout_proposal).
"""
