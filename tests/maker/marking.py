"""How well a record says what a made paper states: counts of right, false and missed facts by kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.maker.layouts import LayoutOf
from tests.maker.papers import Paper, PaperItem

_OTHER = re.compile(r"[^0-9a-zæøåéöü]+")
_ENDING = re.compile(r"(udvalg|råd|bestyrelse)(et|en)$")


@dataclass(slots=True)
class Marks:
    """The facts that were right, false and missed."""

    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def compare(self, kind: str, found: Iterable[str], true: Iterable[str]) -> None:
        """Counts what two bags of words share."""
        one, other = Counter(filter(None, found)), Counter(filter(None, true))
        self.right[kind] += (one & other).total()
        self.false[kind] += (one - other).total()
        self.missed[kind] += (other - one).total()
        self.notes += [f"false {kind}: {words}" for words in one - other]
        self.notes += [f"missed {kind}: {words}" for words in other - one]

    def add(self, other: Marks) -> None:
        """Adds the counts of another text."""
        self.right += other.right
        self.false += other.false
        self.missed += other.missed

    def f1(self, *kinds: str) -> float:
        """The F1 of some kinds, of all where none is named."""
        chosen = kinds or tuple({*self.right, *self.false, *self.missed})
        right = sum(self.right[kind] for kind in chosen)
        wrong = sum(self.false[kind] + self.missed[kind] for kind in chosen)
        return 2 * right / (2 * right + wrong) if right + wrong else 1.0


def plain(words: object) -> str:
    """Letters and digits in lower case."""
    return _OTHER.sub(" ", str(words or "").lower()).strip()


def body(words: object) -> str:
    """A body's name without its definite ending."""
    return _ENDING.sub(r"\1", plain(words))


def mark(record: dict[str, Any], paper: Paper, layout: LayoutOf) -> Marks:
    """What a record tells right and wrong of a paper that was printed in a layout."""
    marks, omits = Marks(), layout.omits
    if "body" not in omits:
        marks.compare("body", [body(record["body"])], [body(paper.body)])
    marks.compare("meeting_date", [record["meeting_date"] or ""], [paper.day.isoformat()])
    for kind, key, value in (("start", "start_time", paper.start), ("place", "place", paper.place)):
        if kind not in omits:
            marks.compare(key, [plain(record[key])], [plain(value)])
    if "kind" not in omits:
        marks.compare("document_kind", [record["document_kind"] or ""], ["referat"])
    if not omits & {"roll", "roll-present"}:
        marks.compare("present", _names(record["present"]), [plain(one.name) for one in paper.present])
    if "roll" not in omits:
        marks.compare("absent", _names(record["absent"]), [plain(one.name) for one in paper.absent])
    _mark_items(marks, record["items"], paper, omits)
    return marks


def _names(rows: Iterable[dict[str, Any]]) -> list[str]:
    return [plain(row["name"]) for row in rows]


def _mark_items(marks: Marks, found: Sequence[dict[str, Any]], paper: Paper, omits: frozenset[str]) -> None:
    """The items in order; one too many or too few is false or missed."""
    extra = len(found) - len(paper.items)
    marks.false["item"] += max(extra, 0)
    marks.missed["item"] += max(-extra, 0)
    left = list(found)
    for true in paper.items:
        row = next((row for row in left if _same(row, true, omits)), None)
        if row is None:
            marks.notes.append(f"missed item: {true.number} {true.title}")
        left = [other for other in left if other is not row]
        marks.right["item"] += row is not None
        _mark_item(marks, row or {}, true, omits)


def _same(row: dict[str, Any], true: PaperItem, omits: frozenset[str]) -> bool:
    if "title" in omits:
        return plain(row["case_number"]) == plain(true.case_number)
    return plain(row["title"]).endswith(plain(true.title)) and ("number" in omits or row["number"] == str(true.number))


def _route(found: Sequence[str], true: PaperItem) -> list[str]:
    """The route by its names, or by its codes where the record has them so."""
    coded = any(code.casefold() in found for _, code in true.route)
    return [code.casefold() if coded else body(name) for name, code in true.route]


def _mark_item(marks: Marks, row: dict[str, Any], true: PaperItem, omits: frozenset[str]) -> None:
    """The facts inside one item."""
    rulings = [true.ruling, *([true.earlier] if true.earlier and "earlier" not in omits else [])]
    marks.compare("outcome", [d["outcome"] for d in row.get("decisions", [])], [r.outcome for r in rulings])
    marks.compare("proposer", [plain(row.get("proposer"))], [plain(true.proposer)])
    points = [plain(point).removeprefix("at ") for point in row.get("recommendation", [])]
    marks.compare("recommendation", points, [plain(point).removeprefix("at ") for point in true.points])
    if "access" not in omits:
        marks.compare("access", [row.get("access") or ""], ["closed" if true.closed else "open"])
    if "case-number" not in omits:
        marks.compare("case_number", [plain(row.get("case_number"))], [plain(true.case_number)])
    if "routing" not in omits:
        stops = [body(stop) for stop in row.get("routing", [])]
        route = _route(stops, true)
        marks.compare("routing", stops, route[-1:] if "full-routing" in omits else route)
    if "attachments" not in omits:
        titles = [plain(re.sub(r"\.pdf$", "", file["title"])) for file in row.get("attachments", [])]
        marks.compare("attachment", titles, map(plain, true.files))
    people = _names(row.get("persons", []))
    for one in (*([true.speaker[1]] if true.speaker else []), *([true.recused.name] if true.recused else [])):
        marks.compare("person", [name for name in people if name == plain(one)], [plain(one)])
    recused = [plain(p["name"]) for p in row.get("absent", []) if p["role"] == "inhabil"]
    marks.compare("recused", recused, [plain(true.recused.name)] if true.recused else [])
    dated = [f"{body(m['name'])} {m['date']}" for m in row.get("mentioned_bodies", []) if m["date"]]
    marks.compare("mentioned_body", dated, [f"{body(true.sent_to[0])} {true.sent_to[1]}"] if true.sent_to else [])
