-- The 95 % interval of a share p of n (Wilson 1927), 3.8416 = 1.96².
-- wilson_mitte, wilson_halb: its middle, and how far its ends are from there.
create or replace temp macro wilson_mitte(p, n) as (p + 3.8416 / (2 * n)) / (1 + 3.8416 / n);
create or replace temp macro wilson_halb(p, n) as
1.96 / (1 + 3.8416 / n) * sqrt(p * (1 - p) / n + 3.8416 / (4 * n * n));
-- wilson_unten, wilson_oben: its ends.
create or replace temp macro wilson_unten(p, n) as
case when n > 0 then greatest(0, wilson_mitte(p, n) - wilson_halb(p, n)) end;
create or replace temp macro wilson_oben(p, n) as
case when n > 0 then least(1, wilson_mitte(p, n) + wilson_halb(p, n)) end;
