"""Columns of the secure zone: the canonical register extract and the staged persons.

Belongs here: person-level columns. Does not belong here: anything published (common.py); no column of this file may
appear in a table of the public zone.
"""

from dataclasses import dataclass
from typing import Literal

from schemas.model import Spalte, override
from schemas.spalten.common import ART_DT_STA, GESCHLECHTER, WOHNUNGSSTATUS, ja_nein, tag, text

Art = Literal["kennung", "liste", "datum", "staatsangehoerigkeit", "staat", "text", "gebiet"]


@dataclass(frozen=True)
class Auszugsspalte:
    """A column of the canonical extract: how it is checked, whether it must exist, whether each row must fill it."""

    name: str
    art: Art
    titel: str
    pflichtspalte: bool = False
    pflichtwert: bool = False
    werte: tuple[str, ...] = ()

    @property
    def is_code(self) -> bool:
        """Code columns may be quoted to the office's own terminal; all others never."""
        return self.art in ("liste", "staatsangehoerigkeit", "staat", "gebiet")

    def erwartet(self) -> str:
        """What a valid value looks like, in German."""
        return {
            "kennung": "eine eindeutige Kennung",
            "liste": "einer der Werte " + ", ".join(self.werte),
            "datum": "ein Datum TT.MM.JJJJ oder JJJJ-MM-TT, unbekannter Tag oder Monat als 00",
            "staatsangehoerigkeit": "ein dreistelliger Destatis-Schlüssel aus referenz/staaten.csv, als Text (000 = deutsch)",
            "staat": "ein dreistelliger Destatis-Schlüssel aus referenz/staaten.csv, als Text (000 = Deutschland)",
            "text": "Text",
            "gebiet": "ein Gebietsschlüssel aus gebiete.csv",
        }[self.art]


# DESIGN of the canonical extract, in its order. Anything else in a header is refused at the door.
AUSZUG: tuple[Auszugsspalte, ...] = (
    Auszugsspalte("pid", "kennung", "Personenkennung", pflichtspalte=True, pflichtwert=True),
    Auszugsspalte("wohnungsstatus", "liste", "Wohnungsstatus", True, True, WOHNUNGSSTATUS),
    Auszugsspalte("geburtsdatum", "datum", "Geburtsdatum", True),
    Auszugsspalte("geschlecht", "liste", "Geschlecht", True, True, GESCHLECHTER),
    Auszugsspalte("sta_1", "staatsangehoerigkeit", "1. Staatsangehörigkeit", True, True),
    Auszugsspalte("sta_2", "staatsangehoerigkeit", "2. Staatsangehörigkeit"),
    Auszugsspalte("sta_3", "staatsangehoerigkeit", "3. Staatsangehörigkeit"),
    Auszugsspalte("art_dt_sta", "liste", "Art der deutschen Staatsangehörigkeit", werte=ART_DT_STA),
    Auszugsspalte("geburtsort", "text", "Geburtsort"),
    Auszugsspalte("geburtsstaat", "staat", "Geburtsstaat"),
    Auszugsspalte("zuzug_staat", "staat", "Zuzugsstaat"),
    Auszugsspalte("zuzug_datum_ausland", "datum", "Zuzug aus dem Ausland"),
    Auszugsspalte("einzug_datum", "datum", "Einzug"),
    Auszugsspalte("auszug_datum", "datum", "Auszug"),
    Auszugsspalte("sterbe_datum", "datum", "Sterbedatum"),
    Auszugsspalte("elternteil_1_pid", "kennung", "1. Elternteil"),
    Auszugsspalte("elternteil_2_pid", "kennung", "2. Elternteil"),
    Auszugsspalte("adresse_id", "kennung", "Adresse"),
    Auszugsspalte("gebiet_id", "gebiet", "Gebiet", True),
)
AUSZUGSSPALTEN: dict[str, Auszugsspalte] = {s.name: s for s in AUSZUG}

_SCHLUESSEL = r"\d{3}"

PERSON: tuple[Spalte, ...] = (
    override(Spalte("zeile", "BIGINT", "Zeile", "Zeilennummer im Auszug; verbindet Kinder und Eltern.", minimum=2)),
    text("pseudonym", "Pseudonym", "Mit einem geheimen Schlüssel gebildete Prüfsumme der pid.", muster=r"[0-9a-f]{32}"),
    override(text("gebiet_id", "Gebietsschlüssel", "Gebiet der Hauptwohnung oder »unbekannt«.", muster=r"\S{1,20}")),
    override(text("geschlecht", "Geschlecht", "Geschlecht laut Register.", werte=GESCHLECHTER)),
    Spalte("geburtsjahr", "SMALLINT", "Geburtsjahr", "NULL, wenn unbekannt.", minimum=1850, maximum=2200),
    tag("geburtstag", "Geburtstag", "Mit Ersatztag (1. Juli oder der 15.), wenn Tag oder Monat fehlen."),
    ja_nein("alter_ersetzt", "Alter mit Ersatztag", "Ob das Alter mit einem Ersatztag berechnet ist."),
    Spalte("alter", "SMALLINT", "Alter", "Vollendete Lebensjahre am Stichtag.", "Jahre", minimum=0, maximum=130),
    override(
        text("altersgruppe", "Altersgruppe", "Gruppe des Alters oder »unbekannt«.",
             muster=r"\d{2,3}-\d{2,3}|\d{2,3}\+|unbekannt")),
    text("sta_1", "1. Staatsangehörigkeit", "Destatis-Schlüssel.", muster=_SCHLUESSEL),
    text("sta_2", "2. Staatsangehörigkeit", "Destatis-Schlüssel.", muster=_SCHLUESSEL),
    text("sta_3", "3. Staatsangehörigkeit", "Destatis-Schlüssel.", muster=_SCHLUESSEL),
    text("art_dt_sta", "Art der deutschen Staatsangehörigkeit", "Wie sie erworben wurde.", werte=ART_DT_STA),
    text("geburtsstaat", "Geburtsstaat", "000, wenn nur ein Geburtsort angegeben ist; NULL, wenn beides fehlt.",
         muster=_SCHLUESSEL),
    text("zuzug_staat", "Zuzugsstaat", "Staat des letzten Zuzugs aus dem Ausland.", muster=_SCHLUESSEL),
    tag("zuzug_tag", "Zuzug aus dem Ausland", "Letzter Zuzug aus dem Ausland, mit Ersatztag wie beim Geburtstag."),
    tag("einzug_tag", "Einzug", "Einzug, den der Auszug nennt, mit Ersatztag wie beim Geburtstag."),
    Spalte("eltern_genannt", "TINYINT", "Genannte Eltern", "Wie viele Eltern der Auszug nennt.", minimum=0, maximum=2),
    Spalte("eltern_1_zeile", "BIGINT", "1. Elternteil", "Zeile des Elternteils im selben Bestand.", minimum=2),
    Spalte("eltern_2_zeile", "BIGINT", "2. Elternteil", "Zeile des Elternteils im selben Bestand.", minimum=2),
    ja_nein("eltern_1_gleiche_adresse", "1. Elternteil an gleicher Adresse", "NULL ohne gefundenen Elternteil."),
    ja_nein("eltern_2_gleiche_adresse", "2. Elternteil an gleicher Adresse", "NULL ohne gefundenen Elternteil."),
)  # fmt: skip
