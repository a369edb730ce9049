"""Agenda items that open with a number and a title, told from numbered points and tables of contents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from graph.extract.candidates import LEAST_PAIRS, Candidate, counted_pairs, is_year
from graph.extract.contents import contents_lines, only_in_contents
from graph.extract.labels import SECTIONS
from graph.extract.rows import Row
from graph.extract.starts import VERDICT_ALONE, Start, title_span
from graph.extract.told_agendas import answered, told

_ACCESS = r"(?: ?[(\[](?:[Åå]ben|[Åå]bent|[Ll]ukket|[Ff]ortrolig)[)\]])?"
_PAIRED = re.compile(r"(?P<number>(?P<order>\d{1,3})(?P<dash>[/-])(?P<of>\d{1,4}))[.:]?[ \t\xa0]{1,9}(?=[\"”»A-ZÆØÅ])")
_SHAPES = (
    re.compile(
        r"(?P<word>(?i:sag nr\.?|(?:tillægs|ekstra ?|dagsordens|dagsordenens )?(?:punkt|pkt\.?)(?: nr\.?)?|nr\.?|emne))"
        rf" ?(?P<number>\d{{1,4}})\.?{_ACCESS}"
        r"[ \t]{0,4}[:.–—·|-]?[ \t]{1,9}"
    ),
    re.compile(
        rf"(?P<word>Sag|SAG|Tillægssag|Ekstrasag) (?P<number>\d{{1,4}})\.?{_ACCESS}"
        r"(?:[ \t]{0,4}[:–—·|-][ \t]{1,9}|[ \t]{2,40})(?=[\"”»§(A-ZÆØÅ\d])"
    ),
    re.compile(
        rf"(?P<ad>Ad|AD|Til punkt|Til pkt\.)\.? (?:(?:pkt\.?|punkt) ?)?(?P<number>\d{{1,3}})[.)]?{_ACCESS}"
        r"[ \t]{0,4}[:–—·|-]?[ \t]{1,9}(?=[\"”»§A-ZÆØÅ])"
    ),
    re.compile(r"(?P<number>20\d\d[-/]\d{1,4})[.:]?[ \t\xa0]{1,12}(?=\S)"),
    _PAIRED,
    re.compile(
        r"(?P<number>\d{1,4})(?:[ \t]{0,2}[.:)][ \t\xa0]{0,12}(?=\S)|[ \t]{1,3}[-–—][ \t]{1,3}(?=[\"”»A-ZÆØÅ]))"
    ),
    re.compile(r"(?P<number>\d{1,4}) (?:\([A-ZÆØÅ]{1,5} \d{1,4}/\d{2,4}\))[ \t]{1,9}"),
    re.compile(r"(?P<bare>)(?P<number>\d{1,4})[ \t\xa0]{1,9}(?=[\"”»A-ZÆØÅ]|[(\[](?:[Ll]ukket|[Åå]ben))"),
    re.compile(r"(?P<bare>)(?P<number>\d{1,3})(?=[A-ZÆØÅ][a-zæøå]{2})"),
)
_BY_WORD, _BY_NUMBER = _SHAPES[:3], _SHAPES[3:]
# with which the words before a number begin, as written and without case
_WORD_LETTERS = "SPNDTEA"
_WORD_BEGINS = ("sag", "pun", "pkt", "nr", "dag", "til", "eks", "emn", "ad ", "ad.")
_NO_TITLE = re.compile(
    r"(?P<verdict>(?i:godkend(?:t|es)|tiltr[åæ]d(?:t|es)|anbefal(?:et|es|er)|drøft(?:et|es)|udsat(?:\.|$| til)|udsættes"
    r"|vedtage(?:t|s)|forkaste(?:t|s)|afvist|tage(?:t|s) til|oversend(?:t|es)|stilles|besluttede)(?!\w))"
    r"|[Aa][Tt]\b|[KMG]?B$|\d|[-–.,;)%]|[a-zæøå]|(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november"
    r"|december)\b"
)
_LAST_NUMBER = re.compile(r"\d{1,4}$")
_PAGE_BEHIND = re.compile(r"(?:[. ]{4}|…|\t) ?\d{1,4}$")
_LOWER_TITLE = re.compile(r"[a-zæøå]\w")
_BACK_TO_TOP = re.compile(r"[Tt]il(?:bage)? ?(?:til )?top")
INSIDE = 2  # so many sections between two prints of a title tell that the second stands inside the item
REACH = 5  # lines under a title within which an item's first label stands


def numbered_starts(rows: Sequence[Row]) -> list[Start]:
    """The items whose titles carry numbers, and behind them those that only the contents name."""
    everything = _without_stray_pairs(rows, list(_candidates(rows)))
    answers = answered(rows, [c for c in everything if c.answers])
    candidates = [c for c in everything if not c.answers]
    places = {candidate.row for candidate in candidates}
    listed = set(contents_lines(rows, candidates))
    listed.update(_list_points(rows, [c for c in candidates if c.row not in listed], places))
    listed.update(candidate.row for candidate in candidates if candidate.paged)
    firm = [c for c in candidates if c.row not in listed and (c.explicit or _label_follows(rows, c, places))]
    firm = _of_one_style(rows, firm, places)
    free = [c for c in candidates if c.row not in listed]
    firm = _rising(_without_repeats(rows, firm))
    firm = answers or told(rows, free, firm) or firm or _bare_agenda(rows, free)
    taken = listed | {candidate.row for candidate in firm}
    kept = firm + [c for c in candidates if not answers and c.row not in taken and _fits(rows, c, firm)]
    kept.sort(key=lambda candidate: candidate.row)
    contents = list(only_in_contents(rows, candidates, kept))
    named = {candidate.row for candidate in contents}
    firsts = {c.row: _first(c, candidates, place) for place, c in enumerate(candidates)}
    firsts.update({c.row: c.row for c in answers})
    starts = [
        Start(firsts[c.row], _body(rows, c), c.number_span, c.title, contents_only=c.row in named)
        for c in [*kept, *contents]
    ]
    return sorted(starts, key=lambda start: start.row)


def _without_stray_pairs(rows: Sequence[Row], candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without "12/24 …" that no other counts on from: a number with a year behind it may be a case's,
    and with another behind it ("22/4" at the fourth meeting, or "4/22") a day; where such are items, no others are."""
    pairs = {c.row: found for c in candidates if (found := _PAIRED.match(rows[c.row].line.text))}
    if not pairs:
        return candidates
    places = {candidate.row for candidate in candidates}
    of_meeting = counted_pairs({row: (int(found["order"]), int(found["of"])) for row, found in pairs.items()})
    own = [replace(c, number=of_meeting[c.row]) for c in candidates if c.row in of_meeting]
    if sum(_label_follows(rows, candidate, places) for candidate in own) >= LEAST_PAIRS:
        return own
    years = {row: int(found["order"]) for row, found in pairs.items() if found["dash"] == "/" and is_year(found["of"])}
    numbers = set(years.values())
    series = {row for row, number in years.items() if {number - 1, number + 1} & numbers}
    return [c for c in candidates if c.row in series or c.row not in pairs]


