"""The columns of the Integrationskonzept: fields, goals, report duties, funding.

Belongs here: what only tables made of konzept.yaml have. Does not belong here: columns every table shares (common.py).
"""

from dataclasses import replace

from schemas.model import Spalte, override
from schemas.spalten.common import SPALTEN, ja_nein, tag, text

FELDARTEN = ("handlungsfeld", "querschnitt", "erfolgsfaktor", "schwerpunkt", "baustein", "leitlinie")
ZUORDNUNGEN = ("gleich", "teilweise", "neu", "entfallen")
BEHANDLUNGEN = ("vorberatung", "beschluss", "kenntnisnahme")
ERGEBNISSE_BERATUNG = ("beschlossen", "geaendert_beschlossen", "abgelehnt", "vertagt", "zur_kenntnis_genommen")
AUSWIRKUNGEN = ("ja", "nein", "noch_nicht_absehbar")
VORLAGENARTEN = ("vorlage", "mitteilung", "antrag", "anfrage")
TEILE_DES_KONZEPTS = (
    "handlungsfelder",
    "leitziele",
    "indikatoren",
    "massnahmen",
    "verantwortliche",
    "beschluss",
    "geltung",
)
BERICHTSSTATUS = ("erledigt", "faellig_bald", "ueberfaellig", "offen", "unbekannt", "nicht_bestimmbar")
KENNUNG = r"[a-z][a-z0-9_]*"
FELDCODE = r"[A-Z]{1,3}\d{1,2}"


def euro(name: str, titel: str, beschreibung: str) -> Spalte:
    """An amount of money as printed (DOUBLE, never negative)."""
    return Spalte(name, "DOUBLE", titel, beschreibung, einheit="Euro", minimum=0)


