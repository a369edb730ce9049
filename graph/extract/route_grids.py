"""The route that a grid of bodies with crosses draws: bodies on lines of their own, in a row with crosses below, one to
a line with its cross beside it, or ticked off ("☒ ØU ☐ KB"). A body without a cross is no stop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from graph.danish.bodies import read_bodies
from graph.danish.hints import holds
from graph.extract.passage import Passage
from graph.extract.rows import Row
from graph.model import Evidence, RoutingStep

_CODE_LINE = re.compile(r"[A-ZÆØÅ]{2,6}")
_CODE = re.compile(r"(?!(?:JA|NEJ|LAV|HØJ|IR)$)[A-ZÆØÅ](?:[A-ZÆØÅ&/-]){1,7}")
_NAMED = re.compile(r"(?!(?:Ja|Nej|Lav|Høj|Middel)$)[A-ZÆØÅ][\w&.,/ -]{1,60}")
_CROSS = re.compile(r"[xX✓✔☒☑●]|\([xX]\)|\[[xX]\]|Ja")
_SIGNS = ("x", "X", "✓", "✔", "☒", "☑", "●", "Ja")
_HINT = re.compile(r"[✓✔☒☑●]|[xX](?<!\w.)(?!\w)|Ja(?<!\w..)(?!\w)")
_BESIDE = re.compile(rf"[^\s|][ \t|]{{1,60}}(?:{_CROSS.pattern})[ \t|]{{0,60}}$", re.MULTILINE)
_EMPTY = re.compile(r"[-–:= ]{0,40}|[☐□]|\( ?\)|\[ ?\]|[Nn]ej")
_WIDE = re.compile(r"\S(?:\S| (?! ))*")  # words with one blank between
_WORD = re.compile(r"\( \)|\[ \]|\S+")
_TICK = re.compile(
    r"(?P<mark>[☒☑☐□]|\[[xX ]?\]|\([xX ]?\))[ \t]{0,3}(?P<name>[A-ZÆØÅ][^☒☑☐□\[\](),;|\t\n]{1,60}?)"
    r"(?=[,; \t]{0,3}(?:[☒☑☐□\[(|\t\n]|$)| {2})"
)
_TICKS = ("☒", "☑", "[x]", "[X]", "(x)", "(X)")
SHORTEST_GRID = 4
LEAST = 2  # bodies beside each other, and lines or ticks under each other
FAR = 2  # blanks between a cross and the body over it

Span = tuple[int, int]


def read_grid(passage: Passage, rows: Sequence[Row]) -> tuple[RoutingStep, ...]:
    """The steps of the first grid in some lines; none where the empty cells are gone, for no cross can be placed."""
    if not holds(passage.text, _SIGNS) or _HINT.search(passage.text) is None:
        return ()
    for way in (_under_each_other, _ticked, _side_by_side, _beside_crosses):
        if found := way(passage, rows):
            steps = enumerate(found.items(), 1)
            return tuple(_step(passage, body, cross, order=order) for order, (body, cross) in steps)
    return ()


def _step(passage: Passage, body: Span, cross: Span | None, *, order: int) -> RoutingStep:
    text = passage.source.text
    first, last = text.rfind("\n", 0, body[0]) + 1, text.find("\n", body[1])
    crossed = () if cross is None else (Evidence(*cross, text[slice(*cross)]),)
    return RoutingStep(
        target_body=text[slice(*body)],
        step_order=order,
        step_source="field",
        evidence=(
            passage.evidence(first - passage.begin, (last if last >= 0 else len(text)) - passage.begin),
            Evidence(*body, text[slice(*body)], "target_body"),
            *crossed,
        ),
        extraction_method="route.grid",
        confidence=0.9,
    )


def _ticked(passage: Passage, _rows: Sequence[Row]) -> dict[Span, Span | None]:
    """The bodies with a tick before them, where some have none."""
    text = passage.text
    if not any(tick in text for tick in _TICKS):
        return {}
    ticks = [found for found in _TICK.finditer(text) if _NAMED.fullmatch(found["name"])]
    if len(ticks) < LEAST or not _are_bodies([found["name"] for found in ticks]):
        return {}
    at = passage.begin
    crossed = [found for found in ticks if _CROSS.fullmatch(found["mark"])]
    return {
        (at + one.start("name"), at + one.end("name")): (at + one.start("mark"), at + one.end("mark"))
        for one in crossed
    }


def _side_by_side(passage: Passage, rows: Sequence[Row]) -> dict[Span, Span | None]:
    """The bodies of a row that have a cross under them, in the same cell or at the same place of the line."""
    text = passage.source.text
    for index, row in enumerate(rows[:-1]):
        heads = _heads(text, row)
        if heads:
            below = [_crosses_under(text, other, heads, head=row) for other in rows[index + 1 :]]
            marked = [found for found in takewhile(lambda found: found is not None, below) if found]
            crossed = {column: span for found in reversed(marked) for column, span in found.items()}
            return {heads[column]: crossed[column] for column in sorted(crossed)}
    return {}


def _beside_crosses(passage: Passage, rows: Sequence[Row]) -> dict[Span, Span | None]:
    """The bodies that stand one to a line, each with its cross beside it or with none."""
    text = passage.source.text
    found: dict[Span, Span | None] = {}
    names: list[str] = []
    if _BESIDE.search(passage.text) is None:
        return found
    for row in rows:
        cells = [cell for cell in _cells(text, row) if cell[0] < cell[1]]
        words = [text[slice(*cell)] for cell in cells]
        if not cells or not _NAMED.fullmatch(words[0]) or not all(_is_mark(word) for word in words[1:]):
            if len(names) >= LEAST:
                break
            found, names = {}, []
            continue
        names.append(words[0])
        for cell, word in zip(cells, words, strict=True):
            if _CROSS.fullmatch(word):
                found.setdefault(cells[0], cell)
    return found if len(names) >= LEAST and _are_bodies(names) else {}


def _under_each_other(passage: Passage, rows: Sequence[Row]) -> dict[Span, Span | None]:
    """The codes on lines of their own with a cross among the cells that stand below, a line each."""
    places = [n for n, row in enumerate(rows) if _CODE_LINE.fullmatch(row.line.text)]
    run = _longest_run(places)
    if len(run) < SHORTEST_GRID:
        return {}
    lines = [rows[n].line for n in run]
    below = passage.source.text[lines[-1].end : passage.end]
    crossed = _crossed(below, len(lines), apart=lines[-1].after_blank)
    crosses = [row.line for row in rows[run[-1] + 1 :] if _CROSS.fullmatch(row.line.text)]
    spans = [(line.begin, line.end) for line in crosses]
    return {
        (lines[column].begin, lines[column].end): spans[order] if order < len(spans) else None
        for order, column in enumerate(column for column in crossed if column < len(lines))
    }


def _are_bodies(names: Sequence[str]) -> bool:
    """Whether names are those of a grid's bodies: at least two and half of them are codes, or known as bodies."""
    told = sum(_CODE.fullmatch(name) is not None or _is_body(name) for name in names)
    return told >= max(LEAST, len(names) / 2)


