"""People across meetings: ways of writing one name, namesakes, posts alone, and posts that change."""

from __future__ import annotations

import pytest

from graph.corpus import quads
from graph.identity.ledger import Decided, Ledger, short
from graph.identity.person_mentions import person_mentions
from graph.terms import expand
from tests.maker.answers import BASE
from tests.maker.hand import NAMES, Told, day, item, meeting, resolved, who
from tests.maker.truth import TrueMention

OEK, KB = "Økonomiudvalget", "Kommunalbestyrelsen"


def two(first: str, second: str, *, same: str = "A", other: str = "A") -> Told:
    """Two names, each in the roll call of another meeting of one body."""
    return resolved(
        meeting(KB, "2023-01-10", item("Valg"), roll=(who(first, party=same),)),
        meeting(KB, "2023-02-10", item("Valg"), roll=(who(second, party=other),)),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Torben Aagaard", "Torben Ågård"),
        ("Trine Kjær Poulsen", "Trine Poulsen"),
        ("Marie-Louise Ifversen", "Marie Louise Ifversen"),
        ("Bettina Andersen", "B. Andersen"),
        ("Hans Peter Krogh Nielsen", "H.P. Nielsen"),
    ],
)
def test_one_person_under_two_ways_of_writing(first: str, second: str) -> None:
    told = two(first, second)
    assert told.person(first) == told.person(second) == NAMES.person(first), "the fullest name's key holds"


@pytest.mark.parametrize(
    ("first", "second"),
    [("Trine Poulsen", "Tina Poulsen"), ("Bettina Andersen", "K. Andersen"), ("Jens Holm", "Jens Holm Poulsen")],
)
def test_two_persons(first: str, second: str) -> None:
    told = two(first, second)
    assert told.person(first) != told.person(second)


def test_names_in_one_roll_call_are_two_persons() -> None:
    told = resolved(
        meeting(
            KB, "2023-01-10", item("Valg"), roll=(who("Jens Holm Poulsen", party="A"), who("Jens Poulsen", party="A"))
        )
    )
    assert told.person("Jens Holm Poulsen") != told.person("Jens Poulsen")


def test_a_shorter_name_that_fits_two_is_a_proposal() -> None:
    told = resolved(
        meeting(KB, "2023-01-10", item("Valg"), roll=(who("Bettina Andersen"), who("Birgit Andersen"))),
        meeting(KB, "2023-02-10", item("Valg"), roll=(who("B. Andersen"),)),
    )
    assert told.person("B. Andersen") == NAMES.person("B. Andersen")
    assert told.rules("person.", "proposed") == ["person.initials", "person.initials"]


def test_a_party_tells_which_of_two_a_shorter_name_is() -> None:
    told = resolved(
        meeting(
            KB, "2023-01-10", item("Valg"), roll=(who("Bettina Andersen", party="A"), who("Birgit Andersen", party="V"))
        ),
        meeting(KB, "2023-02-10", item("Valg"), roll=(who("B. Andersen", party="V"),)),
    )
    assert told.person("B. Andersen") == NAMES.person("Birgit Andersen")


def test_one_who_changes_party_stays_one_person() -> None:
    told = two("Hans Nissen", "Hans Nissen", same="V", other="Løsgænger")
    assert not told.across.people.placed


def test_a_party_by_name_and_by_letter_is_one() -> None:
    marks = ("A", "Socialdemokratiet", "A", "Socialdemokratiet")
    told = resolved(
        *(
            meeting(KB, f"2023-0{n}-10", item("Valg"), roll=(who("Hans Nissen", party=m),))
            for n, m in enumerate(marks, 1)
        )
    )
    assert not told.across.people.placed


def test_a_party_that_is_printed_wrong_once_makes_no_namesake() -> None:
    marks = ("A", "A", "A", "V", "A", "A", "A")
    rolls: list[tuple[TrueMention, ...]] = [(who("Hans Nissen", party=mark),) for mark in marks]
    told = resolved(*(meeting(KB, f"2023-0{n}-10", item("Valg"), roll=roll) for n, roll in enumerate(rolls, 1)))
    assert not told.across.people.placed
    rolls[3] = (who("Hans Nissen", party="V"), who("Hans  Nissen", party="A"))
    told = resolved(*(meeting(KB, f"2023-0{n}-10", item("Valg"), roll=roll) for n, roll in enumerate(rolls, 1)))
    assert told.across.people.placed, "both in one roll call: two persons"


