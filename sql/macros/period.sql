-- The period a figure stands for.
-- zeitraum_von: first day of the period a figure stands for; a stock stands for its Stichtag, and
-- the one of 1 January is that of the evening before.
create or replace temp macro zeitraum_von(stichtag, bezugstag, periode) as
case
    when bezugstag = '12-31' and periode = 'jaehrlich' and strftime(stichtag, '%m-%d') = '01-01' then (stichtag - 1)::date
    when bezugstag is not null then stichtag
    when periode = 'monatlich' then date_trunc('month', stichtag)::date
    when periode = 'halbjaehrlich' then make_date(year(stichtag), case when month(stichtag) > 6 then 7 else 1 end, 1)
    when periode = 'schuljahr' then make_date(year(stichtag) - case when month(stichtag) < 8 then 1 else 0 end, 8, 1)
    else date_trunc('year', stichtag)::date
end;
