"""The columns of the indicator catalogue.

Belongs here: what only tables made of referenz/indikatoren.yaml have. Does not belong here: columns every table shares
(common.py) and the figures of indicators.
"""

from dataclasses import replace

from schemas.model import Spalte, override
from schemas.spalten.common import SPALTEN, ja_nein, text
from schemas.spalten.konzept import SPALTEN_KONZEPT

EINHEITEN_INDIKATOR = (
    "anzahl", "prozent", "promille", "jahre", "verhaeltnis", "index", "punkte", "euro", "quadratmeter", "je_100000",
)  # fmt: skip
RICHTUNGEN = ("hoch", "niedrig", "neutral")
GLIEDERUNGEN = ("geschlecht", "altersgruppe", "staatsangehoerigkeit", "migrationshintergrund", "herkunft", "gebiet")
PERIODEN = ("monatlich", "halbjaehrlich", "jaehrlich", "schuljahr", "vierjaehrlich", "wahlperiode")
GRUPPEN_INDIKATOR = ("insgesamt", "auslaender", "deutsche", "mit_mh", "ohne_mh")
HERLEITUNGEN = ("wuerfel", "segregation", "registerreihe", "register", "lieferung", "rechnung", "massnahmen")
KENNUNG = r"[a-z][a-z0-9_]*"


def texte(name: str, titel: str, beschreibung: str) -> Spalte:
    """A list of texts, empty rather than NULL."""
    return Spalte(name, "VARCHAR[]", titel, beschreibung)


