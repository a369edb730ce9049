"""What stands around a thing: nodes and edges, each edge with its sentence; for the drawing and for its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.views.case import CaseView
from api.views.evidence import Lines, Quote, quoted
from api.views.frame import GOALS, Frame
from api.views.language import Language
from api.views.rows import Row, Thing, access, day, grouped, key, word

# How many things of one kind stand around a thing before the rest is folded into one number.
SHOWN = 24
KINDS = ("cases", "bodies", "people", "departments", "attachments", "sdgs")
KIND_WORDS = {
    "cases": "sager",
    "bodies": "organer",
    "people": "personer",
    "departments": "afdelinger",
    "attachments": "bilag",
    "sdgs": "verdensmål",
}
# What the relations of near-*.rq are called; the second word where it is a plan, or inferred, or standing text alone.
RELATIONS = {
    "people": ("deltog", "skulle deltage"),
    "treated": ("behandlet", "på dagsordenen"),
    "planned": ("sendt til", "planlagt"),
    "attachments": ("bilag", "lukket bilag"),
    "sdgs": ("ramme", "standardtekst"),
    "departments": ("ansvarlig", "ansvarlig (udledt)"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the drawing; `kind` is the path of its noun."""

    iri: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One relation between two things; `firm` where the source records it, not where it plans or we infer it."""

    source: Node
    target: Node
    word: str
    firm: bool
    day: date | None = None
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing with what stands around it; `folded` tells how many more there are of each kind.

    The table passes over `skip` of the edges.
    """

    focus: Node
    edges: tuple[Edge, ...]
    folded: Mapping[str, int]
    skip: int = 0

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every thing once, the focus first."""
        return tuple(dict.fromkeys((self.focus, *(node for edge in self.edges for node in (edge.source, edge.target)))))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the relations are of."""
        return tuple(sorted({edge.day.year for edge in self.edges if edge.day}))

    def kinds(self, language: Language) -> list[tuple[str, str]]:
        """The kinds that stand there, with their words."""
        there = {node.kind for node in self.nodes}
        return [(kind, language(KIND_WORDS[kind])) for kind in KINDS if kind in there]

    def kind_word(self, kind: str, language: Language) -> str:
        """The word for several things of a kind."""
        return language(KIND_WORDS[kind])


def kind_of(iri: str, base: str) -> str:
    """The kind of a thing by its IRI.

    >>> kind_of("http://127.0.0.1:8000/id/bodies/0707/direktionen", "http://127.0.0.1:8000")
    'bodies'
    """
    if iri == GOALS or iri.startswith(f"{GOALS}/"):
        return "sdgs"
    return iri.removeprefix(f"{base}/id/").partition("/")[0]


def around_case(
    case: CaseView, rows: Mapping[str, Sequence[Row]], *, lines: Lines, language: Language
) -> Neighbourhood:
    """What stands around a case: its route as a chain, people, departments, files and goals.

    `rows` are those of case-goals.rq and case-departments.rq by those names.
    """
    focus = Node(case.iri, case.title or language("Sag uden titel"), "cases")
    edges = [*chain(case, focus, language), *people_of(case, focus)]
    for same in grouped(rows["departments"], "unit").values():
        unit = Node(word(same[0], "unit"), word(same[0], "unitLabel"), "departments")
        firm = "link" not in same[0]
        edges.append(Edge(source=unit, target=focus, word=RELATIONS["departments"][not firm], firm=firm))
    for file in case.attachments:
        node = Node(file.iri, file.title, "attachments")
        told = RELATIONS["attachments"][file.access == "closed"]
        edges.append(Edge(source=focus, target=node, word=told, firm=True))
    for iri, same in grouped(rows["goals"], "goal").items():
        firm = any("repeated" not in row for row in same)
        quote = next((found for row in same if (found := quoted(row, lines))), None)
        node = Node(iri, goal_name(iri, language), "sdgs")
        edges.append(Edge(source=focus, target=node, word=RELATIONS["sdgs"][not firm], firm=firm, quote=quote))
    return folded(focus, edges)


def goal_name(iri: str, language: Language) -> str:
    """A goal's number and name, or the goals as a whole."""
    if iri == GOALS:
        return language("Verdensmålene i almindelighed")
    return f"{key(iri)}. {language.concept(iri)}"


def chain(case: CaseView, focus: Node, language: Language) -> Iterable[Edge]:
    """The route as a chain: the first body to the case, then stop by stop; a body met again goes back to the case."""
    before, seen = focus, set[str]()
    for stop in case.route:
        if stop.body is None:
            continue
        node = Node(stop.body.iri, stop.body.label, "bodies")
        told = RELATIONS["treated"][0] if not stop.planned else RELATIONS["planned"][1]
        quote = stop.quotes[0] if stop.quotes else None
        shared = {"word": told, "firm": not stop.planned, "day": stop.day, "quote": quote}
        if not seen or (node.iri in seen and not stop.planned):
            yield made(node, focus, shared)
        elif node.iri not in seen:
            yield made(before, node, shared)
        if seen and node.iri not in seen:
            before = node
        seen.add(node.iri)


def made(source: Node, target: Node, shared: Mapping[str, object]) -> Edge:
    """An edge from what two ways of drawing it share."""
    on, quote = shared["day"], shared["quote"]
    return Edge(
        source=source,
        target=target,
        word=str(shared["word"]),
        firm=bool(shared["firm"]),
        day=on if isinstance(on, date) else None,
        quote=quote if isinstance(quote, Quote) else None,
    )


