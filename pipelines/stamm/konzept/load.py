"""Loading konzept.yaml: what only the whole file shows, such as references, doubles and the crosswalk between versions.

Belongs here: German errors with file, line and key. Does not belong here: what one entry may say (models.py).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipelines.foundation.config_files import is_there
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import aehnlich, check, ort, read_yaml
from pipelines.foundation.yaml_messages import Pfad
from pipelines.stamm.konzept.models import FELD, KEINES, Fassung, Fehler, Konzept, Zuordnung, normalform
from pipelines.stamm.konzept.termine import faelligkeiten


def _hinweis(gefunden: str, erlaubt: list[str]) -> str:
    vorschlag = aehnlich(gefunden, erlaubt)
    return f"Ähnlich: »{vorschlag}«." if vorschlag else f"Vorhanden: {', '.join(erlaubt) or 'keine'}."


def _unbekannt(was: str, gefunden: str, fassung: Fassung, erlaubt: list[str]) -> str:
    return f"{was} »{gefunden}« gibt es in »{fassung.konzept}« nicht. {_hinweis(gefunden, erlaubt)}"


def _mehrfach(werte: Iterable[tuple[Pfad, Any]]) -> Iterator[Fehler]:
    gesehen = set()
    for pfad, wert in werte:
        if wert in gesehen:
            yield pfad, f"»{', '.join(map(str, wert)) if isinstance(wert, tuple) else wert}« steht doppelt."
        gesehen.add(wert)


def _doppelte(fassung: Fassung) -> Iterator[Fehler]:
    """Codes, numbers and ids that stand twice; names that mean two fields."""
    for liste, feld in (("handlungsfelder", "code"), ("leitziele", "code"), ("massnahmen", "nr"), ("gremien", "gremium"),
                        ("vorlagen", "vorlage"), ("berichtspflichten", "bericht")):  # fmt: skip
        yield from _mehrfach(((liste, i, feld), getattr(e, feld)) for i, e in enumerate(getattr(fassung, liste)))
    yield from _mehrfach((("abgegeben", i), (a.bericht, a.faellig_am)) for i, a in enumerate(fassung.abgegeben))
    vergeben: dict[str, str] = {}
    for i, f in enumerate(fassung.handlungsfelder):
        for feld, wert in (("code", f.code), ("name", f.name), *(("aliase", a) for a in f.aliase)):
            besitzer = vergeben.setdefault(normalform(wert), f.code)
            if besitzer != f.code:
                yield ("handlungsfelder", i, feld), f"»{wert}« ist nicht eindeutig: So heißt schon {besitzer}."


def _verweise(fassung: Fassung) -> Iterator[Fehler]:
    """References to a field, goal, body or report that the version does not have."""
    felder = [f.code for f in fassung.handlungsfelder]
    ziele = {z.code: z.handlungsfeld for z in fassung.leitziele}
    gremien, berichte = [g.gremium for g in fassung.gremien], [p.bericht for p in fassung.berichtspflichten]
    vorlagen = [v.vorlage for v in fassung.vorlagen]
    genannt: list[tuple[Pfad, str, str | None, list[str]]] = [
        *((("leitziele", i, "handlungsfeld"), FELD, z.handlungsfeld, felder) for i, z in enumerate(fassung.leitziele)),
        *((("massnahmen", i, "handlungsfeld"), FELD, m.handlungsfeld, felder) for i, m in enumerate(fassung.massnahmen)),
        *((("massnahmen", i, "leitziel"), "Das Leitziel", m.leitziel, [*ziele]) for i, m in enumerate(fassung.massnahmen)),
        *((("massnahmen", i, "vorlage"), "Die Vorlage", m.vorlage, vorlagen) for i, m in enumerate(fassung.massnahmen)),
        *((("vorlagen", i, "beratung", j, "gremium"), "Das Gremium", b.gremium, gremien)
          for i, v in enumerate(fassung.vorlagen) for j, b in enumerate(v.beratung)),
        *((("berichtspflichten", i, "gremien", j), "Das Gremium", g, gremien)
          for i, p in enumerate(fassung.berichtspflichten) for j, g in enumerate(p.gremien)),
        *((("abgegeben", i, "bericht"), "Der Bericht", a.bericht, berichte) for i, a in enumerate(fassung.abgegeben)),
    ]  # fmt: skip
    yield from ((pf, _unbekannt(was, wert, fassung, da)) for pf, was, wert, da in genannt if wert and wert not in da)
    for i, m in enumerate(fassung.massnahmen):
        if m.leitziel and ziele.get(m.leitziel) not in (None, m.handlungsfeld):
            grund = f"Das Leitziel »{m.leitziel}« gehört zu {ziele[m.leitziel]}, die Maßnahme zu {m.handlungsfeld}."
            yield ("massnahmen", i, "leitziel"), grund
    for i, a in enumerate(fassung.abgegeben):
        termine = [f.faellig_am for f in faelligkeiten(fassung, a.abgegeben_am) if f.bericht == a.bericht]
        if a.bericht in berichte and a.faellig_am not in termine:
            bekannt = ", ".join(str(t) if t else "null (nicht bestimmbar)" for t in termine)
            grund = f"Zu {a.faellig_am or 'null'} gibt es keinen Termin. Berechnet: {bekannt}."
            yield ("abgegeben", i, "faellig_am"), grund


def _datei(konzept: Konzept) -> Iterator[Fehler]:
    """What only the whole file shows: versions, funding keys and the crosswalk between versions."""
    alle = [(("konzepte", i), f) for i, f in enumerate(konzept.konzepte)]
    fassungen = {f.konzept: f for f in konzept.konzepte}
    yield from _mehrfach(((*pf, "konzept"), f.konzept) for pf, f in alle)
    papiere = [((*pf, "vorlagen", j, "vorlage"), v.vorlage) for pf, f in alle for j, v in enumerate(f.vorlagen)]
    yield from _mehrfach(papiere)
    gelder = [((*pf, "foerderung", j), g) for pf, f in alle for j, g in enumerate(f.foerderung)]
    yield from _mehrfach((pf, (g.programm, g.baustein, g.jahr)) for pf, g in gelder)
    wege = [((*pf, "zuordnung", j), f, z) for pf, f in alle for j, z in enumerate(f.zuordnung)]
    yield from _mehrfach((pf, (z.von, z.nach)) for pf, _, z in wege)
    for pfad, fassung, z in wege:
        for seite, verweis in (("von", z.von), ("nach", z.nach)):
            kennung, code = Zuordnung.teile(verweis)
            codes = [h.code for h in fassungen[kennung].handlungsfelder] if kennung in fassungen else []
            if kennung not in fassungen:
                yield (*pfad, seite), f"Das Konzept »{kennung}« gibt es nicht. {_hinweis(kennung, [*fassungen])}"
            elif code not in (KEINES, *codes):
                yield (*pfad, seite), _unbekannt(FELD, code, fassungen[kennung], codes)
        if Zuordnung.teile(z.nach)[0] != fassung.konzept:
            yield (*pfad, "nach"), f"»{z.nach}« gehört nicht zu »{fassung.konzept}«, bei dem die Zuordnung steht."


def load_konzept(ordner: Path) -> Konzept | None:
    """Load a municipality's konzept.yaml; None if it has none.

    Raises: KonfigurationsFehler, one line an error, each with file, line, key and reason.
    """
    datei = ordner / "konzept.yaml"
    if not is_there(datei):
        return None
    inhalt, zeilen = read_yaml(datei)
    konzept = check(datei, inhalt, zeilen, Konzept)
    fehler = list(_datei(konzept))
    for i, fassung in enumerate(konzept.konzepte):
        fehler += [(("konzepte", i, *p), g) for pruefung in (_doppelte, _verweise) for p, g in pruefung(fassung)]
    if fehler:
        raise KonfigurationsFehler("\n".join(f"{ort(datei, zeilen, pfad)}: {grund}" for pfad, grund in fehler))
    return konzept
