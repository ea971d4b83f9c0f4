"""Labels of a row → area, day, words.

Belongs here: what a row is of. Does not belong here: what labels mean in general (labels.py, gebiet_lookup.py), its figures
(cells.py), and what becomes of it (read.py).
"""

import re
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from pipelines.eingang.tabelle.cells import Zellenleser, als_text
from pipelines.eingang.tabelle.column_plan import Spaltenplan
from pipelines.eingang.tabelle.gebiet_lookup import Gebietsfinder
from pipelines.eingang.tabelle.labels import Woerterbuch, WortUnbekannt
from pipelines.foundation.findings import Befund, Code
from pipelines.foundation.patterns import Muster
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.quellen.time_label import tag_von

OHNE_KOMMUNE = "insgesamt"


class Beschriftung:
    """Reads the labels of a sheet's rows; those that are filled downwards are kept from row to row."""

    def __init__(self, leser: Zellenleser, plan: Spaltenplan, layout: Layout, kommune: Kommune | None, staaten: Path):
        self.leser, self.blatt, self.plan, self.layout = leser, leser.blatt, plan, layout
        self.woerter = Woerterbuch(layout, staaten)
        self.finder = Gebietsfinder(
            tuple(g for g in kommune.gebiete) if kommune else (), kommune.angaben.ags if kommune else OHNE_KOMMUNE,
            layout.summenzeilen(), layout.woerter.get("gebiet", {}), layout.fremde_gebiete == "ausserhalb",
        )  # fmt: skip
        self.gefuellt: dict[str, str] = {}
        self.ergaenzt: list[int] = []  # rows whose key got its leading zeros back
        self.gekuerzt: dict[int, tuple[str, str]] = {}  # rows found by the other form of their key: that and the area's
        self.zeitmuster = Muster(layout.zeit.muster, "zeit.muster") if layout.zeit and layout.zeit.muster else None

    def says_something(self, z: int) -> bool:
        """Whether a label of a row is one the layout knows: a day, an area of the list, a word."""
        labels = self.plan.labels
        if self.layout.zeit and "zeit" in labels and tag_von(self.roh(z, "zeit"), self.layout.zeit.form):
            return True
        if any(isinstance(w, str) and w and self.finder.knows(w) for w in self.blatt.werte[z]):
            return True
        for name in self.plan.dimensionen:
            if name != "gruppe" and (text := self.roh(z, name)):
                with suppress(WortUnbekannt):
                    self.woerter.bedeutung(name, text)
                    return True
        return not (self.finder.gebiete or "zeit" in labels) and self.blatt.felder[z] > 1 and not self.has_no_number(z)

    def has_no_number(self, z: int) -> bool:
        """Whether none of a row's cells of figures is a number: text below or above a table."""
        zellen = [self.blatt.werte[z][f.spalte] for f in self.plan.figuren if f.spalte < len(self.blatt.werte[z])]
        return not any(isinstance(w, int | float) or re.search(r"\d", str(w)) for w in zellen)

    def remember(self, z: int) -> None:
        """Keep the labels of a row that names what the rows below are of."""
        for name in self.layout.fuellen:
            if text := self.roh(z, name):
                self.gefuellt[name] = text

    def roh(self, z: int, name: str) -> str:
        """A label as it stands in its row."""
        reihe = self.blatt.werte[z]
        teile = [als_text(reihe[s]) if s < len(reihe) else "" for s in self.plan.labels[name]]
        return " | ".join(teile) if any(teile) else ""

    def text(self, z: int, name: str) -> str:
        """A label of a row, from above where the layout fills it downwards."""
        text = self.roh(z, name)
        if name in self.layout.fuellen:
            if not text:
                return self.gefuellt.get(name, "")
            self.gefuellt[name] = text
        return text

    def gebiet(self, z: int, fehler: list[Befund]) -> str | None:
        """The area of a row; None for one of somebody else, or with a finding in `fehler`."""
        labels = self.plan.labels
        if "gebiet" not in labels and "gebiet_id" not in labels:
            return self.finder.ags
        schluessel = self.text(z, "gebiet_id") if "gebiet_id" in labels else ""
        name = self.text(z, "gebiet") if "gebiet" in labels else ""
        treffer = self.finder.find(schluessel, name)
        for wort in ("gebiet_id", "gebiet"):
            s = labels[wort][0] if wort in labels else len(self.blatt.werte[z])
            if (
                s < len(self.blatt.werte[z])
                and isinstance(self.blatt.werte[z][s], date)
                and (treffer.fehler or treffer.fremd)
            ):
                fehler.append(self.leser.fehler(
                    Code.gebiet_unbekannt, z, s, f"»{self.text(z, wort)}« ist ein Datum; die Tabellenkalkulation hat es aus dem "
                    "Schlüssel oder Namen gemacht (etwa aus 10-1 oder 1.10)",
                    "die Spalte als Text formatieren und die Schlüssel neu eingeben",
                ))  # fmt: skip
                return None
        if treffer.fehler:
            s = labels["gebiet_id" if schluessel or "gebiet" not in labels else "gebiet"][0]
            fehler.append(
                self.leser.fehler(Code(treffer.code), z, s, treffer.fehler, treffer.erwartet, treffer.vorschlag)
            )
            return None
        if treffer.ergaenzt:
            self.ergaenzt.append(z)
        if treffer.gekuerzt and treffer.gebiet_id:
            self.gekuerzt[z] = schluessel, treffer.gebiet_id
        return None if treffer.fremd else treffer.gebiet_id

    def tag(self, z: int, fehler: list[Befund]) -> date:
        """The day of a row; any day with a finding in `fehler`."""
        zeit = self.layout.zeit
        if zeit is None or zeit.spalte is None:
            return self.plan.stichtag
        s = self.plan.labels["zeit"][0]
        rohwert = self.blatt.werte[z][s] if s < len(self.blatt.werte[z]) else ""
        if isinstance(rohwert, date):
            return rohwert
        text = self.text(z, "zeit")
        if self.zeitmuster:
            text = self.zeitmuster.angabe(text)
        tag = tag_von(text, zeit.form, zeit.tag)
        if tag is None or not tag.year >= 1900 or tag > date.today() + timedelta(days=366):
            formen = {"datum": "TT.MM.JJJJ", "jahr": "JJJJ", "monat": "JJJJMM", "schuljahr": "JJJJ/JJ"}
            fehler.append(self.leser.fehler(Code.datum, z, s, f"»{text}« ist keine Zeitangabe", formen[zeit.form]))
            return date.min
        return tag
