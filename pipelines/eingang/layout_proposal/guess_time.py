"""What a draft knows of the file and what it says so far, and when its figures hold.

Belongs here: the state every guess adds to, the day in a column, in the file's name or above the table. Does not belong here:
what figures are for (guess_labels.py), what they count (guess_figures.py).
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelines.eingang.grid.sheet import Blatt
from pipelines.eingang.layout_proposal.draft import Entwurf
from pipelines.eingang.layout_proposal.file_name import dateimuster
from pipelines.eingang.layout_proposal.shape import (
    Spalte,
    Tabellenbild,
)
from pipelines.eingang.tabelle.dates import MONATE
from pipelines.eingang.tabelle.words import (
    THEMA,
    bekannt,
    norm,
    zeitform,
)
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.stamm.kommune import Gebiet
from pipelines.stamm.quellen.time_label import tag_von

_MONATE = tuple(m.replace("ä", "ae") for m in MONATE)  # as words are compared here


class MitZeit:
    """The state of a proposal; each guess states what it finds in `entwurf` and takes its columns from those still free."""

    def __init__(self, pfad: Path, blatt: Blatt, gebiete: Sequence[Gebiet], andere: Sequence[str] = ()):
        self.pfad, self.bekannte = pfad, gebiete
        self.bild = Tabellenbild(pfad, blatt)
        self.entwurf = Entwurf()
        self.wahl: dict[str, Any] = {}  # becomes `spalten`
        self.werte: list[dict[str, Any]] = []
        self.thema = self._thema()
        if stellen := [*self.bild.weitere(), *(f"Blatt »{n}«" for n in andere)]:
            self.entwurf.doubt(
                f"Auch dort stehen Zahlen, die dieser Entwurf nicht liest: {', '.join(stellen)}. Jede Tabelle braucht einen "
                "eigenen Eintrag."
            )

    def _thema(self) -> str:
        """What is counted if a title or the file's name says that it is something else than inhabitants."""
        texte = [*self.bild.titelzeilen, self.bild.blatt.name or "", self.pfad.stem]
        for text in texte:
            form = norm(text, klammern=True)
            if (treffer := re.search(rf"\b(?:{THEMA})", form)) and not re.search("einwohner|bevoelkerung", form):
                return treffer[0].split()[0].capitalize()
        return ""

    def _zeit(self, frei: list[Spalte]) -> bool:
        """Where the day stands: in a column, in the file name, or above the table. Returns whether a column says it."""
        erste = self.bild.spalten[0]
        spalte, form = next(((c, f) for c in frei if (f := zeitform(c.texte, c.pfad, c is erste))), (None, ""))
        name = dateimuster(self.pfad.name)
        im_namen = (
            tag_von(name.text, {"stichtag": "datum"}.get(name.platz, name.platz), name.tag) if name.platz else None
        )
        tage = {tag_von(t, form) for t in spalte.gefuellt} if spalte else set()
        if spalte:
            frei.remove(spalte)
        jahr_im_tag = (
            spalte is not None and form == "jahr" and im_namen is not None and name.platz in ("stichtag", "monat")
        )
        if spalte and jahr_im_tag and im_namen not in tage:
            self.entwurf.doubt(
                f"Der Dateiname nennt den {im_namen:%d.%m.%Y}, die Spalte »{spalte.voll}« nur ein Jahr: welcher Tag gilt?"
            )
        if spalte and not (jahr_im_tag and {t.year for t in tage if t} == {im_namen.year}) and tage != {im_namen}:  # type: ignore[union-attr]
            kommentar = "die Tage stehen in der Datei; ein Platzhalter ist nicht nötig"
            self.entwurf.set_value("datei", self.pfad.name, kommentar)
            angabe = {"spalte": self.bild.ref(spalte), "form": form}
            if form == "jahr":
                angabe |= self._tag_im_jahr(spalte, frei)
            self.entwurf.set_value("zeit", angabe, f"{len(tage)} verschiedene Zeitangaben")
            return True
        self.entwurf.set_value("datei", name.muster, name.kommentar)
        if name.platz and name.tag != "12-31":
            self.entwurf.set_value("tag", name.tag, "aus dem Dateinamen angenommen")
        if name.platz == "jahr":
            self.entwurf.doubt("Der Dateiname nennt keinen genauen Tag: Stichtag prüfen (tag).")
        return False

    def _tag_im_jahr(self, jahr: Spalte, frei: list[Spalte]) -> dict[str, str]:
        """Which day of the year a column of years means: another column or the header may say; it is asked in any case."""
        neben = [c for c in frei if re.search(r"stichtag|datum|monat|quartal|\btag\b", c.kopf) and not bekannt(c.kopf)]
        for c in neben:
            frei.remove(c)
        tage = {t for c in neben for t in c.gefuellt}
        fest = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?", next(iter(tage))) if len(tage) == 1 else None
        im_kopf = next((m for m, name in enumerate(_MONATE, 1) if re.search(rf"\b{name}\b", jahr.kopf)), None)
        tag = f"{int(fest[2]):02d}-{int(fest[1]):02d}" if fest else ""
        if im_kopf and not tag:
            tag = f"{im_kopf:02d}-{(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[im_kopf - 1]}"
        gut = bool(tag) and tag_von("2023", "jahr", tag) is not None
        if neben and not fest:
            namen = "«, »".join(c.voll for c in (*neben, jahr))
            self.entwurf.doubt(
                f"Der Tag steht in mehreren Spalten (»{namen}«), gelesen wird nur das Jahr: bitte zu einem Datum verbinden."
            )
        wort = tag if gut else "12-31"
        satz = f"Die Spalte »{jahr.voll}« nennt nur das Jahr; als Tag ist der {wort[3:]}.{wort[:2]}. angenommen (zeit: tag)."
        self.entwurf.doubt(satz + " Stimmt das?")
        return {"tag": tag} if gut and tag != "12-31" else {}

    def _zeitzelle(self) -> None:
        """A day in the rows above the header. Raises: KonfigurationsFehler if there is none."""
        beste = min(self.bild.zeitzellen(), default=None)
        if beste is None:
            raise KonfigurationsFehler(
                f"{self.pfad.name}: Der Stichtag steht weder im Dateinamen noch in einer Spalte noch über der Tabelle. Bitte "
                f"die Datei mit ihrem Stichtag benennen, z. B. {self.pfad.stem}_2024-12-31{self.pfad.suffix}, oder ein Layout "
                "angeben."
            )
        muster = {} if beste.text == beste.zeit else {"muster": f"({beste.muster})"}
        self.entwurf.set_value(
            "zeit", {"zelle": beste.zelle, "form": beste.form} | muster, f"über der Tabelle steht »{beste.text}«"
        )
        self.entwurf.doubt(f"Der Stichtag ist aus der Zelle {beste.zelle} angenommen (»{beste.text}«).")
