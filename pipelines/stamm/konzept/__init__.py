"""konzept.yaml: versions of an Integrationskonzept, goals, deadlines, and loading them.

Belongs here: what a concept names and promises. Does not belong here: the state of measures (eingang/massnahmen).
"""
