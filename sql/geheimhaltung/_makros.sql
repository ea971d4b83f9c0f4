-- klein: a count that would let a person be recognised (zero is published).
create or replace temp macro klein(n, schwelle) as coalesce(n > 0 and n < schwelle, false);
-- rest_klein: the others of a total are so few that the count gives them away.
create or replace temp macro rest_klein(n, gesamt, schwelle) as klein(gesamt - n, schwelle);
