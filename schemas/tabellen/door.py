"""The door: what may be told of each figure, and what hides it.

Belongs here: columns of the tables `geheimhaltung.*`, in order. Does not belong here: the published loss (geheimhaltung.py), what
a table is (first line of its statement).
"""

from schemas.model import Tabelle
from schemas.spalten.look_up import intern

DOOR: tuple[Tabelle, ...] = (
    intern("geheimhaltung", "befund", "kommune quelle datei pruefung schwere anzahl beispiel erwartet"),
    intern("geheimhaltung", "bestand", "kommune stichtag lieferung_id datenstand"),
    intern(
        "geheimhaltung", "bewegung",
        "kommune stichtag gebiet_id bewegung gruppe geschlecht stichtag_vorher personen anteil status hinweise datenstand "
        "lieferung_id fundstelle",
        theme="register",
    ),
    intern(
        "geheimhaltung", "bezugsland",
        "kommune stichtag gebiet_id profil staat geschlecht personen anteil rang status hinweise datenstand lieferung_id "
        "fundstelle",
    ),
    intern(
        "geheimhaltung", "datenstand",
        "kommune stichtag datenstand gebiet_id profil profilversion einwohner auslaender personen_mit_mh bewohnt "
        "nenner_reicht primaer sekundaer",
        theme="datenstand",
    ),
    intern(
        "geheimhaltung", "datenstandvergleich",
        "kommune stichtag gebiet_id profil datenstand_alt datenstand_neu profilversion einwohner_alt einwohner_neu "
        "einwohner_differenz einwohner_aenderung auslaender_alt auslaender_neu auslaender_differenz personen_mit_mh_alt "
        "personen_mit_mh_neu personen_mit_mh_differenz anteil_mh_alt anteil_mh_neu anteil_mh_differenz nachmeldetage "
        "status hinweise datenstand lieferung_id lieferung_alt fundstelle",
        theme="datenstand",
    ),
    intern(
        "geheimhaltung", "definitionsvergleich",
        "kommune stichtag gebiet_id profil_a profil_b regel_a regel_b ergebnis_a ergebnis_b personen anteil status "
        "hinweise datenstand lieferung_id fundstelle",
    ),
    intern(
        "geheimhaltung", "entscheidung",
        "kommune stichtag art profil gebiet_id geschlecht altersgruppe a b c personen gezeigt geheim grund",
        theme="konzept",
    ),
    intern(
        "geheimhaltung", "gruppenoffenlegung",
        "kommune stichtag gebiet_id geschlecht altersgruppe gruppe merkmal profil personen intern:anteil",
        theme="lieferung",
    ),
    intern(
        "geheimhaltung", "indikatorbasis",
        "kommune stichtag zeitraum gebiet_id indikator:indikator profil gruppe geschlecht altersgruppe zaehler nenner "
        "wert quelle_id nenner_quelle_id nenner_stichtag nenner_passt umgerechnet beispieldaten status hinweise "
        "datenstand lieferung_id fundstelle",
        theme="zeitreihe",
    ),
    intern(
        "geheimhaltung", "indikatorkorrektur",
        "kommune gebiet_id indikator:indikator profil gruppe geschlecht altersgruppe zeitraum wert_vorher",
        theme="zeitreihe",
    ),
    intern(
        "geheimhaltung", "indikatorlieferung",
        "kommune stichtag zeitraum gebiet_id indikator:indikator profil gruppe geschlecht altersgruppe zaehler nenner "
        "wert quelle_id nenner_quelle_id nenner_stichtag nenner_passt einheit_passt umgerechnet beispieldaten status "
        "hinweise datenstand lieferung_id fundstelle",
        theme="zeitreihe",
    ),
    intern(
        "geheimhaltung", "indikatormerkmal",
        "kommune stichtag zeitraum gebiet_id indikator:indikator profil gruppe geschlecht altersgruppe zaehler nenner "
        "wert quelle_id nenner_quelle_id nenner_stichtag nenner_passt umgerechnet beispieldaten status hinweise "
        "datenstand lieferung_id fundstelle",
        theme="zeitreihe",
    ),
    intern(
        "geheimhaltung", "indikatorprozess",
        "kommune stichtag zeitraum gebiet_id indikator:indikator profil gruppe geschlecht altersgruppe zaehler nenner "
        "wert quelle_id nenner_quelle_id nenner_stichtag nenner_passt umgerechnet beispieldaten status hinweise "
        "datenstand lieferung_id fundstelle",
        theme="zeitreihe",
    ),
    intern(
        "geheimhaltung", "indikatorrechnung",
        "kommune stichtag gebiet_id profil geschlecht altersgruppe zeitraum indikator:indikator gruppe wert quelle_id "
        "beispieldaten status hinweise datenstand lieferung_id fundstelle",
        theme="zeitreihe",
    ),
    intern(
        "geheimhaltung", "indikatorregister",
        "kommune stichtag zeitraum gebiet_id indikator:indikator profil gruppe geschlecht altersgruppe zaehler nenner "
        "wert quelle_id nenner_quelle_id nenner_stichtag nenner_passt umgerechnet beispieldaten status hinweise "
        "datenstand lieferung_id fundstelle",
        theme="zeitreihe",
    ),
    intern(
        "geheimhaltung", "indikatorwert",
        "kommune stichtag zeitraum gebiet_id indikator:indikator profil gruppe geschlecht altersgruppe zaehler nenner "
        "wert quelle_id nenner_quelle_id nenner_stichtag nenner_passt umgerechnet beispieldaten status hinweise "
        "datenstand lieferung_id fundstelle",
        theme="zeitreihe",
    ),
    intern(
        "geheimhaltung", "lieferung",
        "lieferung_id kommune quelle datei sha256 stichtag stichtag_angenommen zeilen_gelesen zeilen_uebernommen "
        "zeilen_ausserhalb zeilen_abgewiesen kodierung synthetisch erzeugt_aus eingelesen_am status",
    ),
    intern(
        "geheimhaltung", "massnahme",
        "kommune konzept massnahme_nr stand lieferung_id gilt katalog_nr ist_begonnen istwert_art indikator:handlungsfeld "
        "konzept:leitziel titel titel_norm art zaehlt verantwortlich status risiko beginn beginn_genauigkeit ende "
        "ende_genauigkeit intern:ueberfaellig begruendung aufwand ertrag eigenanteil vzae beschreibung zielgruppe partner "
        "indikator zielwert zielzahl einheit_ziel sozialraum vorlage_nr beschluss_am wirkung wirkung_grund istwert_w "
        "istwert_m istwert_gesamt teilnehmende teilnehmende_w teilnehmende_m teilnehmende_von teilnehmende_bis "
        "teilnehmende_geschuetzt nicht_erhoben "
        "naechste_schritte prioritaet bemerkung risiko_abgeleitet begruendet stand_letzter beispieldaten quelle_id "
        "herkunft hinweise datenstand datei fundstelle eingelesen_am",
        theme="massnahme",
    ),
    intern(
        "geheimhaltung", "massnahme_anpassung",
        "kommune konzept massnahme_nr massnahme:datum anpassung gremium_name massnahme:begruendung beispieldaten quelle_id "
        "herkunft hinweise datenstand lieferung_id fundstelle",
        theme="steuerung",
    ),
    intern(
        "geheimhaltung", "massnahme_haushalt",
        "kommune konzept massnahme_nr jahr aufwand_plan aufwand_ist ertrag_plan ertrag_ist mittelherkunft foerderende "
        "vzae_befristet vzae_unbefristet massnahme:bemerkung beispieldaten quelle_id herkunft hinweise datenstand "
        "lieferung_id fundstelle",
        theme="steuerung",
    ),
    intern(
        "geheimhaltung", "massnahme_meilenstein",
        "kommune konzept massnahme_nr meilenstein geplant_am geplant_genauigkeit erreicht_am massnahme:bemerkung "
        "beispieldaten quelle_id herkunft hinweise datenstand lieferung_id fundstelle",
        theme="steuerung",
    ),
    intern(
        "geheimhaltung", "mh_kategorie",
        "kommune stichtag gebiet_id profil kategorie generation geschlecht personen anteil status hinweise datenstand "
        "lieferung_id fundstelle",
    ),
    intern(
        "geheimhaltung", "migrationshintergrund",
        "kommune stichtag gebiet_id profil geschlecht altersgruppe quelle einwohner auslaender deutsche_mit_mh "
        "personen_mit_mh unentscheidbar anteil_auslaender anteil_mh anteil_mh_min anteil_mh_max lokationsquotient_mh "
        "anteil_auslaender_gerechnet anteil_mh_gerechnet status hinweise datenstand lieferung_id fundstelle",
    ),
    intern(
        "geheimhaltung", "optionskennzeichen",
        "kommune stichtag profil personen status hinweise datenstand lieferung_id fundstelle",
    ),
    intern(
        "geheimhaltung", "segregation",
        "kommune stichtag profil gruppe mass quelle ebene wert anzahl_gebiete status hinweise datenstand lieferung_id "
        "fundstelle",
        theme="segregation",
    ),
    intern(
        "geheimhaltung", "merkmalsrest", "kommune stichtag gebiet_id geschlecht merkmal auspraegung personen", theme="register",
    ),
    intern(
        "geheimhaltung", "registermerkmal",
        "kommune stichtag gebiet_id merkmal auspraegung geschlecht grundgesamtheit personen anteil status hinweise datenstand "
        "lieferung_id fundstelle",
        theme="register",
    ),
    intern(
        "geheimhaltung", "staatengruppe",
        "kommune stichtag gebiet_id staatengruppe geschlecht personen anteil status hinweise datenstand lieferung_id "
        "fundstelle",
    ),
    intern(
        "geheimhaltung", "staatsangehoerigkeit",
        "kommune stichtag gebiet_id staat geschlecht quelle personen anteil rang rang_bezug mit_ohne_angabe status hinweise "
        "datenstand lieferung_id fundstelle",
    ),
    intern(
        "geheimhaltung", "tabellenwert",
        "kommune quelle_id stichtag gebiet_id merkmal merkmal_titel groesse profil geschlecht altersgruppe staat gruppe "
        "umgerechnet wert gedruckt kennzeichen nachgerechnet bemerkung wert_einheit status hinweise datenstand lieferung_id "
        "fundstelle",
        theme="lieferung",
    ),
    intern(
        "geheimhaltung", "verlust",
        "kommune stichtag tabelle zahlen verborgen anteil_zahlen anteil_personen stufe_personen",
    ),
    intern(
        "geheimhaltung", "vorlage",
        "kommune vorlage_nr konzept datum titel vereinbarkeit begruendung beispieldaten quelle_id herkunft hinweise "
        "datenstand lieferung_id fundstelle",
        theme="massnahme",
    ),
)  # fmt: skip
