"""The first line of an extract: whether it is the header expected, and what is wrong if not.

Belongs here: the canonical header and the one that kommune.yaml maps. Does not belong here: the lines below it
(line_layout.py). No cell of a file stands in a message; names of unknown columns only if the first line is surely a header.
"""

import re

from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.stamm.quellen.melderegister import Melderegister
from schemas.spalten.person import AUSZUG, AUSZUGSSPALTEN

TRENNZEICHEN_WORTE = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechter Strich"}
# A header is believed to be one, and its unknown names are shown, if it has at least this share of the required names.
KOPF_ERKANNT = 0.5
SPALTENNAME = re.compile(r"[^\W\d][\w .\-/()]{0,39}")
KOPFORT = "Zeile 1 (Kopfzeile)"


def fehler(code: Code, datei: str, ort: str, was: str, erwartet: str, draussen: str | None = None) -> Befund:
    """A finding that refuses; `draussen`: its words where the numbers in `was` may not be told."""
    return Befund(code, Schwere.fehler, datei, ort, was, erwartet, draussen=draussen)


def check_kanonisch(name: str, spalten: list[str]) -> list[Befund]:
    """What is wrong with the header of a canonical extract."""
    pflicht = [s.name for s in AUSZUG if s.pflichtspalte]
    erkannt = sum(p in spalten for p in pflicht)
    if erkannt < KOPF_ERKANNT * len(pflicht):
        anderes = next(
            (wort for z, wort in TRENNZEICHEN_WORTE.items() if len(set(pflicht) & set(spalten[0].split(z))) >= 2), None
        )
        if anderes:
            return [fehler(Code.trennzeichen, name, KOPFORT, f"die Spalten sind durch {anderes} getrennt", "Semikolon")]
        if form := _kopfform(spalten, pflicht):
            return [fehler(Code.kopfzeile, name, KOPFORT, f"die Spaltennamen stehen {form}", "die Spaltennamen genau so: "
                           + ", ".join(pflicht))]  # fmt: skip
        return [fehler(Code.kopfzeile, name, KOPFORT, "die erste Zeile ist keine Kopfzeile des Auszugs (ihr Inhalt wird nicht "
                       "gezeigt)", "die Spaltennamen, durch Semikolon getrennt, mindestens " + ", ".join(pflicht))]  # fmt: skip
    befunde = []
    # A line all of whose cells look like names is a header; where one does not (a row of data may be glued to it), no
    # unknown cell is shown.
    nur_namen = all(s.isidentifier() and len(s) <= 40 for s in spalten)
    for nummer, spalte in enumerate(spalten, start=1):
        if spalte not in AUSZUGSSPALTEN:
            gezeigt = f"»{spalte}« " if nur_namen else ""
            befunde.append(
                fehler(Code.spalte_unbekannt, name, f"{KOPFORT}, Spalte {nummer}",
                       f"die Spalte {gezeigt}ist nicht vorgesehen und darf nicht eingelesen werden (Datensparsamkeit)",
                       "nur " + ", ".join(AUSZUGSSPALTEN) + "; bitte die Spalte aus dem Auszug entfernen")
            )  # fmt: skip
        elif spalten.index(spalte) != nummer - 1:
            befunde.append(
                fehler(Code.spalte_doppelt, name, f"{KOPFORT}, Spalte {nummer}", f"die Spalte »{spalte}« steht zweimal da",
                       "jede Spalte einmal")
            )  # fmt: skip
    for spalte in pflicht:
        if spalte not in spalten:
            befunde.append(
                fehler(Code.spalte_fehlt, name, KOPFORT, f"die Spalte »{spalte}« fehlt",
                       "alle Pflichtspalten: " + ", ".join(pflicht))
            )  # fmt: skip
    return befunde


