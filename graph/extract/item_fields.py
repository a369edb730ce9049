"""An item's fields: case number, route, attachments, and the route codes in the attachments' names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from graph.danish.bodies import read_bodies, same_body
from graph.danish.dates import read_dates
from graph.extract.attachments import read_attachments, read_quoted_attachments
from graph.extract.case_numbers import read_case_number
from graph.extract.layout import ItemLayout
from graph.extract.passage import Passage
from graph.extract.reading import Reading
from graph.extract.route_grids import read_grid
from graph.extract.routes import read_route, read_title_route
from graph.extract.sections import Part, fields
from graph.extract.steps import read_codes
from graph.model import Attachment, Evidence, RoutingStep

LONGEST_PLAN = 600
_BEHIND = re.compile(r" [-–] ((?:\d{2}|20\d\d)[/-]\d{2,7}|\d{2}\.\d{2}\.\d{2}-\w{3}-\d{1,6}-\d{2})$")
# a title's last words: "Mødesteder ( 2025-0019341 )", "Regnskab (j.nr. 2020-0042)"
_TAIL = re.compile(
    r" [(\[] ?(?:(?:j(?:ournal|r)?\.?[ -]?(?:nr|nummer)|sags?(?:[ -]?(?:nr|id|nummer))?|esdh|acadre|edoc|sbsys|kle)"
    r"(?:[ -]?(?:sag|nr))?\.?:? ?)?([\w./-]{6,30}) ?[)\]]$",
    re.IGNORECASE,
)
_YEARS = re.compile(r"[ ,.(\[–-]{0,4}(?:19|20)\d\d[/-](?:19|20)\d\d[ )\].]{0,3}")  # "(2024-2028)"
# what may stand beside bodies and days where a section only lists them
_BESIDE = re.compile(
    r"(?:[\s.,:;/|()•→>–-]|\d[.)] |\b(?:den|d|og|i|møde|mødet|på|kl|(?:man|tirs|ons|tors|fre|lør|søn)dag)\b)*+",
    re.IGNORECASE,
)


def case_number(reading: Reading, layout: ItemLayout) -> Evidence | None:
    """The words of the item's case number."""
    for row, span in fields(layout.parts):
        if row.role == "case-number":
            found = read_case_number(reading.source.text[slice(*span)], labelled=True)
            if found is not None:
                return reading.quote((span[0] + found[0], span[0] + found[1]), "case_number")
    if layout.title is not None and layout.title[1] < layout.head.end:
        tail = reading.source.text[layout.title[1] : layout.head.end]
        if (found := read_case_number(tail)) and not _YEARS.fullmatch(tail):
            return reading.quote((layout.title[1] + found[0], layout.title[1] + found[1]), "case_number")
    if layout.title is not None and layout.head.begin < layout.title[0]:
        lead = reading.source.text[layout.head.begin : layout.title[0]]
        if (found := read_case_number(lead)) and not lead[found[1] :].strip(" \t:-–"):
            return reading.quote((layout.head.begin + found[0], layout.head.begin + found[1]), "case_number")
    title = layout.title_in(reading.source.text)
    if layout.title is not None and (bracket := _TAIL.search(title)) and (found := _in_brackets(bracket)):
        begin = layout.title[0] + bracket.start(1)
        return reading.quote((begin + found[0], begin + found[1]), "case_number")
    if layout.title is not None and (behind := _BEHIND.search(title)) and read_case_number(behind[1]):
        return reading.quote((layout.title[0] + behind.start(1), layout.title[1]), "case_number")
    opening = next((part for part in layout.parts if part.kind == "opening"), None)
    for row in opening.rows if opening else ():
        if row.role in {"open", "closed", "item-number"} and (found := read_case_number(row.line.text)):
            return reading.quote((row.line.begin + found[0], row.line.begin + found[1]), "case_number")
    return None


def _in_brackets(bracket: re.Match[str]) -> tuple[int, int] | None:
    """The place of the case number in a title's last brackets; a stretch of years is none."""
    return None if _YEARS.fullmatch(bracket[0]) else read_case_number(bracket[1])


