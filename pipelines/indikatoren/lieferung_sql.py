"""The catalogue's delivered indicators as SQL: the value as delivered, or numerator and denominator from measures.

Belongs here: one statement over delivered figures. A town adds an indicator by an entry, never by SQL. Does not belong here:
register counts (register_sql.py), formulas over indicators (rechnung_sql.py), protection (sql/geheimhaltung).
"""

from collections.abc import Collection

from pipelines.indikatoren.altersgruppen_sql import add_ages
from pipelines.indikatoren.derived_sql import build_grundlage, find_derivable
from pipelines.indikatoren.lieferformel import Lieferformel, find_lieferformel, merkmale_von, mit_ersatz
from pipelines.indikatoren.register_sql import SCHLUESSEL
from pipelines.stamm.katalog.filter import formel_als_sql, verweise
from pipelines.stamm.katalog.katalog import GRUPPEN, Indikator, Katalog
from schemas.spalten.common import INSGESAMT

# Groups that are inhabitants by another name: their count → how it follows from the whole where it is not delivered.
GRUPPENZAHLEN = {"auslaender": ("einwohner", "deutsche"), "deutsche": ("einwohner", "auslaender")}
# Unit of an indicator → units a delivery may have it in, with the factor between them.
UMRECHNUNG: dict[str, dict[str, float]] = {
    "prozent": {"prozent": 1, "anteil": 100, "promille": 0.1},
    "promille": {"promille": 1, "prozent": 10, "anteil": 1000},
    "je_100000": {"zahl": 1, "promille": 100, "prozent": 1000},
    "anzahl": {"personen": 1, "faelle": 1, "haushalte": 1, "zahl": 1},
    "punkte": {"prozent": 1, "zahl": 1},
    "verhaeltnis": {"zahl": 1},
    "index": {"zahl": 1},
    "jahre": {"jahre": 1},
    "euro": {"euro": 1},
    "quadratmeter": {"zahl": 1},
}


def _compute(formel: str, tabelle: str) -> str:
    return formel_als_sql(formel, {v: f"{tabelle}.m_{v.indikator}" for v in verweise(formel)})


def _in_einheit(einheit: str, merkmal: str) -> str:
    """The delivered value in the unit of the catalogue; NULL where a delivery has a unit that does not fit."""
    faelle = " ".join(f"when '{u}' then {f}" for u, f in UMRECHNUNG[einheit].items())
    return f"z.m_{merkmal} * case z.einheiten['{merkmal}'] {faelle} end"


def _deviates(i: Indikator, merkmal: str, gerechnet: str) -> str:
    """Whether what is printed of a measure does not follow from the counts beside it, within its last printed decimal."""
    faelle = " ".join(f"when '{u}' then {f}" for u, f in UMRECHNUNG[i.einheit].items())
    rand = f"0.5 / 10 ** coalesce(z.stellen['{merkmal}'], 0) * case z.einheiten['{merkmal}'] {faelle} end"
    return f"coalesce(abs({_in_einheit(i.einheit, merkmal)} - {gerechnet}) > {rand} + 1e-9, false)"


_LIEFERSPALTEN = """z.kommune, z.quelle_id, z.quellenrang, z.stichtag, z.gebiet_id, '{id}' as indikator, {profil} as profil,
    z.gruppe, z.geschlecht, z.altersgruppe, z.umgerechnet"""


def _geliefert(f: Lieferformel, merkmal: str, rang: int) -> str:
    """The value as delivered, with its own numerator and denominator where these are delivered too."""
    i = f.indikator
    wert = _in_einheit(i.einheit, merkmal)
    aus_teilen = f"z.z_{merkmal} / nullif(z.n_{merkmal}, 0) * {i.faktor!r}"
    # Organisations and meetings are no persons.
    personen = f"case when z.einheiten['{merkmal}'] in ('personen', 'faelle', 'haushalte') then nullif({wert}, 0) end"
    return f"""
select
    {_spalten(f)}, {rang} as rang,
    coalesce({wert}, {aus_teilen}) as wert, {_deviates(i, merkmal, aus_teilen)} as weicht_ab,
    z.z_{merkmal} as zaehler, z.n_{merkmal} as nenner,
    z.quelle_id as nenner_quelle_id, z.stichtag as nenner_stichtag, true as nenner_passt,
    least({personen if i.einheit == "anzahl" else "null"}, nullif(z.z_{merkmal}, 0), nullif(z.n_{merkmal}, 0)) as kleinste,
    z.m_{merkmal} is null or {wert} is not null as einheit_passt, z.veroeffentlicht,
    z.datenstand, z.lieferung_id, z.lieferungen, z.fundstellen['{merkmal}/wert'] as fundstelle,
    list_filter([z.kennzeichen['{merkmal}/wert'], z.kennzeichen['{merkmal}/zaehler']], lambda k: k is not null) as kennzeichen
from zeilen as z
where list_has_any(z.vorhanden, ['{merkmal}/wert', '{merkmal}/zaehler'])"""


