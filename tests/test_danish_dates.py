"""Dates and times in the forms that Danish minutes print."""

from __future__ import annotations

from datetime import date

import pytest

from graph.danish.dates import read_dates, read_times

MEETING = date(2022, 10, 12)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("den 30. april 2019", ["2019-04-30"]),
        ("Mødedato: 30.11.2020, kl. 15:00", ["2020-11-30"]),
        ("Beslutning i Byrådet den 19-12-2016", ["2016-12-19"]),
        ("har mødtes den 31.1.2017", ["2017-01-31"]),
        ("26. jan 2021", ["2021-01-26"]),
        ("Onsdag den 15-maj-2002", ["2002-05-15"]),
        ("Dato: Onsdag, April 3, 2019 - 18:00", ["2019-04-03"]),
        ("STARTTIDSPUNKT 04-06-2020 09:00:00", ["2020-06-04"]),
        ("d. 3/5-2019 og 24/11 2022", ["2019-05-03", "2022-11-24"]),
        ("den 14. og 21. marts 2013", ["2013-03-14", "2013-03-21"]),
        ("9.-10. maj 2023", ["2023-05-09", "2023-05-10"]),
        ("8.06.2006", ["2006-06-08"]),
    ],
)
def test_a_full_date_in_any_form(text: str, days: list[str]) -> None:
    assert [str(d.date) for d in read_dates(text)] == days


@pytest.mark.parametrize(
    "text",
    ["85.02.02-G01-1-17", "01.02.00-P16-2-16", "18.15.00-Ø40-2-19", "2-årig", "14-17 Byrådet", "31. februar 2020"],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert [d for d in read_dates(text) if d.precision == "day"] == []


def test_the_year_comes_from_the_same_list() -> None:
    text = "i Teknikudvalget den 2. juni, i Økonomiudvalget den 15. juni og i Byrådet den 23. juni 2021"
    found = read_dates(text, near=date(2023, 1, 1))
    assert [str(d.date) for d in found] == ["2021-06-02", "2021-06-15", "2021-06-23"]
    assert [d.inferred_by for d in found] == ["year-in-same-list", "year-in-same-list", None]


def test_the_year_is_the_nearest_or_the_next() -> None:
    assert str(read_dates("den 23. april", near=date(2019, 4, 30))[0].date) == "2019-04-23"
    ahead = read_dates("behandles d. 4. oktober", near=MEETING, forward=True)[0]
    assert (str(ahead.date), ahead.year_given) == ("2023-10-04", False)


def test_without_a_meeting_no_year_is_guessed() -> None:
    assert read_dates("den 23. april")[0].date is None


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("i slutningen af uge 41", "week"),
        ("4. kvartal 2023", "quarter"),
        ("i februar 2017", "month"),
        ("ultimo november", "month"),
        ("efteråret 2012", "vague"),
        ("inden udgangen af 2024", "year"),
    ],
)
def test_a_time_that_is_no_day_keeps_its_precision(text: str, precision: str) -> None:
    assert [(d.precision, d.date) for d in read_dates(text, near=MEETING)] == [(precision, None)]


def test_times_of_day() -> None:
    text = "Start kl.: 14:00 Slut kl.: 18.00. Elsebeth ankommer klokken 13.00, kl. 9"
    assert [t.time for t in read_times(text)] == ["14:00", "18:00", "13:00", "09:00"]
