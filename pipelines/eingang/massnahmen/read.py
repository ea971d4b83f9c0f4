"""A workbook of measure sheets → measures and council papers, each with the cell it came from.

Belongs here: rows to measures. Does not belong here: headers (header.py), which rows are measures (row_kind.py), what one cell
says (row.py), what it says of the concept (concept_fields.py), whether measures agree with each other, the catalogue and earlier
states (checks.py), what a sheet holds (sheet_kind.py). Long because one reader goes through all kinds of tabs and counts their
rows in one balance.
"""

from datetime import date, datetime
from typing import Any

import pyarrow as pa

from pipelines.eingang.grid.sheet import Blatt, Mappe
from pipelines.eingang.grid.workbook import read_workbook
from pipelines.eingang.lieferung.record import Lieferung, Zeilenbilanz
from pipelines.eingang.massnahmen.cell_words import (
    ART,
    VEREINBARKEIT,
    WIRKUNG,
    ZAEHLT,
    read_ampel_words,
    read_status_words,
)
from pipelines.eingang.massnahmen.concept_fields import Konzeptbezug, restore_zeros
from pipelines.eingang.massnahmen.einlesung import Mappennummern, Massnahmeneinlesung
from pipelines.eingang.massnahmen.header import (
    KOPF_IN,
    Kopf,
    Zusatz,
    anker,
    blattart,
    feld_von,
    read_addition,
    spaltentitel,
)
from pipelines.eingang.massnahmen.row import Zeile, als_text, personen_in, zahl_im_text
from pipelines.eingang.massnahmen.row_kind import is_massnahme, stand_im_titel
from pipelines.eingang.massnahmen.sheet_kind import (
    BLATTWORT,
    MASSNAHMEN,
    VORLAGEN,
    Gelesenesblatt,
    choose_kind,
    describe_sheet,
    load_layouts,
    raise_unread,
)
from pipelines.eingang.massnahmen.side_tabs import Nebenzeilen, read_side_row
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import aehnlich
from pipelines.stamm.konzept.models import Fassung, Konzept, normalform
from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from schemas.tabellen.massnahme import GELESEN, GELESEN_MASSNAHME, GELESEN_VORLAGE
from schemas.words.massnahmen import (
    AMPELSCHEMATA,
    FREITEXTE,
    PFLICHTSPALTEN,
    vergleichsform,
)
from schemas.words.steuerung import NEBENBLAETTER, Nebenblatt

_NEBEN = {n.tabelle: n for n in NEBENBLAETTER}


def read_massnahmen(
    ablage: Ablage, kommune_id: str, konzepte: Konzept | None, quelle: Massnahmenquelle, lieferung: Lieferung
) -> Massnahmeneinlesung:
    """Read a workbook; rows with a fault are set aside and named.

    Titles, headings, totals, footnotes count as `ausserhalb`.
    Raises: LieferungAbgewiesen if the file cannot be read, its concept is unknown, or it has no measure at all.
    """
    datei = lieferung.pfad.name
    fassungen = {f.konzept: f for f in (konzepte.konzepte if konzepte else ())}
    if quelle.konzept not in fassungen:
        raise LieferungAbgewiesen(
            [Befund(Code.layout, Schwere.fehler, datei, "", f"das Konzept »{quelle.konzept}« der Quelle »{quelle.id}« gibt es "
                    "nicht", "eines aus konzept.yaml: " + (", ".join(fassungen) or "keines vorhanden"),
                    vorschlag=aehnlich(quelle.konzept, [*fassungen]))]
        )  # fmt: skip
    mappe = read_workbook(lieferung.pfad, ablage.create_folders().tmp)
    zusatz = read_addition(lieferung.pfad)
    leser = _Leser(kommune_id, fassungen[quelle.konzept], quelle, lieferung, zusatz or {})
    for blatt in mappe.blaetter:
        leser.read_sheet(blatt)
    leser.befunde += restore_zeros(leser.zeilen, leser.nummernzahl, leser.konzept.katalog, datei)
    leser.genannt.massnahmen |= {(z["massnahme_nr"], z["stand"]) for z in leser.zeilen}
    befunde = [*mappe.hinweise, *leser.befunde]
    if zusatz is None:
        befunde.append(
            Befund(Code.dateiformat, Schwere.hinweis, datei, "", "Formate oder Kommentare der Mappe sind beschädigt; gelesen "
                   "sind nur die Werte", "eine heile Mappe; bitte in Excel oder LibreOffice öffnen und neu speichern")
        )  # fmt: skip
    if not leser.zeilen and not leser.abgewiesen:
        raise LieferungAbgewiesen(
            [Befund(Code.zeile_fehlt, Schwere.fehler, datei, "", "kein Blatt enthält eine Maßnahme",
                    f"ein Blatt mit den Spalten {', '.join(PFLICHTSPALTEN)}"), *befunde]
        )  # fmt: skip
    return leser.ergebnis(mappe, befunde)


