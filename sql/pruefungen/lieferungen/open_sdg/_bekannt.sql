-- What is known from outside the folder: names that are real (a row of sdg.eigenname each: states, from staaten.csv, put
-- there by pipelines/eingang/open_sdg/check_folder.py), and Open SDG's own keys of metadata (its documentation, »Indicator
-- configuration« and »Metadata format«).
create or replace table sdg.meta_bekannt as
select unnest([
    'title', 'permalink', 'layout',
    'sdg_goal', 'goal_number', 'goal_name', 'target', 'target_id', 'target_name', 'target_number',
    'indicator', 'indicator_name', 'indicator_number', 'indicator_available', 'indicator_definition', 'indicator_description',
    'indicator_sort_order', 'un_designated_tier', 'un_custodian_agency', 'un_custodial_agency', 'goal_meta_link',
    'goal_meta_link_text', 'national_indicator_available', 'national_indicator_description', 'national_indicator_periodicity',
    'national_earliest_available_data', 'national_geographical_coverage', 'national_data_update_url',
    'national_data_update_url_text', 'national_metadata_update_url', 'national_metadata_update_url_text', 'admin_release_date',
    'admin_next_release', 'admin_statistical_classification', 'admin_contact_details', 'computation_units',
    'computation_definitions', 'computation_calculations', 'computation_numerator', 'computation_denominator',
    'computation_disaggregation', 'comments_limitations', 'other_info', 'quality_assurance', 'international_comparability',
    'rational_interpretation', 'reporting_status', 'data_non_statistical', 'data_not_statistical', 'data_footnote',
    'data_geocode_regex', 'data_keywords', 'data_show_map', 'data_start_values', 'data_notice_class', 'data_notice_heading',
    'data_notice_text', 'copyright', 'embedded_feature_footer', 'embedded_feature_html', 'embedded_feature_tab_title',
    'embedded_feature_title', 'embedded_feature_url', 'expected_disaggregations', 'composite_breakdown_label',
    'graph_annotations',
    'graph_limits', 'graph_series_breaks', 'graph_stacked_disaggregation', 'graph_target_lines', 'graph_title', 'graph_titles',
    'graph_type', 'graph_types', 'page_content', 'placeholder', 'precision', 'published', 'sort', 'standalone', 'tags',
    'x_axis_label', 'proxy', 'proxy_series', 'progress_status', 'auto_progress_calculation', 'progress_calculation_options',
    'footer_fields', 'data_download_service', 'change_breaks', 'previous', 'next', 'slug', 'language'
]) as schluessel;

-- Whether a key is Open SDG's own; those of sources carry the source's number.
create or replace temp macro ist_metaschluessel(wort) as
wort in (from sdg.meta_bekannt)
or regexp_full_match(
    wort,
    'source_(active|organisation|periodicity|earliest_available|geographical_coverage|url|url_text|release_date|next_release'
    || '|statistical_classification|contact|other_info)_\d+'
);

-- Whether a word is a real name, or made of a direction and something: one of them is never a slip of another.
create or replace temp macro ist_eigenname(wort) as lower(trim(wort)) in (select e.name from sdg.eigenname as e);
create or replace temp macro ohne_richtung(wort) as
regexp_replace(lower(wort), '^(nord|nörd|süd|ost|öst|west|mittel|zentral|ober|unter|inner|außer)(lich(es|er|e)? )?', '');
create or replace temp macro ist_fehlerwert(wort) as
regexp_full_match(
    trim(wort),
    '#(NV|N/A|N/V|WERT!|VALUE!|BEZUG!|REF!|DIV/0!|NAME\?|ZAHL!|NUM!|NULL!|ÜBERLAUF!|SPILL!|KALK!|CALC!|FELD!|FIELD!'
    || '|BLOCKIERT!|BLOCKED!|VERBINDEN!|CONNECT!|UNBEKANNT!|UNKNOWN!|#+)|err:\d{3}|nan|<na>|null', 'i'
);
-- umlaut_fehlt: one is the other, but for umlauts that were lost: then the other is right, however often the one stands there.
create or replace temp macro umlaut_fehlt(falsch, richtig) as
lower(falsch) <> lower(richtig) and (
    lower(falsch) = translate(lower(richtig), 'äöü', 'aou')
    or lower(falsch) = regexp_replace(lower(richtig), '[äöüß]', '?', 'g')
    or lower(falsch) = replace(replace(replace(replace(lower(richtig), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss')
);
-- What stands for a time and is no year: spans, school years, terms, halves, quarters, months and days.
create or replace temp macro ist_zeitraum(wort) as
regexp_full_match(
    wort,
    '(([a-zäöü-]*jahr|schulj\.?|sj|kj|ws|wise|ss|sose|(winter|sommer)semester|spielzeit) ?)?'
    || '(19|20)\d{2} ?([/–-]|bis) ?(\d{1,2}|(19|20)\d{2})', 'i'
)
or regexp_full_match(wort, '(ws|wise|sj|kj) ?\d{2}/\d{2}', 'i')
or regexp_full_match(wort, '(ss|sose|sommersemester|anfang|mitte|ende|frühjahr|sommer|herbst|winter) (19|20)\d{2}', 'i')
or regexp_full_match(wort, '((0?[1-9]|[12]\d|3[01])\.)?(0?[1-9]|1[0-2])\.(19|20)\d{2}|(0?[1-9]|1[0-2])/(19|20)\d{2}')
or regexp_full_match(wort, '(19|20)\d{2}[-/](0[1-9]|1[0-2])([-/](0[1-9]|[12]\d|3[01]))?|(19|20)\d{2}m(0[1-9]|1[0-2])', 'i')
or regexp_full_match(wort, '(19|20)\d{2}[ -]?[hqs][1-4]|[hq][1-4][ /-]?(19|20)\d{2}', 'i')
or regexp_full_match(wort, '([1-4]|i|ii|iii|iv)(\. ?(quartal|halbjahr|vierteljahr|vj\.?|hj\.?)|[./]) ?/? ?(19|20)\d{2}', 'i')
or regexp_full_match(
    wort,
    '(\d{1,2}\. ?)?(jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]*\.?( bis [a-zä]+\.?)? (19|20)\d{2}',
    'i'
);
