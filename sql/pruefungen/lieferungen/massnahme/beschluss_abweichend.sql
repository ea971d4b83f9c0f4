-- titel: Der Beschluss einer Maßnahme ist der ihrer Vorlage
-- schwere: warnung
-- erwartet: ein Tag, an dem die Vorlage beschlossen wurde; keiner vor ihrem Datum
with vorlagen as (
    select vorlage_nr, any_value(datum) as datum, max(beschluesse) as beschluesse
    from (
        select vorlage_nr, datum, []::date[] as beschluesse from massnahme.vorlage
        union all
        select vorlage_nr, datum, beschluesse from konzept.vorlage
    ) as alle
    group by vorlage_nr
)

select
    [zelle(z.zellen, 'beschluss_am'), zelle(z.zellen, 'vorlage_nr')] as fundstellen,
    case when len(v.beschluesse) > 0 then 'anderer_tag' else 'vor_vorlage' end as art,
    z.massnahme_nr,
    z.titel,
    z.vorlage_nr,
    z.beschluss_am,
    v.datum,
    v.beschluesse
from massnahme.zeile as z
inner join vorlagen as v on z.vorlage_nr = v.vorlage_nr
where
    (len(v.beschluesse) > 0 and not list_contains(v.beschluesse, z.beschluss_am))
    or (len(v.beschluesse) = 0 and z.beschluss_am < v.datum)
order by z.blatt, z.zeile
