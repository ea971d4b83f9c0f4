"""The columns of what a register says beside definitions: facts of one extract, flows between two.

Belongs here: what only marts.registermerkmal, marts.bewegung and the record of linking have. Does not belong here: columns every
table shares (common.py) and those of persons (person.py).
"""

from schemas.model import Spalte, override
from schemas.spalten.common import ja_nein, tag, text

MERKMALE = (
    "aufenthaltsdauer", "wohndauer", "mehrstaatigkeit", "asylherkunft", "wahlberechtigung", "altersjahr",
    "altersjahr_auslaender", "zuzugsjahr",
)  # fmt: skip
# In the cube only: single years of the two durations, for their means; what facts leave beside others, for their door.
EINZELJAHRE = (
    "wohnjahre", "aufenthaltsjahre", "waehlerjahre", "unionsjahre", "drittstaatsjahre", "rest_hier_aelter",
    "rest_hier_aus_dem_land", "rest_hier_zugezogen", "rest_land_aelter",
)  # fmt: skip
GRUNDGESAMTHEITEN = ("einwohner", "auslaender", "deutsche")

_ALLE = (
    override(text("merkmal", "Merkmal", "Was gezählt ist. aufenthaltsdauer: vollendete Jahre seit dem letzten Zuzug aus dem "
             "Ausland; wohndauer: vollendete Jahre seit dem Einzug, den der Auszug nennt (je nach Fachverfahren in die Kommune "
             "oder in die Wohnung); mehrstaatigkeit: Deutsche mit und ohne weitere Staatsangehörigkeit; asylherkunft: Ausländer "
             "aus den Hauptherkunftsländern von Asylsuchenden (registermerkmale.asylherkunft in kommune.yaml), kein "
             "Aufenthaltsstatus; wahlberechtigung: wer nach Alter und Staatsangehörigkeit wählen dürfte (Dauer des Wohnens, "
             "Ausschlüsse und Anträge kennt der Auszug nicht); altersjahr, altersjahr_auslaender: vollendete Lebensjahre; "
             "zuzugsjahr: Jahr des letzten Zuzugs aus dem Ausland derer, die noch da sind, nur am 31.12.", werte=MERKMALE)),
    text("auspraegung", "Ausprägung", "Wert des Merkmals. Dauern in vollendeten Jahren: 00-00, 01-04, 15+; "
         "in_deutschland_geboren, unbekannt. wahlberechtigung nennt das Mindestalter; ihre Werte überschneiden sich.",
         muster=r"[a-z0-9_+-]+"),
    text("auspraegung_name", "Ausprägung in Worten", "Was die Ausprägung heißt."),
    text("grundgesamtheit", "Grundgesamtheit", "Auf wen sich anteil bezieht; die Werte eines Merkmals ergeben sie zusammen, "
         "außer bei wahlberechtigung und zuzugsjahr.", werte=GRUNDGESAMTHEITEN),
)  # fmt: skip

BEWEGUNGEN = (
    "geburt", "zuzug", "sterbefall", "fortzug", "abgang", "einbuergerung", "verlust", "umzug_zu", "umzug_fort",
)  # fmt: skip
_BEWEGUNG = (
    text("bewegung", "Bewegung", "Was zwischen beiden Stichtagen geschah, aus dem Vergleich zweier Auszüge. geburt: seit dem "
         "vorigen Stichtag geboren und jetzt da (auch, wer danach zuzog); zuzug: neu da, nicht im Zeitraum geboren; sterbefall: "
         "nicht mehr da, laut Auszug gestorben; fortzug: nicht mehr da, sonst; abgang: beides zusammen, wo der Auszug keine "
         "Sterbetage nennt; einbuergerung: vorher ohne, jetzt mit deutscher Staatsangehörigkeit; verlust: umgekehrt; umzug_zu, "
         "umzug_fort: zwischen Gebieten der Kommune (nur im geschützten Bereich). Wer im Zeitraum kam und wieder ging, fehlt.",
         werte=BEWEGUNGEN),
    text("bewegung_name", "Bewegung in Worten", "Was die Bewegung heißt."),
    override(text("gruppe", "Gruppe", "insgesamt oder auslaender (ohne deutsche Staatsangehörigkeit; wer ging, nach dem vorigen "
             "Auszug, wer kam, nach dem jetzigen).", werte=("insgesamt", "auslaender"))),
    tag("stichtag_vorher", "Voriger Stichtag", "Stichtag, mit dem verglichen ist: der veröffentlichte davor."),
    Spalte("tage", "BIGINT", "Tage", "Tage zwischen beiden Stichtagen; Zahlen ungleich langer Zeiträume nicht vergleichen.",
           einheit="Tage", minimum=1),
    ja_nein("fluesse", "Bewegungen", "Ob Auszüge aufeinanderfolgender Stichtage im geschützten Bereich über Pseudonyme "
            "verknüpft werden (fluesse in kommune.yaml); sonst gibt es keine Bewegungen."),
    text("fluesse_rechtsgrundlage", "Rechtsgrundlage der Verknüpfung", "Worauf die Verknüpfung beruht, wie die Kommune es nennt "
         "(verknuepfung.rechtsgrundlage); NULL, wo nicht verknüpft wird."),
    Spalte("fluesse_frist_tage", "BIGINT", "Löschfrist", "So viele Tage nach dem Stichtag wird gelöscht, was nur zur Verknüpfung "
           "aufbewahrt ist (verknuepfung.frist_tage; Vorschlag dieses Projekts).", einheit="Tage", minimum=0),
    Spalte("personen_tage", "BIGINT", "Aufbewahrung der Personen", "So viele Tage nach dem Einlesen werden die Personen eines "
           "Auszugs aus dem geschützten Bereich gelöscht (aufbewahrung.personen_tage; Vorschlag dieses Projekts).",
           einheit="Tage", minimum=1),
    Spalte("abgewiesene_tage", "BIGINT", "Aufbewahrung abgewiesener Zeilen", "So viele Tage nach dem Einlesen werden die "
           "abgewiesenen Zeilen eines Auszugs gelöscht (aufbewahrung.abgewiesene_tage; Vorschlag dieses Projekts).",
           einheit="Tage", minimum=1),
    tag("loeschung_personen", "Löschung der Personen", "Danach löscht die nächste Aktualisierung die Personen dieses Auszugs "
        "aus dem geschützten Bereich; ihre Zählung bleibt. NULL, wo keine eingelesen sind."),
    tag("loeschung_abgewiesene", "Löschung abgewiesener Zeilen", "Danach löscht die nächste Aktualisierung die abgewiesenen "
        "Zeilen dieses Auszugs aus dem geschützten Bereich. NULL bei allem, was kein Registerauszug ist."),
    tag("loeschung_bis", "Löschung", "Danach löscht die nächste Aktualisierung, was nur zur Verknüpfung aufbewahrt ist: die "
        "Pseudonyme Verstorbener. Die Zählung bleibt."),
)  # fmt: skip
SPALTEN_REGISTER = {s.name: s for s in (*_ALLE, *_BEWEGUNG)}
