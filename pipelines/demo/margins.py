"""Reading demo.yaml and gebiete.csv: the margins that the invented persons must meet.

Belongs here: their checks and German messages. Does not belong here: what is made of them (population.py, clues.py).
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from pipelines.demo import frame
from pipelines.demo.clues import AUSLAND_STAATEN, AUSSIEDLER_STAATEN
from pipelines.demo.frame import Ganz, Vorgabe

PROFIL = "luenen_2021"  # the only definition whose margins this generator can meet


class DemoFehler(ValueError):
    """demo.yaml, gebiete.csv or the target folder does not allow example extracts; the message is German."""


def _feld(daten: Any, name: str, art: type | tuple[type, ...], ort: str) -> Any:
    """Return a field of the expected type."""
    wert = daten.get(name) if isinstance(daten, dict) else None
    if isinstance(wert, (dict, list)) and not wert and name != "fruehere_stichtage":
        raise DemoFehler(f"{ort}: „{name}“ ist leer. Erwartet: mindestens ein Eintrag.")
    if not isinstance(wert, art) or isinstance(wert, bool):
        namen = {int: "eine ganze Zahl", float: "eine Zahl", dict: "eine Liste „Schlüssel: Wert“", list: "eine Liste"}
        erwartet = namen.get(art[-1] if isinstance(art, tuple) else art, "ein Datum JJJJ-MM-TT")
        raise DemoFehler(f"{ort}: „{name}“ {'fehlt' if wert is None else f'ist {wert!r}'}. Erwartet: {erwartet}.")
    return wert


def _staaten(daten: Any, name: str, ort: str) -> dict[str, Any]:
    """Return a mapping whose names are 3-digit Destatis keys."""
    werte: dict[str, Any] = _feld(daten, name, dict, ort)
    for schluessel in werte:
        if not (isinstance(schluessel, str) and re.fullmatch("[0-9]{3}", schluessel)):
            raise DemoFehler(f'{ort}: {name}: Schlüssel {schluessel!r}. Erwartet: drei Ziffern als Text, z. B. "163".')
    return werte


def _read_key(daten: Any, name: str, ort: str, hoechstens: int = 10**9) -> Ganz:
    """Return (key, number) rows; Germany and "no information" are no foreign nationality."""
    werte = _staaten(daten, name, ort)
    for schluessel, zahl in werte.items():
        if schluessel in ("000", "999") or not str(zahl).isdecimal() or int(zahl) > hoechstens:
            raise DemoFehler(f"{ort}: {name}: {schluessel}: {zahl!r}. Erwartet: 001 bis 998, Zahl 0 bis {hoechstens}.")
    return np.array([(int(s), int(z)) for s, z in werte.items()], dtype=np.int64)


def _read_cells(daten: Any, ort: str, bekannte: set[str]) -> tuple[tuple[str, ...], Ganz]:
    """Return district keys and their four disjoint groups: foreigners, Germans with MH, other Germans, unknown."""
    zeilen = []
    gebiete = _feld(daten, "gebiete", dict, ort)
    for schluessel, werte in gebiete.items():
        hier = f"{ort}: gebiete: {schluessel!r}"
        if schluessel not in bekannte:
            raise DemoFehler(f"{hier} steht nicht in gebiete.csv. Schlüssel als Text schreiben und dort nachtragen.")
        alle, fremd, mh, ohne = (_feld(werte, n, int, hier) for n in ("einwohner", "auslaender", "mh", "ohne_angabe"))
        if not (0 <= fremd <= mh and ohne >= 0 and mh + ohne <= alle and alle > 0):
            raise DemoFehler(f"{hier}: Erwartet: 0 ≤ auslaender ≤ mh ≤ einwohner > 0; ohne_angabe zählt nicht zu mh.")
        zeilen.append((fremd, mh - fremd, alle - mh - ohne, ohne))
    return tuple(gebiete), np.array(zeilen, dtype=np.int64)


def _read_orte(daten: Any, name: str, ort: str) -> tuple[list[str], Ganz, Ganz]:
    """Return all place names in order of their keys, and per key the first position and the number of its places."""
    orte = _staaten(daten, name, ort)
    anzahl = np.zeros(1000, dtype=np.int64)
    for schluessel, liste in orte.items():
        if not isinstance(liste, list) or any(z in str(o) for o in liste for z in ';"\n'):
            raise DemoFehler(f'{ort}: {name}: {schluessel!r}. Erwartet: "Schlüssel": [Ort, Ort], ohne Semikolon.')
        anzahl[int(schluessel)] = len(liste)
    return [str(o) for _, liste in sorted(orte.items()) for o in liste], np.cumsum(anzahl) - anzahl, anzahl


def _read_text(pfad: Path) -> str:
    """Return the text of a configuration file."""
    try:
        return pfad.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, UnicodeDecodeError) as fehler:
        mangel = "fehlt" if isinstance(fehler, FileNotFoundError) else "ist nicht in UTF-8 gespeichert"
        raise DemoFehler(f"{pfad} {mangel}. Ohne diese Datei entstehen keine Beispielauszüge.") from None


def _read_content(pfad: Path) -> Any:
    """Return the content of demo.yaml, made for the one definition this generator can meet."""
    text = _read_text(pfad)
    try:
        inhalt = yaml.safe_load(text)
    except yaml.YAMLError as fehler:
        raise DemoFehler(f"{pfad} ist keine gültige YAML-Datei: {fehler}") from fehler
    except ValueError:
        raise DemoFehler(f"{pfad} nennt einen Tag, den es nicht gibt. Erwartet: Tage JJJJ-MM-TT.") from None
    except RecursionError:
        raise DemoFehler(f"{pfad} ist zu tief verschachtelt.") from None
    if (profil := inhalt.get("profil") if isinstance(inhalt, dict) else None) != PROFIL:
        raise DemoFehler(f"{pfad}: „profil“ ist {profil!r}. Erwartet: {PROFIL} (nur dafür sind Randsummen bekannt).")
    return inhalt


def read_default(daten: Path, kommune: str) -> Vorgabe:
    """Read and check `raw/<kommune>/demo.yaml` and `gebiete.csv`; raise `DemoFehler` with a German message."""
    ort = str(daten / "raw" / kommune / "demo.yaml")
    inhalt = _read_content(Path(ort))
    gebietsliste = _read_text(daten / "raw" / kommune / "gebiete.csv")
    gebiete, zellen = _read_cells(inhalt, ort, {zeile.split(";")[0] for zeile in gebietsliste.splitlines()[1:]})
    geschlecht = _feld(inhalt, "auslaender_geschlecht", dict, ort)
    maenner, frauen = (_feld(geschlecht, g, int, f"{ort}: auslaender_geschlecht") for g in "mw")
    staaten, herkunft = (_read_key(inhalt, n, ort) for n in ("staatsangehoerigkeiten", "herkunft_deutsche"))
    summen = {"Gebiete": int(zellen[:, frame.AUSLAENDER].sum()), "Geschlechter": maenner + frauen}
    summen["Staatsangehörigkeiten"] = int(staaten[:, 1].sum())
    if len(set(summen.values())) > 1:
        gefunden = ", ".join(f"{name} {summe}" for name, summe in summen.items())
        raise DemoFehler(f"{ort}: Die Summen der Ausländer stimmen nicht überein: {gefunden}. Erwartet: gleich.")
    fruehere = _feld(inhalt, "fruehere_stichtage", list, ort)
    stichtag = _feld(inhalt, "stichtag", date, ort)
    if any(not isinstance(t, date) or t >= stichtag for t in fruehere):
        raise DemoFehler(f"{ort}: „fruehere_stichtage“: Erwartet: Tage JJJJ-MM-TT vor dem {stichtag}.")
    unter_18, mh_unter_18 = (_feld(inhalt, n, (int, float), ort) for n in ("anteil_unter_18", "anteil_mh_unter_18"))
    if not (0 <= unter_18 <= 0.5 and 0 <= mh_unter_18 <= 1):
        raise DemoFehler(f"{ort}: Anteile sind Brüche: anteil_unter_18 von 0 bis 0.5, anteil_mh_unter_18 von 0 bis 1.")
    land = np.arange(1000)
    ersatz = _read_key(inhalt, "geburtsland", ort, 998)
    land[ersatz[:, 0]] = ersatz[:, 1]
    namen, ab, anzahl = _read_orte(inhalt, "geburtsorte", ort)
    ferne, _, ferne_anzahl = _read_orte(inhalt, "vertriebenenorte", ort)
    gebraucht = {0, *land[staaten[:, 0]], *land[herkunft[:, 0]], *(s for s, _ in AUSSIEDLER_STAATEN + AUSLAND_STAATEN)}
    if ohne_ort := sorted(int(s) for s in gebraucht if not anzahl[s]):
        raise DemoFehler(f"{ort}: „geburtsorte“: Es fehlen Orte für {', '.join(f'{s:03d}' for s in ohne_ort)}.")
    vertriebene = np.column_stack((len(namen) + np.arange(len(ferne)), np.repeat(np.arange(1000), ferne_anzahl)))
    return Vorgabe(
        stichtag, tuple(sorted(fruehere)), gebiete, zellen, maenner, staaten[:, 0], staaten[:, 1], unter_18, mh_unter_18,
        herkunft, land, (*namen, *ferne), ab, anzahl, vertriebene,
    )  # fmt: skip
