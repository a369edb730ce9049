"""Who is elected, and where the others are named: what the profile of roles goes by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from graph.danish.capitals import is_given_name
from graph.danish.lexicon import words as danish_words
from graph.danish.names import read_names
from graph.erasure.rules import Rules, entry, rules_of, suppressed_spans
from graph.erasure.rules import words as words_of
from graph.model import Minutes, Participation
from graph.municipalities.load import MunicipalitySettings
from graph.privacy.lexicon import words
from graph.privacy.masks import MASK
from graph.privacy.people import items, participations, same_person

_POLITICAL = re.compile(r"byråd|kommunalbestyrelse|borgerrepræsentation|regionsråd|magistrat|udvalg")
_STAFF = re.compile(r"hoved-?udvalg|med-?udvalg|hmu|lmu|samarbejdsudvalg|chefgruppe")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_LEAST = 3


def is_political(body: str | None, settings: MunicipalitySettings) -> bool:
    """Whether the members of a body are elected politicians."""
    return is_political_body(body or "", settings.kinds.get(body or "", ""))


def is_political_body(body: str, kind: str = "") -> bool:
    """Whether the members of a body are elected politicians, by its kind or, where that is not known, by its name.

    >>> is_political_body("Økonomiudvalget"), is_political_body("Hovedudvalget"), is_political_body("Byen", "council")
    (True, False, True)
    """
    if kind:
        return kind in ("committee", "council")
    name = body.casefold()
    return _POLITICAL.search(name) is not None and _STAFF.search(name) is None


def is_elected_post(post: str) -> bool:
    """Whether people are elected to a post.

    >>> is_elected_post("borgmester"), is_elected_post("økonomichef")
    (True, False)
    """
    return post.split(" ")[0].casefold() in words("roles", "elected")


def elected(minutes: Minutes, settings: MunicipalitySettings) -> frozenset[str]:
    """The names of those whom the minutes show to be elected, as written."""
    political = is_political(minutes.meeting.held_by, settings)
    found: set[str] = set()
    for one in participations(minutes):
        if one.agent and _is_elected(one, listed=political and one in minutes.meeting.participations):
            found.update(filter(None, (one.agent, one.substitutes)))
    for item in items(minutes.agenda_items):
        for vote in (d.vote for d in item.decisions if d.vote and political):
            found.update((*vote.cast_for, *vote.cast_against, *vote.cast_abstained))
    return frozenset(found - {one.agent for one in participations(minutes) if one.acting_as and not _is_elected(one)})


def _is_elected(one: Participation, *, listed: bool = False) -> bool:
    """Whether a part shows somebody to be elected: a party, an elected post, or a bare place on a political roll."""
    if one.acting_as is not None:
        return is_elected_post(one.acting_as.post)
    if one.party:
        return True
    bare = not one.had_role or one.had_role.startswith(("stedfortræder", "suppleant", "formand", "næstformand"))
    return listed and bare and one.participation_status in ("present", "absent", "recused")


def unelected_spans(minutes: Minutes, known: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where a text names anybody but the elected, by full name, by a part of it, or in an e-mail address."""
    text = minutes.source.text
    folded = {name.casefold() for name in known}
    others = {name for name in _named(minutes) if not _same(name, folded)}
    spared = [span for name in known for span in _places(text, name)]
    taken = {word for name in known for word in name.split()}
    parts = {word for name in others for word in re.split(r"[ -]", name) if _stands_alone(word) and word not in taken}
    spans = [span for name in [*others, *parts] for span in _places(text, name)]
    spans += suppressed_spans(text, _rules(others, text, taken))
    spans += [match.span() for match in _MAIL.finditer(text)]
    return tuple(sorted({span for span in spans if not any(b <= span[0] and span[1] <= e for b, e in spared)}))


def _rules(names: Iterable[str], text: str, taken: set[str]) -> Rules:
    """The other ways of writing names: in capitals, without middle names, with initials, or the surname alone."""
    found: set[str] = set()
    for first, *middle, last in (parts for name in names if len(parts := words_of(name)) > 1):
        initials = [first[0], *(part[0] for part in middle)]
        found |= {f"{first} {last}", f"{first[0]} {last}", " ".join([*initials, last]), f"{''.join(initials)} {last}"}
        found.add(" ".join([first, *middle, last]))
    lasts = {name.split()[-1] for name in names if " " in name} - taken
    found |= {last for last in lasts if len(last) > _LEAST and not _is_plain_word(last, text)}
    return rules_of([entry("person", found, b"", date="")], b"")


def _is_plain_word(surname: str, text: str) -> bool:
    """Whether a surname stands in a text as a word of the language, or in the name of a place ("ved Bakken")."""
    return re.search(rf"(?<!\w){re.escape(surname.lower())}(?!\w)|{re.escape(surname)}-", text) is not None


def _same(name: str, known: set[str]) -> bool:
    low = name.casefold()
    return low in known or any(same_person(low, other) for other in known)


def _named(minutes: Minutes) -> Iterator[str]:
    """Everybody whom a text names, by what was read from it and by the look of the words."""
    yield from (name.name for name in read_names(minutes.source.text) if MASK not in name.name)
    for one in participations(minutes):
        yield from (name for name in (one.agent, one.substitutes) if name and MASK not in name)
    for item in items(minutes.agenda_items):
        for vote in (d.vote for d in item.decisions if d.vote):
            yield from (*vote.cast_for, *vote.cast_against, *vote.cast_abstained)
        for owner in (c.owner for c in item.commitments if c.owner):
            yield from (name.name for name in read_names(owner) if MASK not in name.name)


def _stands_alone(word: str) -> bool:
    """Whether one word of a name is a name wherever it stands."""
    return len(word) >= _LEAST and (
        is_given_name(word) or word.endswith("sen") or word in danish_words("people", "surnames")
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w])" + r"\s+".join(re.escape(word) for word in name.split()) + r"(?=['’]?s?(?!\w))")


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands, in the genitive or not."""
    return (match.span() for match in _pattern(name).finditer(text) if name)
