"""The columns by which measures are steered: targets and what of them is reached, money by year, milestones, adjustments.

Belongs here: what only these tables have. Does not belong here: the measure itself (massnahme.py).
"""

from dataclasses import replace

from schemas.model import Spalte, override
from schemas.spalten.common import SPALTEN, tag, text
from schemas.spalten.konzept import SPALTEN_KONZEPT, euro
from schemas.spalten.massnahme import SPALTEN_MASSNAHME
from schemas.words.steuerung import WIRKUNGEN

SCHUTZ = "NULL, wenn kleiner als die Mindestfallzahl oder daraus errechenbar."
MEILENSTEINSTAND = ("erreicht", "offen", "ueberfaellig")


def _vzae(name: str, wort: str) -> Spalte:
    return Spalte(name, "DOUBLE", f"Stellen, {wort}", f"{wort.capitalize()}e Stellen des Jahres; NULL: keine Angabe.",
                  einheit="VZÄ", minimum=0)  # fmt: skip


def _jahr(name: str, titel: str, beschreibung: str) -> Spalte:
    return replace(SPALTEN_KONZEPT["jahr"], name=name, titel=titel, beschreibung=beschreibung)


_ALLE = (
    Spalte("zielzahl", "DOUBLE", "Zielzahl", "Was erreicht werden soll, als Zahl: aus der Spalte »Zielzahl«, sonst aus zielwert, "
           "wo er nur eine Zahl ist; NULL: das Ziel ist keine Zahl.", minimum=0),
    text("einheit_ziel", "Einheit der Zielzahl", "Wovon die Zielzahl handelt, wie das Blatt es sagt; NULL: es sagt nichts."),
    Spalte("zielerreichung", "DOUBLE", "Zielerreichung", "istwert_gesamt / zielzahl; 1 heißt erreicht. NULL ohne Ziel, "
           "ohne gezeigten Istwert oder bei Ziel 0.", einheit="Verhältnis", minimum=0),
    text("sozialraum", "Sozialraum", "Wo die Maßnahme wirken soll, wie das Blatt es nennt; NULL: keine Angabe."),
    override(replace(SPALTEN["gebiet_id"], beschreibung="Gebiet des Sozialraums; NULL: keines genannt oder bekannt.")),
    override(replace(SPALTEN["gebiet"], beschreibung="Name des Gebiets; NULL wie gebiet_id.")),
    tag("beschluss_am", "Beschluss vom", "Tag des Beschlusses, auf dem die Maßnahme ruht; NULL: nicht genannt."),
    text("wirkung", "Bewertung der Wirkung", "Wie die Verantwortlichen den Erfolg bewerten: keine Messung, kein Nachweis; NULL: "
         "nicht bewertet.", werte=tuple(WIRKUNGEN)),
    text("wirkung_grund", "Begründung der Wirkung", "Worauf die Bewertung ruht. NULL mit Hinweis personenangabe, wenn der Text "
         "auf eine Person deutet."),
    *(Spalte(f"teilnehmende_{k}", "BIGINT", f"Teilnehmende {w}", f"Wie im Blatt, {w}. {SCHUTZ}", einheit="Personen oder Fälle",
             minimum=0) for k, w in (("w", "Frauen"), ("m", "Männer"))),
    tag("teilnehmende_von", "Teilnehmende von", "Erster Tag des Zeitraums, in dem sie gezählt sind; NULL: nicht "
        "genannt."),
    tag("teilnehmende_bis", "Teilnehmende bis", "Letzter Tag dieses Zeitraums; NULL wie teilnehmende_von."),
    euro("kosten", "Kosten", "Summe der Jahre kosten_von bis kosten_bis, bis zum Jahr des Stands: je Jahr das Ist des Blatts "
         "Haushalt; für das Jahr des Stands, wo es fehlt, der Aufwand der Zeile. NULL: keine Angabe."),
    _jahr("kosten_von", "Kosten von", "Erstes Jahr, das in kosten steckt; NULL ohne Kosten."),
    _jahr("kosten_bis", "Kosten bis", "Letztes Jahr, das in kosten steckt; NULL ohne Kosten."),
    Spalte("kosten_jahre", "BIGINT", "Jahre mit Kosten", "Wie viele Jahre in kosten stecken; weniger als von kosten_von bis "
           "kosten_bis, wo eines keine Angabe hat.", einheit="Jahre", minimum=1),
    euro("kosten_je_teilnehmende", "Kosten je Teilnehmende", "Kosten je teilnehmende Person desselben Zeitraums: der ganzen "
         "Jahre von teilnehmende_von bis teilnehmende_bis; ohne diese nur, wo kosten allein das Jahr des Stands sind. NULL, wo "
         "die Zeiten nicht passen, etwas fehlt oder geschützt ist."),
    # Money by budget year
    *(euro(f"{a}_{p}", f"{a.capitalize()}, {w}", f"{a.capitalize()} des Haushaltsjahrs, {w}; NULL: keine Angabe.")
      for a in ("aufwand", "ertrag") for p, w in (("plan", "Plan"), ("ist", "Ist"))),
    Spalte("abweichung", "DOUBLE", "Abweichung", "aufwand_ist − aufwand_plan; NULL, wo eines fehlt.", einheit="Euro"),
    Spalte("ausschoepfung", "DOUBLE", "Ausschöpfung", "aufwand_ist / aufwand_plan; NULL, wo eines fehlt oder der Plan 0 ist.",
           einheit="Verhältnis", minimum=0),
    _vzae("vzae_befristet", "befristet"),
    _vzae("vzae_unbefristet", "unbefristet"),
    # Milestones
    text("meilenstein", "Meilenstein", "Was erreicht sein soll."),
    tag("geplant_am", "Geplant bis", "Letzter Tag des genannten Zeitraums."),
    replace(SPALTEN_MASSNAHME["ende_genauigkeit"], name="geplant_genauigkeit", titel="Genauigkeit des Termins",
            beschreibung="Wie genau das Blatt ist."),
    tag("erreicht_am", "Erreicht am", "Wann es erreicht war; NULL: noch nicht."),
    text("meilenstein_stand", "Stand", "erreicht; offen; ueberfaellig: am Tag ausgewertet_am nicht erreicht, geplant_am vorbei.",
         werte=MEILENSTEINSTAND),
    Spalte("verzug_tage", "BIGINT", "Verzug", "Tage nach geplant_am, an denen er erreicht war oder, wo er überfällig ist, "
           "ausgewertet wurde; 0: rechtzeitig; NULL: noch nicht fällig.", einheit="Tage", minimum=0),
    # Adjustments
    text("anpassung", "Anpassung", "Was die Steuerungsgruppe an der Maßnahme geändert hat."),
    override(replace(SPALTEN_KONZEPT["gremium_name"], beschreibung="Wer es beschlossen hat; NULL: das Blatt sagt es nicht.")),
)  # fmt: skip

SPALTEN_STEUERUNG: dict[str, Spalte] = {s.name: s for s in _ALLE}
