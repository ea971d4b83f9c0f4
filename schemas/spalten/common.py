"""The columns. Same meaning and same unit: same name everywhere.

Belongs here: every column of a published table and of the secure zone's tables. Does not belong here: which table has
which column (schemas/tabellen).
"""

from schemas.model import GROESSTER_ANTEIL, KLEINSTER_ANTEIL, STATUS, Spalte

GESCHLECHTER = ("m", "w", "d", "x")
# Tables of the register know these: divers and without entry count as one of them (sql/melderegister/merkmale.sql).
ZAEHLGESCHLECHTER = ("m", "w")
INSGESAMT = "insgesamt"
EBENEN = ("kreis", "gemeinde", "bezirk", "stadtteil", "planungsraum", "sonstige")
ART_DT_STA = ("geburt", "einbuergerung", "aussiedler", "option", "erklaerung", "sonstiges", "unbekannt")
WOHNUNGSSTATUS = ("alleinige", "haupt", "neben")
QUELLEN = ("melderegister", "stadtteiltabelle")
STAAT_MUSTER = r"\d{3}|insgesamt|uebrige|NZO"
ERGEBNISSE = ("mit", "ohne", "unentscheidbar", "nicht_bestimmbar")
GENERATIONEN = ("1", "2", "unbekannt", "-")
ALTERSGRUPPE_MUSTER = r"\d{2,3}-\d{2,3}|\d{2,3}\+|unbekannt|insgesamt"


def anzahl(name: str, titel: str, beschreibung: str, quelle: str = "") -> Spalte:
    """A count of persons (BIGINT, never negative)."""
    return Spalte(name, "BIGINT", titel, beschreibung, einheit="Personen", quelle=quelle, minimum=0)


def anteil(name: str, titel: str, beschreibung: str) -> Spalte:
    """A share as a fraction 0–1 (DOUBLE)."""
    return Spalte(
        name, "DOUBLE", titel, beschreibung, einheit="Anteil 0–1", minimum=KLEINSTER_ANTEIL, maximum=GROESSTER_ANTEIL
    )


def text(name: str, titel: str, beschreibung: str, **mehr: object) -> Spalte:
    """A text column."""
    return Spalte(name, "VARCHAR", titel, beschreibung, **mehr)  # type: ignore[arg-type]


def ja_nein(name: str, titel: str, beschreibung: str) -> Spalte:
    """A three-valued flag: true, false, or NULL for unknown."""
    return Spalte(name, "BOOLEAN", titel, beschreibung)


def tag(name: str, titel: str, beschreibung: str) -> Spalte:
    """A date."""
    return Spalte(name, "DATE", titel, beschreibung)


