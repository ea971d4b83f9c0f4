"""The columns of the segregation indices: which group, which measure, its value, how many areas it rests on.

Belongs here: what only these indices have. Does not belong here: columns every table shares (common.py).
"""

from schemas.model import GROESSTER_ANTEIL, KLEINSTER_ANTEIL, Spalte, override
from schemas.spalten.common import text

GRUPPEN = ("migrationshintergrund", "auslaender", "deutsche_mit_mh")
MASSE = ("dissimilaritaet", "isolation", "interaktion", "eta2")

_ALLE = (
    override(text("gruppe", "Gruppe", "Wessen Wohnorte verglichen sind, immer mit denen aller übrigen Einwohner (auch der "
         "Unentscheidbaren): migrationshintergrund (nach »profil«), auslaender, deutsche_mit_mh.", werte=GRUPPEN)),
    text("mass", "Maß", "dissimilaritaet: welcher Teil der Gruppe umziehen müsste, damit sie sich wie die Übrigen verteilt, "
         "½ Σ|x_i/X − y_i/Y|; isolation: durchschnittlicher Anteil der Gruppe im Gebiet ihrer Mitglieder, Σ (x_i/X)(x_i/t_i); "
         "interaktion: durchschnittlicher Anteil der Übrigen dort, Σ (x_i/X)(y_i/t_i) = 1 − isolation; eta2: Isolation, "
         "bereinigt um den Anteil P der Gruppe, (isolation − P)/(1 − P).", werte=MASSE,
         quelle="Duncan/Duncan 1955; Massey/Denton 1988; Bundesamt für Statistik (Schweiz), Dissimilaritätsindex"),
    override(
        Spalte("wert", "DOUBLE", "Wert", "Das Maß: 0 = gleich verteilt (bei isolation der Anteil der Gruppe), 1 = vollständig "
           "getrennt (bei interaktion umgekehrt). NULL, wo status sagt, warum; aus dem Register immer "
           "gerundet auf den Schritt, den Mindestfallzahl Menschen anderswo ausmachen.",
           einheit="Verhältnis 0–1", minimum=KLEINSTER_ANTEIL, maximum=GROESSTER_ANTEIL)),
    Spalte("anzahl_gebiete", "BIGINT", "Anzahl der Gebiete", "Bewohnte Gebiete der Ebene, aus denen das Maß gebildet ist, ohne "
           "»unbekannt«; unter 10 wird keines veröffentlicht.", einheit="Gebiete", minimum=0),
)  # fmt: skip

SPALTEN_SEGREGATION: dict[str, Spalte] = {s.name: s for s in _ALLE}