def people_of(case: CaseView, focus: Node) -> Iterable[Edge]:
    """Who took part, one edge a person and meeting."""
    for meeting in case.meetings:
        for one in meeting.participants:
            if "/id/people/" not in one.person.iri:
                continue
            firm = one.status in ("deltog under punktet", "var til stede")
            told = "deltog" if firm else {"var fraværende": "fraværende", "var inhabil": "inhabil"}.get(
                one.status, "skulle deltage" if one.unrecorded else "skal deltage"
            )  # fmt: skip
            yield Edge(
                source=Node(one.person.iri, one.person.label, "people"),
                target=focus,
                word=told,
                firm=firm,
                day=meeting.day,
                quote=one.quotes[0] if one.quotes else None,
            )


def around_other(
    focus: Thing, kind: str, rows: Mapping[str, Sequence[Row]], *, lines: Lines, language: Language
) -> Neighbourhood:
    """The cases around anything but a case; `rows` are those of near-*.rq by the relation."""
    centre = Node(focus.iri, focus.label, kind)
    edges: dict[tuple[str, str, date | None], Edge] = {}
    for relation, found in rows.items():
        for row in found:
            case, on = Node(word(row, "case"), word(row, "caseLabel") or word(row, "case"), "cases"), day(row, "date")
            firm = is_firm(relation, row)
            outward = relation in ("planned", "attachments", "sdgs")
            place = (case.iri, relation, on)
            if place in edges and (edges[place].firm or not firm):
                continue
            edges[place] = Edge(
                source=case if outward else centre,
                target=centre if outward else case,
                word=RELATIONS[relation][not firm],
                firm=firm,
                day=on,
                quote=quoted(row, lines),
            )
    return folded(centre, list(edges.values()))


def is_firm(relation: str, row: Row) -> bool:
    """Whether the source records a relation, rather than planning it, repeating it or keeping it closed."""
    status = key(word(row, "status"))
    return {
        "people": status not in ("announced", "absent", "recused"),
        "treated": status != "planned",
        "planned": status == "met",
        "attachments": access(row, "status") != "closed",
        "sdgs": "repeated" not in row,
        "departments": True,
    }[relation]


def folded(focus: Node, edges: Sequence[Edge]) -> Neighbourhood:
    """The neighbourhood with at most so many things of a kind; the newest stay, the rest is a number."""
    kept: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
    for edge in sorted(edges, key=lambda edge: edge.day or date.min, reverse=True):
        for node in (edge.source, edge.target):
            if node != focus:
                kept.setdefault(node.kind, {})[node.iri] = None
    shown = {iri for iris in kept.values() for iri in list(iris)[:SHOWN]} | {focus.iri}
    left = Counter({kind: max(0, len(iris) - SHOWN) for kind, iris in kept.items()})
    drawn = tuple(edge for edge in edges if edge.source.iri in shown and edge.target.iri in shown)
    return Neighbourhood(focus, drawn, {kind: n for kind, n in left.items() if n})


def name_of(iri: str, base: str) -> str:
    """The short name of a thing in addresses: the path behind /id/, or sdgs/N.

    >>> name_of("http://metadata.un.org/sdg/4", "http://127.0.0.1:8000")
    'sdgs/4'
    """
    if iri == GOALS or iri.startswith(f"{GOALS}/"):
        return f"sdgs{iri.removeprefix(GOALS)}"
    return iri.removeprefix(f"{base}/id/")


def iri_of(name: str, base: str) -> str:
    """The IRI of a short name.

    >>> iri_of("sdgs/4", "http://127.0.0.1:8000"), iri_of("cases/0707/x/1", "http://127.0.0.1:8000")
    ('http://metadata.un.org/sdg/4', 'http://127.0.0.1:8000/id/cases/0707/x/1')
    """
    if name == "sdgs" or name.startswith("sdgs/"):
        return f"{GOALS}{name.removeprefix('sdgs')}"
    return f"{base}/id/{name}"


def as_json(found: Neighbourhood, frame: Frame) -> dict[str, object]:
    """The neighbourhood as graph.js reads it, in the page's language and with addresses of its pages."""
    t, base = frame.t, frame.base
    return {
        "focus": name_of(found.focus.iri, base),
        "nodes": [
            {"id": name_of(node.iri, base), "label": node.label, "kind": node.kind, "href": frame.link(node.iri)}
            for node in found.nodes
        ],
        "edges": [edge_json(edge, frame) for edge in found.edges],
        "folded": dict(found.folded),
        "told": {kind: t(KIND_WORDS[kind]) for kind in KINDS},
    }


def edge_json(edge: Edge, frame: Frame) -> dict[str, object]:
    """One edge as graph.js reads it."""
    t, base, quote = frame.t, frame.base, edge.quote
    source, target = name_of(edge.source.iri, base), name_of(edge.target.iri, base)
    return {
        "id": f"{source} {target} {edge.word} {edge.day or ''}",
        "source": source,
        "target": target,
        "word": t(edge.word),
        "day": t.day(edge.day),
        "year": edge.day.year if edge.day else None,
        "firm": edge.firm,
        "quote": quote.text if quote else "",
        "place": (t("linje {line}", {"line": quote.line}) if quote.line else t("Kilde")) if quote else "",
        "href": frame.link(quote.iri) if quote else "",
    }