def _is_body(name: str) -> bool:
    return any(body.begin == 0 and body.end == len(name) for body in read_bodies(name))


def _is_mark(word: str) -> bool:
    return _CROSS.fullmatch(word) is not None or _EMPTY.fullmatch(word) is not None


def _heads(text: str, row: Row) -> list[Span]:
    """The columns that a line heads, where they are bodies; the first may be that of the lines' own names."""
    line = row.line.text
    if not (line.isupper() or "  " in line or "\t" in line or "|" in line):
        return []
    cells = _cells(text, row)
    words = [text[slice(*cell)] for cell in cells]
    if len(words) == 1:  # codes with one blank between
        cells = [(cells[0][0] + one.start(), cells[0][0] + one.end()) for one in _WORD.finditer(words[0])]
        words = [text[slice(*cell)] for cell in cells]
        if not all(_CODE.fullmatch(word) for word in words):
            return []
    filled = [word for word in words[1:] if word]
    named = all(_NAMED.fullmatch(word) for word in filled)
    return cells if named and _are_bodies(filled if not _CODE.fullmatch(words[0]) else words) else []


def _crosses_under(text: str, row: Row, heads: Sequence[Span], *, head: Row) -> dict[int, Span] | None:
    """The crosses of a line by column; none at all where the line holds anything else."""
    begin, end = _whole(text, row)
    if _mark_between(text[slice(*_whole(text, head))]):
        cells = _cells(text, row, framed=_is_framed(text, head))
        full = len(cells) > 1 and not (len(cells) < len(heads) and all(a < b for a, b in cells))
        by_column = dict(enumerate(cells)) if full and len(cells) <= len(heads) + 1 else {}
    else:
        marks = [(begin + found.start(), begin + found.end()) for found in _WORD.finditer(text[begin:end])]
        shift = begin - _whole(text, head)[0]
        near = range(len(heads)) if len(marks) == len(heads) else [_over(heads, mark, shift) for mark in marks]
        by_column = dict(zip(near, marks, strict=True)) if len(set(near)) == len(marks) and -1 not in near else {}
    words = {column: text[slice(*cell)] for column, cell in by_column.items()}
    if 0 in words and not _is_mark(words[0]) and not _are_bodies([text[slice(*heads[0])]] * LEAST):
        del words[0]  # the line's own name, under that of the lines ("Behandling")
    if not words or not all(_is_mark(word) for word in words.values()):
        return None
    return {column: by_column[column] for column, word in words.items() if _CROSS.fullmatch(word)}


