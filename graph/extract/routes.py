"""The route that a field states: Sagsgang, Forventet sagsgang, Beslutningskompetence and their kin.

A list of codes ("KF", "ØK/BY"), of names, or a sentence ("Kommunalbestyrelsen beslutter."). Past handling is no route.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.danish.bodies import read_bodies
from graph.extract.passage import Passage
from graph.model import RoutingStep
from graph.values import value

_CODE = re.compile(r"(?<![\w/-])[A-ZÆØÅ]{2,6}(?=[/,;. )\n+→>-]|$)|(?<=/)[A-ZÆØÅ]{2,6}(?=[/,;. )\n]|$)")
_CHAIN = re.compile(r"[A-ZÆØÅ]{2,5}(?:-[A-ZÆØÅ]{2,5}){1,8}\.?")
_PREFIX = re.compile(r"(?P<codes>[A-ZÆØÅ]{2,5}(?:[/,] ?[A-ZÆØÅ]{2,5}){1,8})(?= [-–:] )")
_ONE_CODE = re.compile(r"(?P<codes>[A-ZÆØÅ]{1,4}U|KB|BY|BR|ØK)(?= [-–:] )")
_ANY_CODE = re.compile(r"(?P<codes>[A-ZÆØÅ]{2,6})(?= [-–:] )")
_SUFFIX = re.compile(r" (?:[-–] |\()(?P<codes>[A-ZÆØÅ]{2,5}(?:/[A-ZÆØÅ]{2,5}){1,8})\)?$")
_NAME_LINE = re.compile(r"[A-ZÆØÅ][\w,& /-]{2,60}$")
_KIND_OF_CASE = re.compile(  # "Sagsgang og sagstype": a case for information goes nowhere
    r"(?:Orientering|Beslutning|Drøftelse|Temadrøftelse|Indstilling|Efterretning|Lukket|Åben)s?(?:[ -]?(?:sag|punkt))?"
)
_MANY = re.compile(r"\b[Aa]lle (?:fagudvalg|stående udvalg|udvalg)(?:ene|et)?\b")
_NO_BODY = frozenset({"SAG", "PKT", "NR", "KL", "EU", "KLE", "FN", "DOK", "PDF"})


@value()
class Stop:
    """A body in a field, with its offsets in the passage."""

    begin: int
    end: int
    name: str


def read_route(passage: Passage, codes: Iterable[str] = ()) -> tuple[RoutingStep, ...]:
    """The steps that a field's value states, in order; with commas and slashes mixed, slashes join parallel stops."""
    stops = _stops(passage.text, frozenset(codes))
    return _steps(passage, stops, "route.field")


def read_title_route(passage: Passage, codes: Iterable[str] = ()) -> tuple[RoutingStep, ...]:
    """The steps that a title's prefix states ("MBU/ØU/KB - Takster"), or its last words; `codes` are known marks."""
    prefix = _PREFIX.match(passage.text) or _ONE_CODE.match(passage.text) or _SUFFIX.search(passage.text)
    if prefix is None:
        one = _ANY_CODE.match(passage.text)
        prefix = one if one and one["codes"] in frozenset(codes) else None
    if prefix is None:
        return ()
    at = prefix.start("codes")
    stops = [Stop(at + c.start(), at + c.end(), c[0]) for c in re.finditer(r"[A-ZÆØÅ]{2,5}", prefix["codes"])]
    return _steps(passage, stops, "route.title")


def _steps(passage: Passage, stops: Sequence[Stop], method: str) -> tuple[RoutingStep, ...]:
    text = passage.text
    mixed = "," in text and "/" in text
    order, found = 0, []
    for index, stop in enumerate(stops):
        between = text[stops[index - 1].end : stop.begin] if index else ""
        if not (mixed and between.strip() == "/"):
            order += 1
        line_begin = text.rfind("\n", 0, stop.begin) + 1
        line_end = text.find("\n", stop.end)
        line = passage.evidence(line_begin, line_end if line_end >= 0 else len(text))
        found.append(
            RoutingStep(
                target_body=stop.name,
                step_order=order,
                step_source="field",
                evidence=(line, passage.evidence(stop.begin, stop.end, "target_body")),
                extraction_method=method,
                confidence=0.99,
            )
        )
    return tuple(found)


def _stops(text: str, codes: frozenset[str]) -> list[Stop]:
    if _CHAIN.fullmatch(text.strip()):
        return _each_once([Stop(code.start(), code.end(), code[0]) for code in re.finditer(r"[A-ZÆØÅ]{2,5}", text)])
    named = [Stop(body.begin, body.end, body.name) for body in read_bodies(text)]
    named += [Stop(many.start(), many.end(), many[0]) for many in (_MANY.finditer(text) if "lle " in text else ())]
    taken = [(stop.begin, stop.end) for stop in named]
    for code in _CODE.finditer(text):
        inside = any(begin <= code.start() < end for begin, end in taken)
        if not inside and (code[0] in codes or code[0] not in _NO_BODY):
            named.append(Stop(code.start(), code.end(), code[0]))
    if not named:
        named = [Stop(begin, end, text[begin:end]) for begin, end in _name_lines(text)]
    named.sort(key=lambda stop: stop.begin)
    return _each_once(named)


def _name_lines(text: str) -> list[tuple[int, int]]:
    """Lines that are a name by themselves, where the field names no body that can be told as one."""
    found, begin = [], 0
    for line in text.split("\n"):
        words = line.strip(" .\t•-")
        if words and _NAME_LINE.match(words) and not _KIND_OF_CASE.fullmatch(words):
            place = begin + line.index(words)
            found.append((place, place + len(words)))
        begin += len(line) + 1
    return found


def _each_once(stops: Sequence[Stop]) -> list[Stop]:
    seen: set[str] = set()
    kept = []
    for stop in stops:
        if stop.name.casefold() not in seen:
            seen.add(stop.name.casefold())
            kept.append(stop)
    return kept
