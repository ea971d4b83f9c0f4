"""A small invented folder of an open indicator site (three indicators, three areas, metadata), and ways to break it.

Belongs here: the folder and its changes. Does not belong here: what is found in it (unit/eingang/open_sdg).
"""

from collections.abc import Callable
from pathlib import Path

import duckdb

from pipelines.eingang.open_sdg.check_folder import check_folder
from pipelines.foundation.findings import Befund

JAHRE = range(2016, 2022)


GEBIETE = [("K99101", "Auenfeld, Stadt"), ("K99102", "Birkental (Oldb), Stadt"), ("K99151", "Dornwald"),
           ("K99152", "Erlengrund"), ("K991", "Region Auen")]  # fmt: skip


MH = ["mit Migrationshintergrund", "ohne Migrationshintergrund"]


BOM = "\ufeff"


VERBINDUNG = duckdb.connect(config={"threads": 1})  # one for all tests: opening takes longer than a check


def anzahlen() -> list[list[str]]:
    """Counts by sex with a total row (empty cell) for each area and year, multiples of 5."""
    zeilen = [["Year", "Gebietseinheit", "Geschlecht", "GeoCode", "Units", "COMMENT_OBS", "Value"]]
    for jahr in JAHRE:
        for nr, (code, name) in enumerate(GEBIETE):
            m, w = 400 + 35 * nr + 10 * (jahr - 2016), 380 + 20 * nr + 5 * (jahr - 2016)
            zeilen += [
                [str(jahr), name, g, code, "Anzahl", "", str(wert)]
                for g, wert in (("männlich", m), ("weiblich", w), ("", m + w))
            ]
    return zeilen


def anteile(nummer: int) -> list[list[str]]:
    """Shares by Migrationshintergrund and age group; the second file's codes carry another layer's letters."""
    zeilen = [
        ["Year", "Gebietseinheit", "Altersgruppe", "Migrationsstatus", "GeoCode", "Units", "COMMENT_OBS", "Value"]
    ]
    for jahr in JAHRE:
        for nr, (code, name) in enumerate(GEBIETE):
            for k, alter in enumerate(("unter 18 Jahren", "18 bis unter 65 Jahren")):
                for j, status in enumerate(MH):
                    wert = f"{10 + nr + 3 * k + 7 * j + (jahr - 2016) * 0.4 + nummer:.1f}"
                    bemerkung = "gesperrt" if (jahr, nr, j) == (2018, 2, 0) else ""
                    zeilen.append(
                        [str(jahr), name, alter, status, code.replace("K", "RH" if nummer == 2 else "K"), "Prozent",
                         bemerkung, wert]
                    )  # fmt: skip
    return zeilen


def write(datei: Path, zeilen: list[list[str]], bom: bool = True) -> None:
    text = "\n".join(",".join(f'"{f}"' if "," in f else f for f in z) for z in zeilen) + "\n"
    datei.write_text((BOM if bom else "") + text, encoding="utf-8")


def write_meta(datei: Path, **weitere: str) -> None:
    angaben = {"indicator_number": datei.stem.replace("-", "."), "graph_type": "line", "precision": "1",
               "data_footnote": "Erfundene Zahlen"} | weitere  # fmt: skip
    datei.write_text("---\n" + "".join(f"{s}: {w}\n" for s, w in angaben.items() if w) + "---\n", encoding="utf-8")


Aenderung = Callable[[list[list[str]]], object]


class Ordner:
    """The sound folder and ways to break it."""

    def __init__(self, pfad: Path):
        self.pfad = pfad
        (pfad / "data").mkdir()
        (pfad / "meta").mkdir()
        self.inhalt = {"1-1-1": anzahlen(), "1-1-2": anteile(1), "1-2-1": anteile(2)}
        for nummer, zeilen in self.inhalt.items():
            write(self.daten(nummer), zeilen)
            write_meta(self.meta(nummer))

    def daten(self, nummer: str) -> Path:
        return self.pfad / "data" / f"indicator_{nummer}.csv"

    def meta(self, nummer: str) -> Path:
        return self.pfad / "meta" / f"{nummer}.md"

    def change(self, nummer: str, aenderung: Aenderung) -> None:
        """Line n of the file is zeilen[n - 1]."""
        zeilen = [list(z) for z in self.inhalt[nummer]]
        aenderung(zeilen)
        write(self.daten(nummer), zeilen)

    def befunde(self) -> list[Befund]:
        return check_folder(self.pfad, VERBINDUNG).befunde

    def only(self) -> Befund:
        befunde = self.befunde()
        assert len(befunde) == 1, [b.text() for b in befunde]
        return befunde[0]


def set_value(zeile: int, feld: int, wert: str) -> Aenderung:
    return lambda zeilen: zeilen[zeile - 1].__setitem__(feld - 1, wert)


def replace(alt: str, neu: str, nur: Callable[[list[str]], bool] = lambda z: True) -> Aenderung:
    def aenderung(zeilen: list[list[str]]) -> None:
        for z in zeilen:
            if nur(z):
                z[:] = [neu if f == alt else f for f in z]

    return aenderung
