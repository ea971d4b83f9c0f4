"""Random register rows that combine every clue with every gap: a seeded source for comparing two implementations.

Belongs here: values and links the canonical extract allows, chosen for their borders, not for being likely. Does not
belong here: realistic populations (pipelines/demo/extract.py).
"""

import numpy as np

from schemas.spalten.person import AUSZUGSSPALTEN

STAATEN_GEBURT = ("", "", "", "000", "163", "475", "129", "152", "159", "160", "162", "164", "142", "154", "444", "998",
                  "999")  # fmt: skip
ZUZUG = ("", "", "", "31.12.1949", "01.01.1950", "1950-01-01", "00.00.1949", "00.00.1950", "00.12.1949", "00.01.1950",
         "00.00.0000", "31.12.1954", "01.01.1955", "31.12.1955", "01.01.1956", "01.06.1990", "2015-09-01")  # fmt: skip
GEBURT = (
    "31.12.1949", "01.01.1950", "00.00.1949", "00.00.1950", "31.12.1954", "01.01.1955", "31.12.1955", "01.01.1956",
    "12.05.1938", "1940-02-29", "15.06.1960", "03.03.1975",
    "31.12.1989", "01.01.1990", "31.12.1999", "01.01.2000", "00.00.1999", "29.02.2004", "00.00.2005", "31.12.2005",
    "01.01.2006", "2006-01-01", "00.12.2005", "00.01.2006", "15.06.2012", "2019-11-30", "31.12.2023", "00.00.0000", "",
)  # fmt: skip
NATION_1 = ("000", "000", "000", "000", "163", "152", "120", "997", "998", "999")
NATION_MEHR = ("", "", "", "", "000", "163", "129", "910", "997", "998", "999")
ART = ("", "", "", "unbekannt", "geburt", "einbuergerung", "aussiedler", "option", "erklaerung", "sonstiges")
WOHNUNG = ("alleinige",) * 12 + ("haupt",) * 6 + ("neben",)
BEWEGUNG = ("",) * 30 + ("30.12.2023", "31.12.2023", "00.00.2023", "00.12.2023", "01.01.2024")
STERBEN = ("",) * 30 + ("30.12.2023", "31.12.2023", "00.00.2023")
SCHLICHT = 0.4  # share without any clue: else nearly every parent would count
MINDERJAEHRIG = 0.3
HAUSHALT = 5  # persons a household: parents are looked for here first, so chains and siblings arise


def zufallspersonen(anzahl: int, saat: int) -> list[dict[str, str]]:
    """Rows of a canonical extract; parents are any other rows, near or far, the same twice, or pids nobody has."""
    rng = np.random.default_rng(saat)

    def wahl(werte: tuple[str, ...]) -> list[str]:
        return [werte[i] for i in rng.integers(0, len(werte), anzahl)]

    haus = np.arange(anzahl) // HAUSHALT
    umzug = rng.random(anzahl)
    spalten: dict[str, list[str]] = {
        "pid": [f"P{n}" for n in range(anzahl)],
        "wohnungsstatus": wahl(WOHNUNG),
        "geburtsdatum": wahl(GEBURT),
        "geschlecht": wahl(("m", "w", "d", "x")),
        "sta_1": wahl(NATION_1),
        "sta_2": wahl(NATION_MEHR),
        "sta_3": wahl(NATION_MEHR),
        "art_dt_sta": wahl(ART),
        "geburtsort": wahl(("Ort", "")),
        "geburtsstaat": wahl(STAATEN_GEBURT),
        "zuzug_staat": wahl(("", "000", "129", "163")),
        "zuzug_datum_ausland": wahl(ZUZUG),
        "einzug_datum": wahl(BEWEGUNG),
        "auszug_datum": wahl(("",) * 60 + ("30.12.2024", "31.12.2023", "01.01.2024")),
        "sterbe_datum": wahl(STERBEN),
        "elternteil_1_pid": _eltern(rng, haus),
        "elternteil_2_pid": _eltern(rng, haus),
        "adresse_id": [
            "" if u < 0.03 else f"A{h}" if u < 0.85 else f"B{n}"
            for n, (h, u) in enumerate(zip(haus, umzug, strict=True))
        ],
        "gebiet_id": wahl(("01", "02", "")),
    }
    for n in np.flatnonzero(rng.random(anzahl) < SCHLICHT):
        for spalte in ("sta_2", "sta_3", "art_dt_sta", "geburtsstaat"):
            spalten[spalte][n] = ""
        spalten["sta_1"][n], spalten["geburtsort"][n] = "000", "Ort"
    for n in np.flatnonzero(rng.random(anzahl) < MINDERJAEHRIG):
        spalten["geburtsdatum"][n] = "15.06.2012"
    gleich = rng.random(anzahl) < 0.03
    zweiter = zip(gleich, spalten["elternteil_1_pid"], spalten["elternteil_2_pid"], strict=True)
    spalten["elternteil_2_pid"] = [e1 if g else e2 for g, e1, e2 in zweiter]
    # A person who moved out on a day before moving in would be set aside as faulty.
    bewegung = zip(spalten["einzug_datum"], spalten["auszug_datum"], strict=True)
    spalten["auszug_datum"] = ["" if einzug else auszug for einzug, auszug in bewegung]
    assert list(spalten) == list(AUSZUGSSPALTEN)
    return [dict(zip(spalten, werte, strict=True)) for werte in zip(*spalten.values(), strict=True)]


def _eltern(rng: np.random.Generator, haus: np.ndarray) -> list[str]:
    """A parent's pid each: none, nobody's, one of the own household, or anybody's; never one's own."""
    anzahl = len(haus)
    art = rng.random(anzahl)
    nah = haus * HAUSHALT + rng.integers(0, HAUSHALT, anzahl)
    fern = rng.integers(0, anzahl, anzahl)
    ziel = np.where(art < 0.75, np.minimum(nah, anzahl - 1), fern)
    return [
        "" if a < 0.2 or z == n else f"fehlt{n}" if a > 0.97 else f"P{z}"
        for n, (a, z) in enumerate(zip(art, ziel, strict=True))
    ]
