"""`docs/indikatoren.md` from the catalogue; `--pruefen` fails if the file is not current.

Belongs here: the page for people who choose indicators or read their figures. Does not belong here: any definition; those
stand in data/raw/referenz/indikatoren.yaml.
"""

import sys
from collections.abc import Iterable

from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.stamm.katalog.filter import gruppengrenzen
from pipelines.stamm.katalog.herleitung import FromLieferung, Massnahmen, Rechnung, Register, Segregation, Wuerfel
from pipelines.stamm.katalog.katalog import Indikator, Katalog, fehlende_grenzen
from pipelines.stamm.katalog.konzeptbezug import check_handlungsfelder
from pipelines.stamm.katalog.load import load_katalog
from pipelines.stamm.kommune import ALTERSGRUPPEN
from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.konzept.models import Konzept
from schemas.page import write_or_compare

ZIEL = WURZEL / "docs" / "indikatoren.md"

RICHTUNG = {"hoch": "↑ mehr ist besser", "niedrig": "↓ weniger ist besser", "neutral": "○ neutral, kein Urteil"}
EINHEIT = {
    "anzahl": "Anzahl", "prozent": "Prozent", "promille": "je 1.000", "jahre": "Jahre", "verhaeltnis": "Verhältniszahl",
    "index": "Index 0–1", "punkte": "Prozentpunkte", "euro": "Euro", "quadratmeter": "Quadratmeter", "je_100000": "je 100.000",
}  # fmt: skip
GLIEDERUNG = {
    "geschlecht": "Geschlecht", "altersgruppe": "Altersgruppe", "staatsangehoerigkeit": "deutsch/ausländisch",
    "migrationshintergrund": "mit/ohne Migrationshintergrund", "herkunft": "Herkunft oder Staatsangehörigkeit",
    "gebiet": "Gebiet",
}  # fmt: skip
PERIODE = {
    "monatlich": "monatlich", "halbjaehrlich": "halbjährlich", "jaehrlich": "jährlich", "schuljahr": "je Schuljahr",
    "vierjaehrlich": "alle vier Jahre", "wahlperiode": "je Wahlperiode",
}  # fmt: skip
GRUPPE = {
    "insgesamt": "insgesamt", "auslaender": "Ausländerinnen und Ausländer", "deutsche": "Deutsche",
    "mit_mh": "mit Migrationshintergrund", "ohne_mh": "ohne Migrationshintergrund",
}  # fmt: skip

EINLEITUNG = """\
# Indikatorenkatalog

Erzeugt mit `make doku` aus `data/raw/referenz/indikatoren.yaml`; nicht von Hand ändern. {zahl} Indikatoren beschreiben den
Stand der Integration, {prozess} die Arbeit am Konzept. Der Katalog sagt, was gemessen werden kann; was eine Kommune davon hat,
steht in ihren Lieferungen.

## Wie der Katalog zu lesen ist

- **Immer beide Gruppen.** Ein Wert für Personen mit Migrationshintergrund oder ohne deutsche Staatsangehörigkeit steht nie
  allein; Fortschritt heißt, dass er besser wird und schneller besser wird als der Wert der Vergleichsgruppe.
- **Nach Geschlecht.** Wo »nicht verfügbar« steht, gibt die Quelle es nicht her; die Angabe fehlt nicht aus Versehen.
- **Vorschlag** steht bei allem, was dieses Projekt vorschlägt und keine Quelle bestätigt: jede Zuordnung zu einem Handlungsfeld,
  jede Schwelle und jede Formel ohne öffentliches Vorbild.
- **Kein Urteil** gibt es bei neutralen Indikatoren, bei Nennern unter dem Mindestnenner und über einen Bruch, eine Lücke durch
  Geheimhaltung oder einen Wechsel der Quelle hinweg.
- **Relevanz** ist die kleinste Änderung, die zählt. {herkunft}

Kürzel der Vorbilder: {vorbilder}.
"""


