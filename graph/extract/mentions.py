"""The bodies, departments and organisations that an item names, with the dates the text gives for the bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from graph.danish.bodies import BodyName, inside, read_bodies, read_units, same_body
from graph.danish.dates import StatedDate, read_dates
from graph.danish.hints import holds
from graph.danish.lexicon import alternatives
from graph.danish.sentences import sentences
from graph.extract.passage import Passage
from graph.model import Mention

_DESCRIBED = re.compile(
    r"\b(?:[Dd]e (?:to|tre|fire|fem|seks|øvrige) |[Bb]egge )"
    r"(?P<what>[a-zæøå]*(?:chefgrupper|ledergrupper|chefgrupperne|ledergrupperne))\b"
)
_ORGANISATION = re.compile(
    r"(?<![\w-])(?:KL|FN|MED(?!-)|Danske Regioner"
    r"|Region (?:Nordjylland|Midtjylland|Syddanmark|Hovedstaden|Sjælland|Østdanmark)"
    r"|[A-ZÆØÅ][\w-]*(?: og [A-ZÆØÅ][\w-]*)?(?:styrelsen|ministeriet|tilsynet)"
    r"|[A-ZÆØÅ][\w-]*(?: [A-ZÆØÅ][\w-]*)? (?:A/S|ApS|I/S))(?=s?\b|'s|’s)"
)
# what a described group or an organisation cannot be named without
_OTHERS = (
    "grupper", "KL", "FN", "MED", "Danske Regioner", "Region ", "styrelsen", "ministeriet", "tilsynet", "A/S", "ApS",
    "I/S",
)  # fmt: skip
_NOT_STYRELSE = ("bestyrelsen", "kommunestyrelsen")
_TIGHT = re.compile(
    r"(?:s? ?(?:ordinære |ekstraordinære |fælles )?(?:møde|mødet|beslutning|behandling))?,? ?"
    r"(?:(?:i|på|inden|før|forud for|til|ved) (?:det |deres |dets |sit |udvalgets |rådets |bestyrelsens )?"
    r"(?:(?:næste|kommende|ordinære|ekstraordinære) )?møde(?:t)? )?"
    r"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag )?(?:den |d\. )?\Z"
)
# what is held on the day with a body: "Møde med Økonomiudvalget holdes den 3. maj"
_MEETING_WITH = re.compile(
    r"\b(?:(?:[A-ZÆØÅa-zæøå]{0,24}m|M)øde(?:t)?|[Ss]eminar(?:et)?|[Ww]orkshop(?:pen)?|[Dd]ialog)"
    r"(?: i| med| for| mellem)"
    r"(?: [\w-]+,?(?: og| samt)?){0,4} $"
)
_HELD_ON = re.compile(
    r" (?:(?:af)?holdes|bliver (?:af)?holdt|finder sted|er(?: planlagt til)?|ligger|planlægges|fastsættes til|bliver)"
    r" (?:(?:man|tirs|ons|tors|fre|lør|søn)dag )?(?:den |d\. )?\Z"
)
_DATES_JOINED = re.compile(
    r"\.?(?:,| og| samt)"
    r"(?: (?:[2-4]\.|anden|tredje)[ -]?behandl\w{2,5}(?: (?:det|den|dem|budgettet|sagen|forslaget))?)?"
    r"(?: igen)?(?: den| d\.)? ?\Z"
)
_COMPOUND = re.compile(r"-(?:møde\w*|dag\w*|seminar\w*)?")
_FOREIGN = re.compile(
    r"[;:]|\b(?:fra|inden|senest|frist\w*|perioden?|træder|ikraft\w*|som|der|hvor|gælder|indtil|til)\b"
)
# before a day, words that make it the day of the body's own meeting: "udsat til udvalgets møde den ", "på mødet den "
_OWN_MEETING = re.compile(
    r"\b(?:(?:på|til|ved|inden|før|efter|i) (?:det |vores |sit )?"
    r"(?:(?:næste|kommende|ordinære|ekstraordinære) ){0,2}mødet"
    r"|(?:på|til|ved) (?:(?:det|vores|sit|et) )?(?:næste|kommende|sit|vores) (?:(?:ordinære|ordinært) )?møde|på møde"
    r"|(?:udvalgets|rådets|bestyrelsens|kommissionens|nævnets|gruppens|direktionens)"
    r" (?:(?:næste|kommende|ordinære|ekstraordinære) ){0,2}møde)(?: igen)?,?"
    r" (?:(?:man|tirs|ons|tors|fre|lør|søn)dag )?(?:den |d\. )?$"
)
_WITH_OTHERS = re.compile(r"(?: \d{4})?,? (?:kl\.? [\d.:]+ )?(?:med|hos|mellem|for|i (?=[A-ZÆØÅ]))\b")
_BLANKS = re.compile(r"\s{2,}")  # a page's end may stand there
_REACH = 90
_MOST_DATES = 40


def read_mentions(passage: Passage) -> tuple[Mention, ...]:
    """The bodies (each once per date), departments and organisations of a passage, with the sentences that name them.

    The meeting's own body counts only with another date; where a body is named with dates, its bare name adds nothing.
    """
    text = passage.text
    bodies, units, others = read_bodies(text), read_units(text), holds(text, _OTHERS)
    meets = passage.body is not None and passage.meeting_date is not None and " møde" in text
    if not (bodies or units or others or meets):
        return ()
    found: dict[tuple[str, str, object], list[Mention]] = {}
    for begin, end in sentences(text):
        own, departments = inside(bodies, begin, end), inside(units, begin, end)
        if not (own or departments or others or meets):
            continue
        sentence = passage.part(begin, end)
        named = [*_bodies(sentence, own), *_units(sentence, departments), *(_others(sentence) if others else ())]
        for one in [*(_own_meetings(sentence, own) if meets else ()), *named]:
            found.setdefault((one.pref_label.casefold(), one.mention_kind, one.mention_date), []).append(one)
    return _without_bare(passage, tuple(_joined(group) for group in found.values()))


@cache
def _other_date() -> re.Pattern[str]:
    """Words between a body and a date that show the date to be another thing's."""
    return re.compile(rf"(?<!\w)(?:{alternatives('verbs', 'dating', 'other')})(?!\w)", re.IGNORECASE)


