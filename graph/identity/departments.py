"""Which department seems responsible for a case, told by the posts of those who attended: inferred, never stated."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from graph.identity.cases import Handled, Link, Sighting
from graph.identity.keys import Names, held
from graph.model import Participation

RULE = "department.post"
_SCORE = 0.6
_HEAD = re.compile(r"(?P<area>.{3,}?)s?(?:chef|direktør|leder)")
# heads of something that is no field of work: their title tells no department
_NO_AREA = frozenset({"afdeling", "center", "enhed", "fag", "gruppe", "kommunal", "område", "projekt", "stab", "team",
                      "vice"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResponsibleUnit:
    """A department inferred for a case: its IRI, its name and the link that tells why."""

    case: str
    unit: str
    name: str
    municipality: str
    link: Link


def unit_of(post: str) -> str | None:
    """The department that a post heads by its title, or None where the title names no field of work.

    >>> unit_of("økonomichef"), unit_of("vej- og parkchef"), unit_of("projektleder")
    ('Økonomi', 'Vej- og park', None)
    """
    head = _HEAD.fullmatch(post)
    if head is None or head["area"] in _NO_AREA:
        return None
    return head["area"][0].upper() + head["area"][1:]


def responsible_units(handled: list[Handled], leaders: dict[str, str]) -> list[ResponsibleUnit]:
    """The departments inferred for the cases of a corpus, in a steady order."""
    found: dict[tuple[str, str], list[tuple[Handled, Participation]]] = defaultdict(list)
    for h in handled:
        if not held(h.minutes):
            continue
        for part in h.treated.agenda_item.participations:
            unit = unit_of(part.acting_as.post) if part.acting_as else None
            if unit and part.participation_status == "recorded":
                found[leaders.get(h.case, h.case), unit].append((h, part))
    return [inferred(case, unit, seen) for (case, unit), seen in sorted(found.items(), key=lambda pair: pair[0])]


def inferred(case: str, unit: str, seen: list[tuple[Handled, Participation]]) -> ResponsibleUnit:
    """The department of a case with a reason for each attendance it rests on."""
    names: Names = seen[0][0].names
    reasons = [
        f"{part.acting_as.post if part.acting_as else ''} {part.agent or ''}".strip()
        + f" deltog i behandlingen den {h.day.isoformat()}; afdelingen er sluttet af stillingen"
        for h, part in seen
    ]
    sightings = tuple(Sighting(h.minutes.source.text_hash, e) for h, part in seen for e in part.sentences)
    iri = names.department(unit)
    link = Link(case, iri, RULE, _SCORE, tuple(dict.fromkeys(reasons)), sightings, accepted=True)
    return ResponsibleUnit(case, iri, unit, names.municipality, link)
