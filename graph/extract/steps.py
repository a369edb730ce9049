"""Where a case is sent next, as prose and recommendations plan it (sagstrin)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain

from graph.danish.bodies import BodyName, read_bodies, same_body
from graph.danish.dates import StatedDate, read_dates
from graph.danish.hints import holds, lowered, openings
from graph.danish.lexicon import alternatives, table
from graph.danish.sentences import sentences
from graph.extract.passage import Passage
from graph.model import RoutingStep
from graph.values import value

# over lower-case text, as those made of the word lists are
_PROPOSES = re.compile(r"\b(?:indstiller|anbefaler|abefaler|foreslår|indstilles|anbefales)\b")
_PROPOSING = ("indstille", "befale", "foreslår")
_TO = re.compile(r"\b(?:til|over for|overfor|via|at anbefale)\b", re.IGNORECASE)
_VIA = re.compile(r"\bvia\b")
# what may stand between a body and its date: "s ordinære møde torsdag den "
_GAP = re.compile(
    r"(?:s? (?:ordinære |ekstraordinære |næste )?møde)?,? ?(?:på (?:mødet|møde|sit møde|deres møde) ?)?"
    r"(?:til |i uge |i |ultimo |primo )?(?:(?:man|tirs|ons|tors|fre|lør|søn)dag )?(?:den |d\. )?"
)
_CODE = re.compile(r"(?<![\wæøå])[A-ZÆØÅ]{2,6}\d?(?![\wæøå])")
_CODE_LIST = re.compile(r"[A-ZÆØÅ0-9/,;+>→– .-]*\Z")
_LIST_SEPARATOR = re.compile(r"[,;>→–-]")
_FURTHEST = 80
_STAGE_ROLE = "political-treatment"


@value()
class RouteCode:
    """A body's short mark in a route list or a file's name, with its order; parallel stops share it."""

    begin: int
    end: int
    code: str
    body: str
    step_order: int


def read_steps(passage: Passage, first_order: int = 1) -> tuple[RoutingStep, ...]:
    """The stops that a passage plans, in order; none in past handling.

    One verb may be shared by several bodies ("behandles i Hovedudvalget den 11. november, Økonomiudvalget d. 6.
    december"). "Forud for politisk behandling" is a stop without a body.
    """
    if passage.section_kind == "history":
        return ()
    text, low = passage.text, lowered(passage.text)
    asked = passage.section_kind == "recommendation" and holds(low, _PROPOSING) and _PROPOSES.search(low) is not None
    sends = read_bodies(text) != () and holds(low, _sending_hints()) and _sending().search(low) is not None
    if not asked and "politisk" not in text and not sends:
        return ()
    steps: list[RoutingStep] = []
    for begin, end in sentences(text):
        if asked and _PROPOSES.search(low, begin, end):
            found = _recommended(passage.part(begin, end))
        elif (sends and _sending().search(low, begin, end)) or "politisk" in text[begin:end]:
            sentence = passage.part(begin, end)
            found = _sent(sentence) or _political(sentence)
        else:
            continue
        steps += [_counted(step, first_order + len(steps) + n) for n, step in enumerate(found)]
    return join_steps(tuple(steps))


@cache
def _sending() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('verbs', 'sending', 'present')})\b")


@cache
def _sending_hints() -> tuple[str, ...]:
    return openings(tuple(table("verbs")["sending"]["present"]))


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('verbs', 'sending', 'past')})\b")


@cache
def _before_politics() -> re.Pattern[str]:
    """A political treatment to come, not one meant in general ("politisk behandling i fagudvalgene")."""
    return re.compile(
        rf"\b(?:{alternatives('verbs', 'sending', 'before_politics')}) (?:den |det |en )?"
        r"(?:endelige? |videre |senere )?politiske? (?:behandling|drøftelse|stillingtagen)"
        r"(?! i [\wæøå-]*(?:udvalg|udvalgene|råd|rådene)\b)",
        re.IGNORECASE,
    )


def _sent(sentence: Passage) -> list[RoutingStep]:
    """The stops of one sentence with a verb of sending in the present."""
    text = sentence.text
    named = read_bodies(text)
    if not named:
        return []
    low = lowered(text)
    verb = _sending().search(low)
    if verb is None or _past().search(low, 0, verb.start()):
        return []
    past = _past().search(low, verb.end())
    until = past.start() if past else len(text)
    bodies = [body for body in named if verb.end() <= body.begin < until]
    if not bodies:
        return []
    dates = read_dates(text, near=sentence.meeting_date, forward=True)
    steps: list[RoutingStep] = []
    for body in bodies:
        when = _date_behind(text, dates, body.end)
        own = sentence.body is not None and same_body(body.name, sentence.body)
        if not own or (when is not None and when.date != sentence.meeting_date):
            steps.append(_step(sentence, body, when, rule="route.dated" if when else "route.forward"))
    return steps


def _date_behind(text: str, dates: list[StatedDate], end: int) -> StatedDate | None:
    """The date that stands right behind a body's name."""
    place = bisect_left(dates, end, key=lambda when: when.begin)
    if place == len(dates) or dates[place].begin - end > _FURTHEST:
        return None
    gap = _GAP.match(text, end, dates[place].begin)
    return dates[place] if gap is not None and gap.end() == dates[place].begin else None


def _step(sentence: Passage, target: BodyName | None, when: StatedDate | None, *, rule: str) -> RoutingStep:
    """A planned stop with its sentence, and the words of body and date."""
    evidence = [sentence.evidence(0, len(sentence.text))]
    if target is not None:
        evidence.append(sentence.evidence(target.begin, target.end, "target_body"))
    if when is not None:
        evidence.append(sentence.evidence(when.begin, when.end, "planned_date"))
    return RoutingStep(
        target_body=target.name if target else None,
        step_order=1,
        step_source="recommendation" if sentence.section_kind == "recommendation" else "prose",
        planned_date=when.date if when else None,
        date_as_stated=when.text if when else None,
        date_precision=_precision(when) if when else None,
        inferred_by=when.inferred_by if when else None,
        evidence=tuple(evidence),
        extraction_method=rule,
        confidence=0.85 if when and when.inferred_by else 0.9,
    )


def _precision(when: StatedDate) -> str:
    return when.precision if when.precision in ("day", "week", "month") else "vague"


def _political(sentence: Passage) -> list[RoutingStep]:
    """A stop of which only the kind is told: "forud for politisk behandling"."""
    match = _before_politics().search(sentence.text) if "politisk" in lowered(sentence.text) else None
    if match is None:
        return []
    step = _step(sentence, None, None, rule="route.political")
    words = sentence.evidence(match.start(), match.end(), "date_as_stated")
    evidence = (*step.evidence, words)
    return [replace(step, step_role=_STAGE_ROLE, date_as_stated=match[0], date_precision="vague", evidence=evidence)]


def _recommended(sentence: Passage) -> list[RoutingStep]:
    """The bodies that a recommendation is made to, and those it is to pass on to ("til A at anbefale over for B")."""
    text = sentence.text
    verb = _PROPOSES.search(lowered(text))
    towards = _TO.search(text, verb.end() if verb else 0)
    if towards is None:
        return []
    bodies = [
        body
        for body in read_bodies(text)
        if towards.end() <= body.begin and not (sentence.body is not None and same_body(body.name, sentence.body))
    ]
    via = _VIA.search(text, towards.start())
    if via is not None:  # what stands behind "via" comes before the goal that stands in front of it
        bodies.sort(key=lambda body: body.begin < via.start())
    return [_step(sentence, body, None, rule="route.via") for body in bodies]


def join_steps(steps: tuple[RoutingStep, ...]) -> tuple[RoutingStep, ...]:
    """One step per body and date, with the sentences of all; the case text and the decision often say the same."""
    if not steps:
        return ()
    groups: dict[tuple[str, date | None, str | None, str], list[RoutingStep]] = {}
    for step in steps:
        key = ((step.target_body or "").casefold(), step.planned_date, step.step_role, step.step_source)
        groups.setdefault(key, []).append(step)
    return _numbered(tuple(_joined(group) for group in groups.values()))


def _joined(group: list[RoutingStep]) -> RoutingStep:
    if len(group) == 1:
        return group[0]
    return replace(group[0], evidence=tuple(dict.fromkeys(chain.from_iterable(step.evidence for step in group))))


def _numbered(steps: tuple[RoutingStep, ...]) -> tuple[RoutingStep, ...]:
    """Steps counted again without holes; those that shared an order share it still."""
    orders = {order: place for place, order in enumerate(dict.fromkeys(s.step_order for s in steps))}
    first = min((s.step_order for s in steps), default=1)
    return tuple(_counted(s, first + orders[s.step_order]) for s in steps)


def _counted(step: RoutingStep, order: int) -> RoutingStep:
    return step if step.step_order == order else replace(step, step_order=order)


def read_codes(text: str, codes: Mapping[str, str]) -> tuple[RouteCode, ...]:
    """The route codes in a list ("KF/AU, BY") or a file's name, in order.

    A list of nothing but codes may hold unknown ones; elsewhere only those in `codes` count. Where a list has commas
    as well as slashes, the slash means side by side.

    >>> [c.body for c in read_codes("TRIO-stormøde HU ØK KB.docx", {"HU": "Hovedudvalget", "ØK": "Økonomiudvalget"})]
    ['Hovedudvalget', 'Økonomiudvalget']
    >>> [(c.code, c.step_order) for c in read_codes("KF/AU, SO", {})]
    [('KF', 1), ('AU', 1), ('SO', 2)]
    """
    is_list = _CODE_LIST.match(text.strip()) is not None
    parallel = is_list and "/" in text and _LIST_SEPARATOR.search(text) is not None
    found: list[RouteCode] = []
    order = 0
    for match in _CODE.finditer(text):
        if not is_list and match[0] not in codes:
            continue
        between = text[found[-1].end : match.start()] if found else ","
        order += 0 if parallel and found and between.strip() == "/" else 1
        found.append(RouteCode(match.start(), match.end(), match[0], codes.get(match[0], match[0]), order))
    return tuple(found)
