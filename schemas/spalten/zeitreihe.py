"""The columns of the indicator series: values, comparison, change, verdict, goal, place in the town.

Belongs here: what only series have. Does not belong here: columns every table shares (common.py), the catalogue
(indikator.py).
"""

from schemas.model import Spalte, override
from schemas.spalten.common import anteil, ja_nein, tag, text

URTEILE = ("verbessert", "verschlechtert", "unveraendert", "nicht_bewertbar")
GRUENDE = (
    "neutral", "erster_wert", "bruch", "quellenwechsel", "geschuetzt", "nenner_zu_klein", "kein_wert",
    "anderer_stichtag", "zaehler_zu_klein", "mindestwert", "beispieldaten",
)  # fmt: skip
FAELLE = (
    "gruppe_verbessert_abstand_kleiner", "gruppe_verbessert_abstand_gleich", "gruppe_verbessert_abstand_groesser",
    "gruppe_verschlechtert",
    "nur_vergleichsgruppe_verschlechtert", "abstand_kleiner", "abstand_gleich", "abstand_groesser", "unveraendert",
)  # fmt: skip
VERLAEUFE = ("steigend", "fallend", "gleichbleibend", "nicht_bewertbar")
GRUPPE_MUSTER = r"insgesamt|auslaender|deutsche|mit_mh|ohne_mh|staat_(\d{3}|uebrige)"
IN_EINHEIT = "in der Einheit des Indikators"


def _wert(name: str, titel: str, beschreibung: str, einheit: str = IN_EINHEIT) -> Spalte:
    return Spalte(name, "DOUBLE", titel, beschreibung, einheit=einheit)


