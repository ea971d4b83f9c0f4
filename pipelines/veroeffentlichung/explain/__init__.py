"""`monitoring explain --wert`: what is known about one published figure.

Belongs here: finding the figure, telling about it. Does not belong here: explaining a person's case (bevoelkerung).
"""
