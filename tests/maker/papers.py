"""One made paper: what its minutes state, before any layout prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.maker.words import words

MORE_GIVEN = ("Aksel", "Yrsa", "Poul-Erik", "Maj-Britt", "Özlem", "Fatih", "Ingvard", "Ansgar", "Nuria", "Dines")
MORE_LAST = ("Ravnkilde", "El-Hassan", "Engel-Schmidt", "Uggerhøj", "Vad", "la Cour", "Demir", "Skovgaard", "Rytter")
# committee, code, and the administration that proposes to it
COMMITTEES = (
    ("Teknik- og Miljøudvalget", "TMU", "Teknik- og Miljøforvaltningen"),
    ("Kultur- og Fritidsudvalget", "KFU", "Kulturafdelingen"),
    ("Børne- og Skoleudvalget", "BSU", "Børne- og Skoleforvaltningen"),
    ("Udvalget for Sundhed og Omsorg", "SOU", "Sundheds- og Omsorgsforvaltningen"),
    ("Plan-, Natur og Klimaudvalget", "PNK", "Planafdelingen"),
    ("Landdistriktsudvalget", "LDU", "Erhvervsafdelingen"),
    ("Beskæftigelsesudvalget", "BEU", "Jobcenterafdelingen"),
)
ECONOMY, COUNCIL = ("Økonomiudvalget", "ØU"), ("Byrådet", "BY")
VERDICTS = (
    ("Godkendt.", "approved"),
    ("Indstillingen blev tiltrådt.", "approved"),
    ("Anbefales.", "recommended"),
    ("Indstilles godkendt.", "recommended"),
    ("Taget til efterretning.", "noted"),
    ("Drøftet.", "discussed"),
    ("Sagen udsættes til næste møde.", "postponed"),
    ("Forslaget blev forkastet.", "rejected"),
    ("Godkendt med den tilføjelse, at naboerne orienteres.", "adopted_with_change"),
    ("Oversendes til budgetforhandlingerne.", "referred"),
)
POINTS = (
    "at projektet godkendes",
    "at der frigives 1,2 mio. kr.",
    "at forslaget sendes i høring",
    "at planen evalueres",
)
ROOMS = ("Mødelokale 3", "Byrådssalen", "Lokale 412", "Udvalgsværelse 1", "Mødelokale 211, Rådhuset")


@dataclass(frozen=True, slots=True)
class Somebody:
    """A member of a body, with the party they are elected for."""

    name: str
    party: str

    @property
    def marked(self) -> str:
        """The name with the party in brackets."""
        return f"{self.name} ({self.party})"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a body decided; `body` is empty where it is the meeting's own."""

    text: str
    outcome: str
    body: str = ""
    day: date | None = None
    point: str = ""


@dataclass(slots=True)
class PaperItem:
    """One item of a paper."""

    number: int
    title: str
    case_number: str
    closed: bool
    account: str
    route: list[tuple[str, str]]
    proposer: str
    points: list[str]
    ruling: Ruling
    earlier: Ruling | None
    officer: str
    speaker: tuple[str, str] | None
    recused: Somebody | None
    sent_to: tuple[str, date] | None
    files: list[str]


@dataclass(slots=True)
class Paper:
    """The minutes of one meeting."""

    body: str
    code: str
    day: date
    start: str
    place: str
    present: list[Somebody]
    absent: list[Somebody]
    items: list[PaperItem] = field(default_factory=list)

    @property
    def missing(self) -> str:
        """The names of the absent, as a list."""
        return joined([one.marked for one in self.absent])


def joined(names: Sequence[str]) -> str:
    """Names as Danish lists them: "A, B og C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}" if names else ""


def written(day: date) -> str:
    """A day in words: "7. marts 2023"."""
    return f"{day.day}. {words('months')[day.month - 1]} {day.year}"


def figures(day: date) -> str:
    """A day in figures: "07-03-2023"."""
    return day.strftime("%d-%m-%Y")


def weekday(day: date) -> str:
    """The day of the week in Danish."""
    return ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")[day.weekday()]


def made_paper(seed: int) -> Paper:
    """A paper that a number decides, with two to five items."""
    random = Random(seed)
    body, code, unit = random.choice(COMMITTEES)
    day = date(2011, 1, 3) + timedelta(days=random.randrange(5200))
    people = _people(random, 7)
    gone = random.choice((0, 1, 1, 2))
    paper = Paper(
        body=body,
        code=code,
        day=day,
        start=f"{random.randrange(8, 19):02d}:{random.choice(('00', '15', '30'))}",
        place=random.choice(ROOMS),
        present=people[gone:],
        absent=people[:gone],
    )
    first = random.choice((1, 1, 12, 131))
    for order in range(random.randrange(2, 6)):
        paper.items.append(_item(random, paper, unit, number=first + order, opening=order == 0))
    return paper


def _people(random: Random, count: int) -> list[Somebody]:
    names: dict[str, Somebody] = {}
    while len(names) < count:
        given = random.choice((*words("given"), *MORE_GIVEN))
        middle = random.choice(("", "", f"{random.choice(words('middle'))} ", f"{random.choice('ABEGHKLMP')}. "))
        name = f"{given} {middle}{random.choice((*words('last'), *MORE_LAST))}"
        names[name] = Somebody(name, random.choice(words("parties")))
    return list(names.values())


def _item(random: Random, paper: Paper, unit: str, *, number: int, opening: bool) -> PaperItem:
    matter, place = random.choice(words("matters")), random.choice(words("places"))
    title = "Godkendelse af dagsorden" if opening else f"{random.choice(words('acts'))} {matter} i {place}"
    text, outcome = VERDICTS[0] if opening else random.choice(VERDICTS)
    further = random.choice(([], [], [ECONOMY, COUNCIL]))
    before = paper.day - timedelta(days=random.randrange(5, 20))
    closed = not opening and random.random() < 0.12
    later = paper.day + timedelta(days=random.randrange(7, 40))
    speaker = _people(random, 1)[0].name
    plain = opening or closed
    return PaperItem(
        number=number,
        title="Køb af ejendom" if closed else title,
        case_number=_case_number(random),
        closed=closed,
        account="" if plain else f"Der er behov for {matter} i {place}. Udgiften er {random.randrange(2, 90)} mio. kr.",
        route=[(paper.body, paper.code), *(further if not plain else [])],
        proposer="" if plain else unit,
        points=[] if plain else random.sample(POINTS, random.randrange(1, 4)),
        ruling=Ruling(text, outcome),
        earlier=None
        if plain or random.random() < 0.7
        else Ruling("Anbefales.", "recommended", "Ældrerådet", before, "12"),
        officer=_people(random, 1)[0].name,
        speaker=("Vejchef", speaker) if not plain and random.random() < 0.3 else None,
        recused=random.choice(paper.present) if not plain and random.random() < 0.15 else None,
        sent_to=("Handicaprådet", later) if not plain and random.random() < 0.3 else None,
        files=[] if plain else [f"Kort over {place}", "Høringssvar", "Notat om økonomi"][: random.randrange(0, 4)],
    )


def _case_number(random: Random) -> str:
    forms = ("{a:02d}.{b:02d}.{c:02d}-G01-{n}-{y:02d}", "{y:02d}/{n5}", "{y4}-{n5}")
    a, b, c = random.randrange(0, 29), random.randrange(0, 40), random.randrange(0, 20)
    year = random.randrange(11, 25)
    number, five = random.randrange(1, 400), random.randrange(10000, 99999)
    return random.choice(forms).format(a=a, b=b, c=c, n=number, y=year, y4=2000 + year, n5=five)
