"""German sentences for what the checks of measures find.

Belongs here: one sentence for each check (and each `art` of its rows), with the facts it names and how they are written. Does not
belong here: when something is wrong, which is said by the statement below sql/pruefungen/lieferungen/massnahme that returns the
facts as columns; titles and expectations of checks, which stand in its header.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from string import Formatter
from typing import Any

from pipelines.eingang.wording import Row, Wording, liste, tag


def _euro(betrag: float) -> str:
    cents = Decimal(repr(betrag)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{cents:,.2f}".translate(str.maketrans(",.", ".,")) + " €"


def _zahl(zahl: float) -> str:
    return str(zahl).removesuffix(".0").replace(".", ",")


FORMATS: Mapping[str, Callable[[Any], str]] = {
    "tag": tag,
    "euro": _euro,
    "zahl": _zahl,
    "wort": lambda wort: wort.replace("_", " "),
    "liste": ", ".join,
    "": str,
}


class _Facts(Formatter):
    """Facts of a row written as the sentence asks: `{stand:tag}`, `{aufwand:euro}`."""

    def format_field(self, value: Any, format_spec: str) -> str:
        return FORMATS[format_spec](value)


def _wer(zeile: Row) -> str:
    """A measure as people call it."""
    titel = zeile["titel"]
    return f"Maßnahme {zeile['massnahme_nr']} »{titel[:57] + '…' if len(titel) > 60 else titel}«"


def fill(satz: str, zeile: Row) -> str:
    """A sentence with the facts of a row; `{wer}` is the measure by number and title."""
    wer = {"wer": _wer(zeile)} if zeile.get("titel") is not None else {}
    return _Facts().format(satz, **zeile, **wer)


# Check → sentence, or `art` of its rows → sentence.
SAETZE: Mapping[str, str | Mapping[str, str]] = {
    "angabe_verschwunden": {
        "blatt": "die Mappe hat kein Blatt »{blattname}« mehr; die vorige Lieferung ({datei}) hatte darin {anzahl}",
        "massnahmenblatt": "die Mappe hat kein Blatt »{blattname}« mehr; die vorige Lieferung ({datei}) hatte darin {anzahl}, "
        "keine davon steht jetzt anderswo",
        "leer": "das Blatt »{blattname}« ist leer; die vorige Lieferung ({datei}) hatte darin {anzahl}",
        "spalte": "die Spalte »{spalte}« gibt es nicht mehr ({blattname}); die vorige Lieferung ({datei}) hatte darin {anzahl}",
    },
    "anpassung_zukunft": "Maßnahme {massnahme_nr}: die Anpassung vom {datum:tag} liegt nach dem Stand {stand:tag}",
    "beschluss_abweichend": {
        "anderer_tag": "{wer}: der Beschluss vom {beschluss_am:tag} ist keiner der Vorlage {vorlage_nr}; laut konzept.yaml "
        "wurde sie am {beschlossen} beschlossen",
        "vor_vorlage": "{wer}: der Beschluss vom {beschluss_am:tag} liegt vor dem Datum der Vorlage {vorlage_nr}, {datum:tag}",
    },
    "beschluss_zukunft": "{wer}: der Beschluss vom {beschluss_am:tag} liegt nach dem Stand {stand:tag}",
    "foerderung_ausgelaufen": "{wer} ist {status:wort}, ihre Förderung endete am {foerderende:tag}",
    "foerderung_vor_jahr": "Maßnahme {massnahme_nr}: {jahr} steht eine Förderung, die am {foerderende:tag} endete",
    "geld_zweimal": "{wer}: {aufwand:euro} stehen in der Zeile ({jahr}), im Blatt Haushalt {summe:euro} ({zeit}); als Kosten "
    "zählt je Jahr der Haushalt, die Zeile nur für {jahr}, wenn er dafür kein Ist hat",
    "geld_rechnet_nicht": "{wer}: {aufwand:euro} − {ertrag:euro} = {differenz:euro}, eingetragen ist {eigenanteil:euro}",
    "grund_fehlt": {
        "entfallen": "{wer} ist {status:wort}, ohne Begründung",
        "ohne_beginn": "{wer} ist {status:wort}, ohne Begründung und ohne geplanten Beginn",
        "begonnen": "{wer} ist {status:wort}, ohne Begründung, und der Beginn {beginn:tag} liegt nicht nach dem Stand",
    },
    "handlungsfeld_unbekannt": {
        "keines": "{wer} hat kein Handlungsfeld",
        "unbekannt": "{wer}: das Handlungsfeld »{feldtext}« gibt es im Konzept nicht",
    },
    "haushalt_ist_zukunft": "Maßnahme {massnahme_nr}: für {jahr} ist schon ein Ist eingetragen, der Stand ist {stand:tag}",
    "haushalt_widerspruch": {
        "betrag": "Maßnahme {massnahme_nr}: Aufwand {jahr} im Blatt Haushalt {aufwand:euro}, in der Zeile der Maßnahme "
        "{aufwand_zeile:euro}",
        "ertrag": "Maßnahme {massnahme_nr}: {jahr} ist der Ertrag ({lage}) {ertrag:euro} höher als der Aufwand {aufwand:euro}",
    },
    "ist_ueber_plan": "Maßnahme {massnahme_nr}: {artwort} Ist {jahr} {ist:euro} ist das {faktor:zahl}-Fache des Plans, "
    "{plan:euro} (gemeldet über dem {grenze:zahl}-Fachen, ein Vorschlag dieses Projekts)",
    "istwert_fehlt": {
        "keiner": "{subjekt} keinen Istwert",
        "nicht_getrennt": "{subjekt} einen Istwert, aber nicht für Frauen und Männer getrennt",
    },
    "istwert_rechnet_nicht": {
        "summe": "{wer}: Frauen {istwert_w:zahl} und Männer {istwert_m:zahl} sind zusammen {summe:zahl}, insgesamt ist "
        "{istwert_gesamt:zahl} eingetragen",
        "keine_ganzen": "{wer}: gezählt sind Personen, eingetragen ist {zahl:zahl}",
    },
    "istwert_zaehlt_widerspruch": {
        "geschlecht": "{wer}: gezählt werden laut Blatt Sachen, eingetragen sind Frauen oder Männer; der Istwert gilt als "
        "Zahl von Personen",
        "klein": "{wer}: neben Teilnehmenden ist der kleine Istwert {istwert_gesamt:zahl} geschützt wie eine Zahl von Personen",
    },
    "katalog_unvollstaendig": {
        "fehlt": "zum Stand {stand:tag} {fehlen} des Katalogs: {massnahmen:liste}",
        "fremd": "zum Stand {stand:tag} stehen Maßnahmen da, die der Katalog nicht hat: {genannt:liste}",
        "nummer": "zum Stand {stand:tag} tragen Maßnahmen eine andere Nummer als im Katalog: {genannt:liste}",
        "feld": "zum Stand {stand:tag} stehen Maßnahmen in einem anderen Handlungsfeld als im Katalog: {genannt:liste}",
    },
    "massnahme_doppelt": "die Nummer {massnahme_nr} steht zum Stand {stand:tag} {anzahl} Mal: {genannt:liste}",
    "meilenstein_zeit": {
        "zukunft": "Maßnahme {massnahme_nr}: der Meilenstein »{meilenstein}« soll am {erreicht_am:tag} erreicht sein, der "
        "Stand ist {stand:tag}",
        "offen": "{wer} ist abgeschlossen, der Meilenstein »{meilenstein}« aber nicht erreicht",
    },
    "nebenblatt_doppelt": {
        "jahr": "das Haushaltsjahr {angabe} der Maßnahme {massnahme_nr} steht {anzahl} Mal",
        "meilenstein": "der Meilenstein »{angabe}« der Maßnahme {massnahme_nr} steht {anzahl} Mal",
        "anpassung": "die Anpassung »{angabe}« vom {datum:tag} der Maßnahme {massnahme_nr} steht {anzahl} Mal",
    },
    "nebenblatt_ohne_massnahme": "die Maßnahme {massnahme_nr} gibt es in dieser Mappe nicht",
    "personenangabe": {
        "massnahme": "Maßnahme {nr}: {feldname} enthält anscheinend: {anzeichen:liste}",
        "vorlage": "Vorlage {nr}: {feldname} enthält anscheinend: {anzeichen:liste}",
    },
    "sozialraum_unbekannt": "{wer}: den Sozialraum »{sozialraum}« gibt es nicht als Gebiet",
    "stand_veraltet": {
        "zu_alt": "der jüngste Stand {stand:tag} ist älter als {monate} Monate",
        "vor_zeitraum": "der Stand {stand:tag} liegt vor dem Berichtszeitraum (ab {fruehestens:tag})",
    },
    "stand_zukunft": {
        "zukunft": "der Stand {stand:tag} liegt in der Zukunft",
        "nach_zeitraum": "der Stand {stand:tag} liegt nach dem Berichtszeitraum (bis {spaetestens:tag})",
    },
    "status_uebergang": "{wer} war am {alter_stand:tag} {alt:wort} ({beleg}) und ist jetzt {status:wort}, ohne Begründung",
    "stellen_widerspruch": "{wer}: {vzae:zahl} VZÄ, im Blatt Haushalt {jahr} befristet und unbefristet zusammen {summe:zahl}",
    "teilnehmende_klein": "{wer} hat Zahlen unter {mindestfallzahl}; sie werden geschützt",
    "teilnehmende_rechnen_nicht": "{wer}: {frauen} Frauen und {maenner} Männer, insgesamt {teilnehmende}",
    "verantwortlich_fehlt": {
        "keine": "{wer} nennt keine verantwortliche Stelle",
        "person": "{wer} nennt mit »{verantwortlich}« anscheinend eine Person",
    },
    "vergangenheit_geaendert": "{wer} zum Stand {stand:tag} weicht von {datei}, {alte_stelle} ab: {geaendert}",
    "vorlage_unbekannt": "{wer}: die Vorlage »{vorlage_nr}« steht weder im Blatt Vorlagen noch in konzept.yaml",
    "vzae_hoch": "Maßnahme {massnahme_nr}: {vzae:zahl} VZÄ sind viel für eine Maßnahme (gemeldet über {grenze:zahl}, ein "
    "Vorschlag dieses Projekts)",
    "wirkung_unbegruendet": {
        "ohne_grund": "{wer} ist mit »{wirkung:wort}« bewertet, ohne Begründung",
        "status": "{wer} ist mit »{wirkung:wort}« bewertet und hat den Status »{status:wort}«",
    },
    "zeitraum_teilnehmende": {
        "fehlt": "{wer}: Kosten aus {zeit}, {teilnehmende} Teilnehmende ohne Zeitraum; so gibt es keine Kosten je Person",
        "andere": "{wer}: Kosten aus {zeit}, Teilnehmende aus {spanne}; so gibt es keine Kosten je Person",
    },
    "zeit_verdreht": "{wer} beginnt am {beginn:tag} und endet am {ende:tag}",
    "ziel_ohne_einheit": "{zahlen} keine Einheit ({genannt}): der Bericht kann nur »… % von {zielzahl:zahl}« sagen",
}
ERWARTET = {"handlungsfeld_unbekannt": "eines von: {felder:liste}"}
# Check → (fact without which there is nothing to propose, sentence).
VORSCHLAEGE = {
    "vzae_hoch": ("anteil", "{anteil:zahl}, wenn {vzae:zahl} Prozent einer Stelle gemeint sind"),
    "angabe_verschwunden": (
        "nahe",
        "wieder so nennen, wenn eine der nicht gelesenen Spalten gemeint ist: {nahe:liste}",
    ),
    "geld_rechnet_nicht": ("differenz", "{differenz:euro}, wenn Aufwand und Ertrag stimmen"),
    "handlungsfeld_unbekannt": ("aehnlicher_name", "»{aehnlicher_name}« ({aehnliches_feld}), wenn das gemeint ist"),
    "sozialraum_unbekannt": ("aehnlicher_name", "»{aehnlicher_name} ({aehnliches_gebiet})«, wenn das gemeint ist"),
}
# Field of a measure → (its name in a sentence, how its value is written).
FELDER = {
    "handlungsfeld": ("Handlungsfeld", ""), "titel": ("Titel", ""), "status": ("Status", "wort"), "risiko": ("Risiko", ""),
    "verantwortlich": ("verantwortlich", ""), "beginn": ("Beginn", "tag"), "ende": ("Ende", "tag"),
    "aufwand": ("Aufwand", "euro"), "ertrag": ("Ertrag", "euro"), "eigenanteil": ("Eigenanteil", "euro"), "vzae": ("VZÄ", "zahl"),
    "istwert_w": ("Istwert Frauen", "zahl"), "istwert_m": ("Istwert Männer", "zahl"),
    "istwert_gesamt": ("Istwert gesamt", "zahl"),
    "teilnehmende": ("Teilnehmende", ""),
}  # fmt: skip
FREITEXTE = {
    "begruendung": "die Begründung",
    "wirkung_grund": "die Begründung der Wirkung",
    "bemerkung": "die Bemerkung oder ein Kommentar der Zeile",
    "naechste_schritte": "das Feld »Nächste Schritte«",
}


def _changed(zeile: Row) -> str:
    """What fields were and are; a text is not repeated."""

    def value(lage: str, feld: str) -> str:
        wert = zeile[lage][feld]
        return "leer" if wert is None else FORMATS[FELDER[feld][1]](wert)

    return "; ".join(
        "andere Begründung"
        if feld == "begruendung"
        else f"{FELDER[feld][0]} früher {value('frueher', feld)}, jetzt {value('jetzt', feld)}"
        for feld in zeile["felder"]
    )


def _subject(zeile: Row) -> str:
    if zeile["anzahl"] == 1:
        return f"die laufende oder abgeschlossene Maßnahme {zeile['nummern'][0]} hat"
    return f"{zeile['anzahl']} laufende oder abgeschlossene Maßnahmen ({', '.join(zeile['nummern'])}) haben"


def _of_the_catalogue(zeile: Row) -> dict[str, Any]:
    match zeile["art"]:
        case "fehlt":
            return {"fehlen": "fehlt eine Maßnahme" if zeile["anzahl"] == 1 else f"fehlen {zeile['anzahl']} Maßnahmen"}
        case "fremd":
            return {"genannt": [f"{m['massnahme_nr']} »{m['titel']}«" for m in zeile["fremde"]]}
        case "nummer":
            return {"genannt": [f"{m['massnahme_nr']} heißt dort {m['katalog']}" for m in zeile["paare"]]}
        case _:
            return {"genannt": [f"{m['massnahme_nr']} in {m['feld']} statt {m['katalog']}" for m in zeile["felder"]]}


def _missed(zeile: Row) -> dict[str, Any]:
    worte = {"massnahmenblatt": ("Maßnahme", "Maßnahmen"), "spalte": ("Wert", "Werte")}
    eines, viele = worte.get(zeile["art"], ("Zeile", "Zeilen"))
    zahl = zeile["werte"] if zeile["art"] == "spalte" else zeile["zeilen"]
    nahe = [f"»{u}«" for u in zeile["ungelesen"] or ()]
    return {"anzahl": f"{zahl} {eines if zahl == 1 else viele}", "nahe": nahe or None}


# Facts that are words themselves: lists of pairs, singular and plural.
DERIVED: Mapping[str, Callable[[Row], dict[str, Any]]] = {
    "angabe_verschwunden": _missed,
    "beschluss_abweichend": lambda zeile: {"beschlossen": " und ".join(map(tag, zeile["beschluesse"] or ()))},
    "geld_zweimal": lambda zeile: {"zeit": ", ".join(map(str, zeile["jahre"]))},
    "ist_ueber_plan": lambda zeile: {"artwort": zeile["art"].capitalize()},
    "zeitraum_teilnehmende": lambda zeile: {
        "zeit": ", ".join(map(str, zeile["jahre"])),
        "spanne": str(zeile["von"]) if zeile["von"] == zeile["bis"] else f"{zeile['von']}–{zeile['bis']}",
    },
    "ziel_ohne_einheit": lambda zeile: {
        "zahlen": "eine Zielzahl hat" if zeile["anzahl"] == 1 else f"{zeile['anzahl']} Zielzahlen haben",
        "genannt": liste(zeile["nummern"], 5, ", ").replace(", und ", " und "),
    },
    "istwert_fehlt": lambda zeile: {"subjekt": _subject(zeile)},
    "katalog_unvollstaendig": _of_the_catalogue,
    "massnahme_doppelt": lambda zeile: {"genannt": [f"»{titel}«" for titel in zeile["alle_titel"]]},
    "personenangabe": lambda zeile: {"feldname": FREITEXTE.get(zeile["feld"], "die Beschreibung")},
    "vergangenheit_geaendert": lambda zeile: {"geaendert": _changed(zeile)},
}


def word(check: str, zeile: Row) -> Wording:
    """The German sentences of one row that a check returned.

    Raises: KeyError for a check or an `art` without a sentence, or a sentence that names a fact the row does not have.
    """
    satz = SAETZE[check]
    fakten = {**zeile, **(DERIVED[check](zeile) if check in DERIVED else {})}
    fakt, vorschlag = VORSCHLAEGE.get(check, (None, ""))
    return Wording(
        fill(satz if isinstance(satz, str) else satz[zeile["art"]], fakten),
        fill(ERWARTET[check], fakten) if check in ERWARTET else None,
        fill(vorschlag, fakten) if fakt and fakten[fakt] is not None else None,
    )
