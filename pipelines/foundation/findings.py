"""What can be wrong with a delivery or a configuration, as one closed set of codes with German texts.

Belongs here: the finding (`Befund`), its codes, the two exceptions that carry findings to a person.
Does not belong here: finding anything. For register deliveries a finding never holds a row's value: only file, line,
column, rule and counts; `monitoring check` may add the code found (see `Befund.gefunden`), nothing else may.
Long because the codes are one closed list.
"""

import errno
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from enum import StrEnum


class Schwere(StrEnum):
    """How bad a finding is: `fehler` gives exit code 1, `warnung` and `hinweis` do not."""

    fehler = "fehler"
    warnung = "warnung"
    hinweis = "hinweis"


def kopf(schwere: Schwere) -> str:
    """How a line for a person begins: an error needs no word."""
    return "" if schwere is Schwere.fehler else f"{schwere.value.capitalize()}: "


class Code(StrEnum):
    """Every rule a delivery can break. The value is the name shown in `protokoll.pruefung`."""

    datei_leer = "datei_leer"
    dateiname = "dateiname"
    dateiformat = "dateiformat"
    kodierung = "kodierung"
    zeilenende = "zeilenende"
    kopfzeile = "kopfzeile"
    spalte_unbekannt = "spalte_unbekannt"
    spalte_fehlt = "spalte_fehlt"
    spalte_doppelt = "spalte_doppelt"
    trennzeichen = "trennzeichen"
    letzte_zeile = "letzte_zeile"
    feldzahl = "feldzahl"
    pflichtfeld = "pflichtfeld"
    pid_doppelt = "pid_doppelt"
    schluessel_unbekannt = "schluessel_unbekannt"
    datum_unmoeglich = "datum_unmoeglich"
    datum_zukunft = "datum_zukunft"
    datum_reihenfolge = "datum_reihenfolge"
    elternteil_selbst = "elternteil_selbst"
    gebiet_unbekannt = "gebiet_unbekannt"
    geburtsort_ergaenzt = "geburtsort_ergaenzt"
    zu_viele_abgewiesen = "zu_viele_abgewiesen"
    zeilenbilanz = "zeilenbilanz"
    synthetisch_gemischt = "synthetisch_gemischt"
    # Plausibility of register extracts (eingang/melderegister/plausibility.py).
    auszug_gleich = "auszug_gleich"
    bestand_sprung = "bestand_sprung"
    personen_fremd = "personen_fremd"
    pid_neu = "pid_neu"
    gebiet_leer = "gebiet_leer"
    gebiet_sprung = "gebiet_sprung"
    unbekannt_anteil = "unbekannt_anteil"
    stichtag_zweifelhaft = "stichtag_zweifelhaft"
    option_aus = "option_aus"
    geburtsdatum_fehlt = "geburtsdatum_fehlt"
    hohes_alter = "hohes_alter"
    zeichen_verdaechtig = "zeichen_verdaechtig"
    nullen_verloren = "nullen_verloren"
    blatt_fehlt = "blatt_fehlt"
    zahl = "zahl"
    zeile_doppelt = "zeile_doppelt"
    zeile_fehlt = "zeile_fehlt"
    zelle_leer = "zelle_leer"
    formel_ohne_wert = "formel_ohne_wert"
    fehlerwert = "fehlerwert"
    layout = "layout"
    zeichen_unbekannt = "zeichen_unbekannt"
    wort_unbekannt = "wort_unbekannt"
    datum = "datum"
    schluessel_ergaenzt = "schluessel_ergaenzt"
    schluessel_name = "schluessel_name"
    gebiet_mehrdeutig = "gebiet_mehrdeutig"
    spalte_ungelesen = "spalte_ungelesen"
    verborgen = "verborgen"
    zu_gross = "zu_gross"
    # Checks of deliveries (sql/pruefungen/lieferungen/tabelle), one code a file.
    summe_gebiete = "summe_gebiete"
    summe_geschlecht = "summe_geschlecht"
    summe_teile = "summe_teile"
    anteil_folgt = "anteil_folgt"
    prozent_summe = "prozent_summe"
    doppelt_gleich = "doppelt_gleich"
    doppelt_widerspruch = "doppelt_widerspruch"
    jahr_doppelt = "jahr_doppelt"
    block_kopiert = "block_kopiert"
    spalte_verrutscht = "spalte_verrutscht"
    jahressprung = "jahressprung"
    zehnerpotenz = "zehnerpotenz"
    abdeckung_kleiner = "abdeckung_kleiner"
    gebiet_fehlt = "gebiet_fehlt"
    gruppe_unbekannt = "gruppe_unbekannt"
    gebiet_ungueltig = "gebiet_ungueltig"
    teil_groesser = "teil_groesser"
    quote_bereich = "quote_bereich"
    register_abgleich = "register_abgleich"
    rundung = "rundung"
    wert_geaendert = "wert_geaendert"
    # Found by `monitoring check` alone (geheimhaltung/foreign_table.py).
    geheim_errechenbar = "geheim_errechenbar"
    # Checks of measure status sheets (sql/pruefungen/lieferungen/massnahme).
    geld_rechnet_nicht = "geld_rechnet_nicht"
    grund_fehlt = "grund_fehlt"
    handlungsfeld_unbekannt = "handlungsfeld_unbekannt"
    istwert_fehlt = "istwert_fehlt"
    istwert_rechnet_nicht = "istwert_rechnet_nicht"
    katalog_unvollstaendig = "katalog_unvollstaendig"
    massnahme_doppelt = "massnahme_doppelt"
    personenangabe = "personenangabe"
    stand_veraltet = "stand_veraltet"
    stand_zukunft = "stand_zukunft"
    status_uebergang = "status_uebergang"
    teilnehmende_klein = "teilnehmende_klein"
    verantwortlich_fehlt = "verantwortlich_fehlt"
    vergangenheit_geaendert = "vergangenheit_geaendert"
    zeit_verdreht = "zeit_verdreht"
    angabe_verschwunden = "angabe_verschwunden"
    anpassung_zukunft = "anpassung_zukunft"
    beschluss_abweichend = "beschluss_abweichend"
    beschluss_zukunft = "beschluss_zukunft"
    foerderung_vor_jahr = "foerderung_vor_jahr"
    geld_zweimal = "geld_zweimal"
    ist_ueber_plan = "ist_ueber_plan"
    istwert_zaehlt_widerspruch = "istwert_zaehlt_widerspruch"
    vzae_hoch = "vzae_hoch"
    zeitraum_teilnehmende = "zeitraum_teilnehmende"
    foerderung_ausgelaufen = "foerderung_ausgelaufen"
    haushalt_ist_zukunft = "haushalt_ist_zukunft"
    haushalt_widerspruch = "haushalt_widerspruch"
    meilenstein_zeit = "meilenstein_zeit"
    nebenblatt_doppelt = "nebenblatt_doppelt"
    nebenblatt_ohne_massnahme = "nebenblatt_ohne_massnahme"
    sozialraum_unbekannt = "sozialraum_unbekannt"
    stellen_widerspruch = "stellen_widerspruch"
    teilnehmende_rechnen_nicht = "teilnehmende_rechnen_nicht"
    vorlage_unbekannt = "vorlage_unbekannt"
    wirkung_unbegruendet = "wirkung_unbegruendet"
    ziel_ohne_einheit = "ziel_ohne_einheit"
    schema = "schema"
    unerwartet = "unerwartet"
    # Not the file's fault (disk full, unreadable, gone): read again by the next refresh.
    stoerung = "stoerung"
    datei_unlesbar = "datei_unlesbar"
    # Faults of a municipality's folder and of a publication, for messages only.
    konfiguration = "konfiguration"
    veroeffentlichung = "veroeffentlichung"


