"""The tables: which columns, which grain, which columns may be NULL.

Belongs here: every table that crosses a border (staged persons, cube, protected counts, marts). Does not belong here:
the meaning of a column (schemas/spalten/common.py).
"""

from dataclasses import replace

from schemas.model import Spalte, Tabelle
from schemas.spalten.common import SPALTEN, anteil, anzahl, ja_nein, text
from schemas.spalten.lieferung import SPALTEN_TABELLE
from schemas.spalten.person import PERSON
from schemas.tabellen.datenstand import DATENSTANDVERGLEICH, DATENSTANDWUERFEL
from schemas.tabellen.geheimhaltung import GEHEIMHALTUNG
from schemas.tabellen.indikator import INDIKATOREN
from schemas.tabellen.konzept import KONZEPT
from schemas.tabellen.lieferung import DIM_BRUECKE, INDIKATORTABELLE, PROFIL, STADTTEILTABELLE, TABELLENWERT
from schemas.tabellen.massnahme import MASSNAHMEN, MASSNAHMEN_GEHEIM
from schemas.tabellen.revision import REVISION
from schemas.tabellen.segregation import SEGREGATION
from schemas.tabellen.spanne import SPANNEN
from schemas.tabellen.zeitreihe import ZEITREIHEN

WERTSPALTEN = ("status", "hinweise", "beispieldaten", "datenstand", "lieferung_id", "fundstelle", "veroeffentlichung")
LIZENZ = SPALTEN_TABELLE["lizenz"]
SCHUTZWARNUNG = "Geschützte Werte sind NULL, nicht 0; status und hinweise nennen den Grund."
UMFANGSWARNUNG = "Wie tief gegliedert ist, bestimmt veroeffentlichung.umfang: was nicht dazugehört, hat keine Zeile."


def _spalten(*namen: str | Spalte) -> tuple[Spalte, ...]:
    return tuple(SPALTEN[n] if isinstance(n, str) else n for n in namen)


PERSONEN = Tabelle(
    "eingang", "melderegister", "Bestand aus dem Melderegister",
    "Personen des Bestands mit den nötigen Merkmalen, pseudonymisiert; nur im geschützten Bereich.",
    ("zeile",), PERSON,
    leer_erlaubt=frozenset({
        "geburtsjahr", "geburtstag", "alter", "sta_2", "sta_3", "art_dt_sta", "geburtsstaat", "zuzug_staat", "zuzug_tag",
        "eltern_1_zeile", "eltern_2_zeile", "eltern_1_gleiche_adresse", "eltern_2_gleiche_adresse",
    }),
)  # fmt: skip

WUERFEL = Tabelle(
    "bevoelkerung", "wuerfel", "Bevölkerungswürfel",
    "Ungeschützte Zählung je Definition und zutreffender Regel; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "altersgruppe", "regel", "generation", "ist_auslaender"),
    _spalten(
        "kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "altersgruppe",
        text("regel", "Regel", "Name der Regel der Definition, die entschied.", muster=r"[a-z][a-z0-9_]*"),
        "generation",
        ja_nein("ist_auslaender", "Ausländer", "Ohne deutsche Staatsangehörigkeit."),
        "ergebnis_mh",
        "personen",
    ),
)  # fmt: skip

STAATENWUERFEL = Tabelle(
    "bevoelkerung",
    "staatenwuerfel",
    "Würfel der Staatsangehörigkeiten",
    "Ungeschützte Zählung je Staatsangehörigkeit; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "geschlecht", "staat"),
    _spalten("kommune", "stichtag", "gebiet_id", "geschlecht", "staat", "personen"),
)

