"""Links, states and standing text → triples of the graphs that stand beside the sources' own."""

from __future__ import annotations

from collections.abc import Iterable

from graph.identity.bodies import SAME as SAME_BODY
from graph.identity.corrections import Applied
from graph.identity.initiatives import Procurement
from graph.identity.keys import source, span
from graph.identity.links import Link, Sighting
from graph.identity.posts import RULE as POST_HOLDER
from graph.identity.routes import StepState
from graph.identity.standing import StandingText
from graph.terms import concept, expand
from graph.triples.literals import Triple, day, decimal, node, plain, text


def say(subject: str, prefixed: str, term: str) -> Triple:
    """One triple; the property is a prefixed name of `graph.terms`, the object a term of `graph.triples.literals`."""
    return node(subject), node(expand(prefixed)), term


def seen(iri: str, sightings: Iterable[Sighting], base: str) -> list[Triple]:
    """The evidence of a link or a standing text, in whichever sources it stands."""
    return [say(iri, "sag:evidence", node(place(sighting, base))) for sighting in sightings]


def place(sighting: Sighting, base: str) -> str:
    """The span of a sighting."""
    evidence = sighting.evidence
    return span(base, sighting.source, begin=evidence.begin_index, end=evidence.end_index)


def described_spans(sightings: Iterable[Sighting], base: str) -> list[Triple]:
    """The five triples of each span that no source's own graph describes."""
    rows: list[Triple] = []
    for sighting in sightings:
        iri, evidence = place(sighting, base), sighting.evidence
        rows += [
            say(iri, "rdf:type", node(expand("nif:RFC5147String"))),
            say(iri, "nif:beginIndex", f'"{evidence.begin_index}"^^<http://www.w3.org/2001/XMLSchema#integer>'),
            say(iri, "nif:endIndex", f'"{evidence.end_index}"^^<http://www.w3.org/2001/XMLSchema#integer>'),
            say(iri, "nif:anchorOf", plain(evidence.anchor_of)),
            say(iri, "nif:referenceContext", node(f"{source(base, sighting.source)}.txt")),
        ]
    return rows


def describe_links(links: Iterable[Link], base: str) -> list[Triple]:
    """Every link with rule, score, reasons and evidence, accepted or proposed."""
    rows: list[Triple] = []
    for link in sorted(links, key=lambda k: k.key):
        iri = f"{base}/id/links/{link.key}"
        rows += [
            say(iri, "rdf:type", node(expand("sag:Link"))),
            say(iri, "sag:linkSource", node(link.source)),
            say(iri, "sag:linkTarget", node(link.target)),
            say(iri, "sag:linkRule", plain(link.rule)),
            say(iri, "nif:confidence", decimal(link.score)),
            say(iri, "sag:reviewStatus", node(concept("review-status", link.review_status))),
            *(say(iri, "sag:reason", text(reason)) for reason in link.reasons),
            *seen(iri, link.sightings, base),
            *described_spans(link.sightings, base),
        ]
        if link.reviewed_by:
            rows.append(say(iri, "dct:creator", plain(link.reviewed_by)))
        if link.accepted:
            rows += effects(link)
    return rows


def effects(link: Link) -> list[Triple]:
    """What an accepted link says of the things themselves, beside the keys that it replaces."""
    if "/id/attachments/" in link.source:
        return [say(link.source, "sag:concernsCase", node(link.target))]
    if "/id/bodies/" in link.source and link.rule != SAME_BODY:
        return [say(link.target, "dct:replaces", node(link.source))]
    if link.rule == POST_HOLDER:
        inferred = say(link.source, "sag:inferredBy", plain(link.rule))
        return [inferred, *(say(link.source, "sag:reason", text(reason)) for reason in link.reasons)]
    return []


def describe_corrections(applied: Iterable[Applied], base: str) -> list[Triple]:
    """Every correction with what was read, what holds now, why, and by whom."""
    rows: list[Triple] = []
    for one in applied:
        iri, c = f"{base}/id/corrections/{one.key}", one.correction
        now = "trukket tilbage" if c.correct is None else f"»{c.correct}«"
        read = f"»{c.read}«" if c.read else f"»{c.quote}«"
        status = "withdrawn" if c.correct is None else "corrected"
        rows += [
            say(iri, "rdf:type", node(expand("prov:Entity"))),
            say(iri, "rdfs:label", text(f"Rettelse: {read} → {now}")),
            say(iri, "dct:description", text(f"{c.fact} {c.field}: læst som {read}, nu {now}".replace("  ", " "))),
            say(iri, "sag:reason", text(c.reason)),
            say(iri, "dct:creator", plain(c.by)),
            say(iri, "dct:date", day(c.on)),
            say(iri, "adms:status", node(concept("publication-status", status))),
            say(iri, "prov:wasDerivedFrom", node(source(base, one.source))),
            *seen(iri, one.sightings, base),
            *described_spans(one.sightings, base),
        ]
    return rows


def describe_leaders(leaders: dict[str, str]) -> list[Triple]:
    """The case keys that another key holds for."""
    return [say(case, "dct:isReplacedBy", node(leader)) for case, leader in sorted(leaders.items())]


def describe_computed(states: Iterable[StepState], standing: Iterable[StandingText], base: str) -> list[Triple]:
    """The states of planned stops and the standing texts, each with the sources it was computed from."""
    rows: list[Triple] = []
    for state in states:
        rows.append(say(state.step, "sag:stepStatus", node(concept("step-status", state.state))))
        if state.treatment:
            rows.append(say(state.step, "sag:realisedBy", node(state.treatment)))
    for text_ in standing:
        rows += [
            say(text_.iri, "rdf:type", node(expand("sag:RecurringText"))),
            say(text_.iri, "rdfs:label", text("Standardtekst")),
            say(text_.iri, "sag:textHash", plain(text_.text_hash)),
            *seen(text_.iri, text_.sightings, base),
            *described_spans(text_.sightings, base),
            *(say(framing, "sag:repeats", node(text_.iri)) for framing in text_.framings),
        ]
    return rows


def describe_procurements(found: Iterable[Procurement], base: str) -> list[Triple]:
    """What is to be bought, with the cases about it, how far they say it has come, and their titles."""
    rows: list[Triple] = []
    for one in found:
        rows += [
            say(one.iri, "rdf:type", node(expand("sag:Initiative"))),
            say(one.iri, "rdf:type", node(expand("sag:Procurement"))),
            say(one.iri, "rdfs:label", text(f"Udbud: {one.procures}")),
            say(one.iri, "sag:procures", text(one.procures)),
            say(one.iri, "sag:matchBasis", node(concept("match-basis", "same-words"))),
            *(say(one.iri, "sag:phase", text(phase)) for phase in one.phases),
            *(say(case, "sag:partOfInitiative", node(one.iri)) for case in one.cases),
            *(say(one.iri, "prov:wasDerivedFrom", node(source(base, s.source))) for s in one.sightings),
            *seen(one.iri, one.sightings, base),
            *described_spans(one.sightings, base),
        ]
    return rows
