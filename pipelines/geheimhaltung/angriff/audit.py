"""The attack on a built file, municipality by municipality and Stichtag by Stichtag: verdicts and the certificate.

Belongs here: which figures stand beside each other, what need not be attacked again. Does not belong here: what is done with the
verdict (veroeffentlichung/audit_gate.py).
"""

import hashlib
import json
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import duckdb

from pipelines.geheimhaltung.angriff.build import build_printed, build_system
from pipelines.geheimhaltung.angriff.named import add_named
from pipelines.geheimhaltung.angriff.read import Datei, RegisterKind, read, stichtage
from pipelines.geheimhaltung.angriff.releases import (
    read_archive,
    read_datenstaende,
    read_reichweiten,
    read_revealed,
    read_trends,
)  # fmt: skip
from pipelines.geheimhaltung.angriff.revisions import (
    Revisionen,
    ask_revisionen,
    of_today,
    read_revisionen,
    with_revised,
)
from pipelines.geheimhaltung.angriff.system import System, Unvereinbar
from pipelines.geheimhaltung.angriff.verdict import LP_SEKUNDEN, Verdict, urteile

Arten = Mapping[tuple[str, str], tuple[RegisterKind, ...]]
SPERRUNG = "sperrung"
OHNE_ARTEN = "mehrere Definitionen, aber keine Personenarten: was sie zusammen verraten, lässt sich nicht prüfen"
VERFAHREN = "Elimination, ganzzahlige Intervalle, lineare Programme (HiGHS)"


@dataclass
class Audit:
    """Verdict on one municipality and Stichtag. `zeilen` name cells: secure zone only.

    `methode`: rounded or perturbed as a whole, what follows from the figures is listed for the office and stops nothing. The
    methods promise no distance: near the bound of the error some small counts are always certain.
    """

    kommune: str
    stichtag: str
    pruefsumme: str
    verborgen: int = 0
    gebrochen: int = 0
    oeffentlich: int = 0
    engstes: float | None = None
    lps: int = 0
    sekunden: float = 0.0
    geht_nicht_auf: bool = False
    methode: str = SPERRUNG
    zeilen: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything hidden stays hidden; true where nothing is hidden by design."""
        return self.methode != SPERRUNG or (not self.gebrochen and not self.geht_nicht_auf)

    def bescheinigung(self) -> dict[str, object]:
        """For the manifest: numbers of cells, never which; of figures that fell nothing but that they did."""
        return {
            "kommune": self.kommune, "stichtag": self.stichtag, "methode": self.methode,
            "bestanden": self.holds if self.methode == SPERRUNG else None, "verborgene_zahlen": self.verborgen,
            "engstes_intervall": self.engstes if self.holds and self.methode == SPERRUNG else None, "lineare_programme": self.lps,
            "sekunden": self.sekunden, "verfahren": VERFAHREN,
        }  # fmt: skip


def _code() -> str:
    """Content hash of the attack itself: what another attack found counts for nothing."""
    summe = hashlib.sha256()
    for datei in sorted(Path(__file__).parent.glob("*.py")):
        summe.update(datei.read_bytes())
    return summe.hexdigest()


def check_datei(
    datei: Path, archiv: Mapping[str, Path], bekannt: Iterable[Audit] = (), ohne: Collection[str] = (),
    sekunden: float = LP_SEKUNDEN, arten: Arten | None = None,
) -> list[Audit]:  # fmt: skip
    """Attack every municipality and Stichtag of a built file beside the releases of the archive (id → file).

    `bekannt`: results that count again where nothing has changed. `ohne`: municipalities whose figures are those of an earlier
    release: they are public already. `arten`: kinds of persons by municipality and Stichtag; None: nobody says.
    """
    gemerkt = {(e.kommune, e.stichtag, e.pruefsumme): e for e in bekannt}
    ergebnisse = []
    with duckdb.connect(str(datei), read_only=True) as con:
        alte, methoden = _append(con, archiv), _methoden(con)
        for kommune, stichtag, lieferung in stichtage(con):
            if kommune in ohne:
                continue
            d = read(con, kommune, stichtag, lieferung)
            d.arten = () if arten is None else arten.get((kommune, str(stichtag)), ())
            read_revealed(con, d)
            read_reichweiten(con, d)
            read_trends(con, d)
            frueher = [(kennung, a) for kennung, db in alte.items() if (a := _archiviert(con, db, d)) is not None]
            revisionen = ask_revisionen(con, d)
            summe = _pruefsumme(d, frueher, revisionen, sekunden)
            methode = methoden.get(kommune, SPERRUNG)
            if arten is not None and not d.arten and len(d.profile()) > 1:
                ergebnisse.append(
                    Audit(kommune, str(stichtag), summe, geht_nicht_auf=True, methode=methode, zeilen=[OHNE_ARTEN])
                )
                continue
            if (fertig := gemerkt.get((kommune, str(stichtag), summe))) is not None:
                ergebnisse.append(replace(fertig, methode=methode))
            else:
                ergebnisse.append(replace(_attack(d, frueher, revisionen, summe, sekunden), methode=methode))
    return ergebnisse


def _methoden(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Municipality → how its counts are protected; a file that does not say so hides."""
    frage = "select column_name from duckdb_columns() where schema_name = 'dim' and table_name = 'kommune'"
    if ("verfahren",) not in con.execute(frage).fetchall():
        return {}
    return dict(con.execute(f"select kommune, coalesce(verfahren, '{SPERRUNG}') from dim.kommune").fetchall())


