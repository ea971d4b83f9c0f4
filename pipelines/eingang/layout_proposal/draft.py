"""The draft of a layout as it grows, and its commented YAML.

Belongs here: keeping statements, comments, measures of the source's own and doubts, and writing them down. Does not belong
here: what is stated (propose.py) and what a layout may say (stamm/quellen/layout.py).
"""

from typing import Any

import yaml

from pipelines.eingang.tabelle.words import Deutung, einheit, gemeinsames, kennung, zaehlbar
from pipelines.stamm.quellen.layout import Layout
from schemas.spalten.lieferung import MERKMALE


class Entwurf:
    """Statements of a layout, a German comment for each, measures of its own, and what is unsure."""

    def __init__(self) -> None:
        self.angaben: dict[str, Any] = {}
        self.kommentare: dict[str, str] = {}
        self.unsicher: list[str] = []
        self.eigene: dict[str, dict[str, str]] = {}

    def set_value(self, name: str, wert: Any, kommentar: str = "") -> None:
        """State something, with the comment to stand above it."""
        self.angaben[name] = wert
        if kommentar:
            self.kommentare[name] = kommentar

    def doubt(self, satz: str) -> None:
        """Say once what is unsure."""
        if satz not in self.unsicher:
            self.unsicher.append(satz)

    def merkmal(self, d: Deutung, prozent: bool, ganz: bool) -> tuple[str, str | None]:
        """Measure of a column, "" if its header names none, and the group where a common measure is broken down."""
        if not d.rest:
            return "", None
        if gefunden := gemeinsames(d, prozent, ganz):
            return gefunden
        return self.eigenes(" – ".join(d.rest[-2:]), " ".join([*d.rest, *d.einheit]), prozent, ganz), None

    def eigenes(self, titel: str, worte: str, prozent: bool, ganz: bool) -> str:
        """A measure of its own, unless its id is one of the common ones; the unit is a guess by the words."""
        name = kennung(titel)
        if name in MERKMALE and zaehlbar(name, ganz):
            return name
        name = name if name not in MERKMALE else f"{name}_wert"
        self.eigene.setdefault(name, {"titel": titel, "einheit": einheit(worte, prozent, ganz)})
        return name

    def yaml(self, kopf: list[str]) -> str:
        """The draft as YAML in the order of a layout; `kopf` and the doubts stand above it as comments."""
        teile = [f"# {_einzeilig(z)}\n" for z in [*kopf, *(f"UNSICHER: {s}" for s in self.unsicher)]]
        for name in (f for f in Layout.model_fields if f in self.angaben):
            wert = self.angaben[name]
            if kommentar := self.kommentare.get(name):
                teile.append(f"# {_einzeilig(kommentar)}\n")
            stil = None if isinstance(wert, list | dict) and name not in ("spalten", "woerter") else False
            teile.append(
                yaml.safe_dump({name: wert}, default_flow_style=stil, allow_unicode=True, sort_keys=False, width=110)
            )
        return "".join(teile)


def als_eintrag(text: str, einzug: int) -> str:
    """A draft as an entry of a list: the comments above its first key stay above it."""
    zeilen = text.splitlines()
    erste = next(n for n, z in enumerate(zeilen) if z.startswith(("id:", "vorlage:")))
    zeilen = ["- " + z if n == erste else "  " + z if n > erste else z for n, z in enumerate(zeilen)]
    return "".join(f"{' ' * einzug}{z}\n" for z in zeilen)


def _einzeilig(text: str) -> str:
    return "".join(z if z.isprintable() else " " for z in text)[:160]
