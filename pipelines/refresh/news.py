"""What is new in raw/: the one function that `monitoring refresh`, the nightly schedule and the sensor all ask.

Does not belong here: finding files (eingang/lieferung/find.py) and whether the marts are current (build_state.py).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from pipelines.bevoelkerung.datenstand import gestellter_datenstand, has_state
from pipelines.eingang.lieferung.find import find_deliveries
from pipelines.eingang.lieferung.fingerprint import Checksums, content, zaehlstand, zaehlstand_datei
from pipelines.eingang.lieferung.record import Dateischluessel, Lieferung, letzte_saetze
from pipelines.eingang.own_state import beschaedigte
from pipelines.foundation.checksums import checksum
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.messages import Meldung
from pipelines.foundation.storage import Ablage
from pipelines.geheimhaltung.many_areas import warn_of_many_areas
from pipelines.refresh.build_state import baustand, letzter_bau
from pipelines.refresh.check_referenz import WARTET_AUF, check_referenz
from pipelines.refresh.deletion import is_any_overdue
from pipelines.stamm.admitted import load_admitted
from pipelines.stamm.geometrie.outlines import warn_of_missing_outlines
from pipelines.stamm.kommune import Kommune
from pipelines.veroeffentlichung.manifest import letztes_manifest
from pipelines.veroeffentlichung.seal import is_whole


@dataclass
class Neuigkeiten:
    """What is in raw/ and what of it has work to do."""

    kommunen: dict[str, Kommune]
    konfigurationsfehler: dict[str, KonfigurationsFehler]
    alle: list[Lieferung]
    neu: list[Lieferung]
    nur_zaehlen: list[str]  # register partitions whose file is gone but whose definitions or code changed
    bauen: bool  # whether the marts are older than what they rest on, or not as they were published
    baustand: str
    befunde: list[Meldung] = field(default_factory=list)
    zu_loeschen: bool = False  # persons in the secure zone are over their time
    bau_wartet: bool = False  # nothing can be published until a shared list is mended

    @property
    def nichts(self) -> bool:
        return not (self.neu or self.nur_zaehlen or self.bauen or self.zu_loeschen)


def _is_new(ablage: Ablage, bekannt: dict[Dateischluessel, dict[str, Any]], li: Lieferung) -> bool:
    """Whether a delivery, its configuration or the code changed, or its place among the extracts of its Stichtag did."""
    satz = bekannt.get(Dateischluessel(li.kommune, li.quelle, li.datei), {})
    if satz.get("fingerabdruck") != li.fingerabdruck:
        return True
    if li.art != "melderegister" or satz["status"] != "uebernommen":
        return False
    if li.ueberholt:
        return not has_state(ablage, li.partition, li.datenstand)
    gestellt = gestellter_datenstand(ablage, li.partition)
    return gestellt is not None and gestellt > li.datenstand  # the later extract was withdrawn


def waits_for_reading(ablage: Ablage, neu: Neuigkeiten) -> bool:
    """Whether the first release must wait: a disturbance kept a delivery from being read, and the next refresh reads it.

    Later releases need not: until it is read its municipality keeps what it delivered before.
    """
    if letztes_manifest(ablage) is not None:
        return False
    bekannt = letzte_saetze(ablage)
    return any(_is_new(ablage, bekannt, li) for li in neu.neu)


def find_deliveries_of(ablage: Ablage, partitionen: Collection[str]) -> list[Lieferung]:
    """Every delivery of these partitions that lies in raw/, new or not; none while own state is damaged (see `neuigkeiten`)."""
    if beschaedigte(ablage):
        return []
    kommunen, _ = load_admitted(ablage)
    gefragt = [k for name, k in kommunen.items() if any(p.startswith(f"{name}_") for p in partitionen)]
    summe = Checksums(ablage)
    alle = [li for k in gefragt for li in find_deliveries(ablage, k, summe, []) if li.partition in partitionen]
    summe.save()
    return alle


def neuigkeiten(ablage: Ablage, nur: tuple[str, ...] = (), erzwingen: bool = False) -> Neuigkeiten:
    """Decide what is new: a delivery whose file, configuration or code changed, a cube to recount, marts to rebuild.

    `nur` limits to municipalities; `erzwingen` takes everything as new.
    Raises: KonfigurationsFehler for an unknown municipality in `nur`.
    """
    if kaputt := beschaedigte(ablage):  # what is new cannot be told before they are healed (by `refresh_all`)
        kennung = checksum(f"{d}|{d.lstat().st_mtime_ns}".encode() for d in kaputt)
        return Neuigkeiten({}, {}, [], [], [], True, kennung)
    referenz = check_referenz(ablage)
    kommunen, fehler = load_admitted(ablage)
    fremd = [k for k in nur if k not in kommunen and k not in fehler]
    if fremd:
        raise KonfigurationsFehler(
            f"Die Kommune »{fremd[0]}« gibt es nicht in {ablage.roh}. Vorhanden: {', '.join(kommunen) or 'keine'}."
        )
    kommunen = {k: v for k, v in kommunen.items() if not nur or k in nur}
    fehler = {k: v for k, v in fehler.items() if not nur or k in nur}
    befunde: list[Meldung] = [*referenz.meldungen, *(m for k in kommunen.values() for m in warn_of_many_areas(k))]
    befunde += [m for k in kommunen.values() for m in warn_of_missing_outlines(k.id, k.gebiete)]
    summe = Checksums(ablage)
    alle = [lieferung for k in kommunen.values() for lieferung in find_deliveries(ablage, k, summe, befunde)]
    summe.save()
    bekannt = letzte_saetze(ablage)
    wartend = {art for name in referenz.fehlend for art in WARTET_AUF[name]}
    neu = [li for li in alle if li.art not in wartend and (erzwingen or _is_new(ablage, bekannt, li))]
    eingelesen = {li.partition for li in neu if li.art == "melderegister"}
    nur_zaehlen = []
    for datei in sorted((ablage.intern / "eingang" / "melderegister").glob("*.parquet")):
        kommune = kommunen.get(datei.stem.rsplit("_", 1)[0])
        if kommune and datei.stem not in eingelesen and "melderegister" not in wartend:
            gezaehlt = zaehlstand_datei(ablage, datei.stem)
            stand = gestellter_datenstand(ablage, datei.stem)
            ungezaehlt = not gezaehlt.exists() or (stand is not None and not has_state(ablage, datei.stem, stand))
            if erzwingen or ungezaehlt or content(gezaehlt) != zaehlstand(ablage, kommune).encode():
                nur_zaehlen.append(datei.stem)
    jetzt = baustand(ablage)
    bau_wartet = bool(referenz.fehlend)
    bauen = not bau_wartet and (bool(neu or nur_zaehlen) or letzter_bau(ablage).stand != jetzt or not is_whole(ablage))
    loeschen = is_any_overdue(ablage, kommunen.values())
    return Neuigkeiten(kommunen, fehler, alle, neu, nur_zaehlen, bauen, jetzt, befunde, loeschen, bau_wartet)
