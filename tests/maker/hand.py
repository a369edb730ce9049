"""Made meetings written by hand in a test: what is not said is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.identity.across import Across, identify
from graph.identity.keys import Names
from graph.identity.ledger import Ledger
from graph.model import Minutes
from graph.municipalities.load import MunicipalitySettings
from tests.maker.answers import BASE
from tests.maker.minutes import minutes_of
from tests.maker.truth import TrueItem, TrueMeeting, TrueMention, TrueStop

KINDS = {
    "Direktionen": "management",
    "Økonomiudvalget": "committee",
    "Kommunalbestyrelsen": "council",
    "Teknik- og Miljøudvalget": "committee",
    "Kulturudvalget": "committee",
}
LOCAL = MunicipalitySettings("0997", "Prøvelund Kommune", bodies={"ØK": "Økonomiudvalget"}, kinds=KINDS)
NAMES = Names(BASE, LOCAL)


def day(written: str) -> date:
    """A day from its ISO form."""
    return date.fromisoformat(written)


def who(name: str, *, party: str = "", post: str = "", status: str = "present", acting: bool = False) -> TrueMention:
    """Somebody at a meeting or an item; without a name the post alone."""
    return TrueMention("", name, status, "", party=party, post=post, acting=acting)


def item(title: str, *, number: str = "", decision: str = "Sagen blev drøftet.", **more: object) -> TrueItem:
    """An item of an agenda; `more` are further fields of it."""
    made = TrueItem("", title, "1", "", case_number=number, decision=[decision])
    for name, value in more.items():
        setattr(made, name, value)
    for stop in made.stops:
        made.background.append(f"Sagen behandles i {stop.written}{f' den {stop.day}' if stop.day else ''}.")
    return made


def stop(body: str, on: str = "") -> TrueStop:
    """A stop that an item plans."""
    return TrueStop("", body, day(on) if on else None, "", "")


def meeting(body: str, on: str, *items: TrueItem, roll: tuple[TrueMention, ...] = ()) -> TrueMeeting:
    """A meeting with its items, numbered in order."""
    for n, one in enumerate(items, 1):
        one.number = str(n)
    return TrueMeeting(body, body, day(on), roll=list(roll), items=list(items))


@dataclass(frozen=True, slots=True)
class Told:
    """Made meetings with what was resolved from them."""

    corpus: list[tuple[Minutes, Names]]
    across: Across
    states: Mapping[str, str] = field(default_factory=dict)

    def person(self, name: str) -> str:
        """The person whom a name goes to, wherever it stands."""
        key = NAMES.person(name)
        return self.across.leaders.get(key, key)

    def case(self, body: str, on: str, key: str = "1") -> str:
        """The case that an item goes by."""
        minted = NAMES.case(body, day(on), key)
        return self.across.leaders.get(minted, minted)

    def rules(self, kind: str, status: str = "accepted") -> list[str]:
        """The rules of the links of a kind and a status, sorted."""
        return sorted(k.rule for k in self.across.links if k.rule.startswith(kind) and k.review_status == status)


def resolved(*meetings: TrueMeeting, ledger: Ledger | None = None) -> Told:
    """Some meetings, resolved."""
    corpus = [(minutes_of(one), NAMES) for one in meetings]
    return Told(corpus, identify(corpus, (ledger or Ledger()).at(BASE)))
