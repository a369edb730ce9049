"""The map of the network: the newest cases with their bodies, people, departments and goals, and paths through it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from api.views.frame import Frame
from api.views.language import Language
from api.views.neighbours import KIND_WORDS, KINDS, RELATIONS, Node, goal_name, name_of
from graph.network.drawn import MOST_NODES, DrawnMap, Tie
from graph.network.layout import Place

# What leads from a thing to a case, and from a case to a thing, in the steps of a path.
_LEADING = {
    "people": ("deltog i", "havde med"),
    "treated": ("behandlede", "blev behandlet i"),
    "planned": ("skal have", "er sendt til"),
    "attachments": ("er bilag til", "har bilaget"),
    "sdgs": ("er nævnt i", "nævner"),
    "departments": ("har ansvar for", "hører under"),
}
# Things that the page lists before the drawing has come to life.
FIRST = 12


@dataclass(frozen=True, slots=True)
class NetworkMap:
    """The map: nodes by IRI, ties, a place for each node, and the ties of each."""

    nodes: Mapping[str, Node]
    ties: tuple[Tie, ...]
    places: Mapping[str, Place]
    neighbours: Mapping[str, tuple[Tie, ...]] = field(default_factory=dict)


def network_map(drawn: DrawnMap) -> NetworkMap:
    """The map as the pages show it."""
    around: dict[str, list[Tie]] = {}
    for tie in drawn.ties:
        around.setdefault(tie.case, []).append(tie)
        around.setdefault(tie.other, []).append(tie)
    return NetworkMap(
        {iri: Node(iri, label, kind) for iri, (label, kind) in drawn.things.items()},
        drawn.ties,
        drawn.places,
        {iri: tuple(found) for iri, found in around.items()},
    )


def map_json(found: NetworkMap, frame: Frame) -> dict[str, object]:
    """The map as graph.js reads it: names, places, and ties by the numbers of their nodes."""
    t, base = frame.t, frame.base
    number = {iri: n for n, iri in enumerate(found.nodes)}
    return {
        "nodes": [
            {
                "id": name_of(iri, base),
                "label": label(node, t),
                "kind": node.kind,
                "href": frame.link(iri),
                "x": found.places[iri][0],
                "y": found.places[iri][1],
            }
            for iri, node in found.nodes.items()
        ],
        "ties": [[number[tie.case], number[tie.other], tie.relation, tie.year] for tie in found.ties],
        "relations": {name: t(words[0]) for name, words in RELATIONS.items()},
        "told": {kind: t(KIND_WORDS[kind]) for kind in KINDS},
    }


def label(node: Node, language: Language) -> str:
    """A node's name in the page's language."""
    return goal_name(node.iri, language) if node.kind == "sdgs" else node.label


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: from a thing by a relation to the next."""

    start: Node
    relation: str
    end: Node


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who was meant by a name: one person, or several to choose from."""

    asked: str
    people: tuple[Node, ...]

    @property
    def one(self) -> Node | None:
        """The person, where the name fits one alone."""
        return self.people[0] if len(self.people) == 1 else None


def chosen(found: NetworkMap, name: str) -> Chosen:
    """The people on the map whose name is the one asked for, else those whose name holds its words."""
    wanted = " ".join(name.casefold().split())
    people = [node for node in found.nodes.values() if node.kind == "people"]
    exact = [node for node in people if node.label.casefold() == wanted]
    near = [node for node in people if wanted and all(w in node.label.casefold() for w in wanted.split())]
    return Chosen(name, tuple((exact or near)[:12]))


def path(found: NetworkMap, start: str, goal: str) -> tuple[Step, ...]:
    """A shortest way from one thing to another; empty where there is none.

    Cases tie people closest, so a way over a case that both took part in comes before one over a body.
    """
    before: dict[str, tuple[str, Tie] | None] = {start: None}
    waiting = deque([start])
    while waiting and goal not in before:
        at = waiting.popleft()
        for tie in sorted(
            found.neighbours.get(at, ()), key=lambda tie: (tie.relation != "people", tie.case, tie.other)
        ):
            to = tie.other if tie.case == at else tie.case
            if to not in before:
                before[to] = (at, tie)
                waiting.append(to)
    steps: list[Step] = []
    at = goal
    while (came := before.get(at)) is not None:
        before_it, tie = came
        steps.append(Step(found.nodes[before_it], _LEADING[tie.relation][before_it == tie.case], found.nodes[at]))
        at = before_it
    return tuple(reversed(steps))


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The network's page: how many of each kind, the busiest things, and the path asked for."""

    kinds: tuple[tuple[str, int], ...]
    busiest: Mapping[str, tuple[tuple[Node, int], ...]]
    left_out: int
    years: tuple[int, ...]
    start: Chosen | None
    goal: Chosen | None
    steps: tuple[Step, ...]
    whole: bool
    first: tuple[Node, ...]
    most: int = MOST_NODES

    def words(self, language: Language) -> list[tuple[str, str]]:
        """The kinds on the map with their words."""
        return [(kind, self.word(kind, language)) for kind, _ in self.kinds]

    def word(self, kind: str, language: Language) -> str:
        """The word for several things of a kind."""
        return language(KIND_WORDS[kind])


def network_view(found: NetworkMap, start: str, goal: str, *, cases: int) -> NetworkView:
    """The page of the map out of so many cases, with the path between two people where two names are given."""
    by_kind = grouped_nodes(found)
    first, second = (chosen(found, name) if name else None for name in (start, goal))
    ends = [chosen_one.one for chosen_one in (first, second) if chosen_one and chosen_one.one]
    return NetworkView(
        kinds=tuple((kind, len(by_kind[kind])) for kind in KINDS if kind in by_kind),
        busiest={kind: busiest(found, nodes) for kind, nodes in by_kind.items() if kind != "sdgs"},
        left_out=max(0, cases - len(by_kind.get("cases", ()))),
        years=tuple(sorted({tie.year for tie in found.ties if tie.year})),
        start=first,
        goal=second,
        steps=path(found, ends[0].iri, ends[1].iri) if len(ends) == 2 else (),
        whole=bool(found.nodes),
        first=tuple(node for kind in KINDS for node, _ in busiest(found, by_kind.get(kind, ()), FIRST))[:FIRST],
    )


def grouped_nodes(found: NetworkMap) -> dict[str, list[Node]]:
    """The nodes by kind."""
    kinds: dict[str, list[Node]] = {}
    for node in found.nodes.values():
        kinds.setdefault(node.kind, []).append(node)
    return kinds


def busiest(found: NetworkMap, nodes: Iterable[Node], most: int = 10) -> tuple[tuple[Node, int], ...]:
    """The nodes with the most ties."""
    counted = sorted(
        ((node, len(found.neighbours.get(node.iri, ()))) for node in nodes), key=lambda of: (-of[1], of[0].label)
    )
    return tuple(counted[:most])
