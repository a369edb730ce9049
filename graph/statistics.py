"""What a graph holds, counted for VoID: classes, properties, and how much points to each outside place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from graph.ntriples import Statement
from graph.tables import TYPE
from graph.terms import SDG

TARGETS = {
    "sdg": SDG,
    "eu-authority": "http://publications.europa.eu/resource/authority/",
    "law": "https://www.retsinformation.dk/eli/",
}


def statistics(statements: Iterable[Statement], base: str) -> dict[str, object]:
    """The counts of a graph's statements; a link set counts what goes from a thing of ours to another's."""
    subjects: set[str] = set()
    objects: set[str] = set()
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    links: dict[str, Counter[str]] = defaultdict(Counter)
    triples = 0
    for s, p, o, _ in statements:
        triples += 1
        subjects.add(s)
        objects.add(o)
        properties[p[1:-1]] += 1
        if p == TYPE:
            classes[o[1:-1]] += 1
        if s.startswith(f"<{base}/"):
            for name, place in TARGETS.items():
                if o.startswith(f"<{place}"):
                    links[name][p[1:-1]] += 1
    return {
        "triples": triples,
        "subjects": len(subjects),
        "objects": len(objects),
        "classes": dict(sorted(classes.items())),
        "properties": dict(sorted(properties.items())),
        "links": {name: dict(sorted(found.items())) for name, found in sorted(links.items())},
    }
