"""The columns of ranges and of the reach of measures.

Belongs here: what only marts.wertespanne and marts.massnahme_reichweite have. Does not belong here: columns every
table shares (common.py) and those of series, concepts and measures.
"""

from schemas.model import Spalte, override
from schemas.spalten.common import anteil, ja_nein, tag, text

URSACHEN = ("definition", "unentscheidbar", "stichprobe", "keine")
ERHEBUNGEN = ("vollerhebung", "stichprobe")
IN_EINHEIT = "in der Einheit des Indikators"
VORSCHLAG = "Vorschlag dieses Projekts"
GLEICHE_QUELLE = "über alle Definitionen derselben Quelle mit einem Wert, ohne Mindestwerte"
KENNUNG = r"[a-z][a-z0-9_]*"

_ALLE = (
    # Ranges
    ja_nein("mindestwert", "Mindestwert", "Ob so viele Personen unentscheidbar sind (Spanne über 5 Prozentpunkte), dass der "
            "Anteil nur eine untere Grenze ist. Mindestwerte stehen mit ihrer eigenen Spanne da, gehen aber nicht in die Spanne "
            "der Definitionen ein: sonst erschiene eine Lücke im Register als Unterschied der Definitionen. Der Bericht hält "
            "es ebenso."),
    anteil("unentscheidbar_unten", "Ohne Unentscheidbare", "Anteil, wenn alle Unentscheidbaren ohne MH wären; NULL, wo ihre "
           "Zahl geschützt oder von der Quelle nicht ausgewiesen ist."),
    anteil("unentscheidbar_oben", "Mit allen Unentscheidbaren", "Anteil, wenn alle Unentscheidbaren MH hätten."),
    anteil("unentscheidbar_spanne", "Spanne der Unentscheidbaren", "unentscheidbar_oben − unentscheidbar_unten."),
    anteil("definition_unten", "Kleinster Anteil der Definitionen", f"{GLEICHE_QUELLE.capitalize()}; NULL bei weniger als zwei. "
           "Der eigene Anteil kann als Mindestwert darunter liegen."),
    anteil("definition_oben", "Größter Anteil der Definitionen", f"{GLEICHE_QUELLE.capitalize()}; NULL bei weniger als zwei."),
    anteil("definition_spanne", "Spanne der Definitionen", "definition_oben − definition_unten."),
    text("profil_unten", "Definition mit dem kleinsten Anteil", "Bei gleichen Anteilen die erste nach ihrer Kennung.",
         muster=KENNUNG),
    text("profil_oben", "Definition mit dem größten Anteil", "Bei gleichen Anteilen die erste nach ihrer Kennung.",
         muster=KENNUNG),
    Spalte("anzahl_profile", "BIGINT", "Verglichene Definitionen", "Definitionen, die in der Spanne stecken.",
           einheit="Definitionen", minimum=0),
    Spalte("anzahl_mindestwerte", "BIGINT", "Definitionen mit Mindestwert", "Definitionen, die wegen vieler Unentscheidbarer "
           "nicht verglichen sind.", einheit="Definitionen", minimum=0),
    text("stichprobe_art", "Art der Erhebung", "vollerhebung: alle sind gezählt; stichprobe: laut kommune.yaml "
         "(stichprobe.auswahlsatz) hochgerechnet. Ohne diese Angabe gilt vollerhebung.", werte=ERHEBUNGEN),
    anteil("stichprobe_unten", "Untere Grenze der Stichprobe", "Wilson-Intervall (95 %) bei einwohner × auswahlsatz Befragten; "
           f"{VORSCHLAG}, keine amtliche Fehlerrechnung: Klumpen und Hochrechnung machen es meist weiter. NULL bei "
           "Vollerhebungen und ohne Einwohnerzahl."),
    anteil("stichprobe_oben", "Obere Grenze der Stichprobe", "Obere Grenze desselben Intervalls."),
    anteil("stichprobe_spanne", "Spanne der Stichprobe", "stichprobe_oben − stichprobe_unten."),
    anteil("gesamt_unten", "Untere Grenze insgesamt", "Kleinster aller genannten Werte; NULL ohne Anteil."),
    anteil("gesamt_oben", "Obere Grenze insgesamt", "Größter aller genannten Werte; NULL ohne Anteil."),
    text("groesste_ursache", "Größte Ursache", "Woher die weiteste der drei Spannen kommt; bei gleicher Weite die erste der "
         "Werteliste; keine: keine Spanne ist weiter als null; NULL ohne Anteil und wo keine "
         "Spanne bestimmbar ist.", werte=URSACHEN),
    # Reach of a measure
    text("zielgruppe_text", "Zielgruppe in Worten", "Für wen die Maßnahme laut Blatt ist; NULL: keine Angabe."),
    override(text("groesse", "Größe", "Welche Zahl des Indikators die Zielgruppe ist: sein Zähler oder sein Nenner.",
         werte=("zaehler", "nenner"))),
    Spalte("zielgruppe_groesse", "DOUBLE", "Größe der Zielgruppe", "zaehler oder nenner der jüngsten Zeile der Zeitreihe bis zum "
           "Stand, in der diese Zahl veröffentlicht ist; NULL: status sagt, warum.", einheit="Personen oder Fälle", minimum=0),
    tag("zielgruppe_stichtag", "Stichtag der Zielgruppe", "Stichtag dieser Zeile; NULL: es gibt keine bis zum Stand."),
    Spalte("reichweite", "DOUBLE", "Reichweite", "teilnehmende / zielgruppe_groesse. Über 1 (Hinweis ueber_hundert) gehören "
           "nicht alle zur Zielgruppe oder sind mehrfach gezählt.", einheit="Anteil", minimum=0),
    Spalte("hoechstmoegliche_aenderung", "DOUBLE", "Höchstmögliche Änderung", "Um wie viel sich der Indikator änderte, wenn sich "
           "bei jeder teilnehmenden Person der Zustand änderte: teilnehmende / Nenner des Indikators × Faktor der Einheit. Keine "
           "Wirkung, nur ihre obere Grenze.", einheit=IN_EINHEIT, minimum=0),
    Spalte("stabilitaetsband", "DOUBLE", "Halbe Breite des Stabilitätsbands", "(obergrenze − untergrenze) / 2 des Werts zum "
           "zielgruppe_stichtag.", einheit=IN_EINHEIT, minimum=0),
    Spalte("kleinste_sichtbare_aenderung", "DOUBLE", "Kleinste sichtbare Änderung", "Das Größere aus Relevanzschwelle und halbem "
           f"Stabilitätsband; ohne Band (der ganze Ort, Ströme) die Schwelle ({VORSCHLAG}). NULL ohne Wert und bei "
           "Mindestwerten.", einheit=IN_EINHEIT, minimum=0),
    Spalte("noetiger_anteil_veraendert", "DOUBLE", "Nötiger Anteil", "Bei welchem Anteil der Teilnehmenden sich der Zustand "
           "ändern müsste, damit der Indikator es zeigt; über 1: er kann sie nicht zeigen.", einheit="Anteil", minimum=0),
    ja_nein("sichtbar", "Sichtbar", "Ob die höchstmögliche Änderung die kleinste sichtbare erreicht; NULL, wo eine fehlt."),
    text("annahmen", "Annahmen", "Worauf die Rechnung beruht."),
)  # fmt: skip

SPALTEN_SPANNE: dict[str, Spalte] = {s.name: s for s in _ALLE}
