"""Raw file → checked table in the secure zone, one folder for each kind of delivery.

Belongs here: reading, checking, storing. Does not belong here: counting persons (bevoelkerung) and what is new (refresh).
"""