def _zelle(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _tabelle(kopf: list[str], zeilen: Iterable[list[str]]) -> str:
    alle = [kopf, ["---"] * len(kopf), *zeilen]
    return "\n".join("| " + " | ".join(_zelle(z) for z in zeile) + " |" for zeile in alle) + "\n"


def _zahl(wert: float) -> str:
    return f"{wert:g}".replace(".", ",")


def _felder(i: Indikator) -> str:
    felder = [f"{', '.join(codes)} (`{fassung}`)" for fassung, codes in i.handlungsfelder.items()]
    alles = [*(["Rahmen aller Handlungsfelder"] if i.rahmen else []), *felder]
    return "; ".join(alles) + (" – Vorschlag" if felder and i.zuordnung_vorschlag else "") if alles else "keinem"


def _groesse(merkmal: str, filter_: str) -> str:
    return f"`{merkmal}`" + (f" mit `{filter_}`" if filter_ else "")


def _grenzen(i: Indikator) -> str:
    """Which age borders of a filter are none of the default groups, and what follows for publication."""
    if not isinstance(i.herleitung, Wuerfel) or not i.herleitung.grenzen:
        return ""
    fehlt = fehlende_grenzen(i, ALTERSGRUPPEN)
    if not fehlt:
        return ""
    return f"; gerundet und ohne Zähler und Nenner, wo {', '.join(map(str, fehlt))} keine Grenze der Altersgruppen ist"


def _herleitung(i: Indikator) -> str:
    h = i.herleitung
    match h:
        case Wuerfel():
            text = f"aus dem Melderegister: {_groesse(h.zaehler.merkmal, h.zaehler.filter)}"
            text += f" / {_groesse(h.nenner.merkmal, h.nenner.filter)} × {_zahl(h.faktor)}" if h.nenner else ""
            einzeln = "; für die Kommune aus den gezeigten Altersjahren, mit beiden" if h.registerreihe else ""
            return text + (", je Staatsangehörigkeit" if h.je else "") + _grenzen(i) + einzeln
        case Segregation():
            gruppen = ", ".join(f"`{g}`" for g in h.gruppen)
            return f"aus dem Melderegister über alle Gebiete, für {gruppen}; ab {h.mindestgebiete} Gebieten (Vorschlag)"
        case FromLieferung():
            teile = f" oder aus `{h.zaehler}`" + (f" / `{h.nenner}`" if h.nenner else "") if h.zaehler else ""
            lieferung = f"Merkmal `{h.merkmal}`{teile}" + (" des Vorjahres" if h.nennerversatz else "")
            if h.registerreihe:
                return (
                    f"aus geschützten Tabellen des Melderegisters; ohne Auszüge als Lieferung der Kommune: {lieferung}"
                )
            return f"Lieferung der Kommune: {lieferung}"
        case Rechnung():
            return f"Rechnung: `{h.formel}`"
        case Register():
            return f"noch nicht gerechnet, bis dahin als Lieferung (`{i.id}`). {h.grund}"
        case Massnahmen():
            return f"aus `marts.{h.tabelle}`"


def _schwellen(katalog: Katalog, i: Indikator) -> str:
    r = katalog.relevanz(i)
    einheit = {"prozent": "Prozentpunkte"}.get(i.einheit, EINHEIT[i.einheit])
    teile = [f"Relevanz ab {_zahl(r.wert)} {einheit if r.art == 'absolut' else '% Änderung'} (Vorschlag)"]
    if nenner := katalog.mindestnenner(i):
        woher = "Vorschlag" if i.mindestnenner is None else "Regel der Quelle"
        teile.append(f"Nenner ab {nenner:,} ({woher})".replace(",", "."))
    if i.mindestzaehler:
        teile.append(f"Zähler ab {i.mindestzaehler} (Regel der Quelle)")
    return ", ".join(teile)


def _eintrag(katalog: Katalog, i: Indikator) -> str:
    tag = f", Stichtag {i.stichtag[3:]}.{i.stichtag[:2]}." if i.stichtag else ""
    gruppe = GRUPPE[i.hauptgruppe]
    if i.vergleichsgruppe:
        gruppe += f"; daneben: {GRUPPE[i.vergleichsgruppe]}"
    vorbild = ", ".join(i.vorbild) or "keines"
    punkte = [
        ("Zähler", i.zaehler),
        ("Nenner", i.nenner or "keiner"),
        ("Einheit und Richtung", f"{EINHEIT[i.einheit]}; {RICHTUNG[i.richtung]}"),
        ("Gruppe", gruppe),
        ("Gliederungen", ", ".join(GLIEDERUNG[g] for g in i.gliederungen) or "keine"),
        ("Nach Geschlecht", "ja" if "geschlecht" in i.gliederungen else "nicht verfügbar"),
        ("Quelle", ", ".join(katalog.quellen[q] for q in i.quelle) + f" ({PERIODE[i.periodizitaet]}{tag})"),
        ("Handlungsfelder", _felder(i)),
        ("Vorbild", vorbild + ("; die Formel ist ein Vorschlag" if i.formel_vorschlag else "")),
        ("Schwellen", _schwellen(katalog, i)),
        ("Herleitung", _herleitung(i)),
    ]
    text = f"### {i.name}\n\n`{i.id}` · {i.definition}\n\n"
    text += "\n".join(f"- **{name}:** {wert}" for name, wert in punkte) + "\n"
    if i.hinweise:
        text += "\nDaneben gehört:\n\n" + "\n".join(f"> - {katalog.hinweise[h]}" for h in i.hinweise) + "\n"
    return text


def _uebersicht(katalog: Katalog) -> str:
    """How many indicators of each theme the register gives, and how many a town must deliver."""
    zeilen = []
    for code, name in katalog.themen.items():
        eintraege = [i for i in katalog.indikatoren if i.thema == code]
        arten = [h.weg if isinstance(h := i.herleitung, FromLieferung) else h.art for i in eintraege]
        gruppen = (("wuerfel", "segregation", "registerreihe"), ("rechnung", "massnahmen"))
        zahlen = [sum(a in gruppe for a in arten) for gruppe in gruppen]
        rest = len(arten) - sum(zahlen)
        zeilen.append([name, *(str(z) if z else "–" for z in (len(arten), *zahlen, rest))])
    return "## Übersicht\n\n" + _tabelle(
        ["Thema", "Indikatoren", "aus dem Register", "aus anderen Zahlen", "als Lieferung"], zeilen
    )


def _nach_feldern(katalog: Katalog, konzepte: list[Konzept]) -> str:
    """Which indicators belong to which field of which version; fields without one are named as such."""
    teile = ["## Nach Handlungsfeldern\n\nJede Zuordnung ist ein Vorschlag dieses Projekts.\n"]
    genannt = {f for i in katalog.indikatoren for f in i.handlungsfelder}
    for fassung in (f for k in konzepte for f in k.konzepte if f.konzept in genannt):
        zeilen = []
        for feld in fassung.handlungsfelder:
            ids = [f"`{i.id}`" for i in katalog.indikatoren if feld.code in i.handlungsfelder.get(fassung.konzept, ())]
            zeilen.append([f"{feld.code} {feld.name}", ", ".join(ids) or "keiner"])
        teile.append(
            f"**{fassung.titel}** (`{fassung.konzept}`)\n\n" + _tabelle(["Handlungsfeld", "Indikatoren"], zeilen)
        )
    return "\n".join(teile)


def indikatorenseite() -> str:
    """The whole page as Markdown; themes and entries in the order of the catalogue.

    Raises: KonfigurationsFehler if the catalogue or its mapping to the concepts is wrong.
    """
    ablage = Ablage(WURZEL / "data")
    katalog = load_katalog(ablage)
    ordner = sorted(p.parent for p in ablage.roh.glob("*/konzept.yaml"))
    konzepte = [k for k in map(load_konzept, ordner) if k]
    check_handlungsfelder(katalog, konzepte)
    prozess = sum(i.prozess for i in katalog.indikatoren)
    einleitung = EINLEITUNG.format(
        zahl=len(katalog.indikatoren) - prozess, prozess=prozess, herkunft=katalog.vorgaben.herkunft,
        vorbilder="; ".join(f"**{k}** {v}" for k, v in katalog.vorbilder.items()),
    )  # fmt: skip
    grenzen = ", ".join(map(str, sorted(gruppengrenzen(ALTERSGRUPPEN) - {0})))
    teile = [einleitung, f"Grenzen der vorgegebenen Altersgruppen: {grenzen}.\n", _uebersicht(katalog)]
    teile.append(_nach_feldern(katalog, konzepte))
    for code, name in katalog.themen.items():
        teile.append(f"## {name}\n")
        teile += [_eintrag(katalog, i) for i in katalog.indikatoren if i.thema == code]
    return "\n".join(teile)


if __name__ == "__main__":
    sys.exit(write_or_compare(ZIEL, indikatorenseite, sys.argv[1:]))
