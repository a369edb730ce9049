"""How well and how fast people, cases and bodies are resolved: `python tests/benchmarks/bench_identity.py [SIZE …]`.

Reach: 60,000 mentions of persons within 5 s and 500 MB, 600,000 within 90 s, and a cost that grows near linearly. The
tables are of a made municipality with known truth, by kind of variation.
"""

from __future__ import annotations

import re
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

from graph.identity.keys import Names, slug
from graph.identity.people import resolve_people
from graph.identity.person_mentions import PersonMention, participation_iri
from graph.identity.posts import held_posts, link_posts
from graph.model import Evidence, Participation
from graph.municipalities.load import MunicipalitySettings
from tests.maker.answers import Resolved
from tests.maker.measures import printed, scores
from tests.maker.words import words
from tests.maker.world import make_municipality

EACH = 40  # mentions of one person
CODES = 8  # municipalities
REACH = {60_000: 5.0, 600_000: 90.0}
MEMORY = 500 << 20


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run took, and what came of it."""

    mentions: int
    persons: int
    seconds: float
    memory: int


def surnames(random: Random) -> list[str]:
    """Some thousand surnames made of two parts, with the common ones often."""
    made = ["".join(parts) for parts in product(words("places"), ("sen", "gaard", "holm", "lund", "dal"))]
    random.shuffle(made)
    return [*words("last") * 4, *made]


def written(random: Random, name: tuple[str, str, str]) -> str:
    """One way of writing a name."""
    given, middle, last = name
    chance = random.random()
    if chance < 0.1:
        return f"{given[0]}. {last}"
    return f"{given} {middle} {last}" if middle and chance > 0.2 else f"{given} {last}"


def made_mentions(count: int, names: dict[str, Names], seed: int = 1) -> Iterator[PersonMention]:
    """Mentions of elected people and officials in several municipalities, over twelve years."""
    random = Random(seed)
    last = surnames(random)
    claim = Participation(agent=None, participation_status="recorded", evidence=(Evidence(0, 4, "made"),))
    for n in range(count // EACH):
        code = f"{700 + n % CODES:04}"
        middle = random.choice(words("middle")) if random.random() < 0.5 else ""
        name = (random.choice(words("given")), middle, random.choice(last))
        party = random.choice(words("parties")).lower() if n % 2 else ""
        post = "" if party else slug(f"{random.choice(words('posts'))} {n // 200}")
        body = names[code].body(f"Udvalg {n % 12}")
        begin = date(2012, 1, 1) + timedelta(days=random.randrange(3000))
        for m in range(EACH):
            day = begin + timedelta(days=28 * m)
            alone = bool(post) and m % 10 == 9
            shown = written(random, name)
            key = names[code].post(post) if alone else names[code].person(shown)
            place = participation_iri(f"{body}/{day}/{n}", key, "recorded")
            yield PersonMention(
                None if alone else shown,
                key,
                place,
                code,
                body,
                day,
                f"{n}-{m}",
                claim,
                party,
                post,
                "plain" if post else "",
            )


def peak_memory() -> int:
    """The most memory this program has held, in bytes; getrusage would count what the process that started it held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(found[1]) << 10 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def run(count: int) -> Figures:
    """Resolves so many mentions; the making of them is not counted."""
    codes = [f"{700 + n:04}" for n in range(CODES)]
    names = {code: Names("http://127.0.0.1:8000", MunicipalitySettings(code, f"Kommune {code}")) for code in codes}
    mentions = list(made_mentions(count, names))
    begun = perf_counter()
    people = resolve_people(mentions, names)
    link_posts(mentions, held_posts(mentions, people))
    seconds = perf_counter() - begun
    persons = len({people.person(mention) for mention in mentions if mention.name})
    return Figures(len(mentions), persons, seconds, peak_memory())


def tables(seed: int) -> None:
    """Prints how well a made municipality of 2,000 items is resolved."""
    made = Resolved.of(make_municipality(seed))
    for title, rows in (("people", made.people()), ("cases", made.cases()), ("bodies", made.bodies())):
        print(printed(title, scores(rows)))
    states = made.states()
    print(f"states: {sum(row.true == row.found for row in states)} of {len(states)} right")


def main() -> int:
    """Prints the figures for each size given (60,000 and 600,000); 1 where one is out of reach."""
    tables(1)
    late = 0
    for count in [int(size) for size in sys.argv[1:]] or [*REACH]:
        found = run(count)
        print(
            f"{found.mentions:>8} mentions, {found.persons:>6} persons: {found.seconds:6.2f} s, "
            f"{found.mentions / found.seconds:>8.0f} mentions/s, {found.memory >> 20} MB"
        )
        late += found.seconds > REACH.get(count, 1e9) or (count <= 60_000 and found.memory > MEMORY)
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
