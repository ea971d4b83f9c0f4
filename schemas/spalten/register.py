"""The columns of what a register says beside definitions: facts of one extract.

Belongs here: what only marts.registermerkmal has. Does not belong here: columns every table shares (common.py) and those of
persons (person.py).
"""

from schemas.model import override
from schemas.spalten.common import text

MERKMALE = (
    "aufenthaltsdauer", "wohndauer", "mehrstaatigkeit", "asylherkunft", "wahlberechtigung", "altersjahr",
    "altersjahr_auslaender", "zuzugsjahr",
)  # fmt: skip
GRUNDGESAMTHEITEN = ("einwohner", "auslaender", "deutsche")

_ALLE = (
    override(text("merkmal", "Merkmal", "Was gezählt ist. aufenthaltsdauer: vollendete Jahre seit dem letzten Zuzug aus dem "
             "Ausland; wohndauer: vollendete Jahre seit dem Einzug, den der Auszug nennt (je nach Fachverfahren in die Kommune "
             "oder in die Wohnung); mehrstaatigkeit: Deutsche mit und ohne weitere Staatsangehörigkeit; asylherkunft: Ausländer "
             "aus den Hauptherkunftsländern von Asylsuchenden (registermerkmale.asylherkunft in kommune.yaml), kein "
             "Aufenthaltsstatus; wahlberechtigung: wer nach Alter und Staatsangehörigkeit wählen dürfte (Dauer des Wohnens, "
             "Ausschlüsse und Anträge kennt der Auszug nicht); altersjahr, altersjahr_auslaender: vollendete Lebensjahre; "
             "zuzugsjahr: Jahr des letzten Zuzugs aus dem Ausland derer, die noch da sind, nur am 31.12.", werte=MERKMALE)),
    text("auspraegung", "Ausprägung", "Wert des Merkmals. Dauern in vollendeten Jahren: 00-00, 01-04, 15+; "
         "in_deutschland_geboren, unbekannt. wahlberechtigung nennt das Mindestalter; ihre Werte überschneiden sich.",
         muster=r"[a-z0-9_+-]+"),
    text("auspraegung_name", "Ausprägung in Worten", "Was die Ausprägung heißt."),
    text("grundgesamtheit", "Grundgesamtheit", "Auf wen sich anteil bezieht; die Werte eines Merkmals ergeben sie zusammen, "
         "außer bei wahlberechtigung und zuzugsjahr.", werte=GRUNDGESAMTHEITEN),
)  # fmt: skip
SPALTEN_REGISTER = {s.name: s for s in _ALLE}
