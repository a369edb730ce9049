"""The slot for a statistical model: it may add candidates to what the rules found, and never takes anything away.

An annotator is a plug-in under the entry point group "sagsgraf.annotators": a callable that gets the local path of its
model, or None, and gives an object with `annotate(text)`. None is used unless a setting names it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from graph.danish.names import read_names
from graph.danish.sentences import sentences
from graph.errors import SettingsError
from graph.model import AgendaItem, Evidence, Mention, Minutes, Participation, claims
from graph.values import value

GROUP = "sagsgraf.annotators"
HIGHEST = 0.6  # a model's find never weighs as much as a rule's
KINDS = frozenset({"body", "department", "organisation", "person"})
_LONGEST = 200
_REACH = 1000  # characters before and behind a candidate among which its sentence is sought
_NAMED = frozenset({"agent", "pref_label", "target_body", "decided_by"})  # what a fact calls somebody or something

Named = Mention | Participation


@value()
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


@value()
class Model:
    """A statistical model as a setting names it: by its annotator, and by where on this machine it lies."""

    annotator: str
    path: Path | None = None

    @property
    def rule(self) -> str:
        """The rule that stands on what the model adds.

        >>> Model("spacy", Path("modeller/da_core_news_md")).rule
        'annotator.spacy.da_core_news_md'
        """
        return ".".join(("annotator", self.annotator, *([self.path.name] if self.path else ())))

    def fingerprint(self) -> str:
        """What a reading depends on: the rule, and what the model's files hold."""
        told = hashlib.sha256(self.rule.encode())
        below = sorted(self.path.rglob("*")) if self.path and self.path.is_dir() else filter(None, [self.path])
        for path in (path for path in below if path.is_file()):
            with path.open("rb") as opened:
                told.update(hashlib.file_digest(opened, "sha256").digest())
        return told.hexdigest()


def model_of(written: str) -> Model | None:
    """The model that is written as NAME or NAME:PATH, None where nothing is; SettingsError where there is none such."""
    if not written:
        return None
    name, _, path = written.partition(":")
    if name not in entry_points(group=GROUP).names:
        raise _unusable(written, f"{name} er ikke installeret", f"{name} is not installed")
    if path and not Path(path).exists():
        raise _unusable(written, f"der er ingen model i {path}", f"there is no model at {path}")
    return Model(name, Path(path).resolve() if path else None)


def load_annotator(model: Model) -> Annotator:
    """The annotator of a model, ready for use; SettingsError where it cannot be loaded."""
    try:
        make: Callable[[Path | None], Annotator] = next(iter(entry_points(group=GROUP, name=model.annotator))).load()
        return make(model.path)
    except (ImportError, OSError, ValueError) as error:
        why = str(error).partition("\n")[0]
        written = ":".join(str(part) for part in (model.annotator, model.path) if part)
        raise _unusable(written, f"den kan ikke indlæses ({why})", f"it cannot be loaded ({why})") from None


def _unusable(written: str, danish: str, english: str) -> SettingsError:
    installed = ", ".join(sorted(entry_points(group=GROUP).names))
    return SettingsError(
        f"SAGSGRAF_ANNOTATOR={written}: {danish}. Installeret er: {installed or 'intet'}. Skriv NAVN eller NAVN:STI.",
        english=f"SAGSGRAF_ANNOTATOR={written}: {english}. Installed: {installed or 'none'}. Write NAME or NAME:PATH.",
    )


def with_candidates(minutes: Minutes, annotator: Annotator, *, rule: str) -> Minutes:
    """The minutes with the candidates of an annotator in their items, where no fact names anything already.

    A body, department or organisation becomes a mention. A person, also one that the model takes for something else,
    is somebody merely named, who stands in the reader's record and never in the graph. Closed items get nothing.
    """
    text = minutes.source.text
    found = sorted((one for one in annotator.annotate(text) if _usable(one, text)), key=lambda c: (c.begin, c.end))
    items = _annotated(minutes.agenda_items, len(text), [_claim(text, one, rule) for one in found])
    return replace(minutes, agenda_items=items)


