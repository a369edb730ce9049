"""The small matters that an item lists, each with what became of it: right under a title that gathers them
("Orienteringer"), in the verdict on such an item, or over a verdict that answers the list mark by mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.danish.hints import holds, lowered
from graph.extract.lines import Line
from graph.extract.outcomes import read_verdicts
from graph.extract.rows import Row
from graph.extract.sections import Part
from graph.extract.umbrella import Matter, title_of
from graph.extract.verdict_points import settles_alone, title_and_verdict, without_sum

LEAST_LISTED = 2
LONGEST_LISTED = 90
_MARKS = " \t\n\xa0-–•*●▪◦"  # the next line's bullet is no part of this one

_LETTERED = re.compile(
    r"(?P<number>\d{1,2}|[a-zæøå]|[ivx]{2,4}|[A-H](?=\)))[.)][ \t\xa0]{1,8}(?=[A-ZÆØÅ\d])"
    r"|(?P<below>\d{1,2}\.(?:\d{1,2}|[a-z]))[.)]?[ \t\xa0]{1,8}(?=[A-ZÆØÅ])"
)
# the titles of items that gather small matters, in lower case
_COLLECTS = re.compile(
    r"\b(?:orienteringer|orientering fra|meddelelser|aktuelle|bordet rundt|nyt fra|siden sidst|ansøgninger|kommende"
    r"|gensidig|diverse|mindre sager|korte|efterretninger|til orientering|eventuelt|rundt om bordet|runden"
    r"|orienteringspunkter)\b"
    r"|^(?:skriftlig |mundtlig |generel )?(?:orientering|information|nyt|status)(?: og [a-zæøå]{3,20})?\.?$"
)
_COLLECTING = (
    "orienter", "meddelelser", "aktuelle", "bordet", "nyt", "siden sidst", "ansøgninger", "kommende", "gensidig",
    "diverse", "mindre sager", "korte", "efterretninger", "eventuelt", "runden", "information", "status",
)  # fmt: skip
# the marks of a list that stands in one line, as a table's cell has it, and of what answers them
_INLINE = re.compile(r"(?<![^ ,;/])(?P<number>[a-h]|\d{1,2})[.)] {1,3}(?=[A-ZÆØÅ])")
_AD = re.compile(
    r"\b(?:[Aa]d|(?:[Vv]edr(?:\.|ørende)|[Tt]il|[Pp]kt\.|[Pp]unkt)(?= ?(?:\w|\d\d)[.):]))\.? ?"
    r"(?:pkt\. ?|punkt )?(?P<number>[a-h]|\d{1,2})(?![\w/])[.):]{0,2} {0,3}"
)
_COUNTS = (list("abcdefgh"), [str(number) for number in range(1, 100)])
_STATES = frozenset({"opening", "summary", "case-text"})
_IN_LINE = _STATES | {"other"}
_POINT = re.compile(r"(?:at|At|AT)\b|(?:\d{1,2}|[a-z])[.)] ")


def read_listed(text: str, parts: Sequence[Part], title: str, *, number: str = "") -> tuple[Matter, ...]:
    """The matters that an item lists; none where it lists no such. `number` is the item's own."""
    if not parts:
        return ()
    low = lowered(title)
    collects = (holds(low, _COLLECTING) and _COLLECTS.search(low) is not None) or _counts_below(text, parts, number)
    found = (_each_decided(parts) or _under_title(text, parts) or _in_verdict(text, parts)) if collects else ()
    return found or _answered(parts) or _in_line(text, parts, collects=collects)


def in_opening(parts: Sequence[Part], matters: Sequence[Matter]) -> bool:
    """Whether matters are those of a list right under the title of an item with no verdict of its own."""
    own = {one.decision[0] for one in matters if one.decision}
    alone = bool(parts) and parts[0].kind == "opening"
    alone = alone and all(part.kind != "decision" or part.begin in own for part in parts)
    return alone and bool(matters) and matters[0].title[0] < parts[0].end


def _starts(part: Part) -> list[Line]:
    """The lines of a part that begin a point of a list."""
    lines = (row.line for row in part.rows if row is not part.head)
    starts = [line for line in lines if line.mark == "-" or _LETTERED.match(line.text)]
    below = [line for line in starts if (mark := _LETTERED.match(line.text)) and mark["below"]]
    return below if len(below) >= LEAST_LISTED else starts


