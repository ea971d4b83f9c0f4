-- Keys of the register as one number, so that kinds of persons are grouped by numbers and not by texts.
-- schluesselzahl, schluessel_aus: up to five three-digit keys as one number, each a digit of base 1001 (0: none), and back.
create or replace temp macro schluesselzahl(a, b, c, d, e) as
coalesce(a::bigint + 1, 0)
+ 1001 * (
    coalesce(b::bigint + 1, 0)
    + 1001 * (coalesce(c::bigint + 1, 0) + 1001 * (coalesce(d::bigint + 1, 0) + 1001 * coalesce(e::bigint + 1, 0)))
);
create or replace temp macro schluessel_aus(zahl, teiler) as
case when zahl // teiler % 1001 > 0 then format('{:03d}', zahl // teiler % 1001 - 1) end;