BEZUGSLANDWUERFEL = Tabelle(
    "bevoelkerung",
    "bezugslandwuerfel",
    "Würfel der Bezugsländer",
    "Ungeschützte Zählung der Personen mit MH je Bezugsland; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "staat"),
    _spalten("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "staat", "personen"),
)
VERGLEICHSWUERFEL = Tabelle(
    "bevoelkerung", "vergleichswuerfel", "Würfel der abweichenden Entscheidungen",
    "Ungeschützte Zählung der Personen, über die zwei Definitionen verschieden urteilen; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "profil_a", "profil_b", "regel_a", "regel_b"),
    _spalten("kommune", "stichtag", "gebiet_id", "profil_a", "profil_b", "regel_a", "regel_b", "ergebnis_a", "ergebnis_b",
             "personen"),
)  # fmt: skip

OPTIONSWUERFEL = Tabelle(
    "bevoelkerung", "optionswuerfel", "Würfel des abgeschalteten Optionskennzeichens",
    "Ungeschützte Zählung der Personen, die eine Definition mit dem Optionskennzeichen anders zählte; nur im geschützten "
    "Bereich.",
    ("kommune", "stichtag", "profil"),
    _spalten("kommune", "stichtag", "profil", "personen",
             anzahl("traeger", "Mit Optionskennzeichen", "Personen, die das Kennzeichen tragen.")),
)  # fmt: skip

ALTERSWUERFEL = Tabelle(
    "bevoelkerung", "alterswuerfel", "Würfel der Altersjahre",
    "Ungeschützte Zählung je Altersjahr, Grundlage der Indikatoren; nur im geschützten Bereich.",
    ("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "altersgruppe", "altersjahr", "ist_auslaender",
     "ergebnis_mh"),
    _spalten("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "altersgruppe",
             text("altersjahr", "Altersjahr", "Vollendete Lebensjahre als Text oder »unbekannt«.", muster=r"\d{1,3}|unbekannt"),
             Spalte("alter", "BIGINT", "Alter", "Vollendete Lebensjahre am Stichtag; NULL unbekannt.", "Jahre", minimum=0,
                    maximum=130),
             ja_nein("ist_auslaender", "Ausländer", "Ohne deutsche Staatsangehörigkeit."), "ergebnis_mh", "personen"),
    leer_erlaubt=frozenset({"alter"}),
)  # fmt: skip

EINTRAGSWUERFEL = Tabelle(
    "bevoelkerung", "eintragswuerfel", "Würfel der Geschlechtseinträge",
    "Ungeschützte Zählung der ganzen Kommune je Geschlechtseintrag, auch divers und ohne Eintrag; nur im geschützten Bereich.",
    ("kommune", "stichtag", "geschlecht"),
    _spalten("kommune", "stichtag", "geschlecht", "personen"),
)  # fmt: skip

MIGRATIONSHINTERGRUND = Tabelle(
    "marts", "migrationshintergrund", "Personen mit Migrationshintergrund",
    "Bestand, Ausländer und Personen mit Migrationshintergrund unter jeder benannten Definition.",
    ("kommune", "stichtag", "gebiet_id", "profil", "geschlecht", "altersgruppe", "quelle"),
    _spalten(
        "kommune", "stichtag", "gebiet_id", PROFIL, "geschlecht", "altersgruppe", "quelle",
        "gebiet", "ebene", "profilversion", "einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh",
        "unentscheidbar", "anteil_auslaender", "anteil_mh", "anteil_mh_min", "anteil_mh_max", "lokationsquotient_mh",
        "anteil_auslaender_gerechnet", "anteil_mh_gerechnet", "herkunft", LIZENZ, *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({
        "einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar", "anteil_auslaender",
        "anteil_mh", "anteil_mh_min", "anteil_mh_max", "lokationsquotient_mh", "anteil_auslaender_gerechnet",
        "anteil_mh_gerechnet", "fundstelle",
    }),
    warnungen=(SCHUTZWARNUNG, UMFANGSWARNUNG, "status spricht vom Anteil mit MH.",
               "Definitionen (profil) und Quellen nie mischen."),
    zahl=("anteil_mh",),
    nebenzahlen=("einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar", "anteil_auslaender",
                 "anteil_mh_max", "lokationsquotient_mh"),
)  # fmt: skip

STAATSANGEHOERIGKEIT = Tabelle(
    "marts", "staatsangehoerigkeit", "Bestand nach Staatsangehörigkeit",
    "Einwohner nach Staatsangehörigkeit; seltene sind unter »uebrige« zusammengefasst.",
    ("kommune", "stichtag", "gebiet_id", "staat", "geschlecht", "quelle"),
    _spalten(
        "kommune", "stichtag", "gebiet_id", "staat", "geschlecht", "quelle", "gebiet", "ebene", "staat_name",
        "staatengruppe", "personen", "anteil", "rang", "herkunft", LIZENZ, *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "rang", "fundstelle"}),
    warnungen=(SCHUTZWARNUNG, UMFANGSWARNUNG),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
)  # fmt: skip

BEZUGSLAND = Tabelle(
    "marts",
    "bezugsland",
    "Personen mit Migrationshintergrund nach Bezugsland",
    "Woher Personen mit MH oder ihre Eltern stammen, nach der Merkmalsfolge der Definition; historische Staaten bleiben "
    "eigene Gruppen.",
    ("kommune", "stichtag", "gebiet_id", "profil", "staat", "geschlecht"),
    _spalten(
        "kommune",
        "stichtag",
        "gebiet_id",
        "profil",
        "staat",
        "geschlecht",
        "gebiet",
        "ebene",
        "staat_name",
        replace(SPALTEN["personen"], beschreibung="Personen mit Migrationshintergrund mit diesem Bezugsland."),
        "anteil",
        "rang",
        *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "rang", "fundstelle"}),
    warnungen=(SCHUTZWARNUNG, UMFANGSWARNUNG, "Nur die Hauptdefinition (die erste in profile)."),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
)
MH_KATEGORIE = Tabelle(
    "marts",
    "mh_kategorie",
    "Einwohner nach Kategorie der Definition",
    "Aus welchen Gruppen sich die Personen mit und ohne MH zusammensetzen, mit Generation.",
    ("kommune", "stichtag", "gebiet_id", "profil", "kategorie", "generation", "geschlecht"),
    _spalten(
        "kommune",
        "stichtag",
        "gebiet_id",
        "profil",
        "kategorie",
        "generation",
        "geschlecht",
        "gebiet",
        "ebene",
        "kategorie_name",
        "ergebnis_mh",
        replace(SPALTEN["personen"], beschreibung="Einwohner dieser Kategorie der Definition."),
        "anteil",
        *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "fundstelle"}),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
    warnungen=(
        SCHUTZWARNUNG,
        UMFANGSWARNUNG,
        "Kategorien verschiedener Definitionen tragen teils dieselben Kurzzeichen.",
    ),
)
DEFINITIONSVERGLEICH = Tabelle(
    "marts",
    "definitionsvergleich",
    "Worin sich zwei Definitionen unterscheiden",
    "Personen, über die zwei Definitionen verschieden urteilen, nach dem Paar der Regeln, die entschieden.",
    ("kommune", "stichtag", "gebiet_id", "profil_a", "profil_b", "regel_a", "regel_b"),
    _spalten(
        "kommune",
        "stichtag",
        "gebiet_id",
        "profil_a",
        "profil_b",
        "regel_a",
        "regel_b",
        "gebiet",
        "ebene",
        "ergebnis_a",
        "ergebnis_b",
        "grund",
        replace(SPALTEN["personen"], beschreibung="Personen, über die die beiden Definitionen verschieden urteilen."),
        "anteil",
        *WERTSPALTEN,
    ),
    leer_erlaubt=frozenset({"personen", "anteil", "fundstelle"}),
    warnungen=(
        SCHUTZWARNUNG,
        UMFANGSWARNUNG,
        "Die Kommune steht nach Paaren von Regeln da, die sich zu ihrer Summe addieren; ihre Gebiete nur mit ihrer Summe.",
    ),
    zahl=("personen",),
    nebenzahlen=("anteil",),
    status_auch_neben=True,
)