def _counts_below(text: str, parts: Sequence[Part], number: str) -> bool:
    """Whether the lines under an item's title count on from its number ("4.1 Trivsel", "4.2 Vold og trusler")."""
    opening = parts[0]
    if opening.kind != "opening" or not number.isdecimal() or f"{number}." not in text[opening.begin : opening.end]:
        return False
    marks = [mark["below"] for line in _starts(opening) if (mark := _LETTERED.match(line.text))]
    counted = ([f"{number}.{one}" for one in count[: len(marks)]] for count in _COUNTS)
    return len(marks) >= LEAST_LISTED and marks in counted


def _under_title(text: str, parts: Sequence[Part]) -> tuple[Matter, ...]:
    """The matters of a list right under the title ("Orienteringer", "a. Ny leder …")."""
    starts = _starts(parts[0]) if parts[0].kind == "opening" else []
    if len(starts) < LEAST_LISTED:
        return ()
    return tuple(_of_line(text, line, end) for line, end in _to_next(starts, parts[0].end))


def _each_decided(parts: Sequence[Part]) -> tuple[Matter, ...]:
    """The matters one after the other, each with its own labelled verdict ("2.a Trivsel", "Konklusion: …")."""
    lines = [row.line for part in parts for row in part.rows if row is not part.head]
    starts = [line for line in lines if _LETTERED.match(line.text) and not line.text.endswith((".", ";", ","))]
    first = parts[0]
    if len(starts) < LEAST_LISTED or first.kind != "opening" or starts[0].begin >= first.end:
        return ()
    found = []
    for line, end in _to_next(starts, parts[-1].end):
        verdict = next((p for p in parts if p.kind == "decision" and p.head and line.end < p.begin < end), None)
        mark = _LETTERED.match(line.text)
        if verdict is None or verdict.head is None or mark is None:
            return ()
        number = (line.begin, line.begin + len(mark["number"] or mark["below"]))
        case = (line.begin + mark.end(), verdict.head.line.begin)
        decision = (verdict.begin, min(verdict.end, end))
        found.append(Matter((case[0], line.end), number, case, decision, (line.begin, line.end)))
    return tuple(found)


def _to_next(starts: Sequence[Line], last: int) -> Iterator[tuple[Line, int]]:
    return zip(starts, [*(line.begin for line in starts[1:]), last], strict=True)


def _of_line(text: str, line: Line, end: int) -> Matter:
    """The matter that a line of a list names, with the verdict behind it or the account under it."""
    mark = _LETTERED.match(line.text)
    begin = line.begin + (mark.end() if mark else 0)
    end = begin + len(text[begin:end].rstrip(_MARKS))
    told = title_and_verdict(line.text)
    decision: tuple[int, int] | None
    if told is not None:
        last, decision = line.begin + told[0], (line.begin + told[1], end)
    else:
        short = line.end - begin <= LONGEST_LISTED and not line.text.endswith(".")
        last = line.end if short else begin + title_of(text[begin:end])[1]
        below = line.end + len(text[line.end : end]) - len(text[line.end : end].lstrip()) if short else end
        decision = (below, end) if settles_alone(text[below:end]) else None
    number = (line.begin, line.begin + len(mark["number"] or mark["below"])) if mark else None
    return Matter((begin, last), number, (begin, end), decision, (line.begin, line.end))


def _in_verdict(text: str, parts: Sequence[Part]) -> tuple[Matter, ...]:
    """The matters that the verdict lists where nothing before it states any ("- Ny leder. Hun begynder den 1. maj.
    Taget til efterretning.")."""
    if any(part.kind in _STATES and any(not row.role for row in part.rows) for part in parts):
        return ()
    verdict = next((part for part in parts if part.kind == "decision" and not part.empty), None)
    starts = _starts(verdict) if verdict is not None else []
    if verdict is None or len(starts) < LEAST_LISTED:
        return ()
    found = [_of_line(text, line, end) for line, end in _to_next(starts, verdict.end)]
    told = [_with_verdict(text, one) for one in found]
    named = all(not read_verdicts(text[slice(*one.title)]) for one in told)
    return tuple(told) if named and any(one.decision for one in told) else ()


def _with_verdict(text: str, one: Matter) -> Matter:
    """A matter with the verdict that stands behind its title and account."""
    if one.decision is not None or one.case is None:
        return one
    begin, end = one.title[1], one.case[1]
    first = next(iter(read_verdicts(text[begin:end])), None)
    decision = (begin + first.begin, end) if first is not None else None
    return Matter(one.title, one.number, one.case, decision, one.line)


