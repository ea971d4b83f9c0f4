-- The 95 % interval of a share.
-- wilson_unten, wilson_oben: ends of the 95 % interval of a share p of n (Wilson 1927), 3.8416 = 1.96².
create or replace temp macro wilson_halb(p, n) as
1.96 / (1 + 3.8416 / n) * sqrt(p * (1 - p) / n + 3.8416 / (4 * n * n));
create or replace temp macro wilson_unten(p, n) as
case when n > 0 then greatest(0, (p + 3.8416 / (2 * n)) / (1 + 3.8416 / n) - wilson_halb(p, n)) end;
create or replace temp macro wilson_oben(p, n) as
case when n > 0 then least(1, (p + 3.8416 / (2 * n)) / (1 + 3.8416 / n) + wilson_halb(p, n)) end;