def _gerechnet(f: Lieferformel, rang: int) -> str:
    """The value from delivered numerator and denominator, or from the numerator alone."""
    return _quotient(f, f.nenner, rang) if f.nenner is not None else _anzahl(f, rang)


def _spalten(f: Lieferformel) -> str:
    return _LIEFERSPALTEN.format(id=f.indikator.id, profil="'-'" if f.ohne_profil else "z.profil")


def _da(merkmale: Collection[str], tabelle: str) -> str:
    """Whether all these measures are delivered."""
    return " and ".join(f"list_contains({tabelle}.vorhanden, '{m}/wert')" for m in merkmale)


def _kleinste(f: Lieferformel, zaehler: str) -> str:
    """The counts a numerator is made of, to find the smallest: zeros are no persons."""
    je_merkmal = [f"nullif(abs(z.m_{m}), 0)" for m in merkmale_von(f.zaehler)]
    return ", ".join(je_merkmal + ([f"nullif({zaehler}, 0)"] if f.zaehler in f.folgt else []))


def _anzahl(f: Lieferformel, rang: int) -> str:
    """The value from the numerator alone."""
    assert f.zaehler is not None
    zaehler, oben = _compute(f.zaehler, "z"), merkmale_von(f.zaehler)
    fundstellen = [f"z.fundstellen['{m}/wert']" for m in oben]
    kennzeichen = [f"z.kennzeichen['{m}/wert']" for m in oben]
    return f"""
select
    {_spalten(f)}, {rang} as rang,
    {zaehler} as wert, false as weicht_ab, {zaehler} as zaehler, null::double as nenner,
    z.quelle_id as nenner_quelle_id, z.stichtag as nenner_stichtag, true as nenner_passt,
    least({_kleinste(f, zaehler)}, null) as kleinste, true as einheit_passt, z.veroeffentlicht,
    z.datenstand, z.lieferung_id, z.lieferungen, concat_ws('; ', {", ".join(fundstellen)}) as fundstelle,
    list_filter([{", ".join(kennzeichen)}], lambda k: k is not null) as kennzeichen
from zeilen as z
where {_da(oben, "z")}"""


def _fundstellen(oben: Collection[str], unten: Collection[str]) -> list[str]:
    """Where numerator and denominator stand: a denominator of another source is told as such, of the same source once."""
    zaehler = [f"z.fundstellen['{m}/wert']" for m in oben]
    gezaehlt = f"[{', '.join(zaehler)}]"
    return zaehler + [
        f"case when n.quelle_id <> z.quelle_id then 'Nenner: ' || n.fundstellen['{m}/wert'] "
        f"when not list_contains({gezaehlt}, n.fundstellen['{m}/wert']) then n.fundstellen['{m}/wert'] end"
        for m in unten
    ]