ZITAT = 120  # longest quotation of a cell in a message; a cell may hold 32,767 signs
_LANGES_ZITAT = re.compile(rf"([»\"])([^»«\"]{{{ZITAT - 20}}})[^»«\"]{{20,}}([«\"])")


@dataclass(frozen=True)
class Befund:
    """One finding: where, what was found, what was expected. Texts are German and meant for the supplier.

    `zeilen` are line numbers of the file (the header is line 1); `gefunden` is shown by `monitoring check` only. `zellen`
    (tables only) are the addresses of all cells concerned (`Stadtteile!B6`, in CSV `Zeile 4, Feld 2`), the first being
    the one to look at; `vorschlag` says what the supplier could enter. `draussen` (register only) says instead of `was` what
    may be told outside the secure zone (eingang/lieferung/outside.py).
    """

    code: Code
    schwere: Schwere
    datei: str
    ort: str
    was: str
    erwartet: str
    anzahl: int = 1
    zeilen: tuple[int, ...] = ()
    gefunden: str | None = None
    zellen: tuple[str, ...] = ()
    vorschlag: str | None = None
    draussen: str | None = None

    def __post_init__(self) -> None:
        for feld in ("was", "erwartet", "gefunden", "vorschlag"):
            if (text := getattr(self, feld)) is not None and len(text) > ZITAT:
                object.__setattr__(self, feld, _LANGES_ZITAT.sub(r"\1\2…\3", text))

    def ohne_werte(self) -> "Befund":
        """The finding as it may leave the office's own terminal."""
        return replace(self, gefunden=None)

    def text(self) -> str:
        """One line for a person: how bad, if it is no error, and the finding."""
        return f"{kopf(self.schwere)}{self.satz()}"

    def satz(self) -> str:
        """The finding without its severity: file, place, what is wrong (and what was found), what is expected."""
        ort = f", {self.ort}" if self.ort else ""
        gefunden = f" Gefunden: {self.gefunden}." if self.gefunden is not None else ""
        mal = f" ({self.anzahl} Mal)" if self.anzahl > 1 else ""
        vorschlag = f" Vorschlag: {self.vorschlag}." if self.vorschlag else ""
        return f"{self.datei}{ort}: {self.was}{mal}.{gefunden} Erwartet: {self.erwartet}.{vorschlag}"

    def als_dict(self) -> dict[str, object]:
        """For the protocol: plain types, without the value found."""
        return {**asdict(self.ohne_werte()), "code": self.code.value, "schwere": self.schwere.value}