def test_namesakes_are_kept_apart_by_party_and_post() -> None:
    """Two of one name in the council at a time, and an official: three persons."""
    rolls = [(who("Hans Nielsen", party=party),) for party in ("A", "V", "A", "V")]
    told = resolved(
        *(meeting(KB, f"2023-0{n}-10", item("Valg"), roll=roll) for n, roll in enumerate(rolls, 1)),
        meeting(OEK, "2023-02-20", item("Budget", people=[who("Hans Nielsen", post="skolechef", status="recorded")])),
    )
    people = told.across.people
    found = [people.person(mention) for mention in person_mentions(told.corpus)]
    assert len(set(found)) == 3
    assert found[0] == found[2] != found[1] == found[3]


def test_two_namesakes_with_one_status_in_one_meeting_are_two_participations() -> None:
    """One roll call lists two of one name: each has a part and a party of its own, and is a person of its own."""
    both = (who("Hans Nielsen", party="A"), who("Hans Nielsen", party="V"))
    told = resolved(
        meeting(KB, "2023-01-10", item("Valg"), roll=both),
        meeting(KB, "2023-02-10", item("Valg"), roll=both[::-1]),
        meeting(KB, "2023-03-10", item("Valg"), roll=both[:1]),
    )
    people = told.across.people
    found = {(m.day.month, m.party): people.person(m) for m in person_mentions(told.corpus)}
    assert found[1, "a"] == found[2, "a"] == found[3, "a"] != found[1, "v"] == found[2, "v"]
    place = NAMES.meeting(KB, day("2023-01-10"))
    lines = [line for line in quads(told.corpus, [], BASE) if line.startswith(f"<{place}#participation-")]
    merged = [line.removesuffix(" .\n").split(" ", 2) for line in lines if "/graphs/" not in line]
    agents = {s: o for s, p, o in merged if p == f"<{expand('prov:agent')}>"}
    parties = {s: o for s, p, o in merged if p == f"<{expand('sag:party')}>"}
    assert sorted(parties.values()) == ['"A"', '"V"']
    assert {parties[s]: o for s, o in agents.items()} == {
        '"A"': f"<{found[1, 'a']}>", '"V"': f"<{found[1, 'v']}>",
    }  # fmt: skip


def test_one_person_listed_twice_is_one_participation() -> None:
    twice = (who("Hans Nielsen", party="A"), who("Hans Nielsen"), who("Hans Nielsen", party="Socialdemokratiet"))
    told = resolved(meeting(KB, "2023-01-10", item("Valg"), roll=twice))
    assert len({m.place for m in person_mentions(told.corpus)}) == 1


@pytest.mark.parametrize(
    ("before", "after", "accepted"),
    [
        ("Bettina Andersen", "Bettina Andersen", True),
        ("Bettina Andersen", "Lars Holm", False),
        (None, None, False),
    ],
)
def test_a_post_alone_is_its_holders_where_one_is_known_before_and_after(
    before: str | None,
    after: str | None,
    accepted: bool,  # noqa: FBT001
) -> None:
    people = [(who(name, post="økonomichef", status="recorded"),) if name else () for name in (before, after)]
    told = resolved(
        meeting(OEK, "2023-01-10", item("Budget", people=[*people[0]])),
        meeting(OEK, "2023-02-10", item("Regnskab", people=[who("", post="økonomichef", status="recorded")])),
        meeting(OEK, "2023-03-10", item("Lån", people=[*people[1]])),
    )
    assert list(told.across.holders.values()) == ([NAMES.person("Bettina Andersen")] if accepted else [])
    links = [link for link in told.across.links if link.rule == "post.holder"]
    assert all(len(link.sightings) >= 2 and link.reasons for link in links)
    assert bool(links) == (before is not None)


