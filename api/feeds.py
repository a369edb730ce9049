"""What changed in an answer as Atom and JSON Feed, and meetings and planned stops as iCalendar: documents as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree

from graph.questions.changes import WITHDRAWN, WORDS, Change, sentence
from graph.questions.question import Question

ATOM = "http://www.w3.org/2005/Atom"
_FOLD = 73
_STATUSES = {"met": "CONFIRMED", "lapsed": "CANCELLED", "withdrawn": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as a feed has it, with the sentences behind it; `id` is the same for as long as the row is."""

    id: str
    title: str
    text: str
    updated: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own address, the page it tells of, its title, when it was changed, and its language."""

    address: str
    page: str
    title: str
    updated: str
    language: str
    entries: tuple[Entry, ...]


def entry(question: Question, change: Change, base: str, *, language: str, quotes: Iterable[str] = ()) -> Entry:
    """A change of one question's answer; of what was withdrawn only the fact that it was."""
    word = WORDS[change.kind][language]
    told = "" if change.kind == WITHDRAWN else sentence(question, change.row, language)
    before = sentence(question, change.before, language) if change.before else ""
    identity = f"{base}/questions/{question.id}#{change.key}"
    text = f"{told}\n\n({WORDS['corrected'][language]}: {before})" if before else told
    return Entry(identity, f"{word}: {told[:120] or change.key}", text or word, change.on, tuple(quotes))


def atom(feed: Feed) -> str:
    """The feed as Atom (RFC 4287)."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    add(root, "id", feed.address)
    add(root, "title", feed.title)
    add(root, "updated", feed.updated)
    ElementTree.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.address})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    add(ElementTree.SubElement(root, "author"), "name", "Sagsgraf")
    for one in feed.entries:
        item = ElementTree.SubElement(root, "entry")
        add(item, "id", one.id)
        add(item, "title", one.title)
        add(item, "updated", one.updated)
        ElementTree.SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
        add(item, "content", quoted(one)).set("type", "text")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    """A child with a text."""
    child = ElementTree.SubElement(parent, name)
    child.text = text
    return child


def quoted(one: Entry) -> str:
    """The text of an entry with the sentences it rests on."""
    return "\n\n".join([one.text, *(f"»{quote}«" for quote in one.quotes)])


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed 1.1."""
    entries = [
        {"id": e.id, "url": feed.page, "title": e.title, "content_text": quoted(e), "date_modified": e.updated}
        for e in feed.entries
    ]
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": [{"name": "Sagsgraf"}],
        "items": entries,
    }
    return json.dumps(whole, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting or a planned stop in a calendar."""

    id: str
    day: date
    title: str
    page: str
    status: str = "CONFIRMED"
    text: str = ""


def occasion_status(state: str | None) -> str:
    """The calendar's word for a planned stop: one that no minutes tell of is tentative."""
    return _STATUSES.get(state or "", "TENTATIVE")


def calendar(name: str, occasions: Iterable[Occasion], built: str) -> str:
    """A calendar (RFC 5545) of whole days; `built` is the moment of the version it tells of."""
    stamp = built[:19].replace("-", "").replace(":", "") + "Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sagsgraf//sagsgraf//DA", f"X-WR-CALNAME:{escaped(name)}"]
    for one in occasions:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escaped(one.id)}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{min(one.day, date.max - timedelta(days=1)) + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(one.title)}",
            f"STATUS:{one.status}",
            f"URL:{one.page}",
            *([f"DESCRIPTION:{escaped(one.text)}"] if one.text else []),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    r"""A text as iCalendar has it.

    >>> escaped("Økonomiudvalget, 6. dec.; sagen")
    'Økonomiudvalget\\, 6. dec.\\; sagen'
    """
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """A line of at most 75 octets, continued on further ones."""
    rows, row = [], ""
    for letter in line:
        if len((row + letter).encode()) > _FOLD:
            rows.append(row)
            row = ""
        row += letter
    return "\r\n ".join([*rows, row])


def occasions_of(rows: Iterable[Mapping[str, Mapping[str, str]]]) -> list[Occasion]:
    """The occasions of the calendar's query."""
    found = []
    for row in rows:
        told = {name: term["value"] for name, term in row.items()}
        title = f"{told['bodyLabel']}: {told['caseLabel']}" if "caseLabel" in told else told["bodyLabel"]
        status = occasion_status(told.get("state", "").rpartition("/")[2]) if "caseLabel" in told else "CONFIRMED"
        page = (told["case"] if "case" in told else told["thing"]).replace("/id/", "/", 1)
        day = date.fromisoformat(told["day"])
        found.append(Occasion(told["thing"], day, title, page, status, told.get("quote", "")))
    return found
