"""The audit log, `DATA/audit.jsonl`: who did what to the graph, when and why; each line holds the last one's hash.

Lines are only ever added. They say which versions and how many things, never what was erased. Who and why are chained
by salted hashes, so that a name in an old reason can be blanked and the chain still holds. That the last lines were cut
off is seen only by whoever kept the last hash, which `sagsgraf audit` prints.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from graph.errors import StoreError
from graph.store import write_whole

FILE = "audit.jsonl"
ACTS = ("publish", "withdraw", "erase", "mask", "release", "restore", "rollback")
BEGINNING, BLANK = "0" * 64, "█"
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Act:
    """One line: its number, when, who, what, why, and the counts that go with it.

    `seals` are the salted hashes of who and why; where a name in them was erased, `salt` is empty and they say nothing.
    """

    number: int
    at: str
    what: str
    who: str
    reason: str
    told: dict[str, int | str]
    before: str
    salt: str
    seals: tuple[str, ...]

    @property
    def hash(self) -> str:
        """The hash of the line, which the next one holds."""
        chained = (self.number, self.at, self.what, self.told, self.before, self.seals)
        return hashlib.sha256(json.dumps(chained, sort_keys=True).encode()).hexdigest()

    @property
    def line(self) -> str:
        """The line as it is written."""
        return json.dumps({**asdict(self), "hash": self.hash}, ensure_ascii=False) + "\n"

    @property
    def sound(self) -> bool:
        """Whether who and why are those that were written, or blanked."""
        told = (self.who, self.reason)
        return self.seals == sealed(self.salt, *told) if self.salt else told == (BLANK, BLANK)

    def blanked(self) -> Act:
        """The act without who and why."""
        return replace(self, who=BLANK, reason=BLANK, salt="")


def in_short(reason: str) -> str:
    """A reason as it is kept: on one line, and no longer than it may be.

    >>> in_short(" Anmodning   efter artikel 17 ")
    'Anmodning efter artikel 17'
    """
    return " ".join(reason.split())[:_LONGEST_REASON]


def sealed(salt: str, *told: str) -> tuple[str, ...]:
    """The salted hashes of some texts."""
    return tuple(hashlib.sha256(f"{salt} {text}".encode()).hexdigest() for text in told)


def read_acts(data: Path) -> list[Act]:
    """The acts of a data folder, oldest first; StoreError with the first line that the chain does not bear out."""
    acts: list[Act] = []
    before = BEGINNING
    for number, line in enumerate(lines(data), 1):
        act = parsed(line)
        if act is None or not act.sound or act.number != number or act.before != before:
            raise broken(data, number)
        acts.append(act)
        before = act.hash
    return acts


def lines(data: Path) -> Iterator[str]:
    """The lines of the log as written."""
    path = data / FILE
    if path.is_file():
        yield from path.read_text("utf-8", "replace").splitlines()


def parsed(line: str) -> Act | None:
    """The act of a line; None where it is not one, or its hash is not its own."""
    try:
        row = json.loads(line)
        written, seals = row.pop("hash"), tuple(row.pop("seals"))
        act = Act(**row, seals=seals)
        return act if act.hash == written else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def broken(data: Path, number: int) -> StoreError:
    """The error for a log that was changed."""
    return StoreError(
        f"{data / FILE}, linje {number}: kæden er brudt her; linjen eller den før er ændret, flyttet eller slettet.",
        english=f"{data / FILE}, line {number}: the chain breaks here; this line or the one before was changed.",
    )


def note(data: Path, what: str, *, who: str = "", reason: str = "", told: Mapping[str, int | str] | None = None) -> Act:
    """Adds an act to the log and gives it; without `who`, the account that Sagsgraf runs as.

    A half line, left by a process that was killed while it wrote, is no act and is taken away first. Raises ValueError
    for an act that the log does not know.
    """
    if what not in ACTS:
        raise ValueError(f"{what}: expected one of {', '.join(ACTS)}")
    path = data / FILE
    data.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as log:
        log.seek(0)
        content = log.read()
        whole = content.rpartition(b"\n")
        if whole[2]:
            log.truncate(len(content) - len(whole[2]))
        written = whole[0].decode("utf-8", "replace").splitlines()
        last = parsed(written[-1]) if written else None
        by, why, salt = " ".join(who.split()) or account(), " ".join(reason.split()), token_hex(16)
        act = Act(
            number=len(written) + 1,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            what=what,
            who=by,
            reason=why,
            told=dict(told or {}),
            before=last.hash if last else BEGINNING,
            salt=salt,
            seals=sealed(salt, by, why),
        )
        log.write(act.line.encode())
        log.flush()
        os.fsync(log.fileno())
    return act


def blank(data: Path, stated: Callable[[str], bool]) -> int:
    """Takes who and why out of the lines that say what may no longer be said; gives how many that were."""
    acts = [(line, parsed(line)) for line in lines(data)]
    said = [act is not None and stated(f"{act.who}\n{act.reason}") for _, act in acts]
    if any(said):
        kept = [
            act.blanked().line if gone and act else f"{line}\n" for (line, act), gone in zip(acts, said, strict=True)
        ]
        write_whole(data / FILE, "".join(kept))
    return sum(said)


def account() -> str:
    """The account that Sagsgraf runs as."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def note_published(data: Path, number: int) -> None:
    """Adds that a version was published, unless the log says so already: a build that was killed is caught up with."""
    known = (act.told.get("version") for line in lines(data) if (act := parsed(line)) and act.what != "rollback")
    if number not in known:
        note(data, "publish", told={"version": number})