DIM_BRUCH = Tabelle(
    "dim",
    "bruch",
    "Brüche in Zeitreihen",
    "Tage, ab denen Werte eine frühere Reihe nicht fortsetzen.",
    ("bruch_id",),
    _spalten("bruch_id", "gilt_fuer", "schluessel", "datum", "grund", "herkunft"),
)
DIM_KOMMUNE = Tabelle(
    "dim", "kommune", "Kommunen", "Die Kommunen dieses Datenordners.", ("kommune",),
    _spalten("kommune", "name", "ags", "land",
             anzahl("mindestfallzahl", "Mindestfallzahl", "Kleinere Zahlen werden geschützt."),
             anzahl("mindestnenner", "Mindestnenner", "Kleinere Nenner geben keinen Anteil."),
             anzahl("mindestzeile", "Mindestzeile", "Zeilen mit weniger Einwohnern zeigen keine Gliederung, auch keine Nullen "
                    "(schutz.mindestzeile; Vorschlag dieses Projekts)."),
             Spalte("geheime_nullen", "VARCHAR[]", "Geheime Nullen", "Tabellen, in denen auch Nullen geheim sind: dort "
                    "kann »geheim« 0 heißen (schutz.nullen, mit Begründung)."),
             anteil("mindestwert_ab", "Mindestwert ab", "Könnte ein Anteil um mehr als das höher sein, wenn alle "
                    "Unentscheidbaren MH hätten, ist er ein Mindestwert (veroeffentlichung.mindestwert_ab; "
                    "Vorschlag dieses Projekts)."),
             text("begruendung", "Begründung", "Wer die Schutzregeln beschlossen hat."),
             text("verfahren", "Verfahren", "Wie Anzahlen aus dem Register geschützt sind; eines für alle Tabellen.",
                  werte=("sperrung", "rundung", "cellkey")),
             anzahl("hoechstfehler", "Höchstfehler", "Um höchstens so viele Personen weicht eine gezeigte Anzahl von der "
                    "wahren ab; eine Summe aus n Anzahlen also um höchstens (n + 1)-mal so viele."),
             text("verfahren_text", "Verfahren in Worten", "Verfahren, Parameter und erwarteter Fehler.")),
)  # fmt: skip
DIM_GEBIET = Tabelle(
    "dim",
    "gebiet",
    "Gebiete",
    "Die Gebiete der Kommunen mit ihrer Gliederung.",
    ("kommune", "gebiet_id"),
    _spalten("kommune", "gebiet_id", "gebiet", "ebene", "uebergeordnet", "gebietsstand", "gueltig_von", "gueltig_bis"),
    leer_erlaubt=frozenset({"gueltig_von", "gueltig_bis"}),
)
DIM_PROFIL = Tabelle(
    "dim", "profil", "Definitionen von Migrationshintergrund", "Jede Definition mit Version, Herkunft und Regeln.",
    ("profil",),
    _spalten("profil", "version", "titel", "beschreibung", "herkunft", "naeherung", "rekonstruktion", "regeln"),
)  # fmt: skip
DIM_STAAT = Tabelle(
    "dim", "staat", "Staatsschlüssel", "Destatis-Schlüssel mit Gruppen und Gültigkeit.", ("staat",),
    _spalten("staat", "name", "fruehere_namen", "iso2", "iso3", "staatengruppe", "kontinent", "eu_von", "eu_bis", "gueltig_von",
             "gueltig_bis", "als_staat", "nachfolgegruppe", "aussiedlungsgebiet", "vertreibungsgebiet"),
    leer_erlaubt=frozenset({"fruehere_namen", "iso2", "iso3", "eu_von", "eu_bis", "gueltig_von", "gueltig_bis",
                            "nachfolgegruppe"}),
)  # fmt: skip
OPTIONSKENNZEICHEN = Tabelle(
    "marts", "optionskennzeichen", "Was das abgeschaltete Optionskennzeichen ändert",
    "Wie viele Personen eine Definition anders zählte (mit, ohne oder unentscheidbar), wenn die Kommune das Optionskennzeichen "
    "verwendete; nur für die ganze Kommune, nur wo es abgeschaltet ist und eine Regel danach fragt.",
    ("kommune", "stichtag", "profil"),
    _spalten("kommune", "stichtag", "profil",
             replace(SPALTEN["personen"], beschreibung="Personen mit anderem Ergebnis, Kinder von Trägern des Kennzeichens "
                     "eingeschlossen; beim Einlesen des Auszugs gezählt. Verborgen, wenn die Zahl klein ist oder von den "
                     "Trägern, den Personen ohne MH oder allen nur wenige übrig lässt."),
             *WERTSPALTEN),
    leer_erlaubt=frozenset({"personen", "fundstelle"}),
    zahl=("personen",),
    warnungen=(SCHUTZWARNUNG,),
)  # fmt: skip
DIM_SPALTE = Tabelle(
    "dim", "spalte", "Datenwörterbuch", "Jede Spalte jeder veröffentlichten Tabelle.", ("tabelle", "spalte"),
    _spalten("tabelle", "spalte", "typ", "titel", "beschreibung", "einheit", "herkunft", "werte", "schluesselteil",
             "leer_erlaubt"),
)  # fmt: skip