ZEILEN_GENANNT = 10  # line numbers listed in a merged finding


def zusammengefasst(befunde: Iterable[Befund]) -> list[Befund]:
    """Findings of one rule and column that are no errors, merged into one that lists their lines."""
    ergebnis: list[Befund] = []
    gruppen: dict[tuple[str, str, str], list[Befund]] = {}
    for b in befunde:
        if b.schwere is Schwere.fehler or not b.zeilen:
            ergebnis.append(b)
        else:
            gruppen.setdefault((b.datei, b.code, b.was), []).append(b)
    for gruppe in gruppen.values():
        zeilen = tuple(z for b in gruppe for z in b.zeilen)
        spalte = gruppe[0].ort.partition(", ")[2]
        mehr = " …" if len(zeilen) > ZEILEN_GENANNT else ""
        wort = "Zeile" if len(zeilen) == 1 else "Zeilen"
        ort = f"{wort} {', '.join(map(str, zeilen[:ZEILEN_GENANNT]))}{mehr}" + (f", {spalte}" if spalte else "")
        ergebnis.append(replace(gruppe[0], ort=ort, zeilen=zeilen, anzahl=sum(b.anzahl for b in gruppe), gefunden=None))
    return ergebnis


class LieferungAbgewiesen(Exception):
    """The whole delivery is refused; nothing of it was ingested. Its text holds no value of any row."""

    def __init__(self, befunde: Iterable[Befund]):
        self.befunde = tuple(befunde)
        super().__init__(" | ".join(b.ohne_werte().text() for b in self.befunde))


