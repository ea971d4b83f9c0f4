"""A register extract in another layout → a draft of `quellen.melderegister`; a person decides.

Belongs here: telling an extract of persons by its header, and which of its columns is probably which. Does not belong here:
reading by the mapping (eingang/melderegister/line_layout.py). No cell of a person is shown but the codes of columns that have
few of them.
"""

import re
from pathlib import Path

from pipelines.eingang.grid.text_file import examine
from pipelines.eingang.tabelle.words import kennung
from schemas.spalten.person import AUSZUG

TRENNER = {";": '";"', ",": '","', "\t": "tab", "|": '"|"'}
_STA = r"(?:staat|sta|staatsang\w*?|nationalitaet|nation)"
# Header as an id → column of the canonical extract.
_NAMEN = {
    "pid": r"pid|ordnungsmerkmal|om|personen?_?(?:nummer|nr|id|kennung)|lfd_?nr|einwohner_?(?:nr|nummer|id)",
    "wohnungsstatus": r"wohnungsstatus|(?:wohn|wohnungs)?_?(?:status|art)|hw_?nw|haupt_?(?:und_|oder_)?neben(?:wohnung)?",
    "geburtsdatum": r"geb(?:urts?)?_?(?:datum|dat|tag)?",
    "geschlecht": r"geschl(?:echt)?|sex",
    "sta_1": rf"{_STA}_?1?", "sta_2": rf"{_STA}_?2", "sta_3": rf"{_STA}_?3",
    "art_dt_sta": r"art_dt_sta|art|erwerbs?_?(?:art|grund)|art_(?:der_)?(?:dt|deutschen)_\w+",
    "geburtsort": r"geb(?:urts)?_?ort", "geburtsstaat": r"geb(?:urts)?_?(?:staat|land)",
    "zuzug_staat": r"(?:zuzugs?|zz|herkunfts?)_?(?:staat|land)",
    "zuzug_datum_ausland": r"(?:zuzugs?|zz)_?(?:datum|dat)(?:_ausland)?",
    "einzug_datum": r"einzugs?_?(?:datum|dat)?", "auszug_datum": r"(?:aus|weg)zugs?_?(?:datum|dat)?",
    "sterbe_datum": r"sterbe_?(?:datum|dat|tag)?|tod(?:es)?_?(?:datum|dat|tag)?",
    "elternteil_1_pid": r"elternteil_?1(?:_pid)?|(?:pid_)?mutter(?:_pid)?",
    "elternteil_2_pid": r"elternteil_?2(?:_pid)?|(?:pid_)?vater(?:_pid)?",
    "adresse_id": r"adr(?:esse)?(?:_?(?:id|nr|nummer))?",
    "gebiet_id": r"gebiet(?:_?(?:id|nr))?|(?:stadt)?bezirk|stadtteil|ortsteil|planungsraum",
}  # fmt: skip
_WERTE = {
    "geschlecht": {"m": "m", "maennlich": "m", "mann": "m", "w": "w", "f": "w", "weiblich": "w", "frau": "w", "d": "d",
                   "divers": "d", "x": "x"},
    "wohnungsstatus": {"a": "alleinige", "alleinige": "alleinige", "ew": "alleinige", "h": "haupt", "hw": "haupt",
                       "haupt": "haupt", "n": "neben", "nw": "neben", "neben": "neben"},
    "art_dt_sta": {w: w for w in ("geburt", "einbuergerung", "aussiedler", "option", "erklaerung", "sonstiges", "unbekannt")},
}  # fmt: skip
ERKANNT = {"geburtsdatum", "geschlecht", "sta_1", "wohnungsstatus", "pid"}
CODES_HOECHSTENS, CODELAENGE = 12, 12
KANONISCH = """\
# Kanonische Werte: wohnungsstatus alleinige, haupt, neben · geschlecht m, w, d, x · Staaten dreistellig (000 deutsch)
# art_dt_sta geburt, einbuergerung, aussiedler, option, erklaerung, sonstiges, unbekannt
"""


