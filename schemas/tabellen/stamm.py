"""The tables `stamm.*`: what the configuration and the reference lists say, for SQL to join with.

Belongs here: their columns, in order. Does not belong here: how rows are made (pipelines/stamm/tables), what a column means
(schemas/spalten).
"""

from schemas.model import Tabelle
from schemas.spalten.look_up import intern

STAMM: tuple[Tabelle, ...] = (
    intern("stamm", "abgleich", "kommune quelle profil toleranz schwere"),
    intern("stamm", "altersgruppe", "kommune altersgruppe"),
    intern("stamm", "bericht_abgegeben", "kommune konzept bericht faellig_am abgegeben_am herkunft"),
    intern(
        "stamm", "berichtspflicht",
        "kommune konzept bericht nummer faellig_am titel gremien regel grund verantwortlich herkunft",
        theme="konzept",
    ),
    intern(
        "stamm", "beratung",
        "kommune konzept vorlage_nr reihenfolge gremium behandlung termin ergebnis herkunft",
        theme="konzept",
    ),
    intern("stamm", "asylherkunft", "kommune staat"),
    intern("stamm", "bruch", "bruch_id gilt_fuer schluessel datum grund herkunft zensusbasis"),
    intern("stamm", "bruecke", "kommune alt_id alt_stand neu_id neu_stand gewicht umrechnung bruch_am"),
    intern("stamm", "erzeugt_aus", "kommune quelle_id"),
    intern(
        "stamm", "foerderung",
        "kommune konzept programm baustein jahr titel traeger jahr_angenommen gerundet vzae stellen befristet mittelherkunft "
        "foerderende aufwand ertrag eigenanteil anmerkung herkunft",
        theme="konzept",
    ),
    intern(
        "stamm", "gebiet",
        "kommune gebiet_id gebiet ebene uebergeordnet gebietsstand gueltig_von gueltig_bis kachel_x kachel_y "
        "geometrie geometrie_herkunft",
    ),
    intern("stamm", "geheime_null", "kommune tabelle begruendung"),
    intern("stamm", "geschlecht", "geschlecht"),
    intern("stamm", "gremium", "kommune konzept gremium name reihenfolge"),
    intern(
        "stamm", "handlungsfeld",
        "kommune konzept handlungsfeld name aliase art reihenfolge beschreibung",
        theme="konzept",
    ),
    intern("stamm", "handlungsfeld_alias", "kommune konzept handlungsfeld alias normalform", theme="konzept"),
    intern(
        "stamm", "handlungsfeld_zuordnung",
        "kommune von_konzept von_handlungsfeld nach_konzept nach_handlungsfeld zuordnung vorschlag herkunft",
    ),
    intern("stamm", "heute", "heute"),
    intern(
        "stamm", "indikator",
        "indikator nummer name thema thema_name definition zaehler_text nenner_text einheit faktor richtung gliederungen "
        "nach_geschlecht hauptgruppe vergleichsgruppe datenquellen quellen periodizitaet bezugstag rahmen prozess "
        "vorbilder formel_vorschlag mindestnenner mindestzaehler urteil_nenner urteil_zaehler ist_anteil relevanzschwelle "
        "relevanz_art herleitung nach_definition zaehler_merkmal zaehler_filter nenner_merkmal nenner_filter "
        "nennerversatz liefermerkmal formel nicht_berechnet registerreihe",
        theme="indikator",
    ),
    intern("stamm", "indikator_grenze", "kommune indikator", theme="indikator"),
    intern("stamm", "indikator_handlungsfeld", "indikator konzept handlungsfeld vorschlag", theme="indikator"),
    intern("stamm", "indikator_hinweis", "indikator nummer hinweis text", theme="indikator"),
    intern(
        "stamm", "kommune",
        "kommune name ags land definitionen mindestfallzahl mindestnenner mindestwert_ab begruendung verfahren rundung varianz "
        "hoechstfehler verfahren_text fluesse fluesse_frist_tage fluesse_rechtsgrundlage personen_tage "
        "abgewiesene_tage offene_daten_lizenz offene_daten_beitragende_stelle offene_daten_kontakt offene_daten_adresse",
    ),
    intern(
        "stamm", "konzept",
        "kommune konzept titel herkunft beschluss beschluss_genauigkeit gueltig_von gueltig_bis bemerkung "
        "abgaben_gepflegt nicht_erhoben nicht_erhoben_grund",
        theme="konzept",
    ),
    intern(
        "stamm", "leitziel",
        "kommune konzept leitziel handlungsfeld text beschreibung indikatoren fundstelle",
        theme="konzept",
    ),
    intern("stamm", "leitziel_indikator", "kommune konzept leitziel indikator:indikator vorschlag", theme="konzept"),
    intern(
        "stamm", "massnahme",
        "kommune konzept massnahme_nr titel titel_norm handlungsfeld leitziel seite verantwortlich art vorlage_nr",
        theme="konzept",
    ),
    intern(
        "stamm", "massnahme_zielgruppe",
        "kommune konzept massnahme_nr indikator:indikator gebiet_id profil gruppe geschlecht groesse vorschlag",
        theme="lieferung",
    ),
    intern("stamm", "massnahmenquelle", "kommune quelle_id titel herkunft konzept intern:beispiel", theme="massnahme"),
    intern(
        "stamm", "massnahmenstatus",
        "status rang gezaehlt intern:begonnen braucht_grund braucht_istwert beendet",
        theme="massnahme",
    ),
    intern("stamm", "merkmal", "kommune quelle_id lieferung:merkmal merkmal_titel wert_einheit additiv quelle_rundet"),
    intern("stamm", "muster", "kommune muster"),
    intern("stamm", "nachmeldung", "kommune hoechstanteil"),
    intern("stamm", "ortsbruch", "kommune indikator ebene datum grund herkunft", theme="indikator"),
    intern("stamm", "profil", "profil version titel beschreibung herkunft naeherung rekonstruktion regeln"),
    intern(
        "stamm", "quelle",
        "kommune quelle_id rang art titel herkunft lizenz profil bevoelkerung zensusbasis methode veroeffentlicht "
        "stichtag_angenommen auswahlsatz tabelle:adresse fertige_quelle gruppen_zusammen",
        theme="konzept",
    ),
    intern("stamm", "regel", "profil regel kategorie kategorie_name ergebnis_mh"),
    intern(
        "stamm", "spalte",
        "tabelle spalte typ titel beschreibung einheit herkunft werte schluesselteil leer_erlaubt",
    ),
    intern(
        "stamm", "staat",
        "staat name iso2 iso3 gruppe kontinent eu_von eu_bis gueltig_von gueltig_bis als_staat nachfolgegruppe "
        "aussiedlungsgebiet vertreibungsgebiet intern:fruehere_namen",
        theme="lieferung",
    ),
    intern(
        "stamm", "umfang",
        "kommune hauptprofil hauptdefinition dreifach_ab andere_definitionen vergleiche generationen staaten_je_gebiet "
        "kleine_gebiete_unter mindestzeile korrekturen",
    ),
    intern("stamm", "veroeffentlichung", "veroeffentlichung"),
    intern("stamm", "vorfahr", "kommune gebiet_id vorfahr"),
    intern(
        "stamm", "ziel",
        "kommune konzept leitziel indikator:indikator gebiet_id profil gruppe geschlecht intern:zielwert zieljahr "
        "herkunft",
        theme="zeitreihe",
    ),
    intern(
        "stamm", "vorlage",
        "kommune konzept vorlage_nr titel art datum finanziell personell organisatorisch bemerkung herkunft",
        theme="konzept",
    ),
)  # fmt: skip
