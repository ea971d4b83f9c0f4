-- titel: Jede Metadatei hat einen lesbaren Kopf
-- schwere: warnung
-- erwartet: gültiges YAML zwischen zwei Zeilen »---«
select
    datei,
    case when zeile is null then [] else [zeile] end as zeilen,
    problem
from sdg.metadatei
where problem is not null
order by datei
