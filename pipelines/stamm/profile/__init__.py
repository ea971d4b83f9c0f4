"""Definitions of Migrationshintergrund as files, and the clues they may use.

Belongs here: what a profile may say. Does not belong here: deciding about persons (definitionen).
"""
