"""Keys and IRIs: what every thing is called, always from what its source prints, never at random.

Everything here is a pure function of the municipality's settings and of one source, so that a source's named graph
depends on no other. What runs across sources stands in `graph.links` and `graph.routes`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from graph.identity.body_marks import Mark, body_mark, tidied
from graph.model import AgendaItem, Meeting, Minutes
from graph.municipalities.load import MunicipalitySettings

DEVELOPMENT_SECRET = b"sagsgraf-development-key"

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "ß": "ss"})
_LAST = str.maketrans("æøå", "{|}")
_OUTSIDE = re.compile(r"[^a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")
_MUNICIPALITY_WORD = re.compile(r"s? (?:[Rr]egionsk|[Kk])ommune$")


@lru_cache(maxsize=1 << 16)
def slug(name: str) -> str:
    """A name as a part of an IRI: a-z, 0-9 and single hyphens; the Danish letters spelt out.

    >>> slug("Teknik- og Miljøudvalget")
    'teknik-og-miljoeudvalget'
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return _OUTSIDE.sub("-", plain).strip("-") or fingerprint(name)[:12]


def normal(text: str) -> str:
    """A title or name with letters and digits only, lower case, single blanks: what keys are made from.

    >>> normal("Kommende udbud af  ERP-system.")
    'kommende udbud af erp system'
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def fingerprint(text: str) -> str:
    """The SHA-256 of a text's normal form, in hexadecimal."""
    return hashlib.sha256(normal(text).encode()).hexdigest()


def sort_key(text: str) -> str:
    """A text that sorts in Danish order by code point: … z æ ø å, upper and lower case alike.

    >>> sorted(["Åse", "Zoe", "Ærø", "Øjvind", "abe"], key=sort_key)
    ['abe', 'Zoe', 'Ærø', 'Øjvind', 'Åse']
    """
    return normal(text).replace("aa", "å").translate(_LAST)


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of one municipality's things.

    `base` is the address that the IRIs start with; `secret` keys the HMAC behind the persons' keys, so that nobody can
    tell a key from a name without it.
    """

    base: str
    settings: MunicipalitySettings
    secret: bytes = DEVELOPMENT_SECRET
    _known: dict[Mark, str] = field(init=False, default_factory=dict, repr=False, compare=False)
    _bodies: dict[str, str] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        settings = self.settings
        for name in (*settings.aliases, *settings.kinds, *settings.bodies.values()):
            self._known.setdefault(body_mark(name, self.place), settings.aliases.get(name, name))

    @property
    def place(self) -> str:
        """The municipality's name without the word for what it is and a last -s, which may be the genitive's."""
        return _MUNICIPALITY_WORD.sub("", self.settings.name)

    @property
    def municipality(self) -> str:
        """The municipality itself."""
        return self._thing("municipalities", self.settings.code)

    def body_name(self, written: str) -> str:
        """A body's one name: the settings' for a code, an alias or another way of writing it; else as written."""
        if written not in self._bodies:
            self._bodies[written] = self._body_name(written)
        return self._bodies[written]

    def _body_name(self, written: str) -> str:
        settings = self.settings
        name = settings.bodies.get(written, written)
        if name in settings.aliases or name in settings.kinds:
            return settings.aliases.get(name, name)
        head, fields = mark = body_mark(name, self.place)
        if mark in self._known:
            return self._known[mark]
        meant = {known for (_, their), known in self._known.items() if their == fields} if not head else set()
        return meant.pop() if len(meant) == 1 else tidied(name)

    def is_body(self, written: str) -> bool:
        """Whether the settings know the name, code or alias as a body's."""
        return self.body_name(written) in self.settings.kinds or written in self.settings.bodies

    def body(self, written: str) -> str:
        """A body, by code, alias or name as written."""
        return self._thing("bodies", self.settings.code, slug(self.body_name(written)))

    def department(self, written: str) -> str:
        """An administrative unit."""
        return self._thing("departments", self.settings.code, slug(written))

    def organisation(self, written: str) -> str:
        """An organisation outside the municipality, by its name alone."""
        return self._thing("organisations", slug(written))

    def post(self, post: str) -> str:
        """A post in its indefinite form ("økonomichef")."""
        return self._thing("posts", self.settings.code, slug(post))

    def person(self, name: str, mark: str = "") -> str:
        """A person of this municipality; two spellings that differ in case or blanks alone are one.

        `mark` keeps namesakes apart: the party or the post that the one of them is known by.
        """
        told = f"{self.settings.code}|{normal(name)}" + (f"|{normal(mark)}" if mark else "")
        key = hmac.new(self.secret, told.encode(), hashlib.sha256).hexdigest()[:20]
        return self._thing("people", self.settings.code, key)

    def meeting(self, body: str, day: date) -> str:
        """The meeting of a body on a day."""
        return self._thing("meetings", self._meeting_key(body, day))

    def agenda_item(self, body: str, day: date, key: str) -> str:
        """An item of a meeting, by the key that `item_keys` gives it."""
        return self._thing("agenda-items", self._meeting_key(body, day), key)

    def case(self, body: str, day: date, key: str) -> str:
        """The case that an item of a meeting mints."""
        return self._thing("cases", self._meeting_key(body, day), key)

    def decision(self, body: str, day: date, key: str) -> str:
        """A verdict on an item."""
        return self._thing("decisions", self._meeting_key(body, day), key)

    def attachment(self, body: str, day: date, key: str) -> str:
        """A file that goes with an item; the key holds item and number."""
        return self._thing("attachments", self._meeting_key(body, day), key)

    def recurring_text(self, body: str, text_hash: str) -> str:
        """A paragraph that recurs in a body's meetings."""
        return self._thing("recurring-texts", self.settings.code, slug(self.body_name(body)), text_hash[:16])

    def _meeting_key(self, body: str, day: date) -> str:
        return f"{self.settings.code}/{slug(self.body_name(body))}/{day.isoformat()}"

    def _thing(self, kind: str, *key: str) -> str:
        return "/".join((self.base, "id", kind, *key))