def _kopfform(spalten: list[str], pflicht: list[str]) -> str:
    """How a header differs that has the right names but for quotes or capitals; empty if it is another one."""
    ohne = [s.strip("\"'") for s in spalten]
    for form, namen in (
        ("in Anführungszeichen", ohne),
        ("in Großbuchstaben", [s.lower() for s in spalten]),
        ("in Anführungszeichen und Großbuchstaben", [s.lower() for s in ohne]),
    ):
        if sum(p in namen for p in pflicht) >= KOPF_ERKANNT * len(pflicht):
            return form
    return ""


def check_zugeordnet(name: str, kopf: list[str], angaben: Melderegister) -> None:
    """The header has every mapped column once, and no other than the ignored ones.

    Raises: LieferungAbgewiesen.
    """
    quelle = {str(h): s for s, h in angaben.herkuenfte.items()}
    # Without `spalten` only the required columns must exist, as in the canonical layout.
    pflicht = [h for h, s in quelle.items() if angaben.spalten is not None or AUSZUGSSPALTEN[s].pflichtspalte]
    bekannt = {*quelle, *map(str, angaben.ignorieren)}
    if sum(p in kopf for p in pflicht) < KOPF_ERKANNT * len(pflicht):
        raise LieferungAbgewiesen([_kein_kopf(name, kopf, pflicht, angaben.format.trennzeichen)])
    fremd = [s for s in kopf if s not in bekannt]
    # A row of data glued to the header brings about as many cells as it has columns, and not all of them look like names.
    nur_namen = len(fremd) <= len(kopf) / 3 and all(SPALTENNAME.fullmatch(s) for s in fremd)
    befunde = []
    for nummer, spalte in enumerate(kopf, start=1):
        wo = f"{KOPFORT}, Spalte {nummer}"
        if spalte not in bekannt:
            gezeigt = f"»{spalte}« " if nur_namen else ""
            befunde.append(
                fehler(Code.spalte_unbekannt, name, wo, f"die Spalte {gezeigt}ist in kommune.yaml weder zugeordnet noch "
                       "unter ignorieren genannt (Datensparsamkeit)", "nur Spalten, die unter quellen.melderegister.spalten "
                       "oder ignorieren stehen; am besten die Spalte aus dem Auszug entfernen")
            )  # fmt: skip
        elif spalte in quelle and kopf.index(spalte) != nummer - 1:
            befunde.append(
                fehler(Code.spalte_doppelt, name, wo, f"die Spalte »{spalte}« ({quelle[spalte]}) steht zweimal da",
                       "jede Spalte einmal")
            )  # fmt: skip
    befunde += [
        fehler(Code.spalte_fehlt, name, KOPFORT, f"die Spalte »{p}« ({quelle[p]}) fehlt",
               "alle unter quellen.melderegister.spalten zugeordneten Spalten")
        for p in pflicht if p not in kopf
    ]  # fmt: skip
    if befunde:
        raise LieferungAbgewiesen(befunde)


def _kein_kopf(name: str, kopf: list[str], pflicht: list[str], trennzeichen: str) -> Befund:
    erwartet = (
        TRENNZEICHEN_WORTE.get(trennzeichen, f"»{trennzeichen}«") + " (quellen.melderegister.format.trennzeichen)"
    )
    for zeichen, wort in TRENNZEICHEN_WORTE.items():
        zellen = {z.strip().strip("\"'") for z in trennzeichen.join(kopf).split(zeichen)}
        if zeichen != trennzeichen and len(set(pflicht) & zellen) >= 2:
            return fehler(Code.trennzeichen, name, KOPFORT, f"die Spalten sind durch {wort} getrennt", erwartet)
    return fehler(Code.kopfzeile, name, KOPFORT, "die erste Zeile ist keine Kopfzeile, wie kommune.yaml sie beschreibt (ihr "
                  "Inhalt wird nicht gezeigt)", f"die Spaltennamen {', '.join(pflicht)}; Trennzeichen {erwartet}")  # fmt: skip
