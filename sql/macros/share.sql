-- A printed share and the counts it rests on.
-- folgt: whether a printed share (fraction) is that of the counts, rounded to its printed decimals of percent; also where one
-- of them is missing. A share that does not follow has another base, and stays as it is printed.
create or replace temp macro folgt(gedruckt, gerechnet, stellen) as
coalesce(abs(gedruckt - gerechnet) <= 0.5 / 10 ** (coalesce(stellen, 1) + 2) + 1e-9, true);
