"""The slot for a statistical model: it may add candidates to what the rules found, and never takes anything away.

An annotator is a plug-in under the entry point group "sagsgraf.annotators": a callable that gets the local path of its
model and gives an object with `annotate(text)`. None is used unless its name is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from graph.errors import SourceError
from graph.model import AgendaItem, Claim, Evidence, Mention, Minutes, claims

GROUP = "sagsgraf.annotators"
HIGHEST = 0.6  # a model's find never weighs as much as a rule's
KINDS = frozenset({"body", "department", "organisation", "person"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that a model takes for a body, a department, an organisation or a person."""

    begin: int
    end: int
    kind: str
    confidence: float


class Annotator(Protocol):
    """A model that marks stretches of a text."""

    def annotate(self, text: str) -> Iterable[Candidate]:
        """The stretches that the model marks."""


def load_annotator(name: str, model: Path) -> Annotator:
    """The annotator of a name, with its model from a local path; SourceError where there is none."""
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None or not model.exists():
        raise SourceError(
            f"Sprogmodellen {name} kan ikke bruges: {'modellen mangler' if found else 'den er ikke installeret'}.",
            f"the annotator {name} cannot be used: {'no model there' if found else 'it is not installed'}.",
            path=str(model),
            advice="Angiv navnet på en installeret model og en sti på denne maskine.",
        )
    make: Callable[[Path], Annotator] = found.load()
    return make(model)


def with_candidates(minutes: Minutes, annotator: Annotator, *, name: str) -> Minutes:
    """The minutes with the candidates of an annotator as mentions of their items, where no fact stands already."""
    text = minutes.source.text
    marked = [one for one in annotator.annotate(text) if one.kind in KINDS and 0 <= one.begin < one.end <= len(text)]
    items = minutes.agenda_items
    bounds = [*(item.sentences[0].begin_index for item in items), len(text)]
    return replace(
        minutes,
        agenda_items=tuple(
            _with_mentions(
                item, [_mention(text, one, name) for one in marked if bounds[n] <= one.begin < bounds[n + 1]]
            )
            for n, item in enumerate(items)
        ),
    )


def _with_mentions(item: AgendaItem, marked: Sequence[Mention]) -> AgendaItem:
    taken = [e for claim in claims(item) for e in _named(claim)]
    free = [one for one in marked if not any(_overlap(one.evidence[0], e) for e in taken)]
    return replace(item, mentions=(*item.mentions, *free)) if free else item


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.begin_index < other.end_index and other.begin_index < one.end_index


def _named(claim: Claim) -> Iterator[Evidence]:
    """The places of the names that a claim holds."""
    return (e for e in claim.evidence if e.supports in {"agent", "pref_label", "target_body", "decided_by"})


def _mention(text: str, one: Candidate, name: str) -> Mention:
    words = text[one.begin : one.end]
    return Mention(
        pref_label=" ".join(words.split()),
        mention_kind=one.kind,
        evidence=(Evidence(one.begin, one.end, words), Evidence(one.begin, one.end, words, "pref_label")),
        extraction_method=f"annotator.{name}",
        confidence=min(max(one.confidence, 0.0), HIGHEST),
    )
