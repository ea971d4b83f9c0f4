"""Header of a sheet + layout → which column is which.

Belongs here: finding the columns a layout names, by header text or position. Does not belong here: what stands above each column
(header_paths.py), where the table ends (footer.py), and the rows below.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.eingang.grid.mojibake import check_mojibake
from pipelines.eingang.grid.sheet import ZELLADRESSE, spaltennummer
from pipelines.eingang.grid.workbook import Blatt
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.dates import check_days, check_future, check_years
from pipelines.eingang.tabelle.footer import find_ende
from pipelines.eingang.tabelle.header_check import als_lage, check_lage
from pipelines.eingang.tabelle.header_paths import HeaderPaths, kopfpfade
from pipelines.eingang.tabelle.labels import UEBERGANGEN, Woerterbuch, WortUnbekannt
from pipelines.eingang.tabelle.structure import check_structure
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.names import clean
from pipelines.foundation.patterns import Muster
from pipelines.foundation.yaml_file import aehnlich
from pipelines.stamm.quellen.layout import BESCHRIFTUNGEN, DIMENSIONEN, Layout
from pipelines.stamm.quellen.layout_columns import FEHLT_IN_DIESEM_JAHR, Wertspalte
from pipelines.stamm.quellen.time_label import IN_DER_DATEI, tag_von
from schemas.spalten.common import INSGESAMT

KOPF_GESUCHT = 50  # rows in which a header that slipped is looked for


@dataclass(frozen=True)
class Figur:
    """A column of figures (positions from 0) and what holds for all its cells."""

    spalte: int
    kennzeichen: int | None
    fest: dict[str, str]
    stichtag: date | None = None


@dataclass
class Spaltenplan:
    """Positions of labels and figures, first row of data, first row after it, and the day if it is the same for all."""

    labels: dict[str, tuple[int, ...]]
    figuren: list[Figur]
    daten_ab: int
    ende: int
    stichtag: date
    befunde: list[Befund] = field(default_factory=list)
    bemerkung: int | None = None  # what the file itself says of the figures of a row

    @property
    def dimensionen(self) -> list[str]:
        return [d for d in DIMENSIONEN if d in self.labels]


def plan_columns(blatt: Blatt, layout: Layout, lieferung: Lieferung, datei: str, staaten: Path) -> Spaltenplan:
    """Find every column of the layout. Raises: LieferungAbgewiesen naming each one that is missing or ambiguous."""
    planer = _Planer(blatt, layout, lieferung, datei, Woerterbuch(layout, staaten))
    plan = planer.plan()
    if planer.fehler:
        raise LieferungAbgewiesen(planer.fehler)
    return plan


class _Planer:
    def __init__(self, blatt: Blatt, layout: Layout, lieferung: Lieferung, datei: str, woerter: Woerterbuch):
        self.blatt, self.layout, self.lieferung, self.datei = blatt, layout, lieferung, datei
        self.woerter = woerter
        self.kopf = HeaderPaths(blatt, layout)
        self.fehler: list[Befund] = []
        self.hinweise: list[Befund] = []
        self.nach_lage: dict[int, str] = {}  # column read by its position → where the layout says so

    def plan(self) -> Spaltenplan:
        stichtag = self._stichtag()
        labels = {
            name: tuple(s for wahl in folge if (s := self._spalte(wahl, f"spalten.{name}", stichtag)) is not None)
            for name, folge in self.layout.spalten.items()
            if name in BESCHRIFTUNGEN and name not in ("wert", "kennzeichen", "bemerkung")
        }
        if self.layout.zeit and self.layout.zeit.spalte is not None:
            s = self._spalte(self.layout.zeit.spalte, "zeit.spalte", stichtag)
            labels["zeit"] = (s,) if s is not None else ()
        wahl = self.layout.spalten.get("bemerkung")
        bemerkung = self._spalte(wahl[0], "spalten.bemerkung", stichtag) if wahl else None
        figuren = [f for f in map(self._mit_staat, self._figuren(stichtag)) if f is not None]
        if not figuren and not self.fehler:
            self._tell(Code.spalte_fehlt, "keine Spalte mit Zahlen gefunden", "mindestens eine Spalte unter werte")
        erste = (self.layout.daten_ab or max((*self.layout.kopfzeilen(), 0)) + 1) - 1
        ende, unter_dem_fuss = find_ende(self.blatt, self.layout, self.datei, erste, {f.spalte for f in figuren})
        self.hinweise += unter_dem_fuss
        self._ungelesen(labels, figuren, bemerkung)
        self.fehler += check_days(
            self.blatt, self.layout, self.lieferung.stichtag, self.datei, erste, ende,
            [f.spalte for f in figuren if f.stichtag is None], [s for folge in labels.values() for s in folge],
        )  # fmt: skip
        zahlen = {f.spalte: f.fest for f in figuren}
        lagen = {s: als_lage(wo, zahlen.get(s)) for s, wo in self.nach_lage.items() if not wo.endswith("kennzeichen")}
        lage = check_lage(self.blatt, self.layout, self.datei, self._ueberschriften(set(zahlen)), lagen, erste, ende)
        self.fehler += [b for b in lage if b.schwere is Schwere.fehler]
        self.hinweise += [b for b in lage if b.schwere is not Schwere.fehler]
        self.fehler += check_future(self.layout, self.lieferung.stichtag, self.datei)
        aufbau = check_structure(self.blatt, self.layout, self.datei, self.kopf.voll, set(self.nach_lage))
        self.fehler += [b for b in aufbau if b.schwere is Schwere.fehler]
        self.hinweise += [b for b in aufbau if b.schwere is not Schwere.fehler]
        umlaute = check_mojibake(self.blatt, self.datei, ende)
        self.fehler += [b for b in umlaute if b.schwere is Schwere.fehler]
        self.hinweise += [b for b in umlaute if b.schwere is not Schwere.fehler]
        self.hinweise += check_years(self.blatt, self.layout, self.lieferung.stichtag, self.datei, erste)
        gefunden = {n: s for n, s in labels.items() if s}
        return Spaltenplan(gefunden, figuren, erste, ende, stichtag, self.hinweise, bemerkung)

    def _ueberschriften(self, zahlen: set[int]) -> list[list[str]]:
        """Header levels of each column without titles: one cell alone, above no figures, says what the whole table is of."""
        zeilen = []
        for z in self.layout.kopfzeilen():
            reihe = self.blatt.werte[z - 1] if z <= len(self.blatt.werte) else []
            gefuellt = [s for s, w in enumerate(reihe) if w != ""]
            if len(gefuellt) > 1 or zahlen.intersection(gefuellt):
                zeilen.append(z)
        return kopfpfade(self.blatt, tuple(zeilen))

    def _tell(self, code: Code, was: str, erwartet: str, vorschlag: str | None = None) -> None:
        zeilen = self.layout.kopfzeilen()
        ort = f"Zeile {zeilen[0]}" + (f"–{zeilen[-1]}" if len(zeilen) > 1 else "") + " (Kopfzeile)" if zeilen else ""
        blatt = f'Blatt "{self.blatt.name}", ' if self.blatt.name else ""
        self.fehler.append(
            Befund(code, Schwere.fehler, self.datei, (blatt + ort).strip(", "), was, erwartet, vorschlag=vorschlag)
        )

    def _spalte(self, wahl: Any, wo: str, stichtag: date) -> int | None:
        if isinstance(wahl, dict):
            passend = [w for jahr, w in wahl.items() if jahr <= stichtag.year]
            wahl = passend[-1] if passend else FEHLT_IN_DIESEM_JAHR
        if wahl == FEHLT_IN_DIESEM_JAHR:
            return None
        breite = len(self.kopf.pfade)
        if isinstance(wahl, int):
            if wahl <= breite:
                self.nach_lage[wahl - 1] = wo
                return wahl - 1
            self._tell(Code.spalte_fehlt, f"die Spalte {wahl} gibt es nicht; die Tabelle hat {breite}",
                        f"eine Position bis {breite} (Layout {self.layout.id}, {wo})")  # fmt: skip
            return None
        treffer = self.kopf.find(wahl)
        if len(treffer) == 1:
            return treffer[0]
        if treffer:
            mehr = "; ".join(f"{s + 1}: »{self.kopf.titel(s)}«" for s in treffer[:6])
            self._tell(Code.spalte_doppelt, f"die Spalte »{wahl}« steht mehrfach in der Kopfzeile ({mehr})",
                        f"den ganzen Pfad der Überschrift oder die Position nennen (Layout {self.layout.id}, {wo})")  # fmt: skip
            return None
        titel = [t for t in self.kopf.voll if t]
        nah = aehnlich(wahl, [*titel, *{t for p in self.kopf.pfade for t in p}])
        vorhanden = ", ".join(f"»{t}«" for t in titel[:20]) + (" …" if len(titel) > 20 else "") or "keine"
        self._tell(
            Code.spalte_fehlt, f"die Spalte »{wahl}« steht nicht in der Kopfzeile; vorhanden: {vorhanden}",
            f"genau eine Spalte »{wahl}« (kommune.yaml, {self.layout.id}, {wo})",
            self._slipped(wahl)
            or (f"ist »{nah}« gemeint? Dann im Layout {{Jahr: Überschrift}} ergänzen" if nah else None),
        )  # fmt: skip
        return None

    def _slipped(self, name: str) -> str | None:
        """Where a label stands that is not in the header: the header lies in another row than the layout says."""
        for z, reihe in enumerate(self.blatt.werte[:KOPF_GESUCHT]):
            if z + 1 not in self.layout.kopfzeilen() and any(clean(str(w)) == name for w in reihe):
                soll = ", ".join(map(str, self.layout.kopfzeilen())) or "keine"
                return (f"»{name}« steht in Zeile {z + 1}: die Kopfzeile ist wohl verrutscht (laut Layout Zeile {soll}); die "
                        f"Tabelle zurückschieben oder kopfzeile: {z + 1} setzen")  # fmt: skip
        return None

    def _mit_staat(self, figur: Figur) -> Figur | None:
        """A figure whose column is of one nationality: its name becomes a key, as in a column of nationalities.

        None if the layout passes it over, or nobody knows the name (then a finding says so).
        """
        name = figur.fest["staat"]
        if name == INSGESAMT:
            return figur
        try:
            dimension, wert = self.woerter.bedeutung("staat", name)
        except WortUnbekannt as grund:
            titel = self.kopf.titel(figur.spalte)
            self._tell(
                Code.wort_unbekannt, f"Spalte {figur.spalte + 1} »{titel}«: {grund}", grund.erlaubt, grund.vorschlag
            )
            return None
        if wert == UEBERGANGEN:
            return None
        return replace(figur, fest={**figur.fest, "staat": INSGESAMT, dimension: wert})

    def _figuren(self, stichtag: date) -> list[Figur]:
        figuren = []
        if "wert" in self.layout.spalten:
            s = self._spalte(self.layout.spalten["wert"][0], "spalten.wert", stichtag)
            k = self.layout.spalten.get("kennzeichen")
            zeichen = self._spalte(k[0], "spalten.kennzeichen", stichtag) if k else None
            fest = {**dict.fromkeys(("geschlecht", "altersgruppe", "staat", "gruppe"), INSGESAMT), "groesse": "wert"}
            if "merkmal" not in self.layout.spalten:
                fest["merkmal"] = self.layout.woerter["merkmal"]["*"]
            if s is not None:
                figuren.append(Figur(s, zeichen, fest))
        kurz = [f"spalten.{n}" for n in self.layout.spalten if n not in BESCHRIFTUNGEN]
        namen = [*kurz, *(f"werte[{n}]" for n in range(len(self.layout.werte)))]
        for wo, wert in zip(namen, self.layout.wertspalten(), strict=True):
            if wert.muster:
                figuren += self._nach_muster(wert, wo)
                continue
            s = self._spalte(wert.spalte, wo, stichtag)
            zeichen = self._spalte(wert.kennzeichen, f"{wo}.kennzeichen", stichtag) if wert.kennzeichen else None
            if s is not None:
                figuren.append(Figur(s, zeichen, _fest(wert), wert.stichtag))
        return figuren

    def _nach_muster(self, wert: Wertspalte, wo: str) -> list[Figur]:
        figuren = []
        muster = Muster(wert.muster or "", f"{wo}.muster")
        for s, titel in enumerate(self.kopf.voll):
            treffer = muster.ganz(titel)
            if not treffer:
                continue
            teile = {n: t for n, t in treffer.groupdict().items() if t is not None}
            fest = _fest(wert)
            if "von" in teile:
                letzte = (
                    int(teile["bis"]) - 1 if "bis" in teile else int(teile["bis_mit"]) if "bis_mit" in teile else None
                )
                fest["altersgruppe"] = (
                    f"{int(teile['von']):02d}+" if letzte is None else f"{int(teile['von']):02d}-{letzte:02d}"
                )
            for name in ("geschlecht", "altersgruppe", "gruppe"):
                if name in teile:
                    try:
                        fest[name] = self.woerter.bedeutung(name, teile[name])[1]
                    except WortUnbekannt as grund:
                        self._tell(
                            Code.wort_unbekannt, f"Spalte {s + 1} »{titel}«: {grund}", grund.erlaubt, grund.vorschlag
                        )
            fest |= {name: teile[name] for name in ("staat", "gebiet") if name in teile}
            figuren.append(Figur(s, None, fest, wert.stichtag or _jahr(teile.get("jahr"), self.layout.tag)))
        if not figuren:
            self._tell(Code.spalte_fehlt, f"keine Spalte passt auf das Muster »{wert.muster}«",
                        f"mindestens eine (Layout {self.layout.id}, {wo})")  # fmt: skip
        return figuren

    def _stichtag(self) -> date:
        zeit = self.layout.zeit
        if zeit is None or zeit.zelle is None:
            return self.lieferung.stichtag
        treffer = ZELLADRESSE.fullmatch(zeit.zelle)
        assert treffer is not None
        z, s = int(treffer[2]) - 1, spaltennummer(treffer[1])
        roh = self.blatt.werte[z][s] if z < len(self.blatt.werte) and s < len(self.blatt.werte[z]) else ""
        if isinstance(roh, date):
            return roh
        text = Muster(zeit.muster, "zeit.muster").angabe(str(roh)) if zeit.muster else str(roh)
        tag = tag_von(text, zeit.form, zeit.tag)
        if tag is None:
            self.fehler.append(
                Befund(Code.datum, Schwere.fehler, self.datei, self.blatt.ort(z, s), f"»{roh}« ist keine Zeitangabe",
                       f"ein {zeit.form} (Layout {self.layout.id}, zeit)", zellen=(self.blatt.adresse(z, s),))
            )  # fmt: skip
            return IN_DER_DATEI
        return tag

    def _ungelesen(self, labels: dict[str, tuple[int, ...]], figuren: list[Figur], bemerkung: int | None) -> None:
        """Columns the layout does not mention: said once, because a new column may be what everybody waits for."""
        if self.layout.ignorieren == "*":
            return
        gelesen = {s for folge in labels.values() for s in folge} | {f.spalte for f in figuren}
        gelesen |= {f.kennzeichen for f in figuren if f.kennzeichen is not None}
        gelesen |= {bemerkung} if bemerkung is not None else set()
        offen = [
            t for s, t in enumerate(self.kopf.voll) if t and s not in gelesen and t not in self.layout.ignorieren
        ]  # fmt: skip
        if offen:
            namen = ", ".join(f"»{t}«" for t in offen[:8]) + (" …" if len(offen) > 8 else "")
            self.hinweise.append(
                Befund(Code.spalte_ungelesen, Schwere.hinweis, self.datei, "", f"nicht gelesen: {namen}",
                       "im Layout zugeordnet oder unter ignorieren genannt")
            )  # fmt: skip


def _fest(wert: Wertspalte) -> dict[str, str]:
    fest = {n: getattr(wert, n) for n in ("merkmal", "groesse", "geschlecht", "altersgruppe", "staat", "gruppe")}
    return {**fest, "gebiet": wert.gebiet} if wert.gebiet else fest


def _jahr(text: str | None, tag: str) -> date | None:
    return tag_von(text, "jahr", tag) if text else None