class KonfigurationsFehler(Exception):
    """A configuration file is wrong; the text names file, key and reason."""


class Abgebrochen(BaseException):
    """Somebody asked this process to end: no fault of anything that is being read; what is not finished stays to do."""


def is_panic(fehler: BaseException) -> bool:
    """Whether a library written in Rust gave up: that is no Exception, and no wish of anybody either."""
    return type(fehler).__name__ == "PanicException"


def is_disturbance(fehler: BaseException) -> bool:
    """Whether a fault is the machine's (disk, memory, rights, a file gone) and not the content's: to be tried again."""
    import duckdb

    return isinstance(fehler, (OSError, MemoryError, duckdb.IOException, duckdb.OutOfMemoryException))


# What a layman can do something about; any other number is named by the system's own words.
_STOERUNGEN = {
    errno.ENOSPC: "auf dem Datenträger ist kein Platz mehr", errno.EDQUOT: "das Kontingent des Datenträgers ist erschöpft",
    errno.EROFS: "der Datenträger ist schreibgeschützt", errno.EACCES: "die Rechte reichen nicht",
    errno.EPERM: "die Rechte reichen nicht", errno.EIO: "der Datenträger meldet einen Lese- oder Schreibfehler",
    errno.EMFILE: "zu viele Dateien sind geöffnet", errno.ENOENT: "eine Datei oder ein Ordner fehlt",
}  # fmt: skip


def is_fault_of_the_machine(fehler: BaseException) -> bool:
    """The same of a reader whose own errors about a file's content may be OSErrors, too: only by the system's number."""
    return isinstance(fehler, OSError) and fehler.errno in _STOERUNGEN


def stoerungsgrund(fehler: BaseException) -> str:
    """Why the machine could not do its part: kind of fault and reason, never a text that may quote a row."""
    art = type(fehler).__name__
    nummer = getattr(fehler, "errno", None)
    if isinstance(fehler, MemoryError) or "OutOfMemory" in art:
        return f"{art}, der Arbeitsspeicher reicht nicht"
    return f"{art}, {stoerungswort(nummer)}" if nummer else art


def stoerungswort(nummer: int) -> str:
    """What an error number of the system means, in German where it is one of those that happen."""
    return _STOERUNGEN.get(nummer) or os.strerror(nummer)


def unerwartet(datei: str, schritt: str, fehler: BaseException) -> Befund:
    """A fault nobody foresaw as one finding: file, step, the exception's type; never its text, which may quote rows."""
    art = type(fehler).__name__
    if is_disturbance(fehler):
        return Befund(
            Code.stoerung, Schwere.fehler, datei, "",
            f"beim Schritt »{schritt}« kam eine Störung dazwischen ({stoerungsgrund(fehler)}); die nächste "
            "Aktualisierung versucht es wieder",
            "freier Platz und Leserechte; bitte den Datenträger und die Rechte der Datei prüfen",
        )  # fmt: skip
    return Befund(
        Code.unerwartet, Schwere.fehler, datei, "",
        f"beim Schritt »{schritt}« trat ein unerwarteter Fehler auf ({art}); der Wortlaut wird nicht gezeigt, weil er "
        "Registerwerte enthalten kann",
        "eine lesbare Datei; bitte »monitoring check« auf dem Rechner der Statistikstelle ausführen",
    )  # fmt: skip


@contextmanager
def verschlossen(datei: str, schritt: str) -> Iterator[None]:
    """Let no library's error text out while rows of a register are in memory: it would quote them.

    DuckDB and pandera print the offending line. Everything but our own two exceptions is replaced by a finding with
    the exception's type name; the chain is cut so that no traceback carries the original text.
    """
    befund = None
    try:
        yield
    except (LieferungAbgewiesen, KonfigurationsFehler):
        raise
    except Exception as fehler:
        befund = unerwartet(datei, schritt, fehler)
    if befund is not None:
        raise LieferungAbgewiesen([befund])