_ALLE = (
    text("konzept", "Konzept", "Kennung der Fassung des Integrationskonzepts.", muster=KENNUNG),
    text("handlungsfeld", "Handlungsfeld", "Code des Handlungsfelds innerhalb der Fassung; NULL bei dem, was für das ganze "
         "Konzept gilt. Gleiche Codes verschiedener Fassungen sind nicht dasselbe Feld.", muster=FELDCODE),
    Spalte("aliase", "VARCHAR[]", "Andere Namen", "Schreibweisen, unter denen das Feld in Lieferungen erkannt wird."),
    text("art", "Art", "handlungsfeld, oder was das Konzept stattdessen hat; querschnitt gilt in allen Feldern.",
         werte=FELDARTEN),
    Spalte("reihenfolge", "BIGINT", "Reihenfolge", "Stelle im Konzept, ab 1.", minimum=1),
    override(replace(SPALTEN["gueltig_von"], beschreibung="Erster Tag der Geltung; NULL: die Quelle nennt keinen.")),
    override(replace(SPALTEN["gueltig_bis"], beschreibung="Letzter Tag der Geltung; NULL: die Quelle nennt keinen.")),
    text("leitziel", "Leitziel", "Kennung des Ziels innerhalb der Fassung.", muster=r"[A-Z]{1,3}\d{0,2}\.[a-z]"),
    text("text", "Wortlaut", "Das Ziel in kurzen Worten."),
    Spalte("indikatoren", "VARCHAR[]", "Indikatoren", "Woran das Konzept das Ziel misst: Kennung oder Wortlaut; leer: die "
           "Quelle nennt keinen."),
    override(replace(SPALTEN["fundstelle"], beschreibung="Kapitel oder Abschnitt des Konzepts; leer: nicht genannt.")),
    # The concept itself, its bodies and papers
    tag("beschluss", "Beschluss", "Tag des Beschlusses, der erste eines nur bekannten Monats oder Jahres; NULL: die Quelle sagt "
        "es nicht."),
    text("beschluss_genauigkeit", "Genauigkeit des Beschlusses", "Wie genau der Tag bekannt ist.",
         werte=("tag", "monat", "jahr", "unbekannt")),
    text("bemerkung", "Bemerkung", "Was sonst zu wissen ist."),
    *(Spalte(n, "BIGINT", t, f"{b} 0 heißt nicht: es gibt keine, wenn sie unter nicht_erhoben stehen.", einheit="Anzahl",
             minimum=0)
      for n, t, b in (("handlungsfelder", "Handlungsfelder", "Felder samt Querschnitt, Erfolgsfaktoren, Bausteinen; ohne "
                       "Leitlinien."),
                      ("leitziele", "Leitziele", "Leitziele der Fassung."),
                      ("katalogmassnahmen", "Maßnahmen im Katalog", "Maßnahmen und Aufgaben, die die Fassung nennt."))),
    Spalte("nicht_erhoben", "VARCHAR[]", "Nicht erhoben", f"Teile, die die Quelle hat oder haben sollte und die hier fehlen: "
           f"{', '.join(TEILE_DES_KONZEPTS)}. Nichts davon ist erfunden."),
    text("nicht_erhoben_grund", "Warum nicht erhoben", "Warum sie fehlen; NULL: es fehlt nichts."),
    text("gremium", "Gremium", "Kennung des Gremiums innerhalb der Fassung.", muster=KENNUNG),
    text("gremium_name", "Name des Gremiums", "Wie die Quelle es nennt."),
    text("vorlage_nr", "Nummer der Vorlage", "Nummer der Drucksache als Text; »-«: keine Vorlage genannt."),
    text("konzept_titel", "Titel des Konzepts", "Wie das Konzept heißt, das beraten wird oder zu dem die Vorlage gehört."),
    Spalte("konzept_jahr", "BIGINT", "Jahr des Konzepts", "Jahr des Beschlusses, sonst des Beginns der Geltung; NULL: die "
           "Quelle nennt beides nicht.", minimum=1990),
    text("vorlage_titel", "Titel der Vorlage", "Betreff der Vorlage; NULL: keine Vorlage genannt."),
    text("vorlagenart", "Art der Vorlage", "Als was sie eingebracht ist; NULL: ein Maßnahmenblatt nennt sie ohne Art.",
         werte=VORLAGENARTEN),
    text("behandlung", "Behandlung", "Vorberatung, Beschluss oder Kenntnisnahme; NULL: die Quelle sagt es nicht.",
         werte=BEHANDLUNGEN),
    tag("termin", "Termin", "Sitzung, für die die Behandlung vorgesehen ist; NULL: die Quelle nennt keinen Tag."),
    override(
        text("ergebnis", "Ergebnis", "Was die Niederschrift festhält; NULL: nicht bekannt. Eine Vorlage sagt nicht, was aus ihr "
         "wird.", werte=ERGEBNISSE_BERATUNG)),
    *(text(f"auswirkung_{n}", f"Auswirkung, {n}", f"Ob die Vorlage {w} Auswirkungen hat, wie ihr Kopf es sagt; NULL: er "
           "sagt es nicht oder ist nicht lesbar.", werte=AUSWIRKUNGEN)
      for n, w in (("finanziell", "finanzielle"), ("personell", "personelle"), ("organisatorisch", "organisatorische"))),
    Spalte("seite", "BIGINT", "Seite", "Seite der Langfassung; NULL: nicht genannt.", minimum=1),
    text("indikator_text", "Indikator, wie genannt", "Woran das Ziel gemessen wird: Wortlaut des Konzepts oder Kennung."),
    # Crosswalk between versions
    text("von_konzept", "Frühere Fassung", "Kennung der früheren Fassung.", muster=KENNUNG),
    text("von_handlungsfeld", "Früheres Feld", "Code in der früheren Fassung; »-«: das Feld ist neu.",
         muster=rf"{FELDCODE}|-"),
    text("von_name", "Name des früheren Felds", "Name in der früheren Fassung; NULL: das Feld ist neu."),
    text("nach_konzept", "Spätere Fassung", "Kennung der späteren Fassung.", muster=KENNUNG),
    text("nach_handlungsfeld", "Späteres Feld", "Code in der späteren Fassung; »-«: das Feld ist entfallen.",
         muster=rf"{FELDCODE}|-"),
    text("nach_name", "Name des späteren Felds", "Name in der späteren Fassung; NULL: das Feld ist entfallen."),
    text("zuordnung", "Zuordnung", "gleich, teilweise (Reihen nicht fortsetzen), neu oder entfallen.", werte=ZUORDNUNGEN),
    ja_nein("vorschlag", "Vorschlag", "Ob die Zuordnung ein Vorschlag dieses Projekts ist, den keine Quelle nennt."),
    # Report duties
    text("bericht", "Bericht", "Kennung der Berichtspflicht innerhalb der Fassung.", muster=KENNUNG),
    Spalte("nummer", "BIGINT", "Nummer", "Der wievielte Termin dieser Pflicht, ab 1.", minimum=1),
    tag("faellig_am", "Fällig am", "Letzter Tag der Frist; NULL: aus der Quelle nicht bestimmbar, grund sagt, warum."),
    Spalte("gremien", "VARCHAR[]", "Gremien", "Wem zu berichten ist, in der Folge der Beratung; leer: die Quelle nennt "
           "keines."),
    text("bericht_status", "Status", "erledigt: abgegeben; faellig_bald: höchstens 90 Tage; ueberfaellig: Frist vorbei und "
         "keine Abgabe vermerkt; unbekannt: Frist vorbei, und zu dieser Pflicht hat noch niemand festgehalten, ob berichtet "
         "wurde; offen; nicht_bestimmbar: kein Termin bekannt.", werte=BERICHTSSTATUS),
    Spalte("tage_bis_faellig", "BIGINT", "Tage bis zur Frist", "Vom Tag ausgewertet_am an, nicht jeden Tag neu gerechnet; "
           "negativ: so lange vorbei; NULL: erledigt, unbekannt oder nicht bestimmbar.", einheit="Tage"),
    tag("ausgewertet_am", "Ausgewertet am", "Tag des Baus, an dem diese Veröffentlichung entstand; an ihm sind Fristen gemessen. "
        "Der Kalender allein macht keine neue Veröffentlichung, erst eine Frist, die verstreicht."),
    tag("abgegeben_am", "Abgegeben am", "Tag der Abgabe laut konzept.yaml; NULL: keine vermerkt."),
    text("regel", "Regel", "Wie sich die Frist ergibt."),
    text("verantwortlich", "Verantwortlich", "Zuständige Stelle oder Rolle, nie ein Name; NULL: die Quelle nennt keine."),
    # Funding
    text("programm", "Programm", "Förderprogramm."),
    text("baustein", "Baustein", "Teil des Programms; »insgesamt« enthält alle Teile der Kommune, Zeilen anderer Träger nicht.",
         muster=KENNUNG),
    Spalte("jahr", "BIGINT", "Jahr", "Haushaltsjahr.", minimum=1990),
    ja_nein("jahr_angenommen", "Jahr angenommen", "Ob die Quelle nur einen Jahresbetrag ohne Jahr nennt."),
    text("traeger", "Träger", "Wessen Zahlen das sind; Zeilen verschiedener Träger nicht addieren."),
    Spalte("vzae", "DOUBLE", "Vollzeitäquivalente", "Geförderte Stellen; NULL: nicht gedruckt.", einheit="VZÄ", minimum=0),
    Spalte("stellen", "BIGINT", "Stellen", "Stellen nach Köpfen, wo die Quelle keine Vollzeitäquivalente nennt; NULL: nicht "
           "genannt.", einheit="Stellen", minimum=0),
    ja_nein("befristet", "Befristet", "Ob die Stellen oder Mittel befristet sind; NULL: die Quelle sagt es nicht."),
    text("mittelherkunft", "Mittelherkunft", "Woher das Geld kommt; NULL: nicht genannt."),
    tag("foerderende", "Förderende", "Letzter Tag der Förderung; NULL: nicht genannt oder unbefristet."),
    euro("aufwand", "Aufwand", "Wie gedruckt; NULL: nicht gedruckt, nie errechnet."),
    euro("ertrag", "Ertrag", "Zuwendung wie gedruckt; NULL: nicht gedruckt, nie errechnet."),
    euro("eigenanteil", "Eigenanteil", "Kommunaler Anteil wie gedruckt; NULL: nicht gedruckt, nie errechnet."),
    text("anmerkung", "Anmerkung", "Was beim Lesen der Zahlen zu wissen ist."),
)  # fmt: skip

SPALTEN_KONZEPT: dict[str, Spalte] = {s.name: s for s in _ALLE}