def _answered(parts: Sequence[Part]) -> tuple[Matter, ...]:
    """The matters of a list that the verdict answers mark by mark ("a) Fest i parken, 8.000 kr.", "a) Bevilget."),
    where the recommendation has no points that the verdict may be on."""
    verdict = next((part for part in parts if part.kind == "decision" and not part.empty), None)
    asked = (row.line for part in parts if part.kind == "recommendation" for row in part.rows)
    points = [line for line in asked if line.mark == "-" or _POINT.match(line.text)]
    if verdict is None or len(points) >= LEAST_LISTED:
        return ()
    decided = _marked(verdict)
    if len(decided) < LEAST_LISTED or not all(_opens_with_verdict(line, mark) for line, mark in decided):
        return ()
    marks = [mark["number"] for _, mark in decided]
    for part in parts:
        stated = _marked(part) if part.kind in _STATES else []
        short = all(line.end - line.begin <= LONGEST_LISTED for line, _ in stated)
        if short and [mark["number"] for _, mark in stated] == marks:
            return tuple(_pair(*both) for both in zip(stated, decided, strict=True))
    return ()


_Marked = tuple[Line, "re.Match[str]"]


def _marked(part: Part) -> list[_Marked]:
    """The lines of a part that begin with a number or letter, each with its mark."""
    rows: list[Row] = [row for row in part.rows if row is not part.head]
    return [(row.line, mark) for row in rows if (mark := _LETTERED.match(row.line.text)) and mark["number"]]


def _opens_with_verdict(line: Line, mark: re.Match[str]) -> bool:
    return any(verdict.begin <= mark.end() for verdict in read_verdicts(line.text)[:1])


def _pair(stated: _Marked, decided: _Marked) -> Matter:
    (line, mark), (verdict, its) = stated, decided
    begin = line.begin + mark.end()
    end = begin + len(without_sum(line.text[mark.end() :]).rstrip(" .:;,"))
    number = (line.begin + mark.start("number"), line.begin + mark.end("number"))
    answer = (verdict.begin + its.end(), verdict.end)
    return Matter((begin, end), number, (begin, line.end), answer, (line.begin, line.end))


def _in_line(text: str, parts: Sequence[Part], *, collects: bool) -> tuple[Matter, ...]:
    """The matters of a list in one line ("a. Ny leder b. Skimmel i kælderen"), with what the verdict tells of each
    ("Ad a. Hun begynder …"); none where it answers none of them and the title gathers no small matters."""
    if any(part.kind.startswith("recommendation") for part in parts):
        return ()
    verdict = next((part for part in parts if part.kind == "decision" and not part.empty), None)
    stated = (row.line for part in parts if part.kind in _IN_LINE for row in part.rows)
    for line in stated:
        marks = [*_INLINE.finditer(line.text)] if _INLINE.match(line.text) else []
        numbers = [mark["number"] for mark in marks]
        if len(marks) < LEAST_LISTED or not any(numbers == count[: len(numbers)] for count in _COUNTS):
            continue
        told = _to_each(text, verdict) if verdict is not None else {}
        each = _to_next_mark(marks, len(line.text))
        found = [_of_mark(line, mark, end=end, case=told.get(mark["number"])) for mark, end in each]
        short = all(one.title[1] - one.title[0] <= LONGEST_LISTED for one in found)
        if short and (collects or set(numbers) <= told.keys()):
            return tuple(found)
    return ()


def _to_each(text: str, verdict: Part) -> dict[str, tuple[int, int]]:
    """Where a verdict tells of each matter of a list, by its mark."""
    marks = _INLINE if _INLINE.match(text, verdict.begin) else _AD
    answers = [*marks.finditer(text, verdict.begin, verdict.end)]
    return {mark["number"]: (mark.end(), end) for mark, end in _to_next_mark(answers, verdict.end)}


def _to_next_mark(marks: Sequence[re.Match[str]], last: int) -> Iterator[tuple[re.Match[str], int]]:
    return zip(marks, [*(mark.start() for mark in marks[1:]), last], strict=False)


def _of_mark(line: Line, mark: re.Match[str], *, end: int, case: tuple[int, int] | None) -> Matter:
    title = line.text[mark.end() : end].rstrip(" .:;,/")
    begin = line.begin + mark.end()
    number = (line.begin + mark.start("number"), line.begin + mark.end("number"))
    return Matter((begin, begin + len(title)), number, case, None, (line.begin, line.end))
