"""German sentences for what the checks of Open SDG find in the form of files: encoding, lines, headers, metadata.

Belongs here: one function for each of these checks. Does not belong here: what is wrong with years, areas, words and figures, and
which check has which sentence (sentences.py).
"""

from pipelines.eingang.wording import Row, Wording


def _schwester(was: str, name: str, zeile: Row) -> str:
    """What a name is called elsewhere: in so many sister files, or by Open SDG itself."""
    wo = f"in {zeile['schwestern']} Schwesterdateien" if zeile["schwestern"] is not None else "bei Open SDG"
    return f"{was} »{name}« heißt {wo} »{zeile['richtig']}«"


def word_anfuehrungszeichen(zeile: Row) -> Wording:
    return Wording(
        f"ein Feld reicht bis Zeile {zeile['bis']}; vermutlich fehlt ein Anführungszeichen, dann gehen Zeilen verloren"
    )


def word_datei_unlesbar(zeile: Row) -> Wording:
    return Wording(f"die Datei {zeile['problem']}; sie wurde nicht geprüft")


def word_dateiname(zeile: Row) -> Wording:
    return Wording(
        "die Datei gehört nach ihrem Namen nicht in data/ und wurde nicht gelesen",
        vorschlag="umbenennen, löschen oder in einen anderen Ordner legen" if zeile["ist_csv"] else None,
    )


def word_daten_fehlen(zeile: Row) -> Wording:
    return Wording(f"zu dieser Metadatei fehlt data/indicator_{zeile['nummer']}.csv")


def word_feldzahl(zeile: Row) -> Wording:
    return Wording(
        f"die Zeile hat {zeile['felder']} Felder, die Kopfzeile {zeile['spalten']}; sie wurde nicht weiter geprüft"
    )


def word_kodierung(zeile: Row) -> Wording:
    speichern = "als »CSV UTF-8« speichern"
    if zeile["art"] == "windows_1252":
        was = "die Datei ist in Windows-1252 gespeichert, Umlaute erscheinen falsch"
        return Wording(was, "eine Datei in UTF-8", speichern)
    return Wording(f"am Anfang der Datei fehlt die BOM, die {zeile['mit_bom']} Schwesterdateien haben", None, speichern)


def word_meta_fehlt(zeile: Row) -> Wording:
    return Wording(f"zu dieser Datei fehlt meta/{zeile['nummer']}.md; Definition und Einheit sind nirgends genannt")


def word_meta_schluessel(zeile: Row) -> Wording:
    was = _schwester("der Schlüssel", zeile["schluessel"], zeile)
    return Wording(f"{was}; die Angabe bleibt ohne Wirkung", vorschlag=zeile["richtig"])


def word_meta_unlesbar(zeile: Row) -> Wording:
    return Wording(
        f"die Metadatei {zeile['problem']}", vorschlag="Einrückung, Doppelpunkte und Anführungszeichen prüfen"
    )


def word_spalte_doppelt(zeile: Row) -> Wording:
    return Wording(f"der Spaltenname »{zeile['spalte']}« steht {zeile['mal']}-mal in der Kopfzeile")


def word_spalte_fehlt(zeile: Row) -> Wording:
    aehnlich = f"»{zeile['aehnlich']}« in »{zeile['spalte']}« ändern" if zeile["aehnlich"] is not None else None
    return Wording(
        f"die Spalte »{zeile['spalte']}« fehlt; die Zeilen der Datei wurden nicht geprüft", vorschlag=aehnlich
    )


def word_spalte_leerzeichen(zeile: Row) -> Wording:
    return Wording(
        f"der Spaltenname »{zeile['roh']}« enthält überzählige Leerzeichen oder unsichtbare Zeichen"
        + ("; Open SDG erkennt ihn so nicht" if zeile["unerkannt"] else ""),
        vorschlag=zeile["spalte"],
    )


def word_spalte_ohne_namen(zeile: Row) -> Wording:
    return Wording(f"die Spalte {zeile['feld']} hat keinen Namen", vorschlag="Spalte löschen oder benennen")


def word_spalte_reihenfolge(zeile: Row) -> Wording:
    statt = "vorn" if zeile["rolle"] == "jahr" else "hinten"
    return Wording(f"die Spalte »{zeile['spalte']}« steht an Stelle {zeile['feld']} statt {statt}")


def word_spalte_verschrieben(zeile: Row) -> Wording:
    return Wording(_schwester("die Spalte", zeile["spalte"], zeile), vorschlag=zeile["richtig"])


def word_zeile_leer(_: Row) -> Wording:
    return Wording("die Zeile enthält nur Trennzeichen", vorschlag="Zeile löschen")