LIEFERUNG = Tabelle(
    "protokoll", "lieferung", "Lieferungen", "Was angeliefert und was daraus wurde.", ("lieferung_id",),
    _spalten(
        "lieferung_id", "kommune",
        replace(SPALTEN["quelle"], werte=(), beschreibung="Kennung der Quelle in kommune.yaml."),
        "datei", "sha256", "stichtag", "stichtag_angenommen", "zeilen_gelesen", "zeilen_uebernommen", "zeilen_ausserhalb",
        "zeilen_abgewiesen", "kodierung", "synthetisch", "erzeugt_aus", "eingelesen_am",
        replace(SPALTEN["lieferung_status"], name="status"),
    ),
    leer_erlaubt=frozenset({
        "stichtag", "kodierung", "zeilen_gelesen", "zeilen_uebernommen", "zeilen_ausserhalb", "zeilen_abgewiesen",
    }),
    warnungen=(
        "zeilen_gelesen = zeilen_uebernommen + zeilen_ausserhalb + zeilen_abgewiesen.",
        "Zeilen eines Registerauszugs sind Personen: gezählt stehen hier nur die des Auszugs, auf dem ein veröffentlichter "
        "Stichtag beruht, und keine Zahl unter der Mindestfallzahl (dann fehlt auch die Summe).",
    ),
)  # fmt: skip
PRUEFUNG = Tabelle(
    "protokoll", "pruefung", "Prüfungen", "Ergebnis jeder Prüfung; bei Registern ohne jeden Wert einer Zeile.",
    ("kommune", "quelle", "datei", "pruefung"),
    _spalten(
        replace(SPALTEN["kommune"], muster=r"[a-z][a-z0-9_]*|-"),
        replace(SPALTEN["quelle"], werte=(), beschreibung="Kennung der Quelle; »-« bei Prüfungen der Marts."),
        "datei", "pruefung", "titel", "schwere", "ergebnis", "anzahl", "beispiel", "erwartet", "folge",
    ),
    leer_erlaubt=frozenset({"beispiel", "titel", "anzahl"}),
)  # fmt: skip

