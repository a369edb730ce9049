"""The figures of the pages: what a view holds, as the numbers and names that a chart takes."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from api.figures.charts import Flow, Spoke, sankey, strip, wheel
from api.figures.maps import Spot, map_picture
from api.views.bodies import Way
from api.views.goals import GoalsView
from api.views.language import Language
from api.views.network import NetworkMap
from api.views.quality import ScoredSource


def flow_figure(ways: Iterable[Way], title: str) -> Markup:
    """Where cases go between bodies."""
    known = list(ways)
    names = {end.iri: end.label for way in known for end in (way.source, way.target)}
    return sankey([Flow(way.source.iri, way.target.iri, way.cases) for way in known], names, title)


def goal_figure(language: Language, view: GoalsView, title: str) -> Markup:
    """The wheel of the goals, standing text alone as a spoke of its own; the hub tells how many cases name a goal."""
    spokes = [Spoke(goal.number, language.concept(goal.iri), goal.named) for goal in view.goals]
    spokes.append(Spoke("std", language("Kun standardtekst"), view.standing))
    return wheel(spokes, (str(view.named), language("nævnt")), title)


def score_figure(scores: Iterable[ScoredSource], title: str) -> Markup:
    """The strip of how complete the sources are."""
    return strip([(f"{score.source.label} {score.day or ''}".strip(), score.share) for score in scores], title)


def map_figure(found: NetworkMap, *, scheme: str, width: str) -> str:
    """The map as a file of its own; bodies and departments have their names beside them."""
    number = {iri: n for n, iri in enumerate(found.nodes)}
    spots = [
        Spot(*found.places[iri], node.kind, node.label if node.kind in ("bodies", "departments") else "")
        for iri, node in found.nodes.items()
    ]
    ties = [(number[tie.case], number[tie.other]) for tie in found.ties]
    return map_picture(spots, ties, scheme=scheme, width=width)
