"""Columns that only tables of the secure zone have: configuration, unprotected counts, what the door works with.

Belongs here: what no published table shows under this name. Does not belong here: columns that are published too (the themes
beside it); a name that is published with another type or meaning stands here as `override`.
"""

from schemas.model import Spalte, override
from schemas.spalten.common import anteil, anzahl, ja_nein, tag, text


def texte(name: str, titel: str, beschreibung: str) -> Spalte:
    """A list of texts."""
    return Spalte(name, "VARCHAR[]", titel, beschreibung)


def zahl(name: str, titel: str, beschreibung: str) -> Spalte:
    """A number with decimals, of whatever unit."""
    return Spalte(name, "DOUBLE", titel, beschreibung)


_ALLE = (
    # Cells and what is decided of them
    text("a", "Erster Teil", "Erster weiterer Schlüssel einer Zelle: Staat, Kategorie, Regel; »-« ohne."),
    text("b", "Zweiter Teil", "Zweiter weiterer Schlüssel einer Zelle: Generation, zweite Regel; »-« ohne."),
    text("c", "Dritter Teil", "Dritter weiterer Schlüssel einer Zelle; »-« ohne."),
    ja_nein("geheim", "Geheim", "Ob die Zelle verborgen wird."),
    anzahl("gezeigt", "Gezeigt", "Was statt der Zählung gezeigt wird: sie selbst, gerundet oder überlagert; NULL verborgen."),
    texte("primaer", "Selbst klein", "Größen der Zeile, die selbst zu klein sind."),
    texte("sekundaer", "Zum Schutz", "Größen der Zeile, die nur zum Schutz anderer verborgen werden."),
    texte("kommunen", "Kommunen", "Kommunen dieses Datenordners, die nach dieser Definition zählen oder gezählt werden "
          "(dim.kommune.definitionen: die erste dort ist die Hauptdefinition); leer: keine."),
    texte("definitionen", "Definitionen", "Kennungen der Definitionen von Migrationshintergrund (dim.profil), nach denen die "
          "Kommune zählt oder gezählt wird; die erste ist die Hauptdefinition. Sagt kommune.yaml (profile)."),
    texte("gruppen_zusammen", "Gruppen, die alle sind", "Gruppen der Tabelle, die zusammen alle Ausländerinnen und "
          "Ausländer sind, wo sie keine Summe druckt."),
    ja_nein("bewohnt", "Bewohnt", "Ob in beiden Datenständen jemand im Gebiet wohnt."),
    ja_nein("nenner_reicht", "Nenner reicht", "Ob die Einwohnerzahl den Mindestnenner erreicht."),
    ja_nein("mit_ohne_angabe", "Mit »ohne Angabe«", "Ob die Zeile die Personen ohne bekannte Staatsangehörigkeit enthält."),
    ja_nein("benannt", "Benannt", "Ob der Eintrag in der Kommune einzeln genannt wird."),
    ja_nein("je_gebiet", "Je Gebiet", "Ob der Eintrag auch nach Gebieten genannt wird."),
    ja_nein("je_geschlecht", "Je Geschlecht", "Ob der Eintrag auch nach Geschlecht genannt wird."),
    ja_nein("je_generation", "Je Generation", "Ob die Kategorie auch nach Generation genannt wird."),
    text("lieferung_alt", "Frühere Lieferung", "Lieferung des früheren Datenstands."),
    zahl("wert_vorher", "Zuletzt veröffentlichter Wert", "Wert desselben Schlüssels in der letzten Veröffentlichung."),
    # Segregation before the door
    Spalte("ausgelassen", "BIGINT", "Ausgelassene Gebiete", "Gebiete, deren Zahl fehlt oder verborgen ist.", "Gebiete",
           minimum=0),
    ja_nein("erhoben", "Erhoben", "Ob die Gruppe überhaupt gezählt oder geliefert ist."),
    anzahl("uebrige", "Übrige", "Einwohner, die nicht zur Gruppe gehören."),
    ja_nein("vollstaendig", "Vollständig", "Ob alle Gebiete aus einer Quelle vorliegen."),
    # Delivered figures and indicators before the door
    ja_nein("additiv", "Additiv", "Ob Werte des Merkmals über Gebiete addiert werden dürfen."),
    ja_nein("quelle_rundet", "Von der Quelle gerundet", "Ob die Quelle Anzahlen des Merkmals nur gerundet nennt."),
    texte("zeichen_der_spalten", "Zeichen je Spalte", "Wertzeichen der Zahlen einer Zeile, jedes als `spalte:zeichen`."),
    zahl("anteil_auslaender_gedruckt", "Gedruckter Ausländeranteil", "Anteil 0–1, wie ihn die Tabelle druckt."),
    Spalte("anteil_auslaender_stellen", "BIGINT", "Stellen", "Gedruckte Nachkommastellen des Ausländeranteils in Prozent."),
    zahl("anteil_mh_gedruckt", "Gedruckter Anteil mit MH", "Anteil 0–1, wie ihn die Tabelle druckt."),
    Spalte("anteil_mh_stellen", "BIGINT", "Stellen", "Gedruckte Nachkommastellen des Anteils mit MH in Prozent."),
    ja_nein("einheit_passt", "Einheit passt", "Ob die gelieferte Einheit die des Katalogs ist."),
    zahl("kleinste", "Kleinste Anzahl", "Kleinste Anzahl von Personen, die aus der Zeile folgt; NULL: keine."),
    texte("lieferungen", "Lieferungen", "Alle Lieferungen, aus denen die Zeile gerechnet ist."),
    text("nenner_quelle_id", "Quelle des Nenners", "Kennung der Quelle, aus der der Nenner stammt."),
    Spalte("quellenrang", "BIGINT", "Rang der Quelle", "Reihenfolge der Quelle in kommune.yaml; kleiner geht vor."),
    ja_nein("weicht_ab", "Weicht ab", "Ob der gelieferte Wert aus den gelieferten Teilen nicht folgt."),
    override(zahl("unentscheidbar", "Unentscheidbar", "Personen des Nenners, über die die Definition nicht entscheiden kann.")),
    override(texte("kennzeichen", "Zeichen", "Wertzeichen der gelesenen Zelle, mehrere möglich.")),
    override(Spalte("anteil", "INTEGER", "Anteil der Gruppe", "1: alle der Gruppe haben das Merkmal; 0: keiner.")),
    # Measures before the door
    ja_nein("ist_begonnen", "Begonnen", "Ob die Maßnahme bis zu diesem Stand begonnen hat."),
    text("katalog_nr", "Nummer im Konzept", "Nummer der Maßnahme, wie das Konzept sie führt."),
    ja_nein("teilnehmende_geschuetzt", "Teilnehmende geschützt", "Ob die Zahl der Teilnehmenden verborgen wird."),
    ja_nein("zaehlt", "Zählt", "Ob die Zeile in Zählungen des Handlungsfelds eingeht."),
    override(ja_nein("ueberfaellig", "Überfällig", "Ob das geplante Ende am Stand vorbei und die Maßnahme nicht beendet ist.")),
    # Records of deliveries
    Spalte("befunde", "STRUCT(schwere VARCHAR, thema VARCHAR, text VARCHAR)[]", "Befunde", "Befunde der Lieferung in Worten."),
    texte("draussen", "Außerhalb gesagt", "Befunde, wie sie außerhalb des geschützten Bereichs gesagt werden."),
    text("fingerabdruck", "Fingerabdruck", "Prüfsumme von Datei, Konfiguration und Programm, aus denen der Stand entstand."),
    # Configuration
    ja_nein("abgaben_gepflegt", "Abgaben gepflegt", "Ob das Konzept führt, welche Berichte abgegeben sind."),
    text("alias", "Anderer Name", "Eine Schreibweise des Handlungsfelds."),
    text("normalform", "Normalform", "Die Schreibweise, auf die Namen zum Vergleich gebracht werden."),
    text("andere_definitionen", "Tiefe der anderen Definitionen", "Wie tief die Nebendefinitionen gegliedert sind (umfang)."),
    text("hauptdefinition", "Tiefe der Hauptdefinition", "Wie tief die Hauptdefinition gegliedert ist (umfang)."),
    Spalte("dreifach_ab", "BIGINT", "Dreifach ab", "So viele Einwohner hat eine Zeile von Gebiet, Geschlecht und Altersgruppe im "
           "Mittel mindestens, damit nach allen dreien zugleich gegliedert wird.", "Personen"),
    zahl("einwohner_je_zeile", "Einwohner je Zeile", "Mittlere Einwohnerzahl je Gebiet, Geschlecht und Altersgruppe am kleinsten "
         "Stichtag."),
    ja_nein("ist_nach_groesse", "Nach Größe", "Ob die Tiefe aus der Größe der Gebiete folgt."),
    text("hauptprofil", "Hauptdefinition", "Kennung der Definition, die in kommune.yaml zuerst steht."),
    text("vergleiche", "Tiefe der Vergleiche", "Wie tief Definitionen verglichen werden (umfang)."),
    text("generationen", "Kategorien nach Generation", "Welche Definitionen nach Generation gegliedert werden (umfang)."),
    Spalte("staaten_je_gebiet", "BIGINT", "Staaten je Gebiet", "Wie viele Staaten auch nach Gebieten stehen."),
    Spalte("kleine_gebiete_unter", "BIGINT", "Kleine Gebiete unter", "Gebiete mit weniger Einwohnern stehen nach Geschlecht oder "
           "nach Alter, nie nach beidem.", "Personen"),
    Spalte("mindestzeile", "BIGINT", "Mindestzeile", "So viele Personen braucht eine Zeile, um gegliedert zu stehen."),
    text("korrekturen", "Korrekturen", "Ob Korrekturen gleich oder erst mit dem nächsten Stichtag erscheinen."),
    Spalte("mindestfallzahl", "BIGINT", "Mindestfallzahl", "Kleinere Anzahlen werden geschützt.", "Personen"),
    zahl("mindestwert_ab", "Mindestwert ab", "Um so viel dürfen Unentscheidbare einen Anteil heben, ohne Hinweis."),
    text("verfahren", "Verfahren", "Wie geschützt wird: sperrung, rundung oder cellkey."),
    text("verfahren_text", "Verfahren in Worten", "Das Verfahren, wie es der Bericht nennt."),
    Spalte("rundung", "BIGINT", "Rundung", "Auf Vielfache hiervon wird gerundet."),
    zahl("varianz", "Varianz", "Varianz der Überlagerung beim Cell-Key-Verfahren."),
    Spalte("hoechstfehler", "BIGINT", "Höchstfehler", "So weit liegt eine gezeigte Zahl höchstens neben der wahren.", "Personen"),
    text("muster", "Muster", "Muster der Stichtage, die veröffentlicht werden."),
    text("vorfahr", "Vorfahr", "Ein Gebiet, in dem das Gebiet liegt; jedes ist sein eigener Vorfahr."),
    anteil("auswahlsatz", "Auswahlsatz", "Anteil der Befragten bei einer Stichprobe."),
    Spalte("zensusbasis", "BIGINT", "Zensusbasis", "Zensus, auf dem die Fortschreibung der Quelle beruht.", "Jahr"),
    Spalte("toleranz", "BIGINT", "Toleranz", "So weit darf die Tabelle vom Register abweichen.", "Personen"),
    anteil("hoechstanteil", "Höchstanteil", "So groß darf eine Nachmeldung gegen den früheren Stand sein."),
    texte("quellen", "Quellen", "Arten der Quellen, aus denen der Indikator gebildet werden kann."),
    text("hinweis", "Hinweis", "Kennung eines Hinweises zum Indikator."),
    Spalte("zieljahr", "BIGINT", "Zieljahr", "Jahr, in dem der Zielwert erreicht sein soll.", "Jahr"),
    override(zahl("zielwert", "Zielwert", "Was das Konzept erreichen will, in der Einheit des Indikators.")),
    tag("heute", "Heute", "Tag des Laufs, gegen den Fristen gezählt werden."),
    text("finanziell", "Finanzielle Auswirkung", "Ob die Vorlage sie hat, wie ihr Kopf es sagt."),
    text("personell", "Personelle Auswirkung", "Ob die Vorlage sie hat, wie ihr Kopf es sagt."),
    text("organisatorisch", "Organisatorische Auswirkung", "Ob die Vorlage sie hat, wie ihr Kopf es sagt."),
    ja_nein("gerundet", "Gerundet", "Ob die Beträge gerundet gedruckt sind."),
    ja_nein("beendet", "Beendet", "Ob der Status das Ende der Maßnahme bedeutet."),
    override(ja_nein("begonnen", "Begonnen", "Ob der Status bedeutet, dass die Maßnahme begonnen hat.")),
    ja_nein("braucht_grund", "Braucht Grund", "Ob der Status begründet werden muss."),
    ja_nein("braucht_istwert", "Braucht Istwert", "Ob zum Status ein Istwert gehört."),
    ja_nein("gezaehlt", "Gezählt", "Ob Maßnahmen dieses Status gezählt werden."),
    override(ja_nein("beispiel", "Beispiel", "Ob die Quelle erfunden ist.")),
    override(Spalte("fruehere_namen", "STRUCT(name VARCHAR, bis DATE)[]", "Frühere Namen",
                    "Namen desselben Schlüssels in früherer Zeit mit ihrem letzten Tag.")),
)  # fmt: skip
SPALTEN_INTERN: dict[str, Spalte] = {s.name: s for s in _ALLE}
if len(SPALTEN_INTERN) != len(_ALLE):
    raise ValueError("A column name stands twice among those of the secure zone.")