_ALLE = (
    text("indikator", "Indikator", "Kennung im Indikatorenkatalog.", muster=KENNUNG),
    override(Spalte("nummer", "BIGINT", "Nummer", "Stelle im Katalog, ab 1.", minimum=1)),
    text("thema", "Thema", "Kennung des Themas.", muster=KENNUNG),
    text("thema_name", "Thema in Worten", "Name des Themas."),
    text("definition", "Definition", "Was der Indikator sagt, als ganzer Satz."),
    text("zaehler_text", "Zähler in Worten", "Was über dem Bruchstrich steht, oder die Zahl selbst."),
    text("nenner_text", "Nenner in Worten", "Was unter dem Bruchstrich steht; NULL: eine Zahl ohne Nenner."),
    override(
        replace(SPALTEN["einheit"], werte=EINHEITEN_INDIKATOR, beschreibung="Einheit des Indikators; punkte: Prozentpunkte.")),
    Spalte("faktor", "DOUBLE", "Faktor", "Womit Zähler / Nenner malgenommen wird (Prozent 100).", minimum=0),
    text("richtung", "Richtung", "hoch: mehr ist besser; niedrig: weniger ist besser; neutral: nie ein Urteil.",
         werte=RICHTUNGEN),
    texte("gliederungen", "Gliederungen", f"Wonach gegliedert werden kann: {', '.join(GLIEDERUNGEN)}."),
    ja_nein("nach_geschlecht", "Nach Geschlecht", "Ob es den Indikator für Frauen und Männer gibt; falsch: nicht verfügbar."),
    text("hauptgruppe", "Hauptgruppe", "Gruppe, von der der Name spricht.", werte=GRUPPEN_INDIKATOR),
    text("vergleichsgruppe", "Vergleichsgruppe", "Gruppe, die daneben steht; NULL bei insgesamt.", werte=GRUPPEN_INDIKATOR),
    texte("datenquellen", "Datenquellen", "Statistiken oder Stellen, aus denen die Zahlen kommen."),
    text("periodizitaet", "Periodizität", "Wie oft es den Indikator gibt.", werte=PERIODEN),
    text("bezugstag", "Bezugstag", "Tag des Jahres als MM-TT; NULL: die Zahl gilt für den Zeitraum.", muster=r"\d{2}-\d{2}"),
    ja_nein("rahmen", "Rahmen", "Ob der Indikator zum Rahmen aller Handlungsfelder gehört."),
    ja_nein("prozess", "Prozess", "Ob er die Arbeit am Konzept misst, nicht den Stand der Integration."),
    texte("vorbilder", "Vorbilder", "Öffentliche Listen mit Nummer, die diese Formel haben."),
    ja_nein("formel_vorschlag", "Formel ist Vorschlag", "Ob für die Formel kein öffentliches Vorbild bestätigt ist."),
    Spalte("mindestnenner", "BIGINT", "Mindestnenner", "Kleinere Nenner geben keinen Wert; NULL ohne Nenner. Die strengere "
           "Regel der Kommune geht vor.", minimum=0),
    Spalte("mindestzaehler", "BIGINT", "Mindestzähler", "Kleinere Zähler geben keinen Wert; NULL: keine Regel.", minimum=0),
    Spalte("urteil_nenner", "BIGINT", "Nenner für ein Urteil", "Auf kleineren Nennern ruht kein Urteil, auch wo der Wert "
           "veröffentlicht ist; NULL ohne Nenner (Vorschlag dieses Projekts).", minimum=1),
    Spalte("urteil_zaehler", "BIGINT", "Zähler für ein Urteil", "Auf kleineren Zählern ruht kein Urteil; NULL ohne Nenner "
           "(Vorschlag dieses Projekts).", minimum=1),
    ja_nein("ist_anteil", "Ist ein Anteil", "Ob der Zähler ein Teil des Nenners ist; sonst gibt es kein Stabilitätsband."),
    Spalte("relevanzschwelle", "DOUBLE", "Relevanzschwelle", "Kleinste Änderung, die zählt (Vorschlag dieses Projekts).",
           minimum=0),
    text("relevanz_art", "Art der Relevanzschwelle", "absolut: in der Einheit des Indikators; relativ: in Prozent des früheren "
         "Werts.", werte=("absolut", "relativ")),
    text("herleitung", "Herleitung", "wuerfel: aus dem Register gezählt; segregation: aus allen Gebieten; registerreihe: aus "
         "geschützten Tabellen des Registers (registerreihe sagt, woraus), ohne Auszüge liefert die Kommune; register: "
         "ableitbar, noch nicht gezählt; lieferung: liefert die Kommune; rechnung: aus anderen Indikatoren; massnahmen: aus "
         "den Maßnahmenblättern.", werte=HERLEITUNGEN),
    ja_nein("nach_definition", "Nach Definition", "Ob der Wert von der Definition von Migrationshintergrund abhängt."),
    text("zaehler_merkmal", "Merkmal des Zählers", "Spalte des Würfels, Merkmal der Lieferung oder Rechnung aus solchen; NULL: "
         "keines."),
    text("zaehler_filter", "Filter des Zählers", "Welche Zellen des Würfels zählen; NULL: alle."),
    text("nenner_merkmal", "Merkmal des Nenners", "Spalte des Würfels, Merkmal der Lieferung oder Rechnung aus solchen; NULL: "
         "keines."),
    text("nenner_filter", "Filter des Nenners", "Welche Zellen des Würfels zählen; NULL: alle."),
    Spalte("nennerversatz", "BIGINT", "Versatz des Nenners", "Jahre zwischen Zähler und Nenner; -1: Bestand des Vorjahres.",
           einheit="Jahre"),
    text("liefermerkmal", "Merkmal der Lieferung", "Merkmal, unter dem der fertige Wert geliefert wird; NULL: keines.",
         muster=KENNUNG),
    text("formel", "Formel", "Rechnung aus anderen Indikatoren; NULL: keine."),
    text("nicht_berechnet", "Warum nicht berechnet", "Was zur Berechnung fehlt; NULL, wo gerechnet oder geliefert wird."),
    text("registerreihe", "Reihe aus dem Register", "Welche Reihe geschützter Tabellen des Registers den Wert auch "
         "ergibt: Bewegungen, Dauern, Gruppen der Ausländer, Altersgruppen, Altersjahre; NULL: keine."),
    texte("beachten", "Zu beachten", "Was neben jeder Zahl des Indikators stehen muss, in ganzen Sätzen."),
    # Crosswalk to the concepts
    override(replace(SPALTEN_KONZEPT["handlungsfeld"], beschreibung="Code des Handlungsfelds innerhalb der Fassung.")),
    text("handlungsfeld_name", "Name des Handlungsfelds", "Wie das Konzept das Feld nennt."),
    replace(SPALTEN_KONZEPT["vorschlag"]),
)  # fmt: skip

SPALTEN_INDIKATOR: dict[str, Spalte] = {s.name: s for s in _ALLE}