def recognise_auszug(datei: Path) -> tuple[str, list[str]] | None:
    """Separator and header of a text file if it is an extract of persons: a date of birth and two more columns."""
    with datei.open("rb") as f:
        roh = f.readline(1 << 16)
    if b"\0" in roh:
        return None
    erste = roh.decode("utf-8-sig" if roh.startswith(b"\xef\xbb\xbf") else "latin-1").strip()
    trenner = max(TRENNER, key=erste.count)
    kopf = [z.strip().strip("\"'").strip() for z in erste.split(trenner)]
    gefunden = set(_zuordnung(kopf))
    return (trenner, kopf) if "geburtsdatum" in gefunden and len(gefunden & ERKANNT) >= 3 else None


def _zuordnung(kopf: list[str]) -> dict[str, str]:
    """Canonical column → header."""
    namen = {s.name for s in AUSZUG}
    zuordnung = {h: h for h in kopf if h in namen}
    for spalte, muster in _NAMEN.items():
        treffer = [h for h in kopf if h not in zuordnung.values() and re.fullmatch(muster, kennung(h))]
        if spalte not in zuordnung and treffer:
            zuordnung[spalte] = treffer[0]
    return zuordnung


def draft_register(datei: Path, trenner: str, kopf: list[str]) -> str:
    """The draft, as lines to stand below `melderegister:` (indented by four)."""
    zuordnung = _zuordnung(kopf)
    kodierung = "windows-1252" if examine(datei).kodierung == "windows-1252" else "utf-8"
    fehlt = [s.name for s in AUSZUG if s.pflichtspalte and s.name not in zuordnung]
    name = "".join(z if z.isprintable() else " " for z in datei.name)
    text = [
        f"# Entwurf aus {name}: ein Auszug von Personen. Nichts davon ist entschieden.",
        *(f"# UNSICHER: Welche Spalte ist {s}? Sie muss da sein." for s in fehlt),
        *KANONISCH.splitlines(),
    ]
    if set(kopf) <= {s.name for s in AUSZUG} and trenner == ";":
        return _eingerueckt(
            [*text, "# Die Kopfzeile ist die des kanonischen Auszugs: spalten und werte sind nicht nötig."]
        )
    with datei.open(encoding="cp1252" if kodierung == "windows-1252" else "utf-8-sig", errors="replace") as f:
        zeilen = [z.rstrip("\r\n").split(trenner) for z in f][1:]
    anfuehrung = sum(z[:1] != [] and z[0].startswith('"') for z in zeilen) * 2 > len(zeilen)
    text.append(f"format: {{art: csv, trennzeichen: {TRENNER[trenner]}, kodierung: {kodierung}"
                + (", anfuehrung: '\"'" if anfuehrung else "") + "}")  # fmt: skip
    text.append("spalten:")
    text += [f'  {s.name}: "{zuordnung[s.name]}"' for s in AUSZUG if s.name in zuordnung]
    werte: list[str] = []
    for spalte, bekannt in _WERTE.items():
        if spalte in zuordnung:
            n = kopf.index(zuordnung[spalte])
            codes = sorted({z[n].strip().strip('"').strip() for z in zeilen if n < len(z)})
            if len(codes) <= CODES_HOECHSTENS and all(len(c) <= CODELAENGE for c in codes):
                ziele = {c: bekannt.get(kennung(c)) for c in codes if c}
                bestimmt = ", ".join(f'"{c}": {z}' for c, z in ziele.items() if z and c != z)
                werte += [f"  {spalte}: {{{bestimmt}}}"] if bestimmt else []
                werte += [f'  # UNSICHER: Was heißt "{c}" in {spalte}?' for c, z in ziele.items() if not z]
    if any(not w.lstrip().startswith("#") for w in werte):
        text.append("werte:")
    text += werte
    if fremd := [h for h in kopf if h not in zuordnung.values()]:
        text.append("# nie gelesen; am besten schon im Auszug weglassen")
        text.append("ignorieren: [" + ", ".join(f'"{h}"' for h in fremd) + "]")
    return _eingerueckt(text)


def _eingerueckt(zeilen: list[str]) -> str:
    return "".join(f"    {z}\n" for z in zeilen)
