"""The made municipality itself: three years of meetings, cases on their way through them, and what became of stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.maker.people import Folk
from tests.maker.truth import TrueBody, TrueItem, TrueMeeting, TrueMunicipality, TrueStop
from tests.maker.words import BODIES, words

CODE, NAME = "0998", "Prøvelund Kommune"
BEGIN, END = date(2021, 1, 4), date(2023, 12, 20)
POLITICAL = ("oekonomi", "kommunalbestyrelsen", "teknik", "boern", "social", "kultur", "arbejdsmarked")
TOLD_BY = ("number", "number", "number", "reference", "document", "title", "announced", "announced", "planned")
STATES = ("met", "met", "met", "moved", "lapsed", "pending", "withdrawn", "contradicted", "elsewhere")
RIVALS = 50  # one matter in so many items has a rival: another act on the same thing at the same place


def spoken(day: date) -> str:
    """A day as prose has it, without its year."""
    return f"{day.day}. {words('months')[day.month - 1]}"


@dataclass(slots=True)
class Maker:
    """A municipality in the making; the seed decides everything."""

    random: Random
    size: int
    folk: Folk = field(init=False)
    bodies: dict[str, TrueBody] = field(default_factory=dict)
    meetings: dict[str, list[TrueMeeting]] = field(default_factory=dict)
    matters: list[str] = field(default_factory=list)
    items: int = 0
    documents: int = 7_000_000

    def __post_init__(self) -> None:
        self.folk = Folk(self.random)
        self.bodies = {key: TrueBody(key, kind, code, names) for key, kind, code, names in BODIES}
        self.folk.elected(POLITICAL, 25)
        self.folk.staff(words("posts"), list(self.bodies))
        self.folk.namesakes(words("posts"))
        self.matters = [
            f"{act} {matter} i {place}"
            for act in words("acts")
            for matter in words("matters")
            for place in words("places")
        ]
        self.random.shuffle(self.matters)
        once = list(one_of_each(self.matters))
        rivals = [self.rival(matter) for matter in once[-(self.size // RIVALS) :]]
        self.matters = [*once, *rivals]
        for body in self.bodies:
            self.meetings[body] = list(self.calendar(body))

    def rival(self, matter: str) -> str:
        """Another act on the same thing at the same place: a case of its own."""
        rest = matter.split(" ", 2)[2]
        others = [act for act in words("acts") if not matter.startswith(act)]
        return f"{self.random.choice(others)} {rest}"

    def calendar(self, body: str) -> Iterator[TrueMeeting]:
        """A body's meetings: one a month but in July, one in twelve without minutes."""
        day = BEGIN + timedelta(days=self.random.randint(0, 20))
        while day <= END:
            if day.month != 7:
                held = self.random.random() > 0.08
                yield TrueMeeting(body, self.written(body, day), day, held, self.folk.roll(body, day) if held else [])
            day += timedelta(days=28)

    def written(self, body: str, day: date) -> str:
        """The name of a body as one document prints it."""
        name = self.bodies[body].name(day)
        if self.random.random() < 0.1 and name.endswith("udvalget") and "- og " in name:
            first, _, second = name.removesuffix("udvalget").partition("- og ")
            return f"Udvalget for {first} og {second.capitalize().removesuffix('s')}"
        return f"{name} {day.year}-{(day.year + 3) % 100}" if self.random.random() < 0.03 else name

    def make(self) -> TrueMunicipality:
        """The whole municipality."""
        self.standing()
        n = 0
        while self.items < self.size:
            self.case(f"c{n}")
            n += 1
        meetings = [meeting for body in self.meetings.values() for meeting in body]
        return TrueMunicipality(CODE, NAME, self.bodies, self.folk.people, meetings)

    def standing(self) -> None:
        """The matters that stand on every agenda: their number tells nothing, and each time is a case of its own."""
        for n, body in enumerate(POLITICAL):
            for m, meeting in enumerate(self.meetings[body]):
                if meeting.held and self.items < self.size // 4:
                    title = words("standing")[n % len(words("standing"))]
                    item = self.item(meeting, f"standing-{body}-{m}", title, "standing")
                    item.case_number = f"00.22.00-A00-{n + 1}-21"

    def item(self, meeting: TrueMeeting, case: str, title: str, told_by: str) -> TrueItem:
        """One more item on a meeting's agenda."""
        item = TrueItem(case, title, str(len(meeting.items) + 1), told_by)
        item.background.append("Forvaltningen har arbejdet videre med forslaget siden foråret.")
        item.decision.append("Sagen blev drøftet.")
        meeting.items.append(item)
        self.items += 1
        if told_by != "standing" and self.random.random() < 0.6:
            item.people.append(self.folk.official(meeting.body, meeting.day, "recorded"))
        if case in self.folk.leaders:
            item.people.append(self.folk.project_leader(case))
        return item

    def case(self, key: str) -> None:
        """A case: where it begins, and either its later treatments there or its way to another body."""
        body = self.random.choice([*self.bodies])
        held = [m for m in self.meetings[body] if m.held]
        place = self.random.randrange(len(held))
        title = self.matters.pop() if self.random.random() < 0.8 and self.matters else self.solo(held[place].day)
        if self.random.random() < 0.2:
            self.folk.leaders[key] = self.folk.newcomer()
        first = self.item(held[place], key, title, "first")
        if self.random.random() < 0.5:
            self.return_here(key, title, held, place, first)
        elif self.random.random() < 0.7:
            self.send_on(key, held, place, first)

    def solo(self, day: date) -> str:
        """A matter that comes again every year, as a case of its own each time."""
        matter, place = self.random.choice(words("solo")), self.random.choice(words("places"))
        return f"{matter.capitalize()} {day.year} – {place} {self.items}"

    def return_here(self, key: str, title: str, held: list[TrueMeeting], place: int, first: TrueItem) -> None:
        """The case comes back in the same body, up to three times."""
        earlier, before = first, held[place]
        for meeting in held[place + 1 : place + 1 + self.random.randint(1, 3)]:
            told_by = self.random.choice(TOLD_BY[:6])
            later = self.item(meeting, key, self.again(title), told_by)
            self.tell(earlier, before, later)
            earlier, before = later, meeting

    def again(self, title: str) -> str:
        """A case's title as a later agenda prints it."""
        chance = self.random.random()
        if chance < 0.4:
            return title
        rest = title.split(" ", 2)[2] if title.startswith(words("acts")) else title
        whole = rest if chance < 0.7 else title
        if chance > 0.9 and " i " in rest:
            matter, _, place = rest.partition(" i ")
            return f"{place} {matter} – {self.random.choice(words('again')).split(' ')[0].lower()}"
        if chance > 0.8 and " i " in rest and not rest.partition(" i ")[0].endswith("er"):
            whole = rest.replace("e i ", "en i ", 1) if "e i " in rest else rest.replace(" i ", "en i ", 1)
        return f"{self.random.choice(words('again'))} {whole[0].lower()}{whole[1:]}"

    def tell(self, earlier: TrueItem, before: TrueMeeting, later: TrueItem) -> None:
        """Prints what tells that two items are of one case."""
        if later.told_by == "number":
            earlier.case_number = earlier.case_number or f"{before.day.year % 100}/{self.items + 1000}"
            later.case_number = earlier.case_number
        elif later.told_by == "reference":
            body = self.bodies[before.body].name(before.day)
            day = f"{before.day.day}. {words('months')[before.day.month - 1]} {before.day.year}"
            later.background.append(f"{body} behandlede sagen den {day}, pkt. {earlier.number}.")
        elif later.told_by == "document":
            self.documents += 7
            paper = (str(self.documents), f"Notat {self.documents}.docx")
            earlier.documents.append(paper)
            later.documents.append(paper)

    def send_on(self, key: str, held: list[TrueMeeting], place: int, first: TrueItem) -> None:
        """The case is sent to another body on a day, and one of several things becomes of that."""
        origin = held[place]
        target = self.random.choice([b for b in POLITICAL if b != origin.body])
        coming = [m for m in self.meetings[target] if m.day > origin.day + timedelta(days=10)][:4]
        if len(coming) < 4:
            return
        state = self.random.choice(STATES)
        goal = next((m for m in coming[:2] if m.held == (state != "pending")), None)
        if goal is None:
            return
        again = next((m for m in held[place + 1 :] if origin.day < m.day <= goal.day), None)
        if state in ("withdrawn", "contradicted") and again is None:
            state = "lapsed"
        undated = state == "met" and self.random.random() < 0.3
        if undated:
            goal = next(m for m in coming if m.held)
        self.plan(first, goal, state, undated=undated)
        if state == "met":
            self.arrive(key, first, origin, goal)
        elif state == "elsewhere":
            self.elsewhere(key, first, origin, goal)
        elif state == "moved":
            later = next((m for m in coming[coming.index(goal) + 1 :] if m.held), None)
            if later is None:
                first.stops[-1] = self.with_state(first.stops[-1], "lapsed")
            else:
                self.arrive(key, first, origin, later)
        elif again is not None and state == "withdrawn":
            back = self.item(again, key, first.title, "number")
            self.tell(first, origin, back)
            back.decision[:] = ["Sagen blev taget af dagsordenen."]
        elif again is not None and state == "contradicted":
            other = next(m for m in self.meetings[target] if m.day > goal.day)
            back = self.item(again, key, first.title, "number")
            self.tell(first, origin, back)
            moved = TrueMeeting(target, other.written, goal.day + timedelta(days=14), held=False)
            self.plan(back, moved, "pending", undated=False)

    def elsewhere(self, key: str, first: TrueItem, origin: TrueMeeting, goal: TrueMeeting) -> None:
        """Another body of the same kind treats the case instead; where none can, the stop lapses."""
        kind = self.bodies[goal.body].kind
        others = [b for b, body in self.bodies.items() if body.kind == kind and b not in (goal.body, origin.body)]
        meeting = next((m for b in others for m in self.meetings[b] if m.held and m.day > goal.day), None)
        if meeting is None or (meeting.day - goal.day).days > 60:
            first.stops[-1] = self.with_state(first.stops[-1], "lapsed")
            return
        first.stops[-1] = TrueStop(goal.body, first.stops[-1].written, goal.day, "moved", "elsewhere")
        later = self.item(meeting, key, first.title, "number")
        self.tell(first, origin, later)

    def with_state(self, stop: TrueStop, state: str) -> TrueStop:
        """A stop with another state."""
        return TrueStop(stop.body, stop.written, stop.day, state, state)

    def plan(self, item: TrueItem, goal: TrueMeeting, state: str, *, undated: bool) -> None:
        """Prints a planned stop in an item."""
        name = self.bodies[goal.body].name(goal.day)
        item.stops.append(
            TrueStop(goal.body, name, None if undated else goal.day, state, "undated" if undated else state)
        )
        when = "" if undated else f" den {spoken(goal.day)}"
        item.background.append(f"Sagen behandles i {name}{when}.")

    def arrive(self, key: str, first: TrueItem, origin: TrueMeeting, goal: TrueMeeting) -> None:
        """The case is treated where it was sent."""
        exact = first.stops[-1].day == goal.day
        ways = TOLD_BY if exact else ("number", "reference", "document", "planned")
        told_by = self.random.choice([way for way in ways if way != "title"])
        later = self.item(goal, key, self.again(first.title), told_by)
        self.tell(first, origin, later)


def one_of_each(matters: list[str]) -> Iterator[str]:
    """The matters of a list that share place and object with none before."""
    seen: set[str] = set()
    for matter in matters:
        rest = matter.split(" ", 2)[2]
        if rest not in seen:
            seen.add(rest)
            yield matter


def make_municipality(seed: int = 1, size: int = 2000) -> TrueMunicipality:
    """A made municipality: 12 bodies over three years, `size` items; the same seed gives the same one."""
    return Maker(Random(seed), size).make()
