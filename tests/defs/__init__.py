"""The house itself: its graph, its names, its sizes, the direction of its imports, its pages.

Belongs here: rules that hold for every file, each with a case that breaks it. Does not belong here: what one room does (unit).
"""
