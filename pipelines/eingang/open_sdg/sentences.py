"""German sentences for what the checks of a folder of Open SDG find.

Belongs here: one function for each check, which words the facts of a row. Does not belong here: when something is wrong, which is
said by the statement below sql/pruefungen/lieferungen/open_sdg that returns the facts as columns; titles and expectations of
checks, which stand in its header.
"""

from collections.abc import Callable, Mapping

from pipelines.eingang.open_sdg import file_sentences as files
from pipelines.eingang.wording import Row, Wording, ganz

JAHRE = {
    "fehlt": "das Jahr fehlt",
    "zweistellig": "das Jahr hat nur zwei Stellen",
    "zeitraum": "statt eines Jahres steht ein Zeitraum",
    "keine_zahl": "das Jahr ist keine vierstellige Zahl",
    "unmoeglich": "das Jahr liegt nicht zwischen 1950 und heute",
}
# Form of a value → what stands there, what to do.
WERTE = {
    "exponent": (
        "der Wert steht in Exponentialschreibweise",
        "die Zahl ausgeschrieben und mit allen Stellen eintragen",
    ),
    "plus": ("der Wert trägt ein Pluszeichen", "das Pluszeichen weglassen"),
    "komma": ("der Wert hat ein Komma statt des Dezimalpunkts", "den Dezimalpunkt statt des Kommas setzen"),
    "tausender": ("der Wert hat Tausenderzeichen", "die Zahl ohne Tausenderzeichen eintragen"),
    "zeichen": ("im Wert steht ein Zeichen statt einer Zahl", "Value leer lassen und den Grund in COMMENT_OBS nennen"),
    "text": ("im Wert steht Text", "Value leer lassen und den Grund in COMMENT_OBS nennen"),
}


def _zahl(zahl: float) -> str:
    """A figure as a German reader expects it."""
    return str(int(zahl)) if zahl == round(zahl) and abs(zahl) < 1e15 else str(zahl).replace(".", ",")


def _figur(*teile: object) -> str:
    """Year, area, breakdowns; without what is empty."""
    return ", ".join(str(t) for t in teile if t not in (None, ""))


def _sonst(was: str, falsch: str, richtig: str) -> str:
    return f"{was}»{falsch}« ist sonst »{richtig}« geschrieben"


def _word_anteil_anzahl(zeile: Row) -> Wording:
    anteil, wovon = zeile["ziffern"].replace(".", ","), _figur(zeile["jahr"], zeile["gebiet"])
    if zeile["art"] == "alle":
        return Wording(
            f"die Anteile folgen nur mit dem Nenner des Vorjahres ({zeile['nennerdatei']}), zuerst {anteil} ({wovon}): "
            f"{_zahl(zeile['zaehler'])} ({zeile['zaehlerdatei']}) von {_zahl(zeile['nenner_davor'])} statt von "
            f"{_zahl(zeile['nenner'])}"
        )
    match zeile["vorjahr"]:
        case "nenner":
            folgt = f"; er folgt nur mit dem Nenner des Vorjahres, {_zahl(zeile['nenner_davor'])}"
        case "zaehler":
            folgt = f"; er folgt nur mit dem Zähler des Vorjahres, {_zahl(zeile['zaehler_davor'])}"
        case "beide":
            folgt = "; er ist der Anteil des Vorjahres"
        case _:
            folgt = ""
    return Wording(
        f"der Anteil {anteil} ({wovon}) folgt nicht aus {_zahl(zeile['zaehler'])} ({zeile['zaehlerdatei']}) von "
        f"{_zahl(zeile['nenner'])} ({zeile['nennerdatei']}): das ergibt {_zahl(zeile['ergibt'])}{folgt}"
    )


def _word_doppelt_gleich(zeile: Row) -> Wording:
    zuerst = " und ".join(map(str, zeile["zuerst"]))
    return Wording(
        f"dieselbe Angabe mit demselben Wert steht mehrfach, zuerst in den Zeilen {zuerst}",
        vorschlag="die überzähligen Zeilen löschen",
    )


def _word_doppelt_widerspruch(zeile: Row) -> Wording:
    werte = " und ".join(w or "leer" for w in zeile["werte"][:5])
    return Wording(f"dieselbe Angabe ({_figur(zeile['jahr'], zeile['wovon'])}) hat verschiedene Werte: {werte}")


def _word_fehlerwert(zeile: Row) -> Wording:
    return Wording(
        f"in der Spalte »{zeile['spalte']}« steht der Fehlerwert »{zeile['fehlerwert']}«",
        vorschlag="in der Tabellenkalkulation die Formel prüfen und die Datei neu speichern",
    )


def _word_gebiet_schreibweise(zeile: Row) -> Wording:
    return Wording(_sonst("der Gebietsname ", zeile["gebiet"], zeile["richtig"]), vorschlag=zeile["richtig"])


def _word_jahr(zeile: Row) -> Wording:
    jahre = "«, »".join(zeile["jahre"][:3])
    return Wording(JAHRE[zeile["art"]] + (f" (»{jahre}«)" if jahre else ""))


def _word_jahr_fehlt(zeile: Row) -> Wording:
    jahre, wort = zeile["jahre"], "das Jahr" if len(zeile["jahre"]) == 1 else "Jahre:"
    return Wording(
        f"vor dieser Zeile fehlt in der Reihe {wort} {', '.join(map(str, jahre[:5]))}"
        + (f", zuerst bei {zeile['zuerst']}" if zeile["zuerst"] is not None else "")
    )