def _quotient(f: Lieferformel, nenner: str, rang: int) -> str:
    """The value from numerator and denominator; the denominator from the same source if that has it."""
    assert f.zaehler is not None
    i = f.indikator
    zaehler, oben, unten = _compute(f.zaehler, "z"), merkmale_von(f.zaehler), merkmale_von(nenner)
    fundstellen = _fundstellen(oben, unten)
    kennzeichen = [*(f"z.kennzeichen['{m}/wert']" for m in oben), *(f"n.kennzeichen['{m}/wert']" for m in unten)]
    kleinste = _kleinste(f, zaehler) + ", " + ", ".join(f"nullif(n.m_{m}, 0)" for m in unten)
    if nenner in f.folgt:
        kleinste += f", nullif({_compute(nenner, 'n')}, 0)"
    wert = gerechnet = f"{zaehler} / nullif({_compute(nenner, 'n')}, 0) * {i.faktor!r}"
    weicht_ab = "false"
    if f.gedruckt:
        # The exact fraction where the printed share is its rounding; else the share stays as it is printed.
        weicht_ab = _deviates(i, f.gedruckt, gerechnet)
        wert = f"case when {weicht_ab} then {_in_einheit(i.einheit, f.gedruckt)} else {gerechnet} end"
        fundstellen.append(f"case when {weicht_ab} then z.fundstellen['{f.gedruckt}/wert'] end")
    tag = f"(z.stichtag + interval ({f.versatz}) year)::date" if f.versatz else "z.stichtag"
    return f"""
select
    {_spalten(f)}, {rang} as rang,
    {wert} as wert, {weicht_ab} as weicht_ab, {zaehler} as zaehler,
    {_compute(nenner, "n")} as nenner,
    n.quelle_id as nenner_quelle_id, {tag} as nenner_stichtag,
    {"true" if f.andere_quelle else "coalesce(n.quelle_id = z.quelle_id, true)"} as nenner_passt,
    least({kleinste}) as kleinste, true as einheit_passt,
    z.veroeffentlicht and coalesce(n.veroeffentlicht, true) as veroeffentlicht,
    greatest(z.datenstand, n.datenstand) as datenstand, z.lieferung_id,
    z.lieferungen || coalesce(n.lieferungen, []) as lieferungen,
    concat_ws('; ', {", ".join(fundstellen)}) as fundstelle,
    list_filter([{", ".join(kennzeichen)}], lambda k: k is not null) as kennzeichen
from zeilen as z
left join grundzahlen as n
    on
        z.kommune = n.kommune and z.gebiet_id = n.gebiet_id and z.profil = n.profil and z.gruppe = n.gruppe
        and z.geschlecht = n.geschlecht and z.altersgruppe = n.altersgruppe and z.umgerechnet = n.umgerechnet
        and n.stichtag = {tag} and {_da(unten, "n")}
where {_da(oben, "z")}
qualify row_number() over (
    partition by
        z.kommune, z.quelle_id, z.stichtag, z.gebiet_id, z.profil, z.gruppe, z.geschlecht, z.altersgruppe, z.umgerechnet
    order by n.quelle_id = z.quelle_id desc nulls last, n.quellenrang, n.abgeleitet
) = 1"""


def _grundzahlen(merkmale: Collection[str]) -> str:
    """What a denominator may be: the rows as delivered, and as inhabitants of a group its count that has a measure of its own."""
    teile = ["select *, 0 as abgeleitet from zeilen"]
    for gruppe, (ganzes, rest) in GRUPPENZAHLEN.items():
        wege: list[tuple[str, tuple[str, ...]]]
        wege = [(f"z.m_{gruppe}", (gruppe,))] if {gruppe, ganzes} <= {*merkmale} else []
        wege += [(f"z.m_{ganzes} - z.m_{rest}", (ganzes, rest))] if {ganzes, rest} <= {*merkmale} else []
        for abgeleitet, (wert, aus) in enumerate(wege, start=1):
            da = " and ".join(f"list_contains(z.vorhanden, '{m}/wert')" for m in aus)
            stellen = ", ".join(f"z.fundstellen['{m}/wert']" for m in aus)
            zeichen = ", ".join(f"z.kennzeichen['{m}/wert']" for m in aus)
            teile.append(f"""
select
    * replace (
        '{gruppe}' as gruppe, {wert} as m_{ganzes}, ['{ganzes}/wert'] as vorhanden,
        map {{'{ganzes}/wert': concat_ws('; ', {stellen})}} as fundstellen,
        map {{'{ganzes}/wert': coalesce({zeichen})}} as kennzeichen
    ),
    {abgeleitet} as abgeleitet
from zeilen as z
where z.gruppe = '{INSGESAMT}' and {da}""")
    return "\nunion all".join(teile)


_LEERE_LIEFERUNG = """
select
    z.kommune, z.quelle_id, z.quellenrang, z.stichtag, z.gebiet_id, null::varchar as indikator, z.profil, z.gruppe,
    z.geschlecht, z.altersgruppe, z.umgerechnet, 0 as rang, null::double as wert,
    false as weicht_ab, null::double as zaehler,
    null::double as nenner, z.quelle_id as nenner_quelle_id, z.stichtag as nenner_stichtag, true as nenner_passt,
    null::double as kleinste, true as einheit_passt, z.veroeffentlicht, z.datenstand, z.lieferung_id, z.lieferungen,
    null::varchar as fundstelle, []::varchar[] as kennzeichen
from zeilen as z
where false"""


