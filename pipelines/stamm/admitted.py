"""The municipalities whose deliveries are read and whose figures are built, and why the others are not.

Belongs here: holding a municipality against the shared reference lists, one by one. Does not belong here: its own folder
(kommune.py), what a reference list may say. A fault in one folder or one definition stops nobody it does not concern.
"""

import json
from collections.abc import Collection, Mapping

from pipelines.foundation.findings import KonfigurationsFehler, unerwartet
from pipelines.foundation.messages import FELDER, Meldung, aus_dict, aus_text, read_state
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import kurzpfad
from pipelines.stamm.katalog.katalog import Katalog
from pipelines.stamm.katalog.konzeptbezug import check_konzept, handlungsfeldfehler
from pipelines.stamm.katalog.load import load_katalog
from pipelines.stamm.kommune import Kommune, load_all
from pipelines.stamm.profile.profil import load_profil
from pipelines.stamm.referenz import profildateien

Fehler = dict[str, KonfigurationsFehler]
AGS_DER_VORLAGE = "99999999"  # what `monitoring new` writes: no Land has the number 99


def profilfehler(ablage: Ablage) -> Fehler:
    """Definitions of the reference folder that cannot be read, and why."""
    fehler: Fehler = {}
    for datei in profildateien(ablage.roh).values():
        try:
            load_profil(datei)
        except KonfigurationsFehler as grund:
            fehler[datei.stem] = grund
        except Exception as grund:
            fehler[datei.stem] = KonfigurationsFehler(unerwartet(kurzpfad(datei), "Definition lesen", grund).satz())
    return fehler


def _genannte(kommune: Kommune) -> set[str]:
    layouts = (*kommune.angaben.quellen.tabellen, *kommune.angaben.quellen.indikatoren)
    return {*kommune.angaben.profile, *(t.profil for t in layouts if t.profil)}


def _check(kommune: Kommune, kaputte: Fehler, katalog: Katalog | None, profile: Collection[str]) -> None:
    if kommune.angaben.ags == AGS_DER_VORLAGE:
        raise KonfigurationsFehler(
            f"{kurzpfad(kommune.ordner / 'kommune.yaml')}, ags: Da steht noch der Schlüssel der Vorlage ({AGS_DER_VORLAGE}). "
            "Erwartet: der amtliche Gemeindeschlüssel (8 Ziffern, eines Kreises 5). Bitte dort und in gebiete.csv eintragen, "
            "auch den Namen; bis dahin wird von dieser Kommune nichts gelesen und nichts veröffentlicht."
        )
    if betroffen := sorted(_genannte(kommune) & set(kaputte)):
        raise KonfigurationsFehler(
            f"{kurzpfad(kommune.ordner / 'kommune.yaml')}, profile: Die Definition »{betroffen[0]}« ist fehlerhaft "
            f"(siehe referenz/profile/{betroffen[0]}.yaml)."
        )
    if katalog is not None:
        check_konzept(katalog, profile, kommune.angaben.ags, kommune.ordner, [g.gebiet_id for g in kommune.gebiete])


def load_admitted(ablage: Ablage) -> tuple[dict[str, Kommune], Fehler]:
    """All municipalities that can be read and built, and the errors of those that cannot."""
    gut, schlecht = load_all(ablage)
    kaputte = profilfehler(ablage)
    profile = sorted(set(profildateien(ablage.roh)) - set(kaputte))
    try:
        katalog = load_katalog(ablage)
    except KonfigurationsFehler:
        katalog = None  # told by the step that needs it; until then nothing is published
    for name, kommune in list(gut.items()):
        try:
            _check(kommune, kaputte, katalog, profile)
        except KonfigurationsFehler as grund:
            schlecht[name] = grund
        except Exception as grund:
            schlecht[name] = KonfigurationsFehler(unerwartet(f"{name}/konzept.yaml", "Konzept prüfen", grund).satz())
    gut = {k: v for k, v in gut.items() if k not in schlecht}
    if katalog is not None:
        schlecht |= handlungsfeldfehler(katalog, {k: v.konzept for k, v in gut.items() if v.konzept})
    return {k: v for k, v in gut.items() if k not in schlecht}, schlecht


def remember_failed(ablage: Ablage, fehler: Mapping[str, str]) -> None:
    """Remember which municipalities are not in the tables being built, and why."""
    meldungen = [aus_text(k, "kommune.yaml", "konfiguration", text).als_dict() for k, text in sorted(fehler.items())]
    with ablage.neu(ablage.intern / "stand" / "ausgefallen.json") as neu:
        neu.write_text(json.dumps(meldungen, ensure_ascii=False), encoding="utf-8")


def ausgefallene(ablage: Ablage) -> list[Meldung]:
    """The municipalities that are not in the tables built last, and why."""
    return [aus_dict(m) for m in read_state(ablage.intern / "stand" / "ausgefallen.json", [], FELDER)]
