"""What is true of a made municipality: the record that layouts print and that answers are measured against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class TruePerson:
    """A person: an elected one has a party, an official a post."""

    key: str
    given: str
    middle: str
    last: str

    @property
    def name(self) -> str:
        """The full name."""
        return " ".join(part for part in (self.given, self.middle, self.last) if part)


@dataclass(frozen=True, slots=True)
class TrueBody:
    """A body with its kind, its code, and the names it has had, each from a day on."""

    key: str
    kind: str
    code: str
    names: tuple[tuple[date, str], ...]

    def name(self, day: date) -> str:
        """The name on a day."""
        return [name for since, name in self.names if since <= day][-1]


@dataclass(frozen=True, slots=True)
class TrueMention:
    """A person as a source names them, or a post alone where `written` is empty; `variation` says how it is written."""

    person: str
    written: str
    status: str
    variation: str
    party: str = ""
    post: str = ""
    acting: bool = False


@dataclass(frozen=True, slots=True)
class TrueStop:
    """A stop that an item plans, with what became of it: a state, or pending where no minutes can tell."""

    body: str
    written: str
    day: date | None
    state: str
    variation: str


@dataclass(slots=True)
class TrueItem:
    """One item of a meeting: the case it is of, what it prints, and by what a reader can tell the case."""

    case: str
    title: str
    number: str
    told_by: str
    case_number: str = ""
    background: list[str] = field(default_factory=list)
    decision: list[str] = field(default_factory=list)
    outcome: str = "discussed"
    people: list[TrueMention] = field(default_factory=list)
    stops: list[TrueStop] = field(default_factory=list)
    documents: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class TrueMeeting:
    """A meeting with its roll call; `written` is the body's name as printed, `held` whether there are minutes."""

    body: str
    written: str
    day: date
    held: bool = True
    roll: list[TrueMention] = field(default_factory=list)
    items: list[TrueItem] = field(default_factory=list)


@dataclass(slots=True)
class TrueMunicipality:
    """All that is true of a made municipality."""

    code: str
    name: str
    bodies: dict[str, TrueBody]
    people: dict[str, TruePerson]
    meetings: list[TrueMeeting]

    @property
    def minutes(self) -> list[TrueMeeting]:
        """The meetings that minutes are held of."""
        return [meeting for meeting in self.meetings if meeting.held and meeting.items]
