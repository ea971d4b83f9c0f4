"""`monitoring check`: one file against a municipality's configuration; nothing is stored or published.

Belongs here: finding out what the file is. The reading is that of the pipeline (eingang/verarbeiten.py).
"""

import hashlib
from datetime import date
from pathlib import Path

from pipelines.ablage import Ablage
from pipelines.eingang.verarbeiten import Ergebnis, verarbeite
from pipelines.fehler import KonfigurationsFehler
from pipelines.kommune import Kommune, als_datum, lade_kommune
from pipelines.lieferung import AUSZUG_NAME
from pipelines.protokoll import Lieferung


def pruefe_einzeln(ablage: Ablage, datei: Path, kommune_id: str, quelle: str | None) -> Ergebnis:
    """Check one file. Code columns show the code found: this runs on the office's own terminal.

    Raises: KonfigurationsFehler if file, municipality or source cannot be made out.
    """
    if not datei.is_file():
        raise KonfigurationsFehler(f"Die Datei {datei} gibt es nicht.")
    ordner = ablage.roh / kommune_id
    if not (ordner / "kommune.yaml").exists():
        raise KonfigurationsFehler(f"Die Kommune »{kommune_id}« hat keinen Ordner mit kommune.yaml in {ablage.roh}.")
    kommune = lade_kommune(ordner)
    lieferung = _lieferung(kommune, datei.resolve(), quelle)
    return verarbeite(ablage, kommune, lieferung, schreiben=False, mit_werten=True)


def _lieferung(kommune: Kommune, datei: Path, quelle: str | None) -> Lieferung:
    tabellen = {t.id: t for t in kommune.angaben.quellen.tabellen}
    if quelle is None:
        passend = [t.id for t in tabellen.values() if t.stichtag(datei.name)]
        quelle = passend[0] if passend else "melderegister" if AUSZUG_NAME.fullmatch(datei.name) else None
    erlaubt = ", ".join(["melderegister", *tabellen])
    if quelle is None:
        raise KonfigurationsFehler(
            f"Am Namen »{datei.name}« ist nicht zu erkennen, was das ist. Bitte --quelle angeben: {erlaubt}."
        )
    if quelle != "melderegister" and quelle not in tabellen:
        raise KonfigurationsFehler(f"Die Quelle »{quelle}« gibt es bei {kommune.id} nicht. Erlaubt: {erlaubt}.")
    # A file under test may have any name; without a date in it, today stands in for the Stichtag.
    treffer = AUSZUG_NAME.fullmatch(datei.name)
    stichtag = (als_datum(treffer[1]) if treffer else None) or date.today()
    datenstand = (als_datum(treffer[2]) if treffer and treffer[2] else None) or stichtag
    art = "melderegister" if quelle == "melderegister" else "tabellen"
    if art == "tabellen":
        stichtag = datenstand = tabellen[quelle].stichtag(datei.name) or date.today()
    summe = hashlib.sha256(datei.read_bytes()).hexdigest()
    return Lieferung(kommune.id, quelle, art, datei, stichtag, datenstand, summe, "")