def _append(con: duckdb.DuckDBPyConnection, archiv: Mapping[str, Path]) -> dict[str, str]:
    """Attach the files of the archive; id → name of the database."""
    alte = {}
    for n, (kennung, datei) in enumerate(sorted(archiv.items())):
        pfad = "'" + str(datei).replace("'", "''") + "'"  # nothing of the product's own helpers is used here
        con.execute(f"attach {pfad} as archiv_{n} (read_only)")
        alte[kennung] = f"archiv_{n}"
    return alte


def _archiviert(con: duckdb.DuckDBPyConnection, datenbank: str, d: Datei) -> Datei | None:
    """What an archived release says of the same Stichtag, if it says anything else."""
    lieferungen = [
        lieferung for kommune, stichtag, lieferung in stichtage(con, f"{datenbank}.marts")
        if (kommune, stichtag) == (d.kommune, d.stichtag)
    ]  # fmt: skip
    if not lieferungen:
        return None
    a = read(con, d.kommune, d.stichtag, lieferungen[0], datenbank)
    a.mindestzeile, a.geheime_nullen = d.mindestzeile, d.geheime_nullen
    return a if a.zeilen != d.zeilen or a.lieferung != d.lieferung else None


def _pruefsumme(d: Datei, frueher: list[tuple[str, Datei]], revisionen: Revisionen, sekunden: float) -> str:
    summe = hashlib.sha256(_code().encode())
    for teil in (d, *(a for _, a in frueher), revisionen, sekunden):
        summe.update(repr(teil).encode())
    return summe.hexdigest()


def _attack(d: Datei, frueher: list[tuple[str, Datei]], revisionen: Revisionen, summe: str, sekunden: float) -> Audit:
    beginn = time.monotonic()
    e = Audit(d.kommune, str(d.stichtag), summe)
    try:
        u = _urteil(d, frueher, revisionen, sekunden)
    except Unvereinbar as grund:
        e.geht_nicht_auf, e.zeilen = True, [f"geht nicht auf: {grund}"]
        return e
    e.verborgen, e.gebrochen, e.oeffentlich = u.verborgen, len(u.brueche), len(u.oeffentlich)
    e.engstes, e.lps, e.sekunden = u.engstes, u.lps, round(time.monotonic() - beginn, 1)
    e.zeilen = [b.zeile() for b in u.brueche] + [f"bereits gedruckt, {b.zeile()}" for b in u.oeffentlich]
    return e


def _urteil(d: Datei, frueher: list[tuple[str, Datei]], revisionen: Revisionen, sekunden: float) -> Verdict:
    alte = [(kennung, build_system(a)[0], a.lieferung) for kennung, a in frueher]
    if any(lieferung == d.lieferung for *_, lieferung in alte) or any(of_today(r[-1], d.lieferung) for r in revisionen):
        try:  # figures of the same persons, as far as they are counted in the same way
            return _mit_stand(d, alte, revisionen, sekunden, d.lieferung)
        except Unvereinbar:
            pass
    return _mit_stand(d, alte, revisionen, sekunden, None)


def _mit_stand(
    d: Datei, alte: list[tuple[str, System, str]], revisionen: Revisionen, sekunden: float, gleiche: str | None
) -> Verdict:
    """The attack with earlier figures beside; those of the delivery `gleiche` count as figures of today."""
    s, q = build_system(with_revised(d, revisionen, gleiche))
    add_named(s, d)
    read_datenstaende(s, d)
    paare = read_revisionen(s, d, revisionen, gleiche)
    for kennung, alt, lieferung in alte:
        paare += read_archive(s, alt, lieferung == gleiche, kennung)
    return urteile(s, q, d.schwelle, d.mindestzeile, build_printed(d, s), paare, sekunden, d.geheime_nullen)


def ergebnisse_to_json(ergebnisse: Iterable[Audit]) -> str:
    """Results as JSON, to be kept in the secure zone."""
    return json.dumps([asdict(e) for e in ergebnisse], ensure_ascii=False, indent=1)


def ergebnisse_from_json(text: str | bytes) -> list[Audit]:
    """Results kept by `ergebnisse_to_json`; none of those another version wrote, or that are damaged."""
    try:
        return [Audit(**e) for e in json.loads(text)]
    except (ValueError, TypeError):
        return []
