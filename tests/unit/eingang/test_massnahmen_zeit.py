"""Times as offices write them: every form gives days and a precision, an ambiguous one an error with a proposal."""

from datetime import date
from typing import Any

import pytest

from pipelines.eingang.massnahmen.time_span import read_time

J, M, Q, H, T = "jahr", "monat", "quartal", "halbjahr", "tag"


@pytest.mark.parametrize(
    ("text", "von", "von_genau", "bis", "bis_genau"),
    [
        ("III/2023", "2023-07-01", Q, "2023-09-30", Q),
        ("IV / 2023", "2023-10-01", Q, "2023-12-31", Q),
        ("3. Quartal 2023", "2023-07-01", Q, "2023-09-30", Q),
        ("Q1/2024", "2024-01-01", Q, "2024-03-31", Q),
        ("2. Halbjahr 2023", "2023-07-01", H, "2023-12-31", H),
        ("ab 2022", "2022-01-01", J, None, "offen"),
        ("seit 2019", "2019-01-01", J, None, "offen"),
        ("ab 03/2022", "2022-03-01", M, None, "offen"),
        ("seit 2019, fortlaufend", "2019-01-01", J, None, "offen"),
        ("ab 2022 (dauerhaft)", "2022-01-01", J, None, "offen"),
        ("bis Ende 2021", None, None, "2021-12-31", J),
        ("bis 30.06.2021", None, None, "2021-06-30", T),
        ("Ende 2021", None, None, "2021-12-31", J),
        ("2022", "2022-01-01", J, "2022-12-31", J),
        (2022, "2022-01-01", J, "2022-12-31", J),
        ("03/2022", "2022-03-01", M, "2022-03-31", M),
        ("02/2024", "2024-02-01", M, "2024-02-29", M),
        ("März 2022", "2022-03-01", M, "2022-03-31", M),
        ("Sept. 2022", "2022-09-01", M, "2022-09-30", M),
        ("15.03.2022", "2022-03-15", T, "2022-03-15", T),
        ("2022-03-15", "2022-03-15", T, "2022-03-15", T),
        ("15. März 2022", "2022-03-15", T, "2022-03-15", T),
        (date(2022, 3, 15), "2022-03-15", T, "2022-03-15", T),
        ("2018–2021", "2018-01-01", J, "2021-12-31", J),
        ("2018 - 2021", "2018-01-01", J, "2021-12-31", J),
        ("von 2018 bis 2021", "2018-01-01", J, "2021-12-31", J),
        ("2019 bis Ende 2021", "2019-01-01", J, "2021-12-31", J),
        ("03/2022–05/2023", "2022-03-01", M, "2023-05-31", M),
        ("III/2023 – I/2024", "2023-07-01", Q, "2024-03-31", Q),
        ("I–III/2022", "2022-01-01", Q, "2022-09-30", Q),
        ("Januar bis März 2022", "2022-01-01", M, "2022-03-31", M),
        ("15.03.–30.06.2022", "2022-03-15", T, "2022-06-30", T),
        ("1.–2. Quartal 2022", "2022-01-01", Q, "2022-06-30", Q),
        ("2019 – fortlaufend", "2019-01-01", J, None, "offen"),
        ("fortlaufend", None, "offen", None, "offen"),
        ("Dauerhaft", None, "offen", None, "offen"),
    ],
)
def test_every_form_of_time_gives_first_and_last_day_with_its_precision(
    text: str, von: str | None, von_genau: str | None, bis: str | None, bis_genau: str | None
) -> None:
    zeit = read_time(text)
    gelesen = (
        zeit.von and zeit.von.isoformat(),
        zeit.von_genauigkeit,
        zeit.bis and zeit.bis.isoformat(),
        zeit.bis_genauigkeit,
    )
    assert gelesen == (von, von_genau, bis, bis_genau)


@pytest.mark.parametrize(
    ("text", "vorschlag"),
    [
        ("Mitte 2021", "2. Quartal 2021"), ("Sommer 2022", "3. Quartal 2022"), ("2020/21", "2020–2021"),
        ("2018/2019", "Schuljahr 01.08.2018"), ("03/22", "03/2022"), ("III/23", "III/2023"), (44635, "15.03.2022"),
        (3.2022, "03/2022"), ("demnächst", ""), ("31.02.2022", ""), ("13/2022", ""), ("V/2022", ""),
    ],
)  # fmt: skip
def test_an_ambiguous_time_is_an_error_with_a_proposal_never_a_guess(text: Any, vorschlag: str) -> None:
    with pytest.raises(ValueError, match="Zeit") as grund:
        read_time(text)
    assert vorschlag in str(grund.value).partition("|")[2]


def test_a_day_shown_as_month_is_a_month() -> None:
    assert read_time(date(2022, 3, 1), "mmm yy").bis == date(2022, 3, 31)
    assert read_time(date(2022, 3, 1), "DD.MM.YYYY").bis_genauigkeit == T