_ALLE = (
    override(
        text("gruppe", "Gruppe", "Für wen die Zahl gilt: insgesamt; auslaender und deutsche; mit_mh und ohne_mh (nach »profil«; "
         "Unentscheidbare in keiner von beiden); staat_NNN: eine Staatsangehörigkeit.", muster=GRUPPE_MUSTER)),
    tag("zeitraum", "Zeitraum", "Erster Tag des Zeitraums; bei Beständen der Stichtag selbst. Ein Bestand vom 1. Januar "
        "steht unter dem 31. Dezember davor, wo das der Stichtag des Indikators ist: es ist derselbe."),
    override(tag("stichtag", "Stichtag", "Tag, für den der Bestand gilt, oder der letzte gelieferte Tag des Zeitraums.")),
    _wert("zaehler", "Zähler", "Was über dem Bruchstrich steht (dim.indikator.zaehler_text); NULL, wo geschützt, gerundet oder "
          "nicht geliefert, und wo der gedruckte Wert nicht aus den gelieferten Zahlen folgt (Hinweis "
          "gedruckt_weicht_ab): dann gilt der gedruckte, und die Zahlen stehen in marts.tabellenwert.", "Personen oder Fälle"),
    _wert("nenner", "Nenner", "Was unter dem Bruchstrich steht (dim.indikator.nenner_text); NULL ohne Nenner, wo geschützt, "
          "gerundet oder nicht geliefert, und wo der gedruckte Wert nicht aus den Zahlen folgt (wie bei "
          "zaehler).", "Personen oder Fälle"),
    override(_wert("wert", "Wert", "Der Indikator. Prozentwerte von 0 bis 100; über 100 ist möglich, wo der Zähler am Ort der "
          "Einrichtung zählt. NULL, wo status sagt, warum.")),
    _wert("untergrenze", "Untergrenze", "Untere Grenze des Stabilitätsbands: Wilson-Intervall (95 %) nach einem Modell, in dem "
          "jede gezählte Person unabhängig mit derselben Wahrscheinlichkeit dazugehört. Gezählt sind alle; das Band ist kein "
          "Stichprobenfehler, es sagt nur, wie fest ein Anteil bei so wenigen steht. NULL, wo der Nenner der ganze Ort ist, "
          "der Zähler kein Teil des Nenners (Ströme durch Bestände), der Wert ein Mindestwert ist, bei Maßnahmen und ohne "
          "veröffentlichte Zähler und Nenner."),
    _wert("obergrenze", "Obergrenze", "Obere Grenze desselben Bands."),
    override(text("vergleichsgruppe", "Vergleichsgruppe", "Gruppe, die daneben steht; NULL bei insgesamt.",
         werte=("auslaender", "deutsche", "mit_mh", "ohne_mh"))),
    _wert("vergleichswert", "Wert der Vergleichsgruppe", "Derselbe Indikator für die Vergleichsgruppe."),
    _wert("abstand", "Abstand", "Wert minus Wert der Vergleichsgruppe, mit Vorzeichen (bei Prozent: Prozentpunkte)."),
    _wert("verhaeltnis", "Verhältnis", "Wert durch Wert der Vergleichsgruppe; 1 = gleich.", "Verhältnis"),
    Spalte("abschnitt", "BIGINT", "Abschnitt", "Nummer des vergleichbaren Abschnitts der Reihe, ab 1. Ein Bruch oder ein Wechsel "
           "der Quelle beginnt einen neuen; über seine Grenze wird nichts verglichen.", minimum=1),
    text("abschnitt_grund", "Warum ein neuer Abschnitt", "NULL: die Reihe geht weiter.", werte=("bruch", "quellenwechsel")),
    text("bruch_text", "Bruch in Worten", "Was den Bruch begründet (dim.bruch); NULL, wo hier keiner ist."),
    tag("vorperiode", "Vorperiode", "zeitraum der Zeile davor; Änderungen gelten zu ihm. Bei jährlichen Beständen die "
        "davor mit demselben Tag im Jahr."),
    _wert("vorwert", "Wert der Vorperiode", "NULL über eine Abschnittsgrenze."),
    _wert("veraenderung_vorperiode", "Änderung zur Vorperiode", "Wert minus Wert der Vorperiode; nie über einen Bruch."),
    tag("basis", "Basis", "zeitraum des ersten Werts im Abschnitt (bei jährlichen Beständen: vom selben Tag im Jahr); darauf "
        "beziehen sich Änderung zur Basis und Index."),
    _wert("veraenderung_basis", "Änderung zur Basis", "Wert minus Wert der Basis."),
    _wert("index_basis", "Index", "Basis = 100; NULL, wo die Zeile keinen Wert hat oder der Wert der Basis 0 ist.", "Index"),
    _wert("veraenderung_je_jahr", "Mittlere Änderung je Jahr", "Änderung zur Basis durch die Jahre seitdem.",
          "Einheit des Indikators je Jahr"),
    _wert("vergleich_veraenderung", "Änderung der Vergleichsgruppe", "Änderung der Vergleichsgruppe zur Vorperiode."),
    _wert("abstand_veraenderung", "Änderung des Abstands", "Änderung des Werts minus Änderung der Vergleichsgruppe."),
    text("abstand_fall", "Fall der Annäherung", "Wie sich Gruppe und Abstand bewegt haben. Schließt sich ein Abstand nur, weil "
         "die Vergleichsgruppe schlechter wurde, ist das kein Fortschritt. Änderungen unter der Relevanzschwelle zählen nicht. "
         "abstand_…: nur wie sich der Abstand bewegt, bei neutralen Indikatoren und Beispieldaten. NULL ohne Vergleich.",
         werte=FAELLE),
    text("trend", "Urteil", "Richtung × Änderung ab der Relevanzschwelle: zur Vorperiode, sonst zur Basis, damit auch zählt, "
         "was schleichend wächst. Nie auf Beispieldaten, Mindestwerten oder zu kleinen Zählern und Nennern. NULL bei neutralen "
         "Indikatoren.", werte=URTEILE),
    text("trend_bezug", "Worauf sich das Urteil bezieht", "vorperiode oder basis: seit wann es besser oder schlechter ist; NULL "
         "ohne solches Urteil.", werte=("vorperiode", "basis")),
    text("trend_grund", "Warum kein Urteil", "NULL, wo eines steht. anderer_stichtag: davor gibt es nur einen anderen Tag im "
         "Jahr, auch bei neutralen Indikatoren; zaehler_zu_klein und nenner_zu_klein: unter der Zahl, ab der beurteilt wird "
         "(dim.indikator.urteil_zaehler, urteil_nenner, mindestnenner).", werte=GRUENDE),
    ja_nein("aenderung_im_band", "Änderung im Stabilitätsband", "Ob die Änderung zur Vorperiode kleiner ist als die "
            "Stabilitätsbänder beider Werte zusammen. Nur wo jeder Zeitraum eigene Fälle hat (Jahrgänge, Ströme); NULL bei "
            "Beständen, in denen dieselben Personen zweimal gezählt sind, und ohne Band oder Vorwert."),
    ja_nein("trend_auf_korrektur", "Urteil auf korrigierten Zahlen", "Ob dieser Wert oder der der Vorperiode seit einer früheren "
            "Veröffentlichung geändert wurde (protokoll.revision) und das Urteil darauf beruht."),
    Spalte("lage_rang", "BIGINT", "Rang im Ort", "Rang unter den Gebieten derselben Ebene, 1 = höchster Wert; NULL für die "
           "Kommune selbst und ohne Wert. Ein hoher Rang ist nicht besser oder schlechter.", minimum=1),
    Spalte("lage_gebiete", "BIGINT", "Gebiete im Vergleich", "Gebiete der Ebene mit einem Wert.", einheit="Gebiete", minimum=1),
    anteil("lage_quantil", "Lage im Ort", "Anteil der übrigen Gebiete der Ebene mit kleinerem Wert."),
    _wert("lage_quotient", "Lagequotient", "Wert des Gebiets durch Wert der Kommune; 1 = wie im ganzen Ort.", "Verhältnis"),
    override(text("leitziel", "Leitziel", "Konzept und Leitziel, zu dem das Ziel gehört; NULL ohne Ziel.")),
    _wert("ziel", "Zielwert", "Zielwert laut konzept.yaml; NULL ohne Ziel."),
    Spalte("ziel_jahr", "BIGINT", "Zieljahr", "Jahr, bis zu dem das Ziel erreicht sein soll.", minimum=1900),
    _wert("zielabstand", "Abstand zum Ziel", "Zielwert minus Wert."),
    _wert("ziel_tempo", "Nötige Änderung je Jahr", "Abstand zum Ziel durch die Jahre bis zum Zieljahr; NULL ab dem Zieljahr.",
          "Einheit des Indikators je Jahr"),
    ja_nein("ziel_erreicht", "Ziel erreicht", "Ob der Wert in der Richtung des Indikators am Ziel ist; NULL ohne Ziel, Wert oder "
            "Richtung."),
    override(
        text("quelle", "Quelle", "Kennung der Quelle des Werts oder des Zählers in kommune.yaml; melderegister: aus dem Auszug "
         "gezählt; »-«: Rechnung aus mehreren.")),
    text("nenner_quelle", "Quelle des Nenners", "Kennung der Quelle des Nenners; dieselbe, wo der Katalog es verlangt; NULL, wo "
         "keine einen hat."),
    tag("nenner_stichtag", "Stichtag des Nenners", "Tag des Nenners; bei Strömen durch Bestand der des Vorjahres."),
    ja_nein("nenner_passt", "Nenner passt", "Ob der Nenner aus derselben Quelle ist oder der Katalog eine andere zulässt; sonst "
            "gibt es keinen Wert."),
    # Trend
    Spalte("punkte", "BIGINT", "Punkte", "Werte des letzten vergleichbaren Laufs: im letzten Abschnitt, vom selben Tag im Jahr, "
           "ohne Lücke dazwischen, alle genau oder alle gerundet, keine Mindestwerte.", einheit="Werte", minimum=0),
    Spalte("luecken", "BIGINT", "Lücken", "Zeilen des Abschnitts, die nicht eingehen: ohne Wert, mit zu kleinem Nenner, von "
           "einem anderen Tag im Jahr, anders gerundet oder vor einer Lücke.",
           minimum=0),
    tag("von", "Erster Punkt", "Stichtag des ersten vergleichbaren Werts; NULL ohne Werte."),
    tag("bis", "Letzter Punkt", "Stichtag des letzten vergleichbaren Werts; NULL ohne Werte."),
    _wert("kleinster", "Kleinster Wert", "Kleinster Wert des Laufs; NULL ohne Werte."),
    _wert("groesster", "Größter Wert", "Größter Wert des Laufs; NULL ohne Werte."),
    text("test", "Verfahren", "Wie Steigung und Reihenfolge gerechnet sind. Kein Signifikanztest: Bestände aus denselben "
         "Personen hängen von Jahr zu Jahr voneinander ab (Autokorrelation), ein p-Wert verspräche mehr, als er hält.",
         quelle="Kendall 1975; Theil 1950; Sen 1968"),
    Spalte("mindestpunkte", "BIGINT", "Mindestzahl der Punkte", "Darunter gibt es kein Urteil (Vorschlag dieses Projekts).",
           minimum=1),
    Spalte("tau", "DOUBLE", "Kendalls Tau", "Rangkorrelation mit der Zeit: 1 = jeder Wert höher als der davor. NULL unter der "
           "Mindestzahl der Punkte oder ohne jede Änderung.", minimum=-1,
           maximum=1),
    _wert("steigung_je_jahr", "Steigung je Jahr", "Median der Steigungen aller Paare (Theil-Sen).",
          "Einheit des Indikators je Jahr"),
    _wert("veraenderung", "Änderung im Abschnitt", "Steigung mal Jahre vom ersten zum letzten Punkt; erst ab der "
          "Relevanzschwelle steigend oder fallend."),
    text("verlauf", "Verlauf", "Was Steigung und Relevanzschwelle sagen, ohne Wertung. Besser oder schlechter steht in "
         "marts.indikator_zeitreihe (trend).", werte=VERLAEUFE),
)  # fmt: skip

SPALTEN_ZEITREIHE: dict[str, Spalte] = {s.name: s for s in _ALLE}