@cache
def _body_verb() -> re.Pattern[str]:
    """A verb between a date and the body it belongs to: "Den 3. marts besluttede Byrådet"."""
    verbs = alternatives("verbs", "dating", "body_verbs")
    return re.compile(rf"\A(?: \([^()]{{1,40}}\))?[ .,]*(?:{verbs})?(?: på mødet i| i)? ?\Z")


@cache
def _future() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('verbs', 'dating', 'future')})\b")


def _bodies(sentence: Passage, bodies: tuple[BodyName, ...]) -> Iterator[Mention]:
    """The bodies of one sentence, once for each date that it gives them."""
    text = sentence.text
    if not bodies:
        return
    dates = read_dates(text, near=sentence.meeting_date, forward=_future().search(text) is not None)
    days = [d for d in dates if d.precision == "day" and d.date is not None]
    first = 0
    for place, body in enumerate(bodies):
        until = bodies[place + 1].begin if place + 1 < len(bodies) else len(text)
        since = bodies[place - 1].end if place else 0
        while first < len(days) and days[first].begin < since:
            first += 1
        near = [day for day in days[first : first + _MOST_DATES] if day.begin < until]
        before = [day for day in near if day.begin < body.begin]
        for when in _behind(text, body, near[len(before) :]) or _before(text, body, before) or [None]:
            yield _body(sentence, body, when)


def _own_meetings(sentence: Passage, bodies: tuple[BodyName, ...]) -> Iterator[Mention]:
    """The meeting's own body with the day of a later meeting of its own, where no other body stands before the day."""
    text, today = sentence.text, sentence.meeting_date
    if sentence.body is None or today is None or " møde" not in text:
        return
    for when in read_dates(text, near=today, forward=True):
        told = _OWN_MEETING.search(text, max(0, when.begin - _REACH), when.begin)
        if told is None or when.precision != "day" or when.date is None or when.date <= today:
            continue
        others = (body for body in bodies if body.begin < when.begin and not same_body(body.name, sentence.body))
        if next(others, None) is None and _WITH_OTHERS.match(text, when.end) is None:
            yield Mention(
                pref_label=sentence.body,
                mention_kind="body",
                mention_date=when.date,
                evidence=(
                    sentence.evidence(0, len(text)),
                    sentence.evidence(told.start(), told.end(), "pref_label"),
                    sentence.evidence(when.begin, when.end, "mention_date"),
                ),
                extraction_method="mention.own-meeting",
                confidence=0.8,
            )