def _word_kategorien_viele(zeile: Row) -> Wording:
    return Wording(
        f"die Spalte »{zeile['spalte']}« hat im Ordner {ganz(zeile['worte'])} verschiedene Wörter; ob sie einheitlich "
        f"geschrieben sind, wird nur bis {ganz(zeile['hoechstens'])} verglichen"
    )


def _word_schluessel_name(zeile: Row) -> Wording:
    gebiet, code, richtig = zeile["gebiet"], zeile["geocode"], zeile["richtig"]
    match zeile["art"]:
        case "verschoben":
            return Wording(
                f"die Codes sind gegen die Namen um eine Zeile verschoben, von Zeile {min(zeile['zeilen'])} bis "
                f"{max(zeile['zeilen'])} (zuerst »{gebiet}« mit {code} statt {richtig})",
                vorschlag="die Spalte GeoCode dieses Blocks um eine Zeile zurückschieben und vergleichen",
            )
        case "vertauscht":
            was = f"»{gebiet}« trägt den Code {code}, der sonst zu »{zeile['soll_gebiet']}« gehört"
        case "zwei_namen":
            was = f"der Code {code} hat zwei Namen: »{gebiet}« und sonst »{zeile['soll_gebiet']}«"
        case _:
            was = f"der Name »{gebiet}« hat zwei Codes: {code} und sonst {richtig}"
    return Wording(was, vorschlag=zeile["ersatz"])


def _word_status_schreibweise(zeile: Row) -> Wording:
    was = _sonst("der Statustext ", zeile["falsch"], zeile["richtig"])
    return Wording(was, vorschlag=None if zeile["offen"] else zeile["richtig"])


def _word_summe_teile(zeile: Row) -> Wording:
    return Wording(
        f"die Teile der Spalte »{zeile['spalte']}« ({_figur(zeile['jahr'], zeile['gebiet'])}) ergeben "
        f"{_zahl(zeile['teilsumme'])}, die Summenzeile hat {_zahl(zeile['summenwert'])}, Unterschied {_zahl(zeile['abstand'])}"
        + ("; zwei Ziffern sind vermutlich vertauscht" if zeile["zifferndreher"] else "")
    )


def _word_unsichtbar(zeile: Row) -> Wording:
    return Wording(
        f"»{zeile['text']}« in {zeile['wo']} enthält Zeichen, die man nicht sieht (in ⟨⟩ beim Namen genannt)"
    )


def _word_wert_form(zeile: Row) -> Wording:
    was, vorschlag = WERTE[zeile["art"]]
    if zeile["art"] == "komma" and zeile["einziger"]:
        vorschlag = zeile["einziger"].replace(",", ".")
    return Wording(f"{was} (»{'«, »'.join(zeile['werte'][:3])}«)", vorschlag=vorschlag)


def _word_wert_leer(zeile: Row) -> Wording:
    return Wording(
        f"leer sind {zeile['leer']} von {zeile['werte']} Werten, davon {zeile['ohne_grund']} ohne Grund in COMMENT_OBS"
    )


def _word_wort_verschrieben(zeile: Row) -> Wording:
    was = f"»{zeile['falsch']}« in der Spalte »{zeile['spalte']}« ist sonst »{zeile['richtig']}« geschrieben"
    return Wording(was, vorschlag=None if zeile["offen"] else zeile["richtig"])


SAETZE: Mapping[str, Callable[[Row], Wording]] = {
    "anteil_anzahl": _word_anteil_anzahl,
    "anfuehrungszeichen": files.word_anfuehrungszeichen,
    "datei_unlesbar": files.word_datei_unlesbar,
    "dateiname": files.word_dateiname,
    "daten_fehlen": files.word_daten_fehlen,
    "doppelt_gleich": _word_doppelt_gleich,
    "doppelt_widerspruch": _word_doppelt_widerspruch,
    "fehlerwert": _word_fehlerwert,
    "feldzahl": files.word_feldzahl,
    "gebiet_schreibweise": _word_gebiet_schreibweise,
    "jahr": _word_jahr,
    "jahr_fehlt": _word_jahr_fehlt,
    "kategorien_viele": _word_kategorien_viele,
    "kodierung": files.word_kodierung,
    "meta_fehlt": files.word_meta_fehlt,
    "meta_schluessel": files.word_meta_schluessel,
    "meta_unlesbar": files.word_meta_unlesbar,
    "schluessel_name": _word_schluessel_name,
    "spalte_doppelt": files.word_spalte_doppelt,
    "spalte_fehlt": files.word_spalte_fehlt,
    "spalte_leerzeichen": files.word_spalte_leerzeichen,
    "spalte_ohne_namen": files.word_spalte_ohne_namen,
    "spalte_reihenfolge": files.word_spalte_reihenfolge,
    "spalte_verschrieben": files.word_spalte_verschrieben,
    "status_schreibweise": _word_status_schreibweise,
    "summe_teile": _word_summe_teile,
    "unsichtbar": _word_unsichtbar,
    "wert_form": _word_wert_form,
    "wert_leer": _word_wert_leer,
    "wort_verschrieben": _word_wort_verschrieben,
    "zeile_leer": files.word_zeile_leer,
}


def word(check: str, zeile: Row) -> Wording:
    """The German sentences of one row that a check returned.

    Raises: KeyError for a check without a sentence, or a sentence that names a fact the row does not have.
    """
    return SAETZE[check](zeile)
