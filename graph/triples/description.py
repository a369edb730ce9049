"""The triples of one source as they are gathered: what every part of a description is written with."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from graph.identity.keys import Names, slug, sort_key, source, span
from graph.model import Claim, Evidence, Minutes
from graph.readers.pages import page_of
from graph.terms import concept, expand
from graph.triples.literals import Triple, decimal, integer, node, plain, text


@cache
def inferences() -> dict[str, dict[str, str]]:
    """For each rule that infers, the reason in Danish and English."""
    return tomllib.loads(files("graph.triples").joinpath("inferences.toml").read_text("utf-8"))


@cache
def named(prefixed: str) -> str:
    """A prefixed name as a term."""
    return node(expand(prefixed))


@cache
def notion(key: str) -> str:
    """A concept named by scheme/key, as a term."""
    return node(concept(*key.split("/")))


@dataclass(slots=True)
class Description:
    """The triples of one source as they are gathered, each once and in order."""

    minutes: Minutes
    names: Names
    body: str
    day: date
    triples: dict[Triple, None] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The source's IRI."""
        return source(self.names.base, self.minutes.source.text_hash)

    @property
    def meeting(self) -> str:
        """The meeting's IRI."""
        return self.names.meeting(self.body, self.day)

    def say(self, subject: str, prefixed: str, term: str) -> None:
        """One triple; the property is a prefixed name of `graph.terms`, the object a term of `graph.literals`."""
        self.triples[node(subject), named(prefixed), term] = None

    def link(self, subject: str, prefixed: str, target: str) -> None:
        """One triple between two things."""
        self.say(subject, prefixed, node(target))

    def mark(self, subject: str, prefixed: str, key: str) -> None:
        """One triple to a concept, named by scheme/key."""
        self.say(subject, prefixed, notion(key))

    def begin(self, iri: str, *classes: str, label: str = "") -> str:
        """The classes and the Danish label of a thing; gives its IRI."""
        for prefixed in classes:
            self.say(iri, "rdf:type", named(prefixed))
        if label:
            self.say(iri, "rdfs:label", text(label))
        return iri

    def claim(self, iri: str, claim: Claim) -> None:
        """Evidence, rule, confidence and source of a claim's node."""
        for evidence in claim.sentences:
            self.link(iri, "sag:evidence", self.span(evidence))
        self.say(iri, "sag:extractionMethod", plain(claim.extraction_method))
        self.say(iri, "nif:confidence", decimal(claim.confidence))
        self.link(iri, "dct:source", self.source)

    def infer(self, iri: str, rule: str | None) -> None:
        """The rule that inferred a part of the claim, and its reason in words."""
        if rule is None:
            return
        self.say(iri, "sag:inferredBy", plain(rule))
        for language, reason in inferences().get(rule, {}).items():
            self.say(iri, "sag:reason", text(reason, language))

    def span(self, evidence: Evidence) -> str:
        """The triples of an evidence span, with its page where the file has pages; gives its IRI."""
        begin, end = evidence.begin_index, evidence.end_index
        iri = span(self.names.base, self.minutes.source.text_hash, begin=begin, end=end)
        self.say(iri, "rdf:type", named("nif:RFC5147String"))
        self.say(iri, "nif:beginIndex", integer(begin))
        self.say(iri, "nif:endIndex", integer(end))
        self.say(iri, "nif:anchorOf", plain(evidence.anchor_of))
        self.link(iri, "nif:referenceContext", f"{self.source}.txt")
        page = page_of(self.minutes.source, begin)
        if page:
            self.say(iri, "sag:pageNumber", integer(page))
        return iri

    def missing(self, iri: str, prefixed: str, reason: str = "not-stated") -> None:
        """A property that the source does not fill, and why."""
        local = prefixed.partition(":")[2]
        gap = self.begin(f"{iri}{'-' if '#' in iri else '#'}missing-{slug(local)}", "sag:MissingValue")
        self.link(iri, "sag:missing", gap)
        self.link(gap, "sag:missingProperty", expand(prefixed))
        self.mark(gap, "sag:absenceReason", f"absence-reason/{reason}")
        self.link(gap, "dct:source", self.source)

    def identify(self, iri: str, kind: str, notation: str) -> None:
        """An identifier as printed, of one kind: case-number, system, case-file, municipality-code."""
        identifier = self.begin(f"{iri}#id-{kind}", "adms:Identifier")
        self.link(iri, "adms:identifier", identifier)
        self.say(identifier, "skos:notation", plain(notation))
        self.mark(identifier, "dct:type", f"identifier-kind/{kind}")

    def a_body(self, written: str) -> str:
        """A body with its name, kind and municipality; gives its IRI."""
        name, iri = self.names.body_name(written), self.names.body(written)
        self.begin(iri, "sag:Body", label=name)
        self.say(iri, "skos:prefLabel", text(name))
        self.say(iri, "sag:sortKey", plain(sort_key(name)))
        self.mark(iri, "sag:bodyKind", f"body-kind/{self.names.settings.kinds.get(name, 'other')}")
        self.link(iri, "org:unitOf", self.names.municipality)
        return iri

    def a_person(self, name: str) -> str:
        """A person with the name as written; gives the IRI."""
        iri = self.begin(self.names.person(name), "person:Person", "foaf:Person", label=name)
        self.say(iri, "skos:prefLabel", text(name))
        self.say(iri, "foaf:name", plain(name))
        self.say(iri, "sag:sortKey", plain(sort_key(name)))
        return iri

    def a_post(self, post: str) -> str:
        """A post of the municipality; gives its IRI."""
        iri = self.begin(self.names.post(post), "org:Post", label=post)
        self.say(iri, "skos:prefLabel", text(post))
        self.link(iri, "org:postIn", self.names.municipality)
        return iri

    def a_unit(self, written: str) -> str:
        """A department; gives its IRI."""
        iri = self.begin(self.names.department(written), "org:OrganizationalUnit", label=written)
        self.say(iri, "skos:prefLabel", text(written))
        self.link(iri, "org:unitOf", self.names.municipality)
        return iri


@dataclass(slots=True)
class Place:
    """Where a fact is stated: an item (with its key and that of its umbrella, if any) or the whole meeting.

    `crowded` are the names that stand for several persons there, each with the status.
    """

    description: Description
    iri: str
    key: str = ""
    parent: str | None = None
    numbers: Counter[str] = field(default_factory=Counter)
    crowded: frozenset[tuple[str, str]] = frozenset()

    def next(self, kind: str) -> str:
        """The IRI of the next part of a kind within the place: #commitment-1, #commitment-2, ..."""
        self.numbers[kind] += 1
        return f"{self.iri}#{kind}-{self.numbers[kind]}"
