"""Which published tables hold figures of the register.

Belongs here: the list, for whoever must not tell their cells. Does not belong here: what is done with it.
"""

REGISTERTABELLEN = (
    "marts.migrationshintergrund", "marts.staatsangehoerigkeit", "marts.staatengruppe", "marts.bezugsland", "marts.mh_kategorie",
    "marts.definitionsvergleich", "marts.segregation", "marts.wertespanne", "marts.datenstandvergleich",
    "marts.indikator_zeitreihe", "marts.optionskennzeichen", "marts.registermerkmal", "marts.bewegung",
)  # fmt: skip
# Behind the register too, but they only follow from published figures of one and the same release.
FOLGT_AUS_VEROEFFENTLICHTEM = ("marts.indikator_trend", "marts.massnahme_reichweite")