GEHEIM = (PERSONEN, WUERFEL, STAATENWUERFEL, BEZUGSLANDWUERFEL, VERGLEICHSWUERFEL, ALTERSWUERFEL, EINTRAGSWUERFEL,
          OPTIONSWUERFEL, DATENSTANDWUERFEL, STADTTEILTABELLE, INDIKATORTABELLE, *MASSNAHMEN_GEHEIM)  # fmt: skip
VEROEFFENTLICHT = (
    MIGRATIONSHINTERGRUND, STAATSANGEHOERIGKEIT, BEZUGSLAND, MH_KATEGORIE, DEFINITIONSVERGLEICH, OPTIONSKENNZEICHEN, SEGREGATION,
    TABELLENWERT,    DIM_BRUCH, DIM_BRUECKE, DIM_KOMMUNE, DIM_GEBIET, DIM_PROFIL, DIM_STAAT, DIM_SPALTE, *KONZEPT, *MASSNAHMEN,
    *INDIKATOREN, *ZEITREIHEN, *SPANNEN, DATENSTANDVERGLEICH, LIEFERUNG, PRUEFUNG, REVISION,
    GEHEIMHALTUNG,
)  # fmt: skip
TABELLEN: dict[str, Tabelle] = {t.voll: t for t in (*GEHEIM, *VEROEFFENTLICHT)}
