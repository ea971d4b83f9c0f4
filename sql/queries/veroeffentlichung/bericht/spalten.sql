-- Every column of the published tables, with the table it belongs to.
select
    schema_name || '.' || table_name as tabelle,
    column_name as spalte
from duckdb_columns()
where database_name = current_database() and not internal
