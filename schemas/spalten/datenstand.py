"""The columns of the comparison of data states: two counts of one Stichtag and what lies between them.

Belongs here: what only this comparison has. Does not belong here: columns every table shares (common.py).
"""

from schemas.model import Spalte, override
from schemas.spalten.common import anteil, anzahl, tag, text

_WAS = (
    ("einwohner", "Einwohner"),
    ("auslaender", "Ausländer"),
    ("personen_mit_mh", "Personen mit Migrationshintergrund"),
)


def _unterschied(name: str, titel: str, beschreibung: str, einheit: str, typ: str = "BIGINT") -> Spalte:
    """A difference: may be negative."""
    return Spalte(name, typ, titel, beschreibung, einheit=einheit)


def _zahlen(name: str, titel: str) -> tuple[Spalte, ...]:
    return (
        anzahl(f"{name}_alt", f"{titel}, früherer Datenstand", f"{titel} am Stichtag nach dem Auszug vom datenstand_alt."),
        anzahl(f"{name}_neu", f"{titel}, späterer Datenstand", f"{titel} am Stichtag nach dem Auszug vom datenstand_neu."),
        _unterschied(f"{name}_differenz", f"{titel}, Unterschied", f"{name}_neu − {name}_alt; veröffentlicht nur, wenn 0 oder "
                     "dem Betrag nach mindestens die Mindestfallzahl.", "Personen"),
    )  # fmt: skip


_ALLE = (
    tag("datenstand_alt", "Früherer Datenstand", "Tag, an dem der frühere Auszug gezogen wurde."),
    tag("datenstand_neu", "Späterer Datenstand", "Tag, an dem der spätere Auszug gezogen wurde."),
    override(
        text("profilversion", "Version der Definition", "Version der Profildatei, mit der der spätere Datenstand gezählt ist.")),
    *(spalte for name, titel in _WAS for spalte in _zahlen(name, titel)),
    _unterschied("einwohner_aenderung", "Einwohner, Änderung", "einwohner_differenz / einwohner_alt.", "Anteil", "DOUBLE"),
    anteil("anteil_mh_alt", "Anteil mit MH, früherer Datenstand", "personen_mit_mh_alt / einwohner_alt."),
    anteil("anteil_mh_neu", "Anteil mit MH, späterer Datenstand", "personen_mit_mh_neu / einwohner_neu."),
    _unterschied("anteil_mh_differenz", "Anteil mit MH, Unterschied", "anteil_mh_neu − anteil_mh_alt.", "Anteil", "DOUBLE"),
    _unterschied("nachmeldetage", "Tage bis zum späteren Datenstand", "datenstand_neu − stichtag: wie lange nach dem Stichtag "
                 "der spätere Auszug gezogen wurde.", "Tage"),
)  # fmt: skip

SPALTEN_DATENSTAND: dict[str, Spalte] = {s.name: s for s in _ALLE}
