"""The atlas: a page per municipality with a tile map, ranked dots and the time series of its areas, to choose from offline.

Belongs here: what is embedded in it, writing and checking it. Does not belong here: figures of one area (gebietsprofil).
"""