def source(base: str, text_hash: str) -> str:
    """The page of a source; its text is at the same address with .txt."""
    return f"{base}/sources/{text_hash}"


def span(base: str, text_hash: str, *, begin: int, end: int) -> str:
    """The characters from begin to end of a source's text (RFC 5147)."""
    return f"{base}/sources/{text_hash}.txt#char={begin},{end}"


def named_graph(base: str, name: str) -> str:
    """A named graph: a source's text hash, or links, computed, vocabulary."""
    return f"{base}/graphs/{name}"


def item_keys(agenda_items: tuple[AgendaItem, ...]) -> list[str]:
    """A key for each item of a meeting: its number, else a hash of its title; a repeated key gets its order."""
    keys: list[str] = []
    for agenda_item in agenda_items:
        key = slug(agenda_item.item_number) if agenda_item.item_number else fingerprint(agenda_item.title or "")[:12]
        repeats = sum(1 for known in keys if known == key or known.rpartition("~")[0] == key)
        keys.append(f"{key}~{repeats + 1}" if repeats else key)
    return keys


@dataclass(frozen=True, slots=True)
class Treated:
    """An item or sub-item with the keys of itself and of the umbrella item it stands under, if any."""

    agenda_item: AgendaItem
    key: str
    parent: str | None

    @property
    def umbrella(self) -> bool:
        """Whether the item only holds separate matters."""
        return bool(self.agenda_item.agenda_items)


def treated_items(agenda_items: tuple[AgendaItem, ...]) -> list[Treated]:
    """Every item and sub-item of a meeting in order, each with its key; an umbrella item stands before its parts."""
    rows: list[Treated] = []
    for agenda_item, key in zip(agenda_items, item_keys(agenda_items), strict=True):
        rows.append(Treated(agenda_item, key, None))
        rows += [Treated(part, f"{key}.{n}", key) for n, part in enumerate(agenda_item.agenda_items, 1)]
    return rows


def held(minutes: Minutes) -> bool:
    """Whether the source records the meeting: it says that it is minutes, or holds a verdict of that very meeting.

    An agenda plans; only a record tells that an item was treated.
    """
    if minutes.meeting.document_kind:
        return minutes.meeting.document_kind == "referat"
    verdicts = (d for row in treated_items(minutes.agenda_items) for d in row.agenda_item.decisions)
    return any(own_verdict(d.decided_by, d.decision_date, minutes.meeting) for d in verdicts)


def own_verdict(decided_by: str | None, decision_date: date | None, meeting: Meeting) -> bool:
    """Whether a verdict is the meeting's own: its heading names no other body and no other date."""
    same_body = decided_by is None or meeting.held_by is None or normal(decided_by) == normal(meeting.held_by)
    return same_body and (decision_date is None or decision_date == meeting.meeting_date)
