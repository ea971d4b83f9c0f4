"""The attack on what is about to be published: which hidden counts follow from the figures everybody will be able to read.

Belongs here: everything an attacker does with a published file, and the verdict on it. Does not belong here: the choice of hidden
cells (geheimhaltung/choose.py and what it imports). Nothing of that is imported, and no table of the secure zone is read: a
mistake made there must not be made here again.
"""
