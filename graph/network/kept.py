"""The network kept beside a version, read by place and never as a whole: ways, what stands around a thing, flows."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from pathlib import Path
from typing import Any

from graph.errors import AmbiguousValueError, StoreError, TimeLimitExceeded, UnknownValueError
from graph.kept_files import read_only
from graph.network.edges import ENDS, PROJECTIONS, Computed, Edge, Measure, Node, Sentence
from graph.network.keeping import FILE, WALKED, folded

LONGEST_WAY = 12  # steps
_MOST_WALKED = 500
_AT_ONCE = 500
_ORDER = {kind: place for place, kind in enumerate(ENDS)}
_MOST_CANDIDATES = 8
_EDGE = """SELECT edges.id, one.iri, other.iri, edges.kind, said.day, texts.source, texts.begin, texts.end, texts.quote,
  texts.rule, texts.confidence, texts.computed
  FROM edges CROSS JOIN said ON said.edge = edges.id CROSS JOIN texts ON texts.id = said.text
  CROSS JOIN things AS one ON one.id = edges.source CROSS JOIN things AS other ON other.id = edges.target"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way: from a thing to the next by one connection, whichever way round it is stated."""

    here: Node
    there: Node
    edge: Edge


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a thing: a page of its connections, the place of the next page, and how many there are."""

    steps: tuple[Step, ...]
    onward: str | None
    count: int


@contextmanager
def opened(folder: Path, *, seconds: float = 60.0) -> Iterator[KeptNetwork]:
    """The network of a version, for reading; TimeLimitExceeded where the reading takes longer than so many seconds."""
    path = folder / FILE
    if not path.is_file():
        raise StoreError(
            f"{folder}: nettet er ikke skrevet til denne version. Byg grafen igen med sagsgraf build.",
            english=f"{folder}: this version has no network. Build the graph again with sagsgraf build.",
        )
    base = read_only(path)
    end = time.monotonic() + seconds
    base.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    try:
        yield KeptNetwork(base, end)
    except sqlite3.OperationalError as error:
        if time.monotonic() <= end:
            raise
        raise too_long() from error
    finally:
        base.close()


def too_long() -> TimeLimitExceeded:
    """The error for a search of the network that is not done in time."""
    return TimeLimitExceeded(
        "Nettet kunne ikke gennemsøges i tide. Vælg to ting, der står nærmere hinanden.",
        english="The network could not be searched in time. Choose two things that stand nearer to each other.",
    )


@dataclass(slots=True)
class Side:
    """One end of a search: how many steps away each thing is, and the things that were reached last."""

    steps: dict[int, int]
    front: list[int]
    level: int = 0


class KeptNetwork:
    """The network of one version, read from its file."""

    def __init__(self, base: sqlite3.Connection, end: float) -> None:
        self.base, self.end = base, end

    def thing(self, written: str, kind: str = "") -> Node:
        """The one person, case or body, or of one kind alone, that an address, a key or words of its name mean."""
        fit = self.fitting(written)
        if kind:
            fit = [n for n in fit if self.node(n).kind == kind]
        if len(fit) == 1:
            return self.node(fit[0])
        shown = written[:200]
        if not fit:
            raise UnknownValueError(f"Ingen passer på »{shown}«.", english=f"Nothing fits {shown!r}.")
        nodes = sorted((self.node(n) for n in fit[:_AT_ONCE]), key=lambda n: (n.label, n.iri))
        told = "; ".join(f"{node.label} ({node.iri})" for node in nodes[:_MOST_CANDIDATES])
        raise AmbiguousValueError(
            f"»{shown}« passer på {len(fit)}: {told}. Skriv flere ord eller adressen.",
            english=f"{shown!r} fits {len(fit)}: {told}. Give more words or the address.",
            candidates=sorted(node.iri for node in nodes),
        )

    def fitting(self, written: str) -> list[int]:
        """The numbers of the things that an address, a key, a whole name, or else words of a name fit."""
        found = self.numbers("SELECT id FROM things WHERE iri = ?1 OR key = ?1", written) or self.numbers(
            "SELECT thing FROM replaced WHERE iri = ?1 OR key = ?1", written
        )
        words = folded(written).split()[:20]
        if not found and words:
            found = self.numbers("SELECT DISTINCT thing FROM names WHERE folded = ?", " ".join(words))
        if not found and words:
            holding = " AND ".join("instr(folded, ?)" for _ in words)
            found = self.numbers(f"SELECT DISTINCT thing FROM names WHERE {holding}", *words)  # noqa: S608 - marks only
        return found

    def numbers(self, asked: str, *values: object) -> list[int]:
        """The numbers that a query gives, in order."""
        return [n for (n,) in self.base.execute(f"{asked} ORDER BY 1", values)]

    def node(self, number: int) -> Node:
        """The thing of a number."""
        row = self.base.execute("SELECT iri, kind, label, joined FROM things WHERE id = ?", (number,)).fetchone()
        return Node(row[0], row[1], row[2], read_computed(row[3]))

    def number(self, node: Node) -> int:
        """The number of a thing."""
        (found,) = self.numbers("SELECT id FROM things WHERE iri = ?", node.iri)
        return found

    def ways(self, start: Node, goal: Node, *, most: int = 5) -> list[list[Step]]:
        """The shortest ways between two things, at most so many; none where they are unconnected."""
        one, other = self.number(start), self.number(goal)
        if one == other:
            return []
        found = [[self.node(n) for n in way] for way in islice(self.walked(one, other), _MOST_WALKED)]
        found.sort(key=lambda way: [(node.label, node.iri) for node in way])
        return [[self.step(here, there) for here, there in pairwise(way)] for way in found[:most]]

    def walked(self, start: int, goal: int) -> Iterator[list[int]]:
        """The shortest ways as numbers: from both ends at a time, level by level, until they meet."""
        here, there = {start: 0}, {goal: 0}
        sides = [Side(here, [start]), Side(there, [goal])]
        for _ in range(LONGEST_WAY):
            if here.keys() & there.keys():
                break
            side = min(sides, key=lambda side: len(side.front))
            reached = sorted(set(self.beside(side.front)) - side.steps.keys())
            side.steps.update(dict.fromkeys(reached, side.level + 1))
            side.front, side.level = reached, side.level + 1
        for middle in sorted(here.keys() & there.keys()):
            for first in self.back(middle, here):
                for second in self.back(middle, there):
                    yield [*reversed(first), middle, *second]

    def beside(self, numbers: Sequence[int]) -> Iterator[int]:
        """What some things are tied to."""
        for begin in range(0, len(numbers), _AT_ONCE):
            if time.monotonic() > self.end:
                raise too_long()
            some = numbers[begin : begin + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            yield from (n for (n,) in self.base.execute(f"SELECT other FROM ties WHERE one IN ({marks})", some))  # noqa: S608

    def back(self, number: int, steps: Mapping[int, int]) -> Iterator[list[int]]:
        """The ways from a thing back to where steps were counted from, without the thing itself."""
        if steps[number] == 0:
            yield []
            return
        for before in sorted(n for n in self.beside([number]) if steps.get(n) == steps[number] - 1):
            for rest in self.back(before, steps):
                yield [before, *rest]

    def step(self, here: Node, there: Node) -> Step:
        """The step between two connected things, by the connection that most meetings state."""
        ends = self.number(here), self.number(there)
        either = "(edges.source = ?1 AND edges.target = ?2) OR (edges.source = ?2 AND edges.target = ?1)"
        edges = [edge for edge in self.edges(either, *ends) if edge.kind in WALKED]
        best = min(edges, key=lambda edge: (-edge.weight, _ORDER[edge.kind], edge.source))
        return Step(here, there, best)

    def edges(self, condition: str, *values: object) -> Iterator[Edge]:
        """The connections that fit a condition of our own, with all their sentences."""
        rows = self.base.execute(f"{_EDGE} WHERE {condition} ORDER BY edges.id, said.day, said.text", values)
        for (_, source, target, kind), group in groupby(rows, key=lambda row: row[:4]):
            said = tuple(sentence(row) for row in group)
            yield Edge(source, target, kind, tuple(dict.fromkeys(s.day for s in said)), said)

    def around(self, node: Node, *, kinds: Iterable[str] = (), limit: int = 50, after: str = "") -> Around:
        """What stands around a thing, the most often stated first; `after` is the place where the page before ended."""
        number, wanted = self.number(node), tuple(kinds) or tuple(ENDS)
        within = f"(source = ?1 OR target = ?1) AND kind IN ({listed(wanted)})"
        (count,) = self.base.execute(f"SELECT COUNT(*) FROM edges WHERE {within}", (number,)).fetchone()  # noqa: S608
        weight, _, last = after.partition(".")
        place = "(-weight, id) > (?2, ?3)" if after else "?2 IS NULL AND ?3 IS NULL"
        values = (number, -int(weight), int(last)) if after else (number, None, None)
        asked = f"SELECT id, weight FROM edges WHERE {within} AND {place} ORDER BY -weight, id LIMIT ?4"  # noqa: S608
        rows = self.base.execute(asked, (*values, limit + 1)).fetchall()
        steps = [self.seen_from(node, next(self.edges("edges.id = ?", n))) for n, _ in rows[:limit]]
        onward = f"{rows[limit - 1][1]}.{rows[limit - 1][0]}" if len(rows) > limit else None
        return Around(tuple(steps), onward, count)

    def seen_from(self, node: Node, edge: Edge) -> Step:
        """A connection as a step away from one of its ends."""
        other = edge.target if edge.source == node.iri else edge.source
        (number,) = self.numbers("SELECT id FROM things WHERE iri = ?", other)
        return Step(node, self.node(number), edge)

    def flows(self, body: Node | None = None, *, first: str = "", last: str = "9999") -> list[Step]:
        """Which body sends cases to which, by what was said from a day until another; the strongest flow first."""
        near = "edges.kind = 'sends-on' AND said.day BETWEEN ?1 AND ?2"
        values: tuple[object, ...] = (first, last)
        if body is not None:
            near, values = f"{near} AND ?3 IN (edges.source, edges.target)", (*values, self.number(body))
        found = [self.seen_from(self.by_iri(edge.source), edge) for edge in self.edges(near, *values)]
        return sorted(found, key=lambda step: (-step.edge.weight, step.here.label, step.there.label, step.here.iri))

    def by_iri(self, iri: str) -> Node:
        """The thing of an address that is known to be there."""
        (number,) = self.numbers("SELECT id FROM things WHERE iri = ?", iri)
        return self.node(number)

    def brokers(self) -> list[Measure]:
        """The bodies that lie on most ways between others along the routes, the foremost first."""
        asked = "SELECT id, broker FROM things WHERE broker IS NOT NULL ORDER BY -broker, label, iri"
        return [Measure(self.node(n), value) for n, value in self.base.execute(asked).fetchall()]

    def projection(self, name: str) -> Iterator[Edge]:
        """The connections of one of the PROJECTIONS."""
        return self.edges(f"edges.kind IN ({listed(PROJECTIONS[name])})")

    def used(self, name: str) -> dict[str, Node]:
        """The things that the connections of a projection join, by address and in a steady order."""
        kinds = listed(PROJECTIONS[name])
        asked = (
            f"SELECT source FROM edges WHERE kind IN ({kinds}) UNION SELECT target FROM edges WHERE kind IN ({kinds})"  # noqa: S608
        )
        return {node.iri: node for node in map(self.node, self.numbers(asked))}


def sentence(row: Sequence[Any]) -> Sentence:
    """The sentence of a row of a connection."""
    day, source, begin, end, quote, rule, confidence, computed = row[4:]
    return Sentence(day, source, begin, end, quote, rule, confidence, read_computed(computed))


def listed(kinds: Iterable[str]) -> str:
    """Kinds of connections of our own as SQL lists them."""
    return ", ".join(f"'{kind}'" for kind in kinds if kind.replace("-", "").isalpha())


def read_computed(text: str) -> tuple[Computed, ...]:
    """What was kept of the rules behind a sentence or a thing."""
    return tuple(Computed(one["rule"], one["score"], tuple(one["reasons"]), one["link"]) for one in json.loads(text))