class _Leser:
    """Reads sheet after sheet; rows, counts and findings pile up."""

    def __init__(
        self, kommune_id: str, fassung: Fassung, quelle: Massnahmenquelle, lieferung: Lieferung,
        zusatz: dict[str, dict[tuple[int, int], Zusatz]],
    ):  # fmt: skip
        self.kommune, self.fassung, self.quelle, self.lieferung = kommune_id, fassung, quelle, lieferung
        self.zusatz, self.datei = zusatz, lieferung.pfad.name
        self.status, self.ampel = read_status_words(quelle), read_ampel_words(quelle)
        self.konzept = Konzeptbezug(kommune_id, fassung)
        self.befunde: list[Befund] = []
        self.zeilen: list[dict[str, Any]] = []
        self.orte: list[dict[str, str]] = []
        self.feldtexte: list[str | None] = []
        self.nummernzahl: list[bool] = []
        self.vorlagen: list[dict[str, Any]] = []
        self.orte_vorlagen: list[dict[str, str]] = []
        self.neben = Nebenzeilen()
        self.genannt = Mappennummern()
        self.layouts = load_layouts(quelle)
        self.blaetter: list[Gelesenesblatt] = []
        self.ausserhalb = self.abgewiesen = 0

    def tell(self, code: Code, schwere: Schwere, blatt: Blatt, z: int, s: int | None, was: str, erwartet: str,
              vorschlag: str | None = None) -> None:  # fmt: skip
        self.befunde.append(
            Befund(code, schwere, self.datei, blatt.ort(z, s), was, erwartet, vorschlag=vorschlag,
                   zellen=(blatt.adresse(z, s),) if s is not None else ())
        )  # fmt: skip

    def _hide_numbers(self, art: str) -> None:
        """A sheet is not read: what it names is not known."""
        self.genannt.lesbar &= art != MASSNAHMEN
        self.genannt.vorlagen_lesbar &= art != VORLAGEN

    def _without_header(self, blatt: Blatt, art: str, benannt: bool) -> None:
        """A sheet whose headers say nothing; where its name says what it holds, that is an error."""
        gesucht = [self.layouts[art]] if benannt else [*self.layouts.values()]
        worte = "; ".join(f"{BLATTWORT[g.art]}: {g.titles()}" for g in gesucht) if not benannt else gesucht[0].titles()
        schwere = Schwere.fehler if benannt else Schwere.warnung
        self.tell(Code.kopfzeile, schwere, blatt, 0, 0, f"im Blatt »{blatt.name}« ist keine Kopfzeile zu erkennen, es wird nicht "
                  "gelesen", f"in den ersten {KOPF_IN} Zeilen die Überschriften {worte}",
                  "Blätter, die nicht gelesen werden sollen, »Anleitung« oder »Listen« nennen")  # fmt: skip
        if schwere is Schwere.fehler:
            self._hide_numbers(art)

    def read_sheet(self, blatt: Blatt) -> None:
        name = blatt.name or ""
        if blattart(name) == "ohne" or not any(any(w != "" for w in reihe) for reihe in blatt.werte):
            return
        art, kopf, benannt = choose_kind(blatt, self.layouts, self.fassung, self.datei)
        if kopf is None:
            self._without_header(blatt, art, benannt)
            return
        if art != MASSNAHMEN and not benannt:
            self.tell(Code.layout, Schwere.hinweis, blatt, kopf.zeile, 0, f"das Blatt »{name}« ist nach seinen Überschriften als "
                       f"»{BLATTWORT[art]}« gelesen", f"ein Blatt mit dem Namen »{BLATTWORT[art]}«")  # fmt: skip
        self.befunde += raise_unread(kopf, blatt, art)
        self.blaetter.append(describe_sheet(art, blatt, kopf))
        vorlagen, layout = art != MASSNAHMEN, self.layouts[art]
        ersatz = None if vorlagen else stand_im_titel(blatt, kopf)
        fehlend = [p for p in layout.pflicht if p not in kopf.spalten and not (p == "stand_datum" and ersatz)]
        gefunden = [als_text(w) for w in blatt.werte[kopf.zeile] if w != ""]
        for spalte in fehlend:
            nahe = aehnlich(spaltentitel(spalte), gefunden)
            self.tell(Code.spalte_fehlt, Schwere.fehler, blatt, kopf.zeile, 0, f"die Spalte »{spaltentitel(spalte)}« fehlt in "
                       f"der Kopfzeile; gefunden: {', '.join(gefunden)}", "eine der Überschriften "
                       + ", ".join(layout.koepfe[spalte]),
                       f"»{nahe}« in kommune.yaml unter spalten.{spalte} eintragen" if nahe else None)  # fmt: skip
        if "ampel" in kopf.spalten and self.ampel is None and not vorlagen:
            self.tell(Code.layout, Schwere.fehler, blatt, kopf.zeile, kopf.spalten["ampel"], "die Spalte ist eine Ampel, aber "
                       "die Quelle nennt kein ampel_schema: Farben bedeuten nicht überall dasselbe",
                       f"ampel_schema in kommune.yaml: {', '.join(AMPELSCHEMATA)} oder eigene Wörter")  # fmt: skip
        if fehlend:
            self._hide_numbers(art)
            self.abgewiesen += sum(any(w != "" for w in r) for r in blatt.werte[kopf.daten_ab :])
            return
        self._read_rows(blatt, kopf, art, ersatz)

    def _read_rows(self, blatt: Blatt, kopf: Kopf, art: str, ersatz: date | None) -> None:
        verbunden, zusatz = anker(blatt), self.zusatz.get(blatt.name or "", {})
        abschnitt = feld_von(self.fassung, blatt.name or "")
        kopfworte = [vergleichsform(als_text(w)) for w in blatt.werte[kopf.zeile] if w != ""]
        verborgen = []
        ohne_wert = {z for z, _ in (*blatt.formeln, *blatt.fehlerwerte)}
        hoehe = max([len(blatt.werte), *(z + 1 for z in ohne_wert)])
        for z in range(kopf.daten_ab, hoehe):
            if z not in ohne_wert and not any(w != "" for w in blatt.werte[z]):
                continue  # a stray cell at the far end makes a sheet a million rows high
            voll = [w for w in (blatt.werte[z] if z < len(blatt.werte) else []) if w != ""]
            zeile = Zeile(blatt, z, kopf, verbunden, zusatz, self.datei)
            belegt = [n for n in kopf.spalten if not zeile.is_empty(n) and zeile.ort(n)[0] == z]
            if not voll and not belegt:
                continue
            if z in blatt.verborgene_zeilen:
                verborgen.append(z)
            if [vergleichsform(als_text(w)) for w in voll] == kopfworte:
                self.ausserhalb += 1  # the header once more on a new page
            elif art == VORLAGEN:
                self._vorlage(zeile, belegt)
            elif art in _NEBEN:
                self._nebenzeile(_NEBEN[art], zeile, belegt)
            elif is_massnahme(zeile, belegt, voll):
                self._massnahme(zeile, abschnitt, ersatz)
            else:
                self.ausserhalb += 1
                if len(voll) == 1:
                    abschnitt = feld_von(self.fassung, als_text(voll[0])) or abschnitt
        if verborgen:
            self.tell(Code.verborgen, Schwere.hinweis, blatt, verborgen[0], None, f"{len(verborgen)} ausgeblendete Zeilen mit "
                       "Inhalt wurden mitgelesen", "nur sichtbare Zeilen", "die Zeilen einblenden oder löschen")  # fmt: skip

    def _ampel(self, zeile: Zeile) -> str | None:
        if "ampel" not in zeile.kopf.spalten or self.ampel is None:
            return None
        stelle = zeile.ort("ampel")
        if zeile.wert("ampel") == "" and stelle in zeile.zusatz and zeile.zusatz[stelle].gefaerbt:
            zeile.fehler(Code.pflichtfeld, "ampel", "die Zelle ist nur gefärbt; Farben werden nicht gelesen",
                         "das Wort der Ampel", "die Farbe auch als Wort eintragen", Schwere.warnung)  # fmt: skip
        return zeile.wort("ampel", self.ampel)

    def _massnahme(self, zeile: Zeile, abschnitt: str | None, ersatz: date | None) -> None:
        zeile.check_cells()
        self.blaetter[-1].zeilen += 1
        nummer, ist_zahl = self.konzept.nummer(zeile)
        self.konzept.check_belongs(zeile)
        titel = zeile.pflicht("titel", "der Titel der Maßnahme")
        status = zeile.wort("status", self.status)
        if zeile.is_empty("status"):
            zeile.pflicht("status", "der Status")
        stand = zeile.stand(ersatz, self.status.worte)
        feld, feldtext = self.konzept.feld(zeile, nummer, abschnitt)
        eintrag = self.konzept.katalog.get(nummer or "")
        art = zeile.wort("art", ART) or ("idee" if status == "idee" else eintrag.art if eintrag else "massnahme")
        texte = {
            n: zeile.text(n)
            for n in ("zielgruppe", "indikator", "zielwert", "prioritaet", "verantwortlich", "einheit_ziel", "sozialraum",
                      "vorlage_nr", *FREITEXTE)
        }  # fmt: skip
        texte["bemerkung"] = " | ".join([*filter(None, [texte["bemerkung"]]), *zeile.kommentare()]) or None
        werte = {
            "massnahme_nr": nummer, "titel": titel, "titel_norm": normalform(titel or ""), "status": status, "stand": stand,
            "handlungsfeld": feld, "leitziel": self.konzept.leitziel(zeile, nummer), "art": art, "risiko": self._ampel(zeile),
            "partner": zeile.liste("partner"), **texte, **zeile.zeitraum(), "vzae": zeile.zahl("vzae"),
            **{n: zeile.zahl(n, geld=True) for n in ("aufwand", "ertrag", "eigenanteil")},
            **{n: zeile.zahl(n) for n in ("istwert_w", "istwert_m", "istwert_gesamt")},
            **{n: zeile.zahl(n, ganz=True) for n in ("teilnehmende", "teilnehmende_w", "teilnehmende_m")},
            "zielzahl": zeile.zahl("zielzahl") if zeile.text("zielzahl") else zahl_im_text(texte["zielwert"]),
            "wirkung": zeile.wort("wirkung", WIRKUNG),
            **zeile.spanne("teilnehmende_zeitraum", "teilnehmende"), "beschluss_am": zeile.tag("beschluss_am"),
            "istwert_zaehlt": zeile.wort("istwert_zaehlt", ZAEHLT),
        }  # fmt: skip
        self.genannt.massnahmen |= {(nummer, stand)} if nummer else set()
        self.genannt.lesbar &= nummer is not None
        werte["nicht_erhoben"] = zeile.nicht_erhoben
        werte["personenangabe"] = personen_in(texte)
        self.befunde += zeile.befunde
        if any(b.schwere is Schwere.fehler for b in zeile.befunde):
            self.abgewiesen += 1
            return
        self.zeilen.append(self._mit_herkunft(zeile, "massnahme_nr", werte))
        self.orte.append({n: zeile.adresse(n) for n in zeile.kopf.spalten})
        self.feldtexte.append(feldtext)
        self.nummernzahl.append(ist_zahl)

    def _nebenzeile(self, neben: Nebenblatt, zeile: Zeile, belegt: list[str]) -> None:
        if len(belegt) < 2:
            self.ausserhalb += 1
            return
        self.blaetter[-1].zeilen += 1
        werte = read_side_row(neben, zeile, self.konzept)
        self.befunde += zeile.befunde
        if any(b.schwere is Schwere.fehler for b in zeile.befunde):
            self.abgewiesen += 1
            return
        self.neben.zeilen[neben.tabelle].append(self._mit_herkunft(zeile, "massnahme_nr", werte))
        self.neben.orte[neben.tabelle].append({n: zeile.adresse(n) for n in zeile.kopf.spalten})

    def _vorlage(self, zeile: Zeile, belegt: list[str]) -> None:
        if len(belegt) < 2:
            self.ausserhalb += 1
            return
        zeile.check_cells()
        self.blaetter[-1].zeilen += 1
        nummer = zeile.pflicht("vorlage_nr", "die Nummer der Vorlage")
        self.genannt.vorlagen |= {nummer} if nummer else set()
        self.genannt.vorlagen_lesbar &= nummer is not None
        titel, begruendung = zeile.pflicht("titel", "der Titel der Vorlage"), zeile.text("begruendung")
        vereinbarkeit = zeile.wort("vereinbarkeit", VEREINBARKEIT)
        if zeile.is_empty("vereinbarkeit"):
            zeile.pflicht("vereinbarkeit", "die Vereinbarkeit")
        zeit = zeile.zeit("datum") if zeile.pflicht("datum", "das Datum der Vorlage") else None
        if zeit and zeit.von_genauigkeit != "tag":
            zeile.fehler(Code.datum, "datum", f"»{zeile.text('datum')}« nennt keinen Tag", "ein Tag wie 15.03.2022")
        frueher = next(
            (o for v, o in zip(self.vorlagen, self.orte_vorlagen, strict=True) if v["vorlage_nr"] == nummer), None
        )
        if nummer and frueher:
            zeile.fehler(Code.zeile_doppelt, "vorlage_nr", f"die Vorlage »{nummer}« steht schon in {frueher['vorlage_nr']}",
                         "jede Vorlage einmal", "eine der beiden Zeilen löschen")  # fmt: skip
        self.befunde += zeile.befunde
        if any(b.schwere is Schwere.fehler for b in zeile.befunde):
            self.abgewiesen += 1
            return
        werte = {"vorlage_nr": nummer, "titel": titel, "datum": zeit and zeit.von, "vereinbarkeit": vereinbarkeit,
                 "begruendung": begruendung, "personenangabe": personen_in({"begruendung": begruendung})}  # fmt: skip
        self.vorlagen.append(self._mit_herkunft(zeile, "vorlage_nr", werte))
        self.orte_vorlagen.append({n: zeile.adresse(n) for n in zeile.kopf.spalten})

    def _mit_herkunft(self, zeile: Zeile, schluessel: str, werte: dict[str, Any]) -> dict[str, Any]:
        li = self.lieferung
        return werte | {
            "kommune": self.kommune, "konzept": self.fassung.konzept, "beispieldaten": self.quelle.beispiel,
            "quelle_id": self.quelle.id, "blatt": zeile.blatt.name, "zeile": zeile.z + 1,
            "fundstelle": zeile.adresse(schluessel), "datei": li.datei, "lieferung_id": li.lieferung_id,
        }  # fmt: skip

    def ergebnis(self, mappe: Mappe, befunde: list[Befund]) -> Massnahmeneinlesung:
        """Tables of all rows; their data state is the latest day among them."""
        datenstand = max((z["stand"] for z in self.zeilen), default=self.lieferung.datenstand)
        daneben = [z for zeilen in self.neben.zeilen.values() for z in zeilen]
        for z in (*self.zeilen, *self.vorlagen, *daneben):
            z |= {"datenstand": datenstand, "eingelesen_am": datetime.min.replace(year=1970)}
        uebernommen = len(self.zeilen) + len(self.vorlagen) + len(daneben)
        gelesen = uebernommen + self.ausserhalb + self.abgewiesen
        return Massnahmeneinlesung(
            pa.Table.from_pylist(self.zeilen, schema=GELESEN_MASSNAHME), pa.Table.from_pylist(self.vorlagen, GELESEN_VORLAGE),
            Zeilenbilanz(gelesen, uebernommen, self.ausserhalb, self.abgewiesen), befunde, mappe, self.orte, self.feldtexte,
            self.orte_vorlagen, {n: pa.Table.from_pylist(z, GELESEN[n]) for n, z in self.neben.zeilen.items()},
            self.neben.orte, self.blaetter, self.genannt,
        )  # fmt: skip
