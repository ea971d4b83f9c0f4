"""Counts before the door: unprotected totals, lists of cells, delivered figures and indicators.

Belongs here: columns of the tables `bevoelkerung.*` that a statement makes, in order. Does not belong here: the cubes
(wuerfel.py, datenstand.py), what a table is (first line of its statement).
"""

from dataclasses import replace

from schemas.model import Tabelle
from schemas.spalten.intern import SPALTEN_INTERN
from schemas.spalten.look_up import intern

# Persons are whole; what is delivered may be estimated.
_WHOLE = {"kleinste": replace(SPALTEN_INTERN["kleinste"], typ="BIGINT")}
UNPROTECTED: tuple[Tabelle, ...] = (
    intern(
        "bevoelkerung", "bewegung",
        "kommune stichtag stichtag_vorher gebiet_id bewegung gruppe geschlecht personen",
        theme="register",
    ),
    intern("bevoelkerung", "bezugsland", "kommune stichtag gebiet_id profil staat geschlecht personen"),
    intern(
        "bevoelkerung", "datenstand",
        "kommune stichtag datenstand gebiet_id profil profilversion einwohner auslaender deutsche_mit_mh personen_mit_mh",
        theme="datenstand",
    ),
    intern(
        "bevoelkerung", "definitionsvergleich",
        "kommune stichtag gebiet_id profil_a profil_b regel_a regel_b ergebnis_a ergebnis_b personen",
    ),
    intern("bevoelkerung", "gruppenliste", "kommune stichtag staat gruppe", theme="lieferung"),
    intern(
        "bevoelkerung", "indikatorlieferung",
        "kommune quelle_id quellenrang stichtag gebiet_id indikator:indikator profil gruppe geschlecht altersgruppe "
        "umgerechnet wert weicht_ab zaehler nenner nenner_quelle_id nenner_stichtag nenner_passt kleinste einheit_passt "
        "veroeffentlicht datenstand lieferung_id lieferungen fundstelle intern:kennzeichen",
        theme="zeitreihe",
    ),
    intern(
        "bevoelkerung", "indikatorzaehlung",
        "kommune stichtag gebiet_id indikator:indikator profil gruppe geschlecht altersgruppe zaehler nenner "
        "kleinste intern:unentscheidbar",
        theme="zeitreihe",
        own=_WHOLE,
    ),
    intern("bevoelkerung", "gliederungstiefe", "kommune hauptdefinition ist_nach_groesse einwohner_je_zeile dreifach_ab"),
    intern("bevoelkerung", "kategorienliste", "kommune profil kategorie benannt je_generation"),
    intern(
        "bevoelkerung", "mh_kategorie",
        "kommune stichtag gebiet_id profil kategorie generation geschlecht personen",
    ),
    intern(
        "bevoelkerung", "migrationshintergrund",
        "kommune stichtag gebiet_id profil geschlecht altersgruppe einwohner auslaender deutsche_mit_mh personen_mit_mh "
        "unentscheidbar",
    ),
    intern(
        "bevoelkerung", "segregation",
        "kommune stichtag profil gruppe mass quelle ebene wert anzahl_gebiete ausgelassen personen uebrige "
        "erhoben vollstaendig quelle_id veroeffentlicht intern:kennzeichen fundstelle datenstand lieferung_id",
        theme="segregation",
    ),
    intern(
        "bevoelkerung", "registermerkmal", "kommune stichtag gebiet_id merkmal auspraegung geschlecht personen",
        theme="register",
    ),
    intern("bevoelkerung", "staatenliste", "kommune art staat benannt je_geschlecht je_gebiet", theme="konzept"),
    intern("bevoelkerung", "staatsangehoerigkeit", "kommune stichtag gebiet_id staat geschlecht personen"),
    intern(
        "bevoelkerung", "stadtteiltabelle",
        "kommune stichtag gebiet_id profil geschlecht altersgruppe quelle_id veroeffentlicht einwohner auslaender "
        "deutsche_mit_mh personen_mit_mh anteil_auslaender_gedruckt anteil_mh_gedruckt anteil_auslaender_stellen "
        "anteil_mh_stellen intern:kennzeichen zeichen_der_spalten fundstelle datenstand lieferung_id",
        theme="lieferung",
    ),
    intern(
        "bevoelkerung", "tabellenwert",
        "kommune quelle_id konzept:art quellenrang stichtag gebiet_id merkmal merkmal_titel additiv groesse profil "
        "geschlecht altersgruppe staat gruppe umgerechnet wert gedruckt stellen kennzeichen wert_einheit zeile spalte_nr "
        "fundstelle bemerkung datenstand lieferung_id veroeffentlicht",
        theme="lieferung",
    ),
    intern(
        "bevoelkerung", "zelle",
        "kommune stichtag art profil gebiet_id geschlecht altersgruppe a b c personen",
        theme="konzept",
    ),
)  # fmt: skip
