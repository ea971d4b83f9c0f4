"""What a row says of the concept it belongs to: number, field of action, goal.

Belongs here: cells held against the concept and its catalogue. Does not belong here: the other cells (row.py), and whether
measures agree with each other (checks.py).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pipelines.eingang.massnahmen.header import feld_von
from pipelines.eingang.massnahmen.row import Zeile, als_text
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.foundation.yaml_file import aehnlich
from pipelines.stamm.konzept.models import Fassung, Massnahme, normalform

UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Konzeptbezug:
    """A concept as rows refer to it."""

    def __init__(self, kommune: str, fassung: Fassung):
        self.kommune, self.fassung = kommune, fassung
        self.katalog = {m.nr: m for m in fassung.massnahmen}
        self.ziele = {normalform(n): z.code for z in fassung.leitziele for n in (z.code, z.text)}

    def nummer(self, zeile: Zeile) -> tuple[str | None, bool]:
        """Number of a measure as text, and whether the cell holds a number (then 1.10 may have become 1.1)."""
        roh, stelle = zeile.wert("massnahme_nr"), zeile.ort("massnahme_nr")
        oben = zeile.verbunden.get(stelle)
        if roh == "" and oben and oben[0] < zeile.z:
            zeile.fehler(Code.zeile_doppelt, "massnahme_nr", "die Zelle ist mit der darüber verbunden, in der Zeile steht aber "
                         "weiterer Inhalt", "eine Zeile je Maßnahme", "die Verbindung aufheben und den Inhalt in die Zeile der "
                         "Maßnahme setzen")  # fmt: skip
            return None, False
        if isinstance(roh, date):
            gemeint = f"{roh.day}.{roh.month}"
            if gemeint in self.katalog:
                zeile.fehler(Code.schluessel_ergaenzt, "massnahme_nr", f"aus dem Datum {als_text(roh)} wurde die Nummer "
                             f"{gemeint} des Katalogs", "die Nummer als Text", f"'{gemeint}", Schwere.hinweis)  # fmt: skip
                return gemeint, False
            zeile.fehler(Code.datum, "massnahme_nr", f"»{als_text(roh)}« ist ein Datum, keine Nummer", "die Nummer als Text",
                         f"'{gemeint}")  # fmt: skip
            return None, False
        if isinstance(roh, int | float):
            format = zeile.zusatz[stelle].format if stelle in zeile.zusatz else ""
            if treffer := re.fullmatch(r"0[.,](0+)(?:_.*|;.*|@)?", format):
                return f"{roh:.{len(treffer[1])}f}", False
            return f"{roh:.15g}", True
        text = zeile.pflicht("massnahme_nr", "die Nummer der Maßnahme")
        if (
            text
            and (form := re.sub(r"\s+", " ", text).rstrip(".")) not in self.katalog
            and form.replace(",", ".") in self.katalog
        ):
            return form.replace(",", "."), False
        return (re.sub(r"\s+", " ", text).rstrip(".") if text else None), False

    def feld(self, zeile: Zeile, nummer: str | None, abschnitt: str | None) -> tuple[str | None, str | None]:
        """Code of the field and the sheet's own word: from the column, the heading above or sheet name, the catalogue."""
        text = zeile.text("handlungsfeld")
        if text:
            return feld_von(self.fassung, text), text
        eintrag = self.katalog.get(nummer or "")
        return abschnitt or (eintrag.handlungsfeld if eintrag else None), None if abschnitt else zeile.blatt.name

    def leitziel(self, zeile: Zeile, nummer: str | None) -> str | None:
        text = zeile.text("leitziel")
        eintrag = self.katalog.get(nummer or "")
        if not text:
            return eintrag.leitziel if eintrag else None
        if code := self.ziele.get(normalform(text)) or self.ziele.get(normalform(text.split(" ")[0])):
            return code
        zeile.fehler(Code.schluessel_unbekannt, "leitziel", f"das Leitziel »{text}« gibt es im Konzept nicht",
                     "Kennung oder Wortlaut eines Leitziels aus konzept.yaml",
                     aehnlich(text, [z.text for z in self.fassung.leitziele]), Schwere.warnung)  # fmt: skip
        return None

    def check_belongs(self, zeile: Zeile) -> None:
        """A row may say whose it is; then it must be this municipality's and this concept's."""
        kommune, konzept = zeile.text("kommune"), zeile.text("konzept")
        if kommune and normalform(self.kommune) not in normalform(kommune.casefold().translate(UMLAUTE)):
            zeile.fehler(Code.schluessel_unbekannt, "kommune", f"»{kommune}« ist nicht die Kommune dieser Lieferung",
                         self.kommune, "die Zeile in die Mappe jener Kommune setzen")  # fmt: skip
        namen = {normalform(n) for n in (self.fassung.konzept, self.fassung.titel)}
        if konzept and normalform(konzept) not in namen:
            zeile.fehler(Code.schluessel_unbekannt, "konzept", f"»{konzept}« ist nicht das Konzept dieser Quelle",
                         f"{self.fassung.konzept} ({self.fassung.titel})")  # fmt: skip


def restore_zeros(
    zeilen: Sequence[dict[str, Any]], nummernzahl: Sequence[bool], katalog: Mapping[str, Massnahme], datei: str
) -> list[Befund]:
    """1.10 that a spreadsheet made 1.1: restored where the catalogue has both and the sheet has 1.1 twice."""
    befunde = []
    gruppen: dict[tuple[date, str], list[int]] = defaultdict(list)
    for i, z in enumerate(zeilen):
        gruppen[z["stand"], z["massnahme_nr"]].append(i)
    for (stand, nummer), stellen in gruppen.items():
        voll = f"{nummer}0"
        if len(stellen) != 2 or nummer not in katalog or voll not in katalog or (stand, voll) in gruppen:
            continue
        titel = normalform(katalog[voll].titel)
        passend = [i for i in stellen if zeilen[i]["titel_norm"] == titel]
        i = passend[0] if len(passend) == 1 else stellen[1]
        if not nummernzahl[i] or zeilen[i]["titel_norm"] == normalform(katalog[nummer].titel):
            continue
        zeile, eintrag = zeilen[i], katalog[voll]
        if zeile["leitziel"] == katalog[nummer].leitziel:
            zeile["leitziel"] = eintrag.leitziel
        zeile["massnahme_nr"] = voll
        befunde.append(
            Befund(Code.schluessel_ergaenzt, Schwere.hinweis, datei, f'Blatt "{zeile["blatt"]}", Zelle '
                   + zeile["fundstelle"].rpartition("!")[2], f"die Zahl {nummer} wurde als {voll} gelesen: {nummer} steht "
                   f"schon da, und der Katalog hat {voll}", "die Nummer als Text", zellen=(zeile["fundstelle"],),
                   vorschlag=f"'{voll}")
        )  # fmt: skip
    return befunde
