"""Made minutes with private detail planted in them, among numbers, addresses and names that are innocent."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

KINDS = ("cpr", "phone", "mail", "address", "health")
_DAY = "Beslutning i Økonomiudvalget den {day:02}-{month:02}-2024"


@cache
def lines() -> dict[str, Any]:
    """The lines and the words that they are made of."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class MadeText:
    """One made text, the kind of what is planted in it (empty: nothing is), and the lines of it."""

    text: str
    kind: str
    planted: str


def texts(seed: int, count: int) -> Iterator[MadeText]:
    """Made minutes; every second one is innocent, the others hold one private detail, each kind in turn."""
    chance = Random(seed)
    for n in range(count):
        kind = KINDS[n // 2 % len(KINDS)] if n % 2 else ""
        planted = filled(chance.choice(lines()["planted"][kind]), chance) if kind else ""
        yield MadeText(minutes(planted, chance), kind, planted)


def minutes(planted: str, chance: Random) -> str:
    """The text of a meeting with three items, a dozen innocent lines, and one that is planted."""
    told = [filled(line, chance) for line in chance.sample(lines()["innocent"], 12)]
    if planted:
        told.insert(chance.randrange(len(told)), planted)
    out = ["Referat", "Økonomiudvalget", "Mødedato: 17. september 2024", "", "Til stede"]
    out += [*(f"{member} (A)" for member in lines()["members"]), ""]
    for number, part in enumerate((told[:4], told[4:8], told[8:]), 1):
        decided = _DAY.format(day=chance.randint(1, 28), month=chance.randint(1, 12))
        out += [f"{number}. Behandling af sag {number}", "", "Sagsfremstilling", ""]
        out += [row for line in part for row in (line, "")]
        out += [decided, "", "Godkendt.", ""]
    return "\n".join(out)


def filled(line: str, chance: Random) -> str:
    """A line with its blanks filled."""
    given, last = chance.choice(lines()["given"]), chance.choice(lines()["surnames"])
    mail = f"{given}.{last.split(' ')[-1]}".lower().translate(str.maketrans("øåæ", "oaa"))
    day, month, year = f"{chance.randint(1, 28):02}", f"{chance.randint(1, 12):02}", f"{chance.randint(30, 99)}"
    serial, digits = f"{chance.randint(0, 9999):04}", f"{chance.randint(0, 10**9):010}"
    number = f"{chance.randint(20, 99)}{digits[:6]}"
    floor = chance.choice(["", "", "A", ", 2. tv"])
    blanks = {
        "who": f"{given} {last}",
        "official": chance.choice(lines()["officials"]),
        "member": chance.choice(lines()["members"]),
        "title": chance.choice(lines()["titles"]),
        "home": f"{chance.choice(lines()['streets'])} {chance.randint(1, 180)}{floor}",
        "town": f"{chance.randint(1000, 9990)} {chance.choice(lines()['towns'])}",
        "mail": f"{mail}@{chance.choice(['gmail.com', 'hotmail.com', 'mail.dk'])}",
        "phone": " ".join(number[n : n + 2] for n in range(0, 8, 2)),
        "eight": number,
        "ten": f"{day}{month}{year}{serial}",
        "cpr": f"{day}{month}{year}-{serial}",
        "cprten": f"{day}{month}{year}{serial}",
        "cprdash": f"{day}{month}{year}–{serial}",
        "cprspace": f"{day}{month}{year} {serial}",
        "cprwide": f"{day}{month}{year} - {serial}",
        "cprdots": f"{day}.{month}.19{year}-{serial}",
        "day": day,
        "month": month,
        **{f"d{n}": digits[:n] for n in range(1, 10)},
    }
    return line.format(**blanks)
