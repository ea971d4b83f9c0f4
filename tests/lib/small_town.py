"""The smallest municipality that can be published: one table with its inhabitants.

Belongs here: its files. Does not belong here: building it (published.py).
"""

from pathlib import Path

import duckdb

YAML = """\
kommune: {kommune}
name: {name}
ags: "{ags}"
land: Schleswig-Holstein
profile: [{profil}]
veroeffentlichung: {{stichtage: ["*-12-31"]}}
schutz: {{mindestfallzahl: {mindestfallzahl}, mindestnenner: 100, begruendung: Vorgabe}}
quellen:
  tabellen:
    - id: t
      titel: Einwohner
      herkunft: Amt
      lizenz: dl-de/by-2-0
      bereits_veroeffentlicht: true
      datei: t_{{stichtag}}.{endung}
      spalten: {{gebiet: Gebiet, einwohner: Einwohner}}
{mehr}"""
TABELLE = "t_2024-12-31.csv"


def ort(
    daten: Path, kommune: str, nummer: int, wert: str = "1000", profil: str = "kosis_like", endung: str = "csv",
    mindestfallzahl: int = 5, mehr: str = "",
) -> Path:  # fmt: skip
    """Folder of a municipality with one table of its inhabitants; returns the folder."""
    ordner, ags, name = daten / "raw" / kommune, f"0100{nummer:04d}", kommune.title()
    (ordner / "tabellen").mkdir(parents=True)
    angaben = YAML.format(kommune=kommune, name=name, ags=ags, profil=profil, endung=endung, mehr=mehr,
                          mindestfallzahl=mindestfallzahl)  # fmt: skip
    (ordner / "kommune.yaml").write_text(angaben, encoding="utf-8")
    kopf = "gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis"
    (ordner / "gebiete.csv").write_text(f"{kopf}\n{ags};{name};gemeinde;;2024;;\n", encoding="utf-8")
    (ordner / "tabellen" / TABELLE).write_text(f"Gebiet;Einwohner\n{name};{wert}\n", encoding="utf-8")
    return ordner


def zahlen(daten: Path) -> dict[str, float | None]:
    """The published figure of each municipality."""
    with duckdb.connect(str(daten / "marts" / "integrationsmonitoring.duckdb"), read_only=True) as con:
        return dict(con.execute("select kommune, wert from marts.tabellenwert order by 1").fetchall())
