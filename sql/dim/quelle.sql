-- Die Quellen jeder Kommune: was sie liefern, woher und unter welcher Lizenz. Grain: kommune, quelle_id.
with massnahmenquellen as (
    from stamm.massnahmenquelle
)

select
    kommune,
    quelle_id,
    art as quellenart,
    titel,
    herkunft,
    nullif(lizenz, '') as lizenz,
    adresse,
    fertige_quelle
from stamm.quelle
union all
select
    kommune,
    quelle_id,
    'massnahmen' as quellenart,
    titel,
    herkunft,
    null as lizenz,
    null as adresse,
    null as fertige_quelle
from massnahmenquellen
order by kommune, quelle_id