def _usable(one: Candidate, text: str) -> bool:
    """Whether a candidate is of a kind we know, and marks words of the text with a confidence that is a number."""
    if one.kind not in KINDS or not 0 <= one.begin < one.end <= min(len(text), one.begin + _LONGEST):
        return False
    return one.confidence >= 0 and any(letter.isalpha() for letter in text[one.begin : one.end])


def _annotated(items: Sequence[AgendaItem], end: int, added: Sequence[Named]) -> tuple[AgendaItem, ...]:
    """The items up to a place in the text with the claims that stand in each, or in a matter under it."""
    ends = [*(_begin(item, end) for item in items[1:]), end][: len(items)]
    return tuple(
        item if item.access_rights == "closed" else _with(item, until, _between(added, _begin(item, end), until))
        for item, until in zip(items, ends, strict=True)
    )


def _between(added: Sequence[Named], begin: int, end: int) -> Sequence[Named]:
    return added[bisect_left(added, begin, key=_place) : bisect_left(added, end, key=_place)]


def _place(one: Named) -> int:
    return one.evidence[1].begin_index


def _with(item: AgendaItem, end: int, added: Sequence[Named]) -> AgendaItem:
    first = _begin(item.agenda_items[0], end) if item.agenda_items else end
    taken = {n for e in _names(item) for n in range(e.begin_index, e.end_index)}
    free = [one for one in added if taken.isdisjoint(range(one.evidence[1].begin_index, one.evidence[1].end_index))]
    if not free:
        return item
    own = _joined(_between(free, 0, first))
    return replace(
        item,
        mentions=(*item.mentions, *(one for one in own if isinstance(one, Mention))),
        participations=(*item.participations, *(one for one in own if isinstance(one, Participation))),
        agenda_items=_annotated(item.agenda_items, end, free),
    )


def _joined(added: Iterable[Named]) -> list[Named]:
    """Each thing once, with the places of all its mentions."""
    found: dict[tuple[str, str], Named] = {}
    for one in added:
        key = (one.pref_label, one.mention_kind) if isinstance(one, Mention) else (one.agent or "", "person")
        found[key] = replace(found[key], evidence=(*found[key].evidence, *one.evidence)) if key in found else one
    return list(found.values())


def _begin(item: AgendaItem, end: int) -> int:
    """Where an item begins; at the end, where none of its own words are known."""
    return min((e.begin_index for e in item.sentences), default=end)


def _names(item: AgendaItem) -> Iterator[Evidence]:
    """The places of the names that an item's facts hold."""
    return (e for claim in claims(item) for e in claim.evidence if e.supports in _NAMED)


def _claim(text: str, one: Candidate, rule: str) -> Named:
    """What a candidate says, with its sentence and its own words as evidence."""
    words = text[one.begin : one.end]
    name, person = " ".join(words.split()), one.kind == "person" or bool(read_names(words))
    begin, end = _sentence(text, one)
    own = Evidence(one.begin, one.end, words, "agent" if person else "pref_label")
    evidence, confidence = (Evidence(begin, end, text[begin:end]), own), min(one.confidence, HIGHEST)
    if person:
        return Participation(
            agent=name,
            participation_status="mentioned",
            evidence=evidence,
            extraction_method=rule,
            confidence=confidence,
        )
    return Mention(
        pref_label=name, mention_kind=one.kind, evidence=evidence, extraction_method=rule, confidence=confidence
    )


def _sentence(text: str, one: Candidate) -> tuple[int, int]:
    """The sentence that a candidate stands in, told from its paragraph; its own words where it runs over several."""
    before = text.rfind("\n\n", max(0, one.begin - _REACH), one.begin)
    behind = text.find("\n\n", one.end, one.end + _REACH)
    first = before + 2 if before >= 0 else max(0, one.begin - _REACH)
    paragraph = text[first : behind if behind >= 0 else one.end + _REACH]
    around = ((first + b, first + e) for b, e in sentences(paragraph))
    return next(((b, e) for b, e in around if b <= one.begin and one.end <= e), (one.begin, one.end))
