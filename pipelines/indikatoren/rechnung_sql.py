"""The catalogue's formulas over other indicators as SQL.

Belongs here: one statement over protected values. Does not belong here: what a formula may say (stamm/katalog/filter.py).
"""

from collections.abc import Iterable

from pipelines.indikatoren.register_sql import SCHLUESSEL
from pipelines.stamm.katalog.filter import Verweis, formel_als_sql, verweise
from pipelines.stamm.katalog.herleitung import Rechnung
from pipelines.stamm.katalog.katalog import Indikator, Katalog


def _reihenfolge(formeln: dict[str, Indikator]) -> Iterable[Indikator]:
    """Entries such that each comes after those its formula refers to; the catalogue has no cycles."""
    fertig: dict[str, Indikator] = {}
    while offen := [i for i in formeln.values() if i.id not in fertig]:
        for i in offen:
            assert isinstance(i.herleitung, Rechnung)
            if all(v.indikator in fertig or v.indikator not in formeln for v in verweise(i.herleitung.formel)):
                fertig[i.id] = i
    return fertig.values()


KORN = "kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe"
# What a value may be short of, the gravest first.
SCHWAECHEN = ("geschaetzt", "bruch", "vorlaeufig", "korrigiert", "gerundet")
FELDER = (
    f"{KORN}, zeitraum, indikator, gruppe, wert, quelle_id, beispieldaten, status, hinweise, datenstand, lieferung_id, "
    "fundstelle"
)


def _rechnung(indikator: Indikator, quelle: str) -> str:
    """One formula over `quelle`: a row wherever one of its values has one, NULL where any of them has no value."""
    assert isinstance(indikator.herleitung, Rechnung)
    formel = indikator.herleitung.formel
    spalten: dict[Verweis, str] = {v: f"w{n}" for n, v in enumerate(verweise(formel))}
    werte = ", ".join(
        f"max(wert) filter (where indikator = '{v.indikator}' and gruppe = '{v.gruppe}') as {s}"
        for v, s in spalten.items()
    )
    paare = ", ".join(f"('{v.indikator}', '{v.gruppe}')" for v in spalten)
    return f"""
    select
        {KORN}, zeitraum, '{indikator.id}' as indikator, '{indikator.hauptgruppe}' as gruppe,
        case when not grenzwert then {formel_als_sql(formel, spalten)} end as wert, quelle_id, beispieldaten,
        case
            -- The difference or quotient of lower bounds is no bound of anything.
            when grenzwert then 'nicht_bewertbar'
            when {formel_als_sql(formel, spalten)} is not null
                -- A value computed from estimates is one: what weakens a part weakens the result.
                then coalesce(list_filter({list(SCHWAECHEN)}, lambda s: list_contains(alle_status, s))[1], 'ok')
            when list_contains(alle_status, 'geheim') then 'geheim'
            when list_contains(alle_status, 'zu_klein') then 'zu_klein'
            when list_contains(alle_status, 'nicht_erhoben') then 'nicht_erhoben'
            when unvollstaendig or list_contains(alle_status, 'keine_daten') then 'keine_daten'
            else 'nicht_bewertbar'
        end as status,
        list_sort(list_distinct(
            list_filter(hinweise, lambda h: h <> 'mindestwert')
            || case when unvollstaendig then ['keine_daten'] else [] end
            || case when grenzwert then ['nicht_bewertbar', 'viele_unentscheidbar'] else [] end
        )) as hinweise,
        datenstand, lieferung_id, fundstelle
    from (
        select
            {KORN}, {werte},
            max(zeitraum) as zeitraum,
            case when count(distinct quelle_id) = 1 then any_value(quelle_id) else '-' end as quelle_id,
            bool_or(beispieldaten) as beispieldaten,
            bool_or(status = 'mindestwert') as grenzwert,
            count(distinct indikator || '.' || gruppe) < {len(spalten)} as unvollstaendig,
            list_distinct(list(status)) as alle_status,
            list_distinct(flatten(list(hinweise))) as hinweise,
            max(datenstand) as datenstand,
            max(lieferung_id) as lieferung_id,
            string_agg(distinct fundstelle, '; ' order by fundstelle) as fundstelle
        from {quelle}
        where (indikator, gruppe) in ({paare})
        group by {KORN}
    )"""


def rechnung_sql(katalog: Katalog) -> str:
    """Statement for `geheimhaltung.indikatorrechnung`: indicators computed from the protected values of others.

    Grain as geheimhaltung.indikatorbasis, which it reads. A value that is missing or protected leaves the result NULL.
    """
    formeln = {i.id: i for i in katalog.indikatoren if isinstance(i.herleitung, Rechnung)}
    schritte, quelle = [], "geheimhaltung.indikatorbasis"
    for n, i in enumerate(_reihenfolge(formeln)):
        schritte.append(f"rechnung_{n} as ({_rechnung(i, quelle)}\n)")
        schritte.append(
            f"alle_{n} as (select {FELDER} from {quelle} union all by name select {FELDER} from rechnung_{n})"
        )
        quelle = f"alle_{n}"
    if not formeln:
        return f"select {FELDER} from geheimhaltung.indikatorbasis where false"
    ergebnis = " union all by name ".join(f"select {FELDER} from rechnung_{n}" for n in range(len(formeln)))
    return f"with {', '.join(schritte)}\n{ergebnis}\norder by {SCHLUESSEL}"
