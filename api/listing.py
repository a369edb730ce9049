"""A page of a list: which things belong to it, in Danish order, and their fields; over any engine that selects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from api.nouns import NARROWING, Field, Noun
from graph.errors import UnknownValueError
from graph.history import seen
from graph.listed import PLACED, places, thing_at
from graph.questions.asking import JOINT
from graph.questions.placing import Term, placed, values_block
from graph.questions.resolve import Row, Select, day, term
from graph.search import named
from graph.store import Version
from graph.terms import ACCESS_RIGHTS, CONCEPTS, PREFIXES, SDG, prefix_lines

# what the queries of a list may shorten
SHORTENED = {**PREFIXES, "identifier-kind": f"{CONCEPTS}identifier-kind/", "status": f"{CONCEPTS}step-status/"}
PREFIX_LINES = prefix_lines(SHORTENED)
MOST, USUAL = 200, 50
STATES = ("pending", "overdue", "met", "moved", "lapsed", "contradicted", "withdrawn")
OUTCOMES = ("approved", "rejected", "noted", "discussed", "treated", "postponed", "referred", "recommended",
            "adopted_with_change", "other")  # fmt: skip
ACCESS = tuple(ACCESS_RIGHTS)
GOAL = re.compile(r"(1[0-7]|[1-9])(\.(\d{1,2}|[a-d]))?")
_LONGEST_PLACE = 2_000
_NARROWED = 20_000  # things that filters may leave to be looked for in a kept list


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a list: the filters as given, the fields, how many, after which place, on which day."""

    filters: Mapping[str, str]
    fields: tuple[str, ...] = ()
    limit: int = USUAL
    after: str = ""
    as_of: date = date.min


@dataclass(slots=True)
class Lister:
    """Who makes lists: the engine, the version whose search is asked, and the language of the labels."""

    select: Select
    version: Version
    language: str = "da"
    labels: dict[str, str] = field(default_factory=dict)

    def page(self, noun: Noun, wanted: Wanted) -> tuple[list[dict[str, object]], str | None, int]:
        """The rows of a page, the place after which the next page begins, and how many things there are in all."""
        patterns, terms = self.narrowed(noun, wanted)
        kept = self.kept(noun, patterns, terms, wanted=wanted)
        found, count = kept or self.found(noun, patterns, terms, wanted=wanted)
        shown = found[: wanted.limit]
        onward = shown[-1] if len(found) > wanted.limit else None
        return self.members(noun, [thing_at(place) for place in shown], wanted.fields), onward, count

    def kept(
        self, noun: Noun, patterns: list[str], terms: Mapping[str, Term], *, wanted: Wanted
    ) -> tuple[list[str], int] | None:
        """A page's places, with one more than it holds, and the count, by the list that the version keeps.

        None where it keeps none, or where the filters leave more than are to be looked for there.
        """
        among = None
        if patterns:
            body = " ".join([noun.things, *patterns])
            query = f"{PREFIX_LINES}SELECT DISTINCT ?thing WHERE {{ {body} }} LIMIT {_NARROWED + 1:d}"
            among = {row["thing"]["value"] for row in self.select(placed(query, terms), {})}
            if len(among) > _NARROWED:
                return None
        after = wanted.after[:_LONGEST_PLACE]
        found = places(self.version.folder, noun.path, after=after, most=wanted.limit + 1, among=among)
        return found and (found[0], found[1] if among is None else len(among))

    def found(
        self, noun: Noun, patterns: list[str], terms: Mapping[str, Term], *, wanted: Wanted
    ) -> tuple[list[str], int]:
        """A page's places, with one more than it holds, and the count, as the engine tells them."""
        rows = self.select(place_query(noun, patterns, terms, wanted=wanted), {})
        return [row["place"]["value"] for row in rows], self.count(noun, patterns, terms)

    def members(self, noun: Noun, things: Sequence[str], fields: Sequence[str] = ()) -> list[dict[str, object]]:
        """The rows of some things of a noun, in the order given, with the fields named or with all."""
        chosen = [f for f in noun.fields if not fields or f.name in fields]
        values = self.values(chosen, things)
        named = {v for f in chosen if f.kind.startswith("thing") for vs in values[f.name].values() for v in vs}
        self.learn_labels(named | {*things})
        return [self.member(noun, thing, {f: values[f.name].get(thing, []) for f in chosen}) for thing in things]

    def narrowed(self, noun: Noun, wanted: Wanted) -> tuple[list[str], dict[str, Term]]:
        """The patterns and terms of the filters that are given."""
        known, patterns, terms = noun.narrowing(), [], dict[str, Term]()
        for name, value in wanted.filters.items():
            if name == "q":
                patterns.append(values_block("thing", named(self.version.folder, value, kind=noun.path)))
                continue
            lead, pattern = known[name]
            patterns += [part for part in (lead, pattern) if part and part not in patterns]
            if name == "modified_since":
                patterns.append(self.added_since(value))
                continue
            terms[f"given{name.capitalize()}"] = narrowing_term(name, value, self.select)
            if name == "state":
                terms["asOf"] = day(wanted.as_of)
        return patterns, terms

    def added_since(self, moment: str) -> str:
        """The sources that came into the graph on a day or later, as a pattern."""
        first = term("date", "modified_since", value=moment, select=self.select)["value"]
        return values_block("origin", (iri for iri, on in seen(self.version).items() if on[:10] >= first))

    def values(self, fields: Sequence[Field], things: Sequence[str]) -> dict[str, dict[str, list[str]]]:
        """The values of fields by field and by thing, in order."""
        found: dict[str, dict[str, list[str]]] = {f.name: {} for f in fields}
        block = values_block("thing", things)
        branches = " UNION ".join(f'{{ {block} {f.pattern} BIND("{f.name}" AS ?field) }}' for f in fields)
        query = f"{PREFIX_LINES}SELECT DISTINCT ?field ?thing ?value WHERE {{ {branches} }}"
        for row in self.select(query, {}) if things and fields else []:
            found[row["field"]["value"]].setdefault(row["thing"]["value"], []).append(row["value"]["value"])
        for told in fields:
            for values in found[told.name].values():
                values.sort(key=int if told.kind == "number" else None)
        return found

    def learn_labels(self, iris: set[str]) -> None:
        """Looks up the names of things that are not known yet: by label, else by whatever else names them."""
        for named_by in ("rdfs:label", "skos:prefLabel|dct:title|dct:description"):
            new = sorted(iris - set(self.labels))
            block = values_block("thing", new)
            query = f"{PREFIX_LINES}SELECT ?thing ?label WHERE {{ {block} ?thing {named_by} ?label }}"
            rows = self.select(query, {}) if new else []
            for row in sorted(rows, key=self.foremost, reverse=True):
                self.labels[row["thing"]["value"]] = row["label"]["value"]
        self.labels |= {iri: iri.rpartition("/")[2] for iri in iris - set(self.labels)}

    def foremost(self, row: Row) -> tuple[bool, str]:
        """What of several names of a thing goes first: one in the language asked for."""
        return row["label"].get("xml:lang") != self.language, row["label"]["value"]

    def member(self, noun: Noun, thing: str, values: Mapping[Field, list[str]]) -> dict[str, object]:
        """One row of a list."""
        row: dict[str, object] = {"id": thing, "type": noun.type, "label": self.labels[thing]}
        for field_, found in values.items():
            row[field_.name] = self.value(field_, found)
        return row

    def value(self, field_: Field, found: list[str]) -> object:
        """The value of a field as JSON has it."""
        if field_.kind == "things":
            return [{"id": iri, "label": self.labels[iri]} for iri in found]
        if not found:
            return None
        if field_.kind == "text":
            return JOINT.join(found)
        if field_.kind == "thing":
            return {"id": found[0], "label": self.labels[found[0]]}
        return int(found[0]) if field_.kind == "number" else found[0]

    def count(self, noun: Noun, patterns: list[str], terms: Mapping[str, Term]) -> int:
        """How many things a list holds with these filters."""
        body = " ".join([noun.things, *patterns])
        query = f"{PREFIX_LINES}SELECT (COUNT(DISTINCT ?thing) AS ?count) WHERE {{ {body} }}"
        return int(self.select(placed(query, terms), {})[0]["count"]["value"])