def _behind(text: str, body: BodyName, days: list[StatedDate]) -> list[StatedDate | None]:
    """The dates of a body that stand behind it: the first, with those joined to it by "og"."""
    if not days:
        return []
    compound = _COMPOUND.match(text, body.end)
    gap = _BLANKS.sub(" ", text[compound.end() if compound else body.end : days[0].begin])
    acted = _acts().match(gap)
    if acted and len(gap) <= _REACH and not _FOREIGN.search(gap, acted.end()):
        return [days[0]]
    meets = _HELD_ON.match(gap) and _MEETING_WITH.search(text, max(0, body.begin - _REACH), body.begin)
    if not (meets or _TIGHT.match(gap)) and (len(gap) > _REACH or _other_date().search(gap) or ";" in gap):
        return []
    chain: list[StatedDate | None] = [days[0]]
    last = days[0]
    for when in days[1:]:
        if not _DATES_JOINED.match(text[last.end : when.begin]):
            break
        chain.append(when)
        last = when
    return chain


@cache
def _acts() -> re.Pattern[str]:
    """What a body did, right behind its name: the day that follows is the day it did so."""
    return re.compile(rf",? (?:{alternatives('verbs', 'dating', 'acts')})\b")


def _before(text: str, body: BodyName, days: list[StatedDate]) -> list[StatedDate | None]:
    """The date right before a body, with nothing but a verb between."""
    if days and _body_verb().match(text[days[-1].end : body.begin]):
        return [days[-1]]
    return []


def _body(sentence: Passage, body: BodyName, when: StatedDate | None) -> Mention:
    evidence = [
        sentence.evidence(0, len(sentence.text)),
        sentence.evidence(body.begin, body.end, "pref_label"),
    ]
    if when is not None:
        evidence.append(sentence.evidence(when.begin, when.end, "mention_date"))
    return Mention(
        pref_label=body.name,
        mention_kind="body",
        mention_date=when.date if when else None,
        evidence=tuple(evidence),
        extraction_method="mention.dated" if when else "mention.body",
        confidence=0.85 if when and when.inferred_by else 0.9,
    )


def _units(sentence: Passage, units: tuple[BodyName, ...]) -> Iterator[Mention]:
    for unit in units:
        yield _named(sentence, unit.name, "department", at=(unit.begin, unit.end))


def _others(sentence: Passage) -> Iterator[Mention]:
    """Groups only described, and organisations of one sentence."""
    for match in _DESCRIBED.finditer(sentence.text):
        yield _named(sentence, match["what"].removesuffix("ne"), "described-body", at=match.span("what"))
    for match in _ORGANISATION.finditer(sentence.text):
        if not match[0].lower().endswith(_NOT_STYRELSE):
            yield _named(sentence, match[0], "organisation", at=match.span())


def _named(sentence: Passage, label: str, kind: str, *, at: tuple[int, int]) -> Mention:
    return Mention(
        pref_label=label,
        mention_kind=kind,
        evidence=(sentence.evidence(0, len(sentence.text)), sentence.evidence(*at, "pref_label")),
        extraction_method=f"mention.{kind}",
        confidence=0.9 if kind != "described-body" else 0.75,
    )


def _joined(group: list[Mention]) -> Mention:
    if len(group) == 1:
        return group[0]
    return replace(group[0], evidence=tuple(dict.fromkeys(chain.from_iterable(one.evidence for one in group))))


def _without_bare(passage: Passage, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Mentions without the meeting's own body at its own date, and without bare names of bodies named with a date."""
    dated = [m.pref_label for m in found if m.mention_date and m.mention_date != passage.meeting_date]
    kept = []
    for one in found:
        bare = one.mention_date is None or one.mention_date == passage.meeting_date
        others = dated if passage.body is None else (passage.body, *dated)
        if not (one.mention_kind == "body" and bare and any(same_body(one.pref_label, other) for other in others)):
            kept.append(one)
    return tuple(kept)
