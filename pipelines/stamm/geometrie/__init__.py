"""Outlines of areas: gebiete.geojson of a municipality, checked against its areas, converted and simplified.

Belongs here: reading that file with German errors. Does not belong here: gebiete.csv (stamm/gebiete.py), drawing a map
(veroeffentlichung/bericht/atlas).
"""
