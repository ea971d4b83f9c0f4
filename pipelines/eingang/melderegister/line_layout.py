"""Layouts of register extracts, the canonical one and those that kommune.yaml maps, as SQL over lines of text.

Belongs here: how a line becomes fields, which field is which column, and what refuses a file because its layout is another
one. Does not belong here: the header's names (header.py), what a canonical value means (sql/melderegister/) and what
kommune.yaml may say (stamm/quellen/melderegister.py). No cell of a file stands in a message.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import duckdb

from pipelines.eingang.grid.text_file import Textdatei, kopfzeile
from pipelines.eingang.melderegister.header import check_zugeordnet, fehler
from pipelines.eingang.melderegister.rules import Zeilenregel
from pipelines.foundation.findings import Code, LieferungAbgewiesen
from pipelines.foundation.storage import execute
from pipelines.stamm.quellen.melderegister import Melderegister
from pipelines.stamm.quellen.register_columns import Feld, Herkunft
from schemas.spalten.person import AUSZUG, AUSZUGSSPALTEN

# What a line is that cannot be cut into its fields: told to the rule of the number of fields (sql/melderegister/getippt).
UNTEILBAR = -1
CODELAENGE = 12
# A mapping that is one field or one character off puts names and places under a code: less is shown there.
CODELAENGE_FREMD = 4


@dataclass(frozen=True)
class LineLayout:
    """How lines become canonical columns. SQL expressions read `zeile_text` and `felder`.

    `quelltext` gives a column's text in the source; `namen` its name there, for messages.
    """

    quelltext: Mapping[str, str]
    felder: str = "null"
    felder_zahl: str = "len(felder)"
    felder_erwartet: int = 1
    kopfzeilen: int = 1
    werte: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    acht_ziffern: str | None = None
    namen: Mapping[str, str] = field(default_factory=dict)
    bruch: tuple[str, str] | None = None  # what is wrong with a line of another form, and what is expected
    fremde_zeichen: tuple[Feld, ...] = ()
    codelaenge: int = CODELAENGE  # a longer value is no code and is shown nowhere
    # Where a separator alone makes the fields: which it is, and at which place (from 1) a column stands.
    trennzeichen: str | None = None
    stellen: Mapping[str, int] = field(default_factory=dict)

    def name(self, spalte: str) -> str:
        """A column as a message names it: `ORDNUNGSMERKMAL (pid)`, or the one name both have."""
        dort = self.namen.get(spalte, spalte)
        return spalte if dort == spalte else f"{dort} ({spalte})"

    def regel(self, regel: Zeilenregel) -> Zeilenregel:
        """A rule with the words that fit this layout."""
        was, erwartet = regel.was, regel.sollwert()
        if regel.code is Code.feldzahl and self.bruch:
            was, erwartet = self.bruch
        elif regel.code is Code.schluessel_unbekannt and self.werte.get(regel.spalte):
            erwartet += f" oder, wie in kommune.yaml zugeordnet, {', '.join(filter(None, self.werte[regel.spalte]))}"
        elif regel.code is Code.datum_unmoeglich and self.acht_ziffern and not regel.erwartet:
            erwartet += f"; außerdem {self.acht_ziffern}"
        return Zeilenregel(regel.bit, regel.spalte, regel.code, was, erwartet)

    def sicht(self) -> str:
        """Select list of view `roh` over lines: zeile, felder_zahl, inhalt and the canonical columns as text ('' is NULL)."""
        innen = ", ".join(f"{self.quelltext.get(s.name, 'null::varchar')} as {s.name}" for s in AUSZUG)
        return (
            f"select zeile, felder_zahl, inhalt, {self._aussen()} from (select zeile, {self.felder_zahl} as felder_zahl, inhalt, "
            f"{innen} from (select zeile, zeile_text, hash(zeile_text) as inhalt, {self.felder} as felder from zeilen))"
        )

    def sicht_der_felder(self, padded: bool) -> str:
        """The same without `inhalt` over fields that DuckDB has split (`feld_1` …); `padded`: blanks stand around values."""
        text = {s: f"nullif(trim(feld_{n}), '')" if padded else f"feld_{n}" for s, n in self.stellen.items()}
        innen = ", ".join(f"{text.get(s.name, 'null::varchar')} as {s.name}" for s in AUSZUG)
        return f"select zeile, {self.felder_erwartet} as felder_zahl, {self._aussen()} from (select zeile, {innen} from felder)"

    def _aussen(self) -> str:
        return ", ".join(f"{self._uebersetzt(s.name)} as {s.name}" for s in AUSZUG)

    def _uebersetzt(self, spalte: str) -> str:
        text = spalte
        if self.acht_ziffern and AUSZUGSSPALTEN[spalte].art == "datum":
            teile = "(1, 4), (5, 2), (7, 2)" if self.acht_ziffern == "JJJJMMTT" else "(5, 4), (3, 2), (1, 2)"
            stellen = re.findall(r"\((\d), (\d)\)", teile)
            iso = " || '-' || ".join(f"substring({spalte}, {ab}, {wie_viele})" for ab, wie_viele in stellen)
            text = f"case when regexp_full_match({spalte}, '[0-9]{{8}}') then {iso} else {spalte} end"
        if zuordnung := self.werte.get(spalte):
            faelle = " ".join(
                f"when {f'{spalte} is null' if quelle == '' else f'{spalte} = {_literal(quelle)}'} then {_wert(ziel)}"
                for quelle, ziel in zuordnung.items()
            )
            text = f"case {faelle} else {text} end"
        return text


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _wert(text: str) -> str:
    return _literal(text) if text else "null"


def kanonisches_layout(spalten: list[str]) -> LineLayout:
    """The layout of a canonical extract whose header has been checked."""
    return LineLayout(
        {s: f"nullif(trim(felder[{n}]), '')" for n, s in enumerate(spalten, start=1)},
        felder="split(zeile_text, ';')",
        felder_erwartet=len(spalten),
        trennzeichen=";",
        stellen={s: n for n, s in enumerate(spalten, start=1)},
    )


def fremdes_layout(datei: Textdatei, angaben: Melderegister) -> LineLayout:
    """The layout that kommune.yaml describes, held against the file's header where it has one.

    Raises: LieferungAbgewiesen for another encoding than declared, a header that lacks a mapped column or has one that is
    neither mapped nor ignored.
    """
    form = angaben.format
    _check_encoding(datei, form.kodierung)
    herkuenfte = angaben.herkuenfte
    gemeinsam = {
        "kopfzeilen": int(form.has_header),
        "werte": angaben.zuordnungen,
        "acht_ziffern": form.acht_ziffern,
        "codelaenge": CODELAENGE_FREMD,
    }
    if form.nach == "zeichen":
        return _feste_breite(herkuenfte, angaben.ignorieren, gemeinsam)
    if form.nach == "name":
        kopf = [_ohne(s, form.anfuehrung) for s in kopfzeile(datei).split(form.trennzeichen)]
        check_zugeordnet(datei.pfad.name, kopf, angaben)
        stellen = {s: kopf.index(str(h)) + 1 for s, h in herkuenfte.items() if h in kopf}
        zahl, namen = len(kopf), {s: str(h) for s, h in herkuenfte.items()}
        bruch = ("die Zeile hat eine andere Zahl von Feldern als die Kopfzeile", "so viele Felder wie in der Kopfzeile")
    else:
        stellen = {s: h for s, h in herkuenfte.items() if isinstance(h, int)}
        zahl = max(h for h in [*stellen.values(), *angaben.ignorieren] if isinstance(h, int))
        namen = {s: f"Position {h}" for s, h in stellen.items()}
        bruch = ("die Zeile hat eine andere Zahl von Feldern als zugeordnet", f"{zahl} Felder")
    q = form.anfuehrung
    if q:
        bruch = (
            bruch[0] + " oder eine Anführung, die nicht aufgeht",
            bruch[1] + ", kein Trennzeichen in einer Anführung",
        )
    return LineLayout(
        {s: _feldtext(f"trim(felder[{n}])", q) for s, n in stellen.items()},
        felder=f"split(zeile_text, {_literal(form.trennzeichen)})",
        felder_zahl=_feldzahl(q),
        felder_erwartet=zahl,
        namen=namen,
        bruch=bruch,
        trennzeichen=None if q else form.trennzeichen,
        stellen=stellen,
        **gemeinsam,  # type: ignore[arg-type]
    )


def _ohne(text: str, anfuehrung: str | None) -> str:
    text = text.strip()
    if anfuehrung and len(text) >= 2 and text.startswith(anfuehrung) and text.endswith(anfuehrung):
        return text[1:-1].replace(anfuehrung * 2, anfuehrung).strip()
    return text


def _feldtext(text: str, anfuehrung: str | None) -> str:
    if anfuehrung:
        q, doppelt = _literal(anfuehrung), _literal(anfuehrung * 2)
        text = f"case when starts_with({text}, {q}) then trim(replace({text}[2:-2], {doppelt}, {q})) else {text} end"
    return f"nullif({text}, '')"


def _feldzahl(anfuehrung: str | None) -> str:
    """Number of fields; a line with a quotation that stays open in one of them cannot be cut.

    A separator inside a quotation leaves an open one on either side of it, whatever the number of fields comes to.
    """
    if not anfuehrung:
        return "len(felder)"
    q = _literal(anfuehrung)
    offen = (
        f"starts_with(trim(f), {q}) <> ends_with(trim(f), {q}) or (starts_with(trim(f), {q}) and "
        f"(length(f) - length(replace(f, {q}, ''))) % 2 = 1)"
    )
    return (
        f"case when contains(zeile_text, {q}) and len(list_filter(felder, lambda f: {offen})) > 0 then {UNTEILBAR} "
        "else len(felder) end"
    )


def _feste_breite(
    herkuenfte: Mapping[str, Herkunft], ignoriert: Iterable[Herkunft], gemeinsam: Mapping[str, object]
) -> LineLayout:
    felder = {s: h for s, h in herkuenfte.items() if isinstance(h, Feld)}
    noetig = max(f.bis for f in felder.values())
    bekannt = sorted([*felder.values(), *(i for i in ignoriert if isinstance(i, Feld))], key=lambda f: f.von)
    fremd, ende = [], 0
    for f in bekannt:
        if f.von > ende + 1:
            fremd.append(Feld(von=ende + 1, laenge=f.von - ende - 1))
        ende = max(ende, f.bis)
    rest = " || ".join([*(_ausschnitt(f) for f in fremd), f"substring(zeile_text, {ende + 1})"])
    return LineLayout(
        {s: f"nullif(trim({_ausschnitt(f)}), '')" for s, f in felder.items()},
        felder_zahl=f"case when length(zeile_text) < {noetig} then {UNTEILBAR} when trim({rest}) <> '' then 2 else 1 end",
        namen={s: f"Zeichen {f.von}–{f.bis}" for s, f in felder.items()},
        bruch=(
            "die Zeile ist zu kurz, oder außerhalb der zugeordneten Felder steht Text",
            f"mindestens {noetig} Zeichen, außerhalb der Felder nur Leerzeichen",
        ),
        fremde_zeichen=tuple(fremd),
        **gemeinsam,  # type: ignore[arg-type]
    )


def _ausschnitt(f: Feld) -> str:
    return f"substring(zeile_text, {f.von}, {f.laenge})"


def _check_encoding(datei: Textdatei, angabe: str | None) -> None:
    """A declared encoding must be the file's; one of plain ASCII is both."""
    name, zeile, gefunden = datei.pfad.name, None, ""
    if angabe == "utf-8" and datei.kodierung == "windows-1252":
        zeile, gefunden = datei.erste_fremde_zeile, "Windows-1252"
    elif angabe == "windows-1252" and datei.kodierung != "windows-1252":
        ende = b"\r" if datei.zeilenende == "cr" else b"\n"
        gefunden, vorher = "UTF-8", 0
        with datei.pfad.open("rb") as f:
            while zeile is None and (stueck := f.read(1 << 22)):
                if not stueck.isascii():
                    erstes = re.search(rb"[\x80-\xff]", stueck)
                    zeile = 1 + vorher + stueck[: erstes.start() if erstes else 0].count(ende)
                vorher += stueck.count(ende)
    if zeile is not None:
        raise LieferungAbgewiesen(
            [fehler(Code.kodierung, name, f"Zeile {zeile}", f"die Datei ist {gefunden}, kommune.yaml nennt {angabe} "
                    "(quellen.melderegister.format.kodierung)", "die Kodierung, die kommune.yaml nennt")]
        )  # fmt: skip