def test_a_post_that_several_hold_at_a_time_is_nobodys() -> None:
    told = resolved(
        meeting(
            OEK,
            "2023-01-10",
            item("Budget", people=[who("Bettina Andersen", post="centerchef", status="recorded")]),
            item("Skole", people=[who("Lars Holm", post="centerchef", status="recorded")]),
        ),
        meeting(OEK, "2023-02-10", item("Regnskab", people=[who("", post="centerchef", status="recorded")])),
    )
    assert not told.across.holders


def test_acting_and_then_permanent_is_a_change_of_post() -> None:
    told = resolved(
        meeting(
            OEK,
            "2023-01-10",
            item("Budget", people=[who("Lene Holm", post="socialchef", status="recorded", acting=True)]),
        ),
        meeting(OEK, "2023-06-10", item("Regnskab", people=[who("Lene Holm", post="socialchef", status="recorded")])),
    )
    (change,) = told.across.post_changes
    assert (change.person, change.post) == (NAMES.person("Lene Holm"), "socialchef")
    assert (change.acting_on, change.permanent_on) == (day("2023-01-10"), day("2023-06-10"))


def test_an_acting_holder_is_not_taken_for_the_post_alone_later() -> None:
    told = resolved(
        meeting(
            OEK,
            "2023-01-10",
            item("Budget", people=[who("Lene Holm", post="socialchef", status="recorded", acting=True)]),
        ),
        meeting(OEK, "2023-06-10", item("Regnskab", people=[who("", post="socialchef", status="recorded")])),
    )
    assert not told.across.holders
    assert told.rules("post.", "proposed") == ["post.holder"]


@pytest.mark.parametrize("post", ["projektleder", "direktør", "skolekonsulent"])
def test_a_post_that_every_department_has_is_nobodys(post: str) -> None:
    told = resolved(
        meeting(OEK, "2023-01-10", item("Budget", people=[who("Bettina Andersen", post=post, status="recorded")])),
        meeting(OEK, "2023-02-10", item("Regnskab", people=[who("", post=post, status="recorded")])),
    )
    assert not told.across.holders


def test_the_chair_of_one_body_is_not_that_of_another() -> None:
    chair = who("Bettina Andersen", party="A", post="næstformand", status="recorded")
    alone = [who("", post="næstformand", status="recorded")]
    told = resolved(
        meeting(OEK, "2023-01-10", item("Budget", people=[chair])),
        meeting(OEK, "2023-02-10", item("Regnskab", people=alone)),
        meeting(KB, "2023-02-11", item("Lån", people=alone)),
    )
    (place,) = (place for place, _ in told.across.holders)
    assert "/oekonomiudvalget/2023-02-10/" in place


def test_agenda_and_minutes_of_a_meeting_may_write_a_name_differently() -> None:
    told = resolved(
        meeting(KB, "2023-01-10", item("Valg"), roll=(who("Trine Kjær Poulsen", party="A"),)),
        meeting(KB, "2023-01-10", item("Valg af revisor"), roll=(who("Trine Poulsen", party="A"),)),
    )
    assert told.person("Trine Poulsen") == told.person("Trine Kjær Poulsen")


@pytest.mark.parametrize("accepted", [True, False])
def test_what_a_person_decided_about_two_names_holds(accepted: bool) -> None:  # noqa: FBT001
    first, second = ("Jens Holm", "Jens Holm Poulsen") if accepted else ("Trine Kjær Poulsen", "Trine Poulsen")
    keys = short(NAMES.person(first)), short(NAMES.person(second))
    ledger = Ledger((Decided(*keys, "Arkivet", day("2024-01-01"), "set i personalelisten", accepted=accepted),))
    told = resolved(
        meeting(KB, "2023-01-10", item("Valg"), roll=(who(first, party="A"),)),
        meeting(KB, "2023-02-10", item("Valg"), roll=(who(second, party="A"),)),
        ledger=ledger,
    )
    assert (told.person(first) == told.person(second)) == accepted
    (link,) = (k for k in told.across.links if k.rule.startswith("person.") or k.rule == "reviewed")
    assert link.reviewed_by == "Arkivet"
    assert link.review_status == ("accepted" if accepted else "rejected")
