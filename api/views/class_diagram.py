"""The diagram of the main classes, drawn as SVG from the vocabulary, and the same as rows for the table beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape
from rdflib import URIRef

from api.views.alignments import Name
from api.views.vocabulary import Arrow, named
from graph.terms import SAG, iri

WIDE, HIGH = 148, 46  # a box
STEP_X, STEP_Y = 270, 116  # from one box to the next

# Where each main class stands, column and row; every arrow then runs between neighbours.
PLACES = {
    "sag:Recommendation": (1, 0), "sag:Attachment": (2, 0), "sag:Commitment": (3, 0),
    "sag:Body": (0, 1), "sag:Meeting": (1, 1), "sag:AgendaItem": (2, 1), "sag:Case": (3, 1),
    "sag:Participation": (0, 2), "sag:ItemTreatment": (1, 2), "sag:RoutingStep": (2, 2),
    "sag:PostHolding": (0, 3), "sag:Decision": (1, 3),
}  # fmt: skip
ARROWS = (
    ("sag:Recommendation", "sag:statedIn", "sag:AgendaItem"),
    ("sag:AgendaItem", "sag:hasAttachment", "sag:Attachment"),
    ("sag:Commitment", "sag:statedIn", "sag:AgendaItem"),
    ("sag:Meeting", "sag:heldBy", "sag:Body"),
    ("sag:AgendaItem", "sag:onAgendaOf", "sag:Meeting"),
    ("sag:AgendaItem", "sag:concernsCase", "sag:Case"),
    ("sag:ItemTreatment", "sag:duringMeeting", "sag:Meeting"),
    ("sag:ItemTreatment", "sag:treats", "sag:AgendaItem"),
    ("sag:Participation", "sag:inTreatment", "sag:ItemTreatment"),
    ("sag:Participation", "sag:actingAs", "sag:PostHolding"),
    ("sag:Case", "sag:hasRoutingStep", "sag:RoutingStep"),
    ("sag:RoutingStep", "sag:realisedBy", "sag:ItemTreatment"),
    ("sag:Decision", "prov:wasGeneratedBy", "sag:ItemTreatment"),
)
# The one reused property among the arrows; the others have their words in the vocabulary.
REUSED = {"prov:wasGeneratedBy": {"da": "truffet under", "en": "made during"}}


def arrows() -> tuple[Arrow, ...]:
    """The arrows of the diagram by their words."""
    return tuple(Arrow(_named(a), _named(label), _named(b)) for a, label, b in ARROWS)


def _named(name: str) -> Name:
    if words := REUSED.get(name):
        return Name(str(iri(name)), name, words["da"], words["en"], "")
    return named(SAG[name.removeprefix("sag:")] if name.startswith("sag:") else URIRef(iri(name)))


def diagram(code: str, links: Mapping[str, str], title: str) -> Markup:
    """The diagram in a language; `links` gives the address of each class's page by the class's short name."""
    width = max(x for x, _ in PLACES.values()) * STEP_X + WIDE + 4
    height = max(y for _, y in PLACES.values()) * STEP_Y + HIGH + 4
    lines, words = zip(*(_arrow(arrow, code) for arrow in arrows()), strict=True)
    written = 'text-anchor="middle" dominant-baseline="middle" fill="currentColor"'
    parts = [
        '<g stroke-width="1.5">', *lines, "</g>",
        f'<g font-size="13" {written} stroke="var(--paper)" stroke-width="5" paint-order="stroke">', *words, "</g>",
        f'<g font-size="15" {written}>', *_boxes(code, links), "</g>",
    ]  # fmt: skip
    head = (
        f'<svg role="img" aria-label="{escape(title)}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">'
        '<path d="M1 1l6 3-6 3" stroke-width="1.5"/></marker></defs>'
    )
    return Markup(head + "".join(parts) + "</svg>")  # noqa: S704 - every word in it has been escaped


def _boxes(code: str, links: Mapping[str, str]) -> Iterator[str]:
    for name, place in PLACES.items():
        x, y = _corner(place)
        word = escape(_named(name).word(code))
        box = f'<rect class="paper" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="8"/>'
        text = f'<text x="{x + WIDE // 2}" y="{y + HIGH // 2}" stroke="none">{word}</text>'
        yield f'<a href="{escape(links[name])}">{box}{text}</a>'


def _corner(place: tuple[int, int]) -> tuple[int, int]:
    return place[0] * STEP_X + 2, place[1] * STEP_Y + 2


def _arrow(arrow: Arrow, code: str) -> tuple[str, str]:
    """A line from the edge of one box to the edge of a neighbour, and the property's word to stand on it."""
    one, other = PLACES[arrow.source.short], PLACES[arrow.target.short]
    right, down = _sign(other[0] - one[0]), _sign(other[1] - one[1])
    (ax, ay), (bx, by) = _edge(one, right, down), _edge(other, -right, -down)
    upright = not right
    at = ((ax + bx) // 2, (ay + by) // 2 - (0 if upright else 9))
    line = f'<path d="M{ax} {ay}L{bx} {by}" marker-end="url(#tip)"/>'
    return line, f'<text x="{at[0]}" y="{at[1]}">{escape(arrow.label.word(code))}</text>'


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _edge(place: tuple[int, int], right: int, down: int) -> tuple[int, int]:
    """The middle of the side, or the corner, of a box that faces a direction."""
    x, y = _corner(place)
    return x + WIDE // 2 * (1 + right), y + HIGH // 2 * (1 + down)
