"""Columns by name over all themes.

Belongs here: which theme a name is taken from. Does not belong here: any column.
"""

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.datenstand import SPALTEN_DATENSTAND
from schemas.spalten.indikator import SPALTEN_INDIKATOR
from schemas.spalten.intern import SPALTEN_INTERN
from schemas.spalten.konzept import SPALTEN_KONZEPT
from schemas.spalten.lieferung import SPALTEN_TABELLE
from schemas.spalten.massnahme import SPALTEN_MASSNAHME
from schemas.spalten.person import PERSON
from schemas.spalten.register import SPALTEN_REGISTER
from schemas.spalten.revision import SPALTEN_REVISION
from schemas.spalten.schutz import SPALTEN_SCHUTZ
from schemas.spalten.segregation import SPALTEN_SEGREGATION
from schemas.spalten.spanne import SPALTEN_SPANNE
from schemas.spalten.steuerung import SPALTEN_STEUERUNG
from schemas.spalten.zeitreihe import SPALTEN_ZEITREIHE

Theme = dict[str, Spalte]
THEMES: dict[str, Theme] = {
    "common": SPALTEN, "datenstand": SPALTEN_DATENSTAND, "indikator": SPALTEN_INDIKATOR, "intern": SPALTEN_INTERN,
    "konzept": SPALTEN_KONZEPT, "lieferung": SPALTEN_TABELLE, "massnahme": SPALTEN_MASSNAHME,
    "person": {s.name: s for s in PERSON}, "register": SPALTEN_REGISTER, "revision": SPALTEN_REVISION, "schutz": SPALTEN_SCHUTZ,
    "segregation": SPALTEN_SEGREGATION, "spanne": SPALTEN_SPANNE, "steuerung": SPALTEN_STEUERUNG,
    "zeitreihe": SPALTEN_ZEITREIHE,
}  # fmt: skip


def column(name: str, theme: str = "") -> Spalte:
    """The column of this name: of the theme, else of all tables (common), else of the only theme that has it.

    `name` may be written `theme:name`. Raises: KeyError if no theme has it, or several and none was named.
    """
    theme, _, name = name.rpartition(":") if ":" in name else (theme, "", name)
    for first in (theme, "common"):
        if name in THEMES.get(first, {}):
            return THEMES[first][name]
    having = {n: t[name] for n, t in THEMES.items() if name in t}
    if not having or len(set(having.values())) > 1:
        raise KeyError(f"{name}: declared in {', '.join(having) or 'no theme'}; write theme:{name}")
    return next(iter(having.values()))


def intern(schema: str, name: str, columns: str, theme: str = "", own: Theme | None = None) -> Tabelle:
    """A table of the secure zone: its columns in order, by name; `own` are those that only it has so.

    What it is and its grain stand above its statement.
    """
    spalten = tuple((own or {}).get(c) or column(c, theme) for c in columns.split())
    return Tabelle(schema, name, f"{schema}.{name}", "Nur im geschützten Bereich.", (), spalten)