_ALLE = (
    # Keys
    text("kommune", "Kommune", "Kurzname der Kommune, gleich dem Ordner in data/raw.", muster=r"[a-z][a-z0-9_]*"),
    tag("stichtag", "Stichtag", "Tag, für den der Bestand gilt."),
    text("gebiet_id", "Gebietsschlüssel", "Schlüssel des Gebiets als Text mit führenden Nullen; die Kommune selbst trägt "
         "ihren AGS; »unbekannt« ist ein echtes Gebiet für Personen ohne zuordenbaren Stadtteil.", muster=r"\S{1,20}"),
    text("gebiet", "Gebiet", "Name des Gebiets."),
    text("ebene", "Ebene", "Gliederungsebene; nur Gebiete einer Ebene addieren.", werte=EBENEN),
    text("profil", "Definition", "Kennung der Definition von Migrationshintergrund (dim.profil).",
         muster=r"[a-z][a-z0-9_]*"),
    text("profilversion", "Version der Definition", "Version der Profildatei, mit der gerechnet wurde."),
    Spalte("ist_hauptdefinition", "BOOLEAN", "Hauptdefinition", "Ob die Zeile nach der Definition zählt, die die Kommune zuerst "
           "nennt (profile in kommune.yaml); false auch, wo keine Definition gilt."),
    text("geschlecht", "Geschlecht", "Geschlecht laut Register: m männlich, w weiblich, d divers, x keine Angabe; "
         "»insgesamt« enthält alle. Aus dem Register stehen d und x nur bei den Einwohnern der ganzen Kommune (dem_einw); in "
         "jeder anderen Zahl zählen diese Personen als m oder w, nach ihrem Pseudonym zugeordnet, überall und an jedem Stichtag "
         "gleich (Vorschlag dieses Projekts).", werte=(*GESCHLECHTER, INSGESAMT), quelle="DSMeld Blatt 0701"),
    text("altersgruppe", "Altersgruppe", "Vollendete Lebensjahre am Stichtag; »unbekannt« bei fehlendem Geburtsjahr; "
         "»insgesamt« enthält alle.", muster=ALTERSGRUPPE_MUSTER),
    text("quelle", "Quelle", "Art der Lieferung, aus der die Zahl stammt.", werte=QUELLEN),
    text("staat", "Staatsschlüssel", "Dreistelliger Destatis-Schlüssel als Text (000 = Deutschland, 999 = ohne "
         "Angabe); »uebrige« fasst seltene zusammen, »insgesamt« alle; »NZO« nicht zuordenbar (nur beim Bezugsland). Waren je "
         "weniger ohne Angabe, als schutz.mindestzeile verlangt, stehen sie mit unter 000, und der Name sagt es.",
         muster=STAAT_MUSTER, quelle="Destatis, Staats- und Gebietssystematik"),
    # Names and groups
    text("staat_name", "Staat", "Name zum Staatsschlüssel, wie er am Stichtag galt (dim.staat.fruehere_namen); über Jahre ist "
         "der Schlüssel derselbe."),
    text("fruehere_namen", "Frühere Namen", "Namen desselben Schlüssels in früherer Zeit mit ihrem letzten Tag, "
         "durch » / « getrennt; leer = keiner bekannt."),
    text("staatengruppe", "Staatengruppe", "Deutschland, EU, übriges Europa, Erdteile. Bei Zahlen nach dem Stand "
         "des Stichtags (Mitgliedschaft in der EU laut dim.staat.eu_von und eu_bis), in dim.staat nach heutigem Stand."),
    # Figures
    anzahl("einwohner", "Einwohner", "Personen mit alleiniger oder Hauptwohnung am Stichtag."),
    anzahl("auslaender", "Ausländer", "Einwohner ohne deutsche Staatsangehörigkeit in irgendeinem Schlüsselfeld."),
    anzahl("deutsche_mit_mh", "Deutsche mit Migrationshintergrund", "Personen mit MH, die auch Deutsche sind."),
    anzahl("personen_mit_mh", "Personen mit Migrationshintergrund", "Personen, auf die die Definition »profil« zutrifft."),
    anzahl("unentscheidbar", "Unentscheidbar", "Personen, bei denen der Definition ein nötiges Merkmal fehlt; sie zählen "
           "nie als »ohne«. NULL in gedruckten Tabellen, die sie nicht ausweisen."),
    anteil("anteil_auslaender", "Ausländeranteil", "auslaender / einwohner."),
    anteil("anteil_mh", "Anteil mit Migrationshintergrund", "personen_mit_mh / einwohner; der Nenner enthält die "
           "Unentscheidbaren."),
    anteil("anteil_mh_min", "Anteil mit MH, mindestens", "Wenn alle Unentscheidbaren ohne MH wären."),
    anteil("anteil_mh_max", "Anteil mit MH, höchstens", "Wenn alle Unentscheidbaren MH hätten."),
    Spalte("lokationsquotient_mh", "DOUBLE", "Lokationsquotient", "anteil_mh des Gebiets / anteil_mh der Kommune "
           "(gleiche Gruppe); 1 = wie im Durchschnitt.", einheit="Verhältnis", minimum=0),
    anteil("anteil_auslaender_gerechnet", "Ausländeranteil, nachgerechnet", "auslaender / einwohner, wo der gedruckte Anteil "
           "daraus nicht folgt (Hinweis gedruckt_weicht_ab); veröffentlicht ist der gedruckte. Sonst NULL."),
    anteil("anteil_mh_gerechnet", "Anteil mit MH, nachgerechnet", "personen_mit_mh / einwohner, wo der gedruckte Anteil daraus "
           "nicht folgt (Hinweis gedruckt_weicht_ab: anderer Nenner, Vorjahr); veröffentlicht ist der gedruckte. Sonst NULL."),
    anzahl("personen", "Personen", "Einwohner mit dieser Staatsangehörigkeit; wer auch Deutscher ist, zählt als 000; "
           "sonst gilt der erste Schlüssel."),
    anteil("anteil", "Anteil", "personen / Einwohner desselben Gebiets und Geschlechts; beim Bezugsland personen / Personen "
           "mit MH."),
    Spalte("rang", "BIGINT", "Rang", "Rang unter den ausländischen Staatsangehörigkeiten des Gebiets, 1 = häufigste; "
           "NULL für 000, 997 bis 999 (kein Staat), uebrige, insgesamt, geschützte Werte und 0, und in einer Tabelle, wo das "
           "Register denselben Tag und Ort zählt. Gleiche Zahlen haben denselben Rang, der nächste bleibt frei.",
           einheit="Rang", minimum=1),
    text("rang_bezug", "Rang unter", "Unter welchen Staaten der Rang gilt. alle: unter allen, deren Zahl gezeigt ist (was "
         "geschützt oder in uebrige zusammengefasst ist, zählt nicht mit); genannte: nur unter denen, die "
         "hier stehen, weil eine Tabelle eine Auswahl nennt oder je Gebiet und Geschlecht nur die häufigsten der Kommune "
         "stehen. NULL ohne Rang.", werte=("alle", "genannte")),
    # Value columns of the contract
    text("status", "Status", "Leitender Code der Zeile; erklärt, warum die Hauptzahl fehlt oder eingeschränkt ist.",
         werte=STATUS),
    Spalte("hinweise", "VARCHAR[]", "Hinweise", "Alle zutreffenden Codes; fehlt eine Nebenzahl, steht hier ihr Grund."),
    ja_nein("beispieldaten", "Beispieldaten", "Ob die Zahl auf erzeugten oder erfundenen Daten beruht: einem synthetischen "
            "Auszug oder einer Lieferung mit beispiel: true (protokoll.lieferung.synthetisch)."),
    tag("datenstand", "Datenstand", "Tag, an dem die Lieferung gezogen wurde; ohne Angabe der Stichtag."),
    text("lieferung_id", "Lieferung", "Verweis auf protokoll.lieferung."),
    text("fundstelle", "Fundstelle", "Wo die Zahl in der Datei steht: Blatt und Zelle einer Mappe, Zeile und Feld einer "
         "Textdatei; NULL bei Registerzählungen und wo keine Quelle sie nennt."),
    text("veroeffentlichung", "Veröffentlichung", "Kennung der Veröffentlichung, mit der diese Zeile erschien."),
    # Categories, comparison of definitions, breaks
    text("kategorie", "Kategorie", "Kurzzeichen der Gruppe innerhalb der Definition (A1, E, S, F2 …); »insgesamt« enthält "
         "alle Einwohner; »rest« alle ohne MH und alle unentscheidbaren, wo eine ihrer Kategorien je kleiner war, als "
         "schutz.mindestzeile verlangt; »weitere«: je Generation alle Kategorien zusammen, von denen je eine Generation unter "
         "der Mindestfallzahl lag."),
    text("kategorie_name", "Name der Kategorie", "Name der Gruppe in Klarschrift."),
    text("generation", "Generation", "1: mit MH, im Ausland geboren; 2: mit MH, in Deutschland geboren; unbekannt: mit MH, "
         "Geburtsort unbekannt; »-«: ohne MH oder unentscheidbar. Eine dritte Generation ist aus einem Register nicht "
         "ableitbar. »zusammen«: alle Generationen einer Kategorie, die nach Generation nicht oder nur mit anderen zusammen "
         "(»weitere«) da steht.", werte=(*GENERATIONEN, "zusammen", INSGESAMT)),
    text("ergebnis_mh", "Ergebnis", "Was die Definition ergibt; »gemischt« bei Summen.", werte=(*ERGEBNISSE, "gemischt")),
    text("profil_a", "Erste Definition", "Kennung der ersten verglichenen Definition.", muster=r"[a-z][a-z0-9_]*"),
    text("profil_b", "Zweite Definition", "Kennung der zweiten verglichenen Definition.", muster=r"[a-z][a-z0-9_]*"),
    text("regel_a", "Regel der ersten Definition", "Regel, die nach der ersten Definition entschied; »insgesamt« alle."),
    text("regel_b", "Regel der zweiten Definition", "Regel, die nach der zweiten Definition entschied; »insgesamt« alle."),
    text("ergebnis_a", "Ergebnis der ersten Definition", "Was die erste Definition ergibt.",
         werte=(*ERGEBNISSE, "gemischt")),
    text("ergebnis_b", "Ergebnis der zweiten Definition", "Was die zweite Definition ergibt.",
         werte=(*ERGEBNISSE, "gemischt")),
    text("grund", "Grund", "Warum, in Worten."),
    text("bruch_id", "Bruch", "Kennung des Bruchs."),
    text("gilt_fuer", "Gilt für", "profil: eine Definition; bevoelkerung: Quellen, die so zählen; "
         "indikator: ein Indikator, eine Gruppe von Indikatoren oder eine "
         "Datenquelle; kommune: ein Ort (kommune.yaml).", werte=("profil", "indikator", "bevoelkerung", "kommune")),
    text("schluessel", "Betroffen", "Kennung der Definition, des Indikators, der Datenquelle oder der Kommune."),
    tag("datum", "Datum", "Erster Tag, ab dem Werte die frühere Reihe nicht fortsetzen."),
    # Dimensions
    text("name", "Name", "Name in Klarschrift."),
    text("ags", "Amtlicher Gemeindeschlüssel", "AGS, 5 oder 8 Ziffern als Text.", muster=r"\d{5}|\d{8}"),
    text("land", "Land", "Bundesland."),
    text("uebergeordnet", "Übergeordnetes Gebiet", "gebiet_id des Gebiets darüber."),
    text("gebietsstand", "Gebietsstand", "Stand der Gebietseinteilung."),
    tag("gueltig_von", "Gültig von", "Erster Tag der Gültigkeit; NULL = von jeher."),
    tag("gueltig_bis", "Gültig bis", "Letzter Tag der Gültigkeit; NULL = bis auf Weiteres."),
    Spalte("kachel_x", "INTEGER", "Kachel von links", "Spalte des Gebiets in der Kachelkarte seiner Ebene; NULL: keine Kachel.",
           minimum=1),
    Spalte("kachel_y", "INTEGER", "Kachel von oben", "Zeile des Gebiets in der Kachelkarte seiner Ebene; NULL: keine Kachel.",
           minimum=1),
    text("offene_daten_lizenz", "Lizenz der offenen Daten", "Unter welcher Lizenz die Kommune ihre Tabellen weitergibt "
         "(offene_daten.lizenz); NULL: nicht angegeben."),
    text("offene_daten_beitragende_stelle", "Kennung beim Datenportal", "Kennung der Kommune in der Liste der beitragenden "
         "Stellen von DCAT-AP.de (offene_daten.beitragende_stelle); NULL: nicht angegeben."),
    text("offene_daten_kontakt", "Kontakt zu den offenen Daten", "E-Mail-Adresse (offene_daten.kontakt); NULL: keine."),
    text("offene_daten_adresse", "Adresse der offenen Daten", "Wo das entpackte Archiv liegt (offene_daten.adresse); NULL: nicht "
         "angegeben."),
    text("geometrie", "Umriss", "Umriss des Gebiets als GeoJSON (Länge und Breite, WGS 84), für den Bildschirm vereinfacht; "
         "NULL: keiner angegeben (gebiete.geojson)."),
    text("geometrie_herkunft", "Herkunft der Umrisse", "Woher die Umrisse stammen, wie gebiete.geojson es nennt (herkunft)."),
    text("titel", "Titel", "Titel in Klarschrift."),
    text("beschreibung", "Beschreibung", "Was gemeint ist, in ganzen Sätzen."),
    text("herkunft", "Herkunft", "Woher die Angabe oder Definition stammt."),
    text("version", "Version", "Version der Profildatei."),
    ja_nein("naeherung", "Näherung", "Ob die Definition aus einem Register nur angenähert werden kann."),
    ja_nein("rekonstruktion", "Rekonstruktion", "Ob die Regeln aus öffentlichen Texten nachgebildet sind (Vorschlag "
            "dieses Projekts, kein amtliches Verfahren)."),
    text("regeln", "Regeln", "Die geordneten Regeln der Definition im Wortlaut."),
    text("kontinent", "Erdteil", "Erdteil laut erster Ziffer des Schlüssels."),
    text("iso2", "ISO 3166-1 alpha-2", "Zweibuchstabiger ISO-Code.", muster=r"[A-Z]{2}"),
    text("iso3", "ISO 3166-1 alpha-3", "Dreibuchstabiger ISO-Code.", muster=r"[A-Z]{3}"),
    tag("eu_von", "EU seit", "Erster Tag der EU-Mitgliedschaft."),
    tag("eu_bis", "EU bis", "Letzter Tag der EU-Mitgliedschaft."),
    text("nachfolgegruppe", "Nachfolgegruppe", "Gruppe aufgelöster Staaten mit ihren Nachfolgern; nie aufgeteilt."),
    ja_nein("aussiedlungsgebiet", "Aussiedlungsgebiet", "Ob der Staat zu den Aussiedlungsgebieten zählt (BVFG § 1 Abs. 2 "
            "Nr. 3; die Zuordnung der Schlüssel ist ein Vorschlag dieses Projekts)."),
    ja_nein("vertreibungsgebiet", "Vertreibungsgebiet", "Ob eine Geburt dort vor 1950 als Vertreibungsfall vermutet wird "
            "(Vorschlag dieses Projekts)."),
    text("als_staat", "Staat", "ja: besteht; historisch: aufgelöst; nein: kein Staat (910, 997–999).",
         werte=("ja", "historisch", "nein")),
    text("tabelle", "Tabelle", "Schema und Name der Tabelle."),
    text("spalte", "Spalte", "Name der Spalte; »*« beschreibt die Tabelle selbst."),
    text("typ", "Typ", "Datentyp in DuckDB."),
    text("einheit", "Einheit", "Einheit der Werte."),
    ja_nein("schluesselteil", "Teil des Schlüssels", "Ob die Spalte zum Schlüssel der Tabelle gehört."),
    ja_nein("leer_erlaubt", "Darf fehlen", "Ob NULL vorkommen darf."),
    text("werte", "Erlaubte Werte", "Geschlossene Werteliste oder Muster."),
    # Protocol
    text("datei", "Datei", "Dateiname der Lieferung unter data/raw/<kommune>/."),
    text("sha256", "Prüfsumme", "SHA-256 der Datei.", muster=r"[0-9a-f]{64}"),
    anzahl("zeilen_gelesen", "Zeilen gelesen", "Datenzeilen der Datei ohne Kopfzeile; bei Auszügen des Melderegisters mit den "
           "gerundeten Zeilen außerhalb."),
    anzahl("zeilen_uebernommen", "Zeilen übernommen", "Zeilen, die in den Bestand eingingen."),
    anzahl("zeilen_ausserhalb", "Zeilen außerhalb", "Personen, die nicht zum Bestand zählen (Nebenwohnung, verzogen, "
           "verstorben), oder Zeilen ohne Zahlen (Titel, Fußnoten). Bei Auszügen des Melderegisters auf das Doppelte der "
           "Mindestfallzahl gerundet: der Unterschied zweier Auszüge wären sonst die Verstorbenen dazwischen."),
    anzahl("zeilen_abgewiesen", "Zeilen abgewiesen", "Zeilen mit Fehlern; sie liegen mit Grund im geschützten Bereich."),
    text("kodierung", "Zeichenkodierung", "Wie die Datei gelesen wurde."),
    ja_nein("synthetisch", "Synthetisch", "Ob die Lieferung erfunden ist: ein Auszug erzeugter Personen, oder eine Tabelle oder "
            "ein Blatt mit beispiel: true in kommune.yaml."),
    ja_nein("stichtag_angenommen", "Stichtag angenommen", "Ob die Quelle keinen Tag nennt und der Stichtag von der Kommune "
            "angenommen ist (kommune.yaml)."),
    Spalte("erzeugt_aus", "VARCHAR[]", "Erzeugt aus", "Quellen, aus deren Zahlen ein synthetischer Auszug erzeugt ist "
           "(demo.yaml). Stimmt er mit ihnen überein, ist das kein Beleg; sonst leer."),
    Spalte("eingelesen_am", "TIMESTAMP", "Eingelesen am", "Zeitpunkt des Einlesens (UTC)."),
    text("pruefung", "Prüfung", "Name der Prüfung."),
    text("schwere", "Schwere", "Wie schwer eine Verletzung wiegt; was daraus folgt, sagt die Spalte folge.",
         werte=("fehler", "warnung", "hinweis")),
    text("folge", "Folge", "Was eine Verletzung dieser Schwere zur Folge hat. haelt_an: die Zahlen werden nicht veröffentlicht; "
         "abgewiesen: die betroffenen Zeilen oder die Lieferung werden nicht übernommen; keine: nur vermerkt.",
         werte=("haelt_an", "abgewiesen", "keine")),
    text("ergebnis", "Ergebnis", "bestanden, verletzt oder nichts_zu_vergleichen: die geprüfte Tabelle hat keine Zeile, "
         "die Prüfung sagt also nichts.", werte=("bestanden", "verletzt", "nichts_zu_vergleichen")),
    Spalte("anzahl", "BIGINT", "Anzahl", "Wie oft die Prüfung verletzt ist; NULL, wo die Zahl selbst geschützt ist.",
           einheit="Fälle", minimum=0),
    text("beispiel", "Beispiel", "Ort des ersten Falls: Zeile, Zelle oder Schlüssel, bei Registern nie ein Wert."),
    text("erwartet", "Erwartet", "Was richtig wäre."),
    text("lieferung_status", "Status der Lieferung", "uebernommen, abgewiesen oder zurueckgezogen (die Datei eines späteren "
         "Auszugs wurde entfernt, ein früherer desselben Stichtags gilt wieder).",
         werte=("uebernommen", "abgewiesen", "zurueckgezogen")),
)  # fmt: skip

SPALTEN: dict[str, Spalte] = {s.name: s for s in _ALLE}
if len(SPALTEN) != len(_ALLE):
    raise ValueError("A column name stands twice in the vocabulary.")


def spalten(*namen: str | Spalte) -> tuple[Spalte, ...]:
    """Columns of this vocabulary by name; a column that only one table has is given itself."""
    return tuple(SPALTEN[n] if isinstance(n, str) else n for n in namen)