def _wege(formeln: Collection[Lieferformel], merkmale: Collection[str] | None) -> tuple[list[str], set[str], set[str]]:
    """(statements of all ways to a value, measures read as delivered values, measures computed with)."""
    teile, werte, zahlen = [], set(), set()
    for f in formeln:
        teile += [_geliefert(f, m, rang) for rang, m in enumerate(f.werte)]
        for rang, weg in enumerate(mit_ersatz(f) if f.zaehler else (), start=5):
            noetig = {*merkmale_von(weg.zaehler), *merkmale_von(weg.nenner)}
            if not weg.folgt or merkmale is None or noetig <= {*merkmale}:
                teile.append(_gerechnet(weg, rang))
                zahlen |= noetig
        if f.gedruckt:
            teile.append(_geliefert(f, f.gedruckt, 9))
        if f.nach_alter and (merkmale is None or f.nach_alter in merkmale):
            teile.append(add_ages(f.indikator, f.nach_alter, 8))
            zahlen.add(f.nach_alter)
        werte |= {*f.werte, *([f.gedruckt] if f.gedruckt else [])}
    if "einwohner" in zahlen:
        zahlen |= {m for m in GRUPPENZAHLEN if merkmale is None or m in merkmale}
    return teile, werte, zahlen


def lieferung_sql(katalog: Katalog, merkmale: Collection[str] | None = None) -> str:
    """Statement for `bevoelkerung.indikatorlieferung`: indicators from delivered figures, unprotected.

    `merkmale` are the measures there are; entries that need none of them are left out (None: all are written).

    Grain: kommune, stichtag, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe; of several ways and sources the
    delivered value before one that is computed, then the order of kommune.yaml. Reads INPUTS and stamm.muster.
    """
    alle = [f for i in katalog.indikatoren if (f := find_lieferformel(i))]
    genannt = {m for f in alle for m in (*f.werte, *merkmale_von(f.zaehler), *merkmale_von(f.nenner))}
    if merkmale is not None:
        merkmale = {*merkmale, *find_derivable(merkmale, genannt)}
    formeln = [f for f in alle if merkmale is None or f.needs & {*merkmale}]
    teile, werte, zahlen = _wege(formeln, merkmale)
    spalten = [
        f"max(wert) filter (where merkmal = '{m}' and groesse = 'wert') as m_{m}" for m in sorted(werte | zahlen)
    ]
    spalten += [
        f"max(wert) filter (where merkmal = '{m}' and groesse = '{g}') as {g[0]}_{m}"
        for m in sorted(werte)
        for g in ("zaehler", "nenner")
    ]
    namen = ", ".join(f"'{m}'" for m in sorted(werte | zahlen)) or "''"
    bekannte = ", ".join(f"'{g}'" for g in GRUPPEN)
    return f"""
with {build_grundlage(sorted((werte | zahlen) & (genannt if merkmale is None else {*merkmale})))}

zeilen as (
    select
        kommune, quelle_id, quellenrang, stichtag, gebiet_id, profil, gruppe, geschlecht, altersgruppe, umgerechnet,
        {", ".join([*spalten, "list(merkmal || '/' || groesse) as vorhanden"])},
        map_from_entries(list((merkmal || '/' || groesse, fundstelle))) as fundstellen,
        map_from_entries(list((merkmal || '/' || groesse, kennzeichen))) as kennzeichen,
        map_from_entries(list((merkmal, wert_einheit)) filter (where groesse = 'wert')) as einheiten,
        bool_and(veroeffentlicht) as veroeffentlicht, max(datenstand) as datenstand, max(lieferung_id) as lieferung_id,
        list_sort(list_distinct(list(lieferung_id))) as lieferungen,
        map_from_entries(list((merkmal, stellen)) filter (where groesse = 'wert')) as stellen
    from grundlage as t
    where
        staat = '{INSGESAMT}' and gruppe in ({bekannte}) and merkmal in ({namen})
        and published_stichtag(t.kommune, t.stichtag)
    group by all
),

grundzahlen as (
{_grundzahlen(zahlen)}
),

alle as (
{" union all ".join(teile or [_LEERE_LIEFERUNG])}
)

select * exclude (rang)
from alle
qualify row_number() over (
    partition by {SCHLUESSEL} order by wert is null, umgerechnet, not nenner_passt, rang, quellenrang, quelle_id
) = 1
order by {SCHLUESSEL}"""