def _over(heads: Sequence[Span], mark: Span, shift: int) -> int:
    """The column that a cross stands under by its place in the line, or -1; `shift` is how far below it stands."""
    begin, end = mark[0] - shift, mark[1] - shift
    apart = [(max(head[0] - end, begin - head[1], -1), abs(sum(head) - begin - end)) for head in heads]
    near = min(range(len(heads)), key=apart.__getitem__)
    return near if apart[near][0] <= FAR else -1


def _whole(text: str, row: Row) -> Span:
    """The line that a row stands on, with its blanks, which tell which cells are empty."""
    end = text.find("\n", row.line.end)
    return text.rfind("\n", 0, row.line.begin) + 1, end if end >= 0 else len(text)


def _is_framed(text: str, row: Row) -> bool:
    return text[slice(*_whole(text, row))].strip().startswith("|")


def _mark_between(words: str) -> str:
    return "|" if "|" in words else "\t" if "\t" in words.strip() else ""


def _cells(text: str, row: Row, *, framed: bool | None = None) -> list[Span]:
    """The places of a line's cells: between strokes or tabs, else between two blanks or more."""
    begin, end = _whole(text, row)
    mark = _mark_between(text[begin:end]) if framed is None else "|" if "|" in text[begin:end] else "\t"
    if not mark:
        return [(begin + found.start(), begin + found.end()) for found in _WIDE.finditer(text[begin:end])]
    if mark == "|" and (_is_framed(text, row) if framed is None else framed):
        begin = text.find("|", begin, end) + 1
        end = begin + len(text[begin:end].rstrip().removesuffix("|"))
    return list(_between(text, (begin, end), mark))


def _between(text: str, span: Span, mark: str) -> Iterator[Span]:
    begin = span[0]
    for words in text[slice(*span)].split(mark):
        left = begin + len(words) - len(words.lstrip())
        yield left, max(left, left + len(words.strip()))
        begin += len(words) + 1


def _longest_run(places: Sequence[int]) -> list[int]:
    """The longest stretch of neighbouring lines."""
    best: list[int] = []
    run: list[int] = []
    for place in places:
        run = [*run, place] if run and place == run[-1] + 1 else [place]
        best = run if len(run) > len(best) else best
    return best


def _crossed(below: str, columns: int, *, apart: bool) -> list[int]:
    """The columns with a cross: cells are lines, kept apart by empty ones where the codes are."""
    lines = below.split("\n")[1:]
    cells: list[str] = []
    for line in lines:
        if len(cells) >= columns or (line.strip() and not _CROSS.fullmatch(line.strip())):
            break
        if line or not apart:
            cells.append(line.strip())
    lost = all(cells) and len(cells) < columns  # the empty cells are gone, so no cross can be placed
    return [] if lost else [column for column, cell in enumerate(cells) if cell]