def _of_one_style(rows: Sequence[Row], candidates: list[Candidate], places: set[int]) -> list[Candidate]:
    """Where the first item's number stands behind a word ("Pkt. 33"), so do the others': a plain one is a point's."""
    worded = [c for c in candidates if c.explicit and not c.text[:1].islower() and _label_follows(rows, c, places)]
    return worded if worded and worded[0] is candidates[0] else candidates


def _without_repeats(rows: Sequence[Row], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those that print an item's number and title again inside the item itself."""
    kept: list[Candidate] = []
    numbers: set[int] = set()
    listed: set[int] | None = None
    for candidate in candidates:
        last = kept[-1] if kept else None
        if candidate.number in numbers and listed is None:
            listed = _in_lists_of_files(rows)
        if candidate.number in numbers and listed is not None and candidate.row in listed:
            continue  # "Sag 143: Årsberetning.pdf" in the list behind the last item
        if last is not None and last.number == candidate.number and fuzz.partial_ratio(last.text, candidate.text) > 92:
            between = rows[last.row : candidate.row]
            if sum(row.opens_section for row in between) >= INSIDE:
                continue
        kept.append(candidate)
        numbers.add(candidate.number)
    return kept


def _in_lists_of_files(rows: Sequence[Row]) -> set[int]:
    """The places of the lines under a label of attachments, up to the next blank line or section."""
    found: set[int] = set()
    listed = False
    for index, row in enumerate(rows):
        listed = row.role == "attachments" if row.opens_section else listed and not row.line.after_blank
        if listed:
            found.add(index)
    return found


def _bare_agenda(rows: Sequence[Row], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The titles of an agenda that prints nothing but titles."""
    if any(row.opens_section or row.role in {"proposal", "case-number", "contents"} for row in rows):
        return []
    found = _rising(candidates)
    return found if len(found) > 1 else []


def _candidates(rows: Sequence[Row]) -> Iterator[Candidate]:
    for index, row in enumerate(rows):
        line = row.line
        first = line.text[:1]
        numbered = first.isdecimal() or (first in _WORD_LETTERS and line.text[:3].casefold().startswith(_WORD_BEGINS))
        numbered = numbered and not row.role and line.mark not in {"-", "t", "|"}
        if numbered and (found := _candidate(row, index)) is not None:
            yield found


def _candidate(row: Row, index: int) -> Candidate | None:
    text = row.line.text
    for shape in _BY_NUMBER if text[0].isdecimal() else _BY_WORD:
        found = shape.match(text)
        if found is None:
            continue
        title = text[found.end() :]
        groups = found.groupdict()
        explicit = bool(groups.get("word"))
        barred = _NO_TITLE.match(title)
        spoken = explicit and _LOWER_TITLE.match(title) and not (barred and barred["verdict"])
        if not title.strip() or (barred and not spoken):
            return None
        number = (row.line.begin + found.start("number"), row.line.begin + found.end("number"))
        span = title_span(row, found.end())
        paged = _PAGE_BEHIND.search(title) is not None
        order = int(groups.get("order") or _LAST_NUMBER.findall(groups["number"])[0])
        return Candidate(index, order, number, span, title, explicit, "bare" in groups, paged, answers="ad" in groups)
    return None


def _label_follows(rows: Sequence[Row], candidate: Candidate, places: set[int]) -> bool:
    """Whether an item's first label stands a few lines under a title."""
    for index in range(candidate.row + 1, min(len(rows), candidate.row + 1 + REACH)):
        row = rows[index]
        if index in places or _BACK_TO_TOP.match(row.line.text) or _heads_next(rows, index, places):
            return False
        if index == candidate.row + 1 and VERDICT_ALONE.match(row.line.text):
            return True
        if row.role in SECTIONS - {"attachments"} or row.role in {"case-number", "proposal", "officer"}:
            return True
        if row.role in {"open", "closed"} and row.line.mark != "#":
            return True
    above = rows[candidate.row - 1] if candidate.row else None
    return above is not None and above.role in {"case-number", "open", "closed"}


def _list_points(rows: Sequence[Row], candidates: Sequence[Candidate], places: set[int]) -> Iterator[int]:
    """Candidates that are points of a list inside a section: it began under a label or a colon, or goes on."""
    section = ""
    by_row = {candidate.row: candidate for candidate in candidates}
    last, highest = -1, 0
    for index, row in enumerate(rows):
        section = row.role if row.opens_section else section
        candidate = by_row.get(index)
        if candidate is None:
            continue
        apart = row.line.after_blank or (index > 0 and rows[index - 1].role == "case-number")
        firm = candidate.explicit or (apart and _label_follows(rows, candidate, places))
        if _has_fields(rows, index, places) or (firm and highest and candidate.number == highest + 1):
            last, highest = -1, max(highest, candidate.number)
        elif _begins_list(rows, candidate, highest) or (
            candidate.number == last + 1 and not (firm and section in {"decision", "attachments"})
        ):
            last = candidate.number
            yield index
        elif firm:
            last, highest = -1, max(highest, candidate.number)


def _has_fields(rows: Sequence[Row], index: int, places: set[int]) -> bool:
    """Whether an item's own fields (case number, case officer, open or closed) stand right under a line."""
    below = range(index + 1, min(len(rows), index + 3))
    return any(rows[n].role in {"case-number", "officer"} and not _heads_next(rows, n, places) for n in below)


def _heads_next(rows: Sequence[Row], index: int, places: set[int]) -> bool:
    """Whether a field stands over the title that it belongs to: apart from what is above it, and right above that."""
    return rows[index].line.after_blank and index + 1 in places and not rows[index + 1].line.after_blank


def _begins_list(rows: Sequence[Row], candidate: Candidate, highest: int) -> bool:
    """Whether a numbered line is the first point of a list: a colon, a proposer or an empty section stands above it."""
    if candidate.explicit or candidate.row == 0:
        return False
    above = rows[candidate.row - 1]
    if above.role == "contents":
        return False
    led = above.role == "proposal" or (not above.role and above.line.text.endswith((":", ",", " at")))
    under_label = above.role in SECTIONS and candidate.number <= max(1, highest)
    return led or under_label or (candidate.number == 1 and highest >= 1)


def _rising(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The longest run of candidates whose numbers rise, so that a stray number stops no item."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, candidate in enumerate(candidates):
        place = bisect_left(tails, candidate.number)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(candidate.number)
            ends.append(index)
        else:
            tails[place], ends[place] = candidate.number, index
    chain: list[Candidate] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(candidates[index])
        index = before[index]
    return chain[::-1]


def _apart(rows: Sequence[Row], firm: Sequence[Candidate]) -> bool:
    """Whether blank lines stand over all the items but perhaps the first."""
    return all(rows[candidate.row].line.after_blank for candidate in firm[1:] or firm)


def _fits(rows: Sequence[Row], candidate: Candidate, firm: Sequence[Candidate]) -> bool:
    """Whether a title without labels under it stands, by place and number, between two items."""
    place = bisect_left(firm, candidate.row, key=lambda other: other.row)
    plain = candidate.bare and not all(other.bare for other in firm)
    if not firm or plain or (not rows[candidate.row].line.after_blank and _apart(rows, firm)):
        return False
    if not place:  # the first item may be no more than a title and a verdict
        below = rows[candidate.row + 1].line.text
        return firm[0].number - 3 <= candidate.number < firm[0].number and VERDICT_ALONE.match(below) is not None
    highest = firm[place].number if place < len(firm) else candidate.number + 1
    return firm[place - 1].number < candidate.number <= firm[place - 1].number + 3 and candidate.number < highest


def _first(candidate: Candidate, candidates: Sequence[Candidate], place: int) -> int:
    """The line where the same number and title are printed directly above, else the candidate's own."""
    above = candidates[place - 1] if place else None
    twin = above is not None and above.row == candidate.row - 1 and above.number == candidate.number
    return above.row if above is not None and twin and fuzz.ratio(above.text, candidate.text) > 92 else candidate.row


def _body(rows: Sequence[Row], candidate: Candidate) -> int:
    """The first line under a title, past the same title printed once more."""
    index = candidate.row + 1
    while index < len(rows) and not rows[index].role and fuzz.ratio(rows[index].line.text, candidate.text) > 92:
        index += 1
    return index