def route(reading: Reading, layout: ItemLayout) -> tuple[tuple[RoutingStep, ...], Evidence | None]:
    """The route that the item's fields state, and its words as printed."""
    steps: list[RoutingStep] = []
    stated: Evidence | None = None
    for part in layout.parts:
        if part.empty or not (part.kind in {"routing", "competence"} or _is_plan(reading, part)):
            continue
        passage = reading.passage(part.begin, part.end, part.kind)
        stops = read_grid(passage, part.rows) or read_route(passage, reading.codes)
        here = [step for step in stops if not _known(step, steps)]
        last = max((step.step_order for step in steps), default=0)
        steps.extend(replace(step, step_order=step.step_order + last) if last else step for step in here)
        stated = stated or passage.evidence(0, len(passage.text), "route_as_stated")
    if steps:
        return tuple(steps), stated
    for part in layout.parts:
        if part.kind == "opening" and part.rows:
            passage = reading.passage(part.begin, part.end, "routing")
            if grid := read_grid(passage, part.rows):
                return grid, None
    title = read_title_route(reading.passage(*layout.title, "routing"), reading.codes) if layout.title else ()
    return title, None


def _is_plan(reading: Reading, part: Part) -> bool:
    """Whether a section on the process ("Videre proces", "Tidsplan") holds nothing but bodies and days to come."""
    if part.kind not in {"other", "history"} or part.head is None or part.end - part.begin > LONGEST_PLAN:
        return False
    text = reading.source.text[part.begin : part.end]
    days = [stated.date for stated in read_dates(text, near=reading.meeting_date, forward=True) if stated.date]
    if not days or (reading.meeting_date is not None and min(days) < reading.meeting_date):
        return False
    return read_bodies(text) != () and _BESIDE.fullmatch(_without(text, reading.meeting_date)) is not None


def _without(text: str, near: date | None) -> str:
    """A text without the bodies and days that it names."""
    spans = [(body.begin, body.end) for body in read_bodies(text)]
    spans += [(stated.begin, stated.end) for stated in read_dates(text, near=near, forward=True)]
    left, place = [], 0
    for begin, end in sorted(spans):
        left.append(text[place:begin])
        place = max(place, end)
    return "".join([*left, text[place:]])


def _known(step: RoutingStep, steps: Sequence[RoutingStep]) -> bool:
    return any(same_body(step.target_body or "", other.target_body or "") for other in steps)


def attachments(reading: Reading, layout: ItemLayout, passages: Iterable[Passage]) -> tuple[Attachment, ...]:
    """The item's attachments: its list, and those that its text names by their quoted titles."""
    found: list[Attachment] = []
    for part in layout.parts:
        if part.kind == "attachments" and not part.empty:
            found.extend(read_attachments(reading.passage(part.begin, part.end, "attachments")))
    titles = {attachment.title.casefold() for attachment in found}
    for passage in passages:
        for quoted in read_quoted_attachments(passage):
            if quoted.title.casefold() not in titles:
                titles.add(quoted.title.casefold())
                found.append(quoted)
    return tuple(found)


def with_attachment_steps(
    reading: Reading, steps: Sequence[RoutingStep], attachments: Sequence[Attachment]
) -> tuple[RoutingStep, ...]:
    """The steps with those that the attachments' names hold as codes ("TRIO-stormøde HU ØK KB.docx")."""
    found = list(steps)
    for attachment in attachments:
        line, title = attachment.evidence[0], next((e for e in attachment.evidence if e.supports == "title"), None)
        if title is None:
            continue
        for code in read_codes(attachment.title, reading.codes):
            begin = title.begin_index + code.begin
            found.append(
                RoutingStep(
                    target_body=attachment.title[code.begin : code.end],
                    step_order=code.step_order,
                    step_source="attachment",
                    evidence=(line, reading.quote((begin, title.begin_index + code.end), "target_body")),
                    extraction_method="route.attachment",
                    confidence=0.8,
                )
            )
    return tuple(found)
