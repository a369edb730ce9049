"""What follows from links → triples of the graph of computed facts; each link itself stands in the graph of links."""

from __future__ import annotations

from collections.abc import Iterable

from graph.identity.departments import ResponsibleUnit
from graph.identity.departures import Departure
from graph.identity.turns import Turn
from graph.terms import concept, expand
from graph.triples.links import say
from graph.triples.literals import Triple, node, text


def describe_departures(found: Iterable[Departure]) -> list[Triple]:
    """Whether each decision follows its recommendation."""
    return [
        say(d.decision, "sag:followsRecommendation", node(concept("recommendation-followed", d.followed)))
        for d in found
    ]


def describe_turns(found: Iterable[Turn]) -> list[Triple]:
    """What each decision does to the way of its case."""
    return [say(turn.decision, "sag:turn", node(concept("turn", turn.kind))) for turn in found]


def describe_units(found: Iterable[ResponsibleUnit]) -> list[Triple]:
    """The department inferred for each case, with its name and municipality."""
    rows: list[Triple] = []
    for unit in found:
        rows += [
            say(unit.case, "sag:responsibleUnit", node(unit.unit)),
            say(unit.unit, "rdf:type", node(expand("org:OrganizationalUnit"))),
            say(unit.unit, "rdfs:label", text(unit.name)),
            say(unit.unit, "skos:prefLabel", text(unit.name)),
            say(unit.unit, "org:unitOf", node(unit.municipality)),
        ]
    return rows