def check_shape(con: duckdb.DuckDBPyConnection, datei: Textdatei, layout: LineLayout) -> None:
    """Without a header the lines themselves must show that the layout is theirs: most of them have its form.

    Single lines of another form are rejected one by one; what most lines hold beyond the mapped columns is an unknown
    column and refuses the delivery. Raises: LieferungAbgewiesen.
    """
    form, anzahl = execute(con, "select felder_zahl, count(*) from getippt group by 1 order by 2 desc, 1 limit 1")[0]
    if form == layout.felder_erwartet or not layout.bruch:
        return
    fest = layout.felder == "null"
    name, was = datei.pfad.name, f"{anzahl} von {datei.zeilen - layout.kopfzeilen} Zeilen"
    if form > layout.felder_erwartet:
        stellen = [f"{f.von}–{f.bis}" for f in layout.fremde_zeichen]
        wo = f"außerhalb der Felder Text (Zeichen {', '.join([*stellen, 'hinter dem letzten Feld'])})"
        mehr = wo if fest else f"{form} Felder, zugeordnet oder ignoriert sind {layout.felder_erwartet}"
        befund = fehler(Code.spalte_unbekannt, name, "", f"{was} haben {mehr}; unbekannte Spalten dürfen nicht eingelesen "
                        "werden (Datensparsamkeit)", "nur Spalten, die unter quellen.melderegister.spalten oder ignorieren "
                        "stehen")  # fmt: skip
    elif fest:
        befund = fehler(
            Code.spalte_fehlt, name, "", f"{was} sind kürzer als die Felder in kommune.yaml", layout.bruch[1]
        )
    elif form == UNTEILBAR:
        befund = fehler(Code.feldzahl, name, "", f"{was} haben eine Anführung, die nicht aufgeht", layout.bruch[1])
    else:
        befund = fehler(Code.spalte_fehlt, name, "", f"{was} haben {form} Felder", layout.bruch[1])
    raise LieferungAbgewiesen([replace(befund, draussen=befund.was.replace(was, "die meisten Zeilen"))])