def place_query(noun: Noun, patterns: list[str], terms: Mapping[str, Term], *, wanted: Wanted) -> str:
    """The query for a page's things in order, one more than the page holds."""
    body = " ".join([noun.things, *patterns, noun.key])
    query = f"""{PREFIX_LINES}SELECT DISTINCT ?thing ?place WHERE {{ {body}
        {PLACED} FILTER(?place > ?after) }}
        ORDER BY ?place LIMIT {wanted.limit + 1:d}"""
    after: Term = {"type": "literal", "value": wanted.after[:_LONGEST_PLACE]}
    return placed(query, {**terms, "after": after})


def narrowing_term(name: str, value: str, select: Select) -> Term:
    """The term that a filter's value means; raises UnknownValueError where it means nothing."""
    kind = NARROWING[name][0]
    if kind in CLOSED:
        return {"type": "uri", "value": CLOSED[kind](value)}
    return term(kind, name, value=value, select=select)


def goal_iri(value: str) -> str:
    """The UN's IRI of a goal or target."""
    if not GOAL.fullmatch(value):
        raise unknown("sdg", value, "1 … 17")
    return f"{SDG}/{value}"


def state_iri(value: str) -> str:
    """The concept of a stop's state."""
    if value not in STATES:
        raise unknown("state", value, ", ".join(STATES))
    return f"{CONCEPTS}step-status/{value}"


def outcome_iri(value: str) -> str:
    """The concept of an outcome."""
    if value not in OUTCOMES:
        raise unknown("outcome", value, ", ".join(OUTCOMES))
    return f"{CONCEPTS}outcome/{value}"


def access_iri(value: str) -> str:
    """The EU's concept of open or closed."""
    if value not in ACCESS:
        raise unknown("access", value, ", ".join(ACCESS))
    return ACCESS_RIGHTS[value]


CLOSED: Mapping[str, Callable[[str], str]] = {
    "sdg": goal_iri,
    "state": state_iri,
    "outcome": outcome_iri,
    "access": access_iri,
}


def unknown(name: str, value: str, there: str) -> UnknownValueError:
    """The error for a value that a parameter does not take."""
    return UnknownValueError(
        f"{name}={value[:80]}: vælg mellem {there}.", english=f"{name}={value[:80]}: choose one of {there}."
    )
