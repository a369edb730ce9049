"""Contact details and matters of health beside the name of a private person, as minutes print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.danish.capitals import is_given_name
from graph.danish.lexicon import words as danish_words
from graph.danish.names import PersonName
from graph.danish.sentences import sentences
from graph.danish.units import read_units
from graph.privacy.lexicon import any_of, words
from graph.privacy.people import Citizens, named, of_a_workplace

_PHONE = re.compile(
    r"(?<![\w/,.-])(?P<country>(?:\+|00) ?45 ?)?"
    r"(?:(?P<pairs>\d\d([ .])\d\d\3\d\d\3\d\d)|\d{4} \d{4}|\d\d \d{3} \d{3}|\d{8})(?![\w/-]| ?\d|[.,]\d)"
)
_MAIL = re.compile(r"(?<![\w.+-])(?P<local>[\w.+-]{1,64})@(?P<domain>[\w-]+(?:\.[\w-]+)+)", re.ASCII | re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:^|[^\W\d]{3,}|\d|\))[.!?]\s+[A-ZÆØÅ]")
_PHONE_REACH, _MAIL_REACH, _ADDRESS_REACH, _BEHIND = 70, 80, 48, 30
_LINES_BEFORE = 160
_CAPITALISED = re.compile(r"[A-ZÆØÅ][\w-]+")
_PLAIN = str.maketrans({"ø": "o", "å": "a", "æ": "a", "é": "e"})


@dataclass(frozen=True, slots=True)
class Detail:
    """What may not stand in a published text, and where: cpr, phone, mail, address or health."""

    begin: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Window:
    """The few lines around a place of a text, with the persons that they name."""

    begin: int
    text: str

    @staticmethod
    def around(text: str, begin: int, end: int) -> Window:
        """The line of a place, with the three lines before it and the one behind."""
        first = begin
        for _ in range(4):
            first = text.rfind("\n", max(0, begin - _LINES_BEFORE), max(0, first))
            if first < 0:
                break
        first = first + 1 if first >= 0 else max(0, begin - _LINES_BEFORE)
        last = text.find("\n", end, end + _LINES_BEFORE)
        last = text.find("\n", last + 1, last + 80) if last >= 0 else -1
        return Window(first, text[first : last if last >= 0 else end + 80])

    def beside(self, begin: int, end: int, *, reach: int) -> PersonName | None:
        """The person named nearest before a place, else right behind it; none where a workplace stands between."""
        begin, end = begin - self.begin, end - self.begin
        names = named(self.text)
        before = [n for n in names if n.whole[1] <= begin and begin - n.whole[1] <= reach]
        behind = [n for n in names if 0 <= n.whole[0] - end <= _BEHIND]
        for name, gap in (
            *((n, self.text[n.whole[1] : begin]) for n in before[-1:]),
            *((n, self.text[end : n.whole[0]]) for n in behind[:1]),
        ):
            if not _of_a_workplace(gap):
                return name
            return None
        return None


def _of_a_workplace(gap: str) -> bool:
    """Whether the words between a name and a detail show that it is an authority's or an association's."""
    return of_a_workplace(gap) or _SENTENCE_END.search(gap) is not None or gap.count("\n") > 3 or bool(read_units(gap))


def phones(text: str, citizens: Citizens) -> Iterator[Detail]:
    """The telephone numbers beside a citizen's name.

    >>> [text[d.begin:d.end] for text in ["Ansøger Ole Holm, tlf. 86 12 34 56"] for d in phones(text, Citizens())]
    ['86 12 34 56']
    """
    for match in _PHONE.finditer(text):
        told = match["country"] or _telephone().search(text, max(0, match.start() - 24), match.start())
        if not (told or match["pairs"]):
            continue
        window = Window.around(text, *match.span())
        name = window.beside(*match.span(), reach=_PHONE_REACH)
        if name is not None and citizens.hold(window.text, name):
            yield Detail(*match.span(), "phone")


@cache
def _telephone() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('contacts', 'telephone')})\b[.:]*(?: ?nr)?[.:]* ?$", re.IGNORECASE)


def mails(text: str, citizens: Citizens) -> Iterator[Detail]:
    """The private e-mail addresses beside a citizen's name, or with a name in them.

    >>> [text[d.begin:d.end] for text in ["teknik@elmested.dk, ole.holm@gmail.com"] for d in mails(text, Citizens())]
    ['ole.holm@gmail.com']
    """
    for match in _MAIL.finditer(text):
        private = match["domain"].lower() in words("contacts", "private_domains")
        window = Window.around(text, *match.span())
        name = window.beside(*match.span(), reach=_MAIL_REACH)
        if name is not None:
            held = citizens.hold(window.text, name) if private else citizens.called(window.text, name)
        else:
            held = private and (_names_somebody(match["local"]) or _named_beside(match["local"], window.text))
        if held:
            yield Detail(*match.span(), "mail")


def _names_somebody(local: str) -> bool:
    """Whether the first part of an e-mail address is a given name with another name behind it."""
    parts = [part.capitalize() for part in re.split(r"[._+-]", local) if part and not part.isdigit()]
    return (
        len(parts) > 1
        and is_given_name(parts[0])
        and (parts[-1] in danish_words("people", "surnames") or parts[-1].endswith(("sen", "gaard")))
    )


def _named_beside(local: str, text: str) -> bool:
    """Whether the first part of an e-mail address is made of two names that the lines around it hold."""
    parts = [part for part in re.split(r"[._+-]", local.lower()) if len(part) > 1]
    around = {word.lower().translate(_PLAIN) for word in _CAPITALISED.findall(text)}
    return len(parts) > 1 and set(parts) <= around


@cache
def _address() -> re.Pattern[str]:
    """A street and a house number; a place without a street's ending asks for a postal code behind it."""
    number = r" \d{1,3}(?: ?[A-Za-zÆØÅæøå])?(?![\w%/-]|[.,]\d| (?:kr|mio|pct|procent|m2|m²))"
    floor = r"(?:, ?(?:\d{1,2}\. ?(?:tv|th|mf|sal)?\.?|st\.? ?(?:tv|th|mf)?\.?|kl\.?))?"
    town = r"(?:,? ?\n? ?\d{4} [A-ZÆØÅ][\w-]+)"
    told = rf"[A-ZÆØÅ][\w.'’-]*(?:{any_of('contacts', 'street_endings')})"
    parted = r"(?:[A-ZÆØÅ][\w.'’-]* )+(?:[Vv]ej|[Gg]ade|[Aa]ll[eé]|[Pp]lads|[Tt]orv|[Ss]træde)"
    return re.compile(rf"(?<![\w-])(?:(?:{told}|{parted}){number}{floor}{town}?|[A-ZÆØÅ][\w-]+{number}{floor}{town})")


@cache
def _lives() -> re.Pattern[str]:
    return re.compile(
        rf"[\s,;:(–-]*(?:(?:{any_of('contacts', 'living')})[\s,:]*)*(?:på |i |er )?(?:[A-ZÆØÅ][\w.]* ){{0,2}}",
    )


_LIVED_IN = re.compile(r"[\s,(]*(?:v/|ved|v\.|beboet af|hvor)\s*")


def addresses(text: str, citizens: Citizens) -> Iterator[Detail]:
    """The home addresses right beside a citizen's name; an address that a case is about is another thing.

    >>> text = "Sagen gælder Elmevej 4. Ole Holm, Birkevej 9, 8500 Grenaa, klager."
    >>> [text[d.begin:d.end] for d in addresses(text, Citizens())]
    ['Birkevej 9, 8500 Grenaa']
    """
    for match in _address().finditer(text):
        window = Window.around(text, *match.span())
        begin, end = match.start() - window.begin, match.end() - window.begin
        for name in named(window.text):
            before = 0 <= begin - name.whole[1] <= _ADDRESS_REACH and _lives().fullmatch(
                window.text, name.whole[1], begin
            )
            behind = 0 < name.whole[0] - end <= _BEHIND and _LIVED_IN.fullmatch(window.text, end, name.whole[0])
            if (before or behind) and citizens.hold(window.text, name):
                yield Detail(*match.span(), "address")
                break


@cache
def _health() -> re.Pattern[str]:
    matters = rf"(?:{any_of('health', 'matters')})(?:en|et|n|s)?"
    having = rf"(?:{any_of('health', 'having')})\s+(?:(?!om\b|for\b|til\b|holdt|med\b|arbejdet)\w+\s+){{0,2}}"
    return re.compile(
        rf"(?<!\w)(?:(?P<state>{any_of('health', 'states')})|(?P<had>{having}{matters})|(?P<matter>{matters}))(?!\w)",
        re.IGNORECASE,
    )


def health(text: str, citizens: Citizens) -> Iterator[Detail]:
    """The sentences that tell of a citizen's health, benefits or offences, with the name in them.

    >>> text = "Ole Holm lider af demens. Udvalget drøftede demens med socialchef Eva Lund."
    >>> [text[d.begin:d.end] for d in health(text, Citizens())]
    ['Ole Holm lider af demens.']
    """
    found = list(_health().finditer(text))
    if not found:
        return
    hits = iter(found)
    hit = next(hits, None)
    for begin, end in sentences(text):
        inside = []
        while hit is not None and hit.start() < end:
            inside.append(hit)
            hit = next(hits, None)
        sentence = text[begin:end]
        if inside and any(
            citizens.hold(sentence, name) and any(_had(sentence, name, h, begin=begin) for h in inside)
            for name in named(sentence)
        ):
            yield Detail(begin, end, "health")


def _had(sentence: str, name: PersonName, hit: re.Match[str], *, begin: int) -> bool:
    """Whether what is told is said of the person: a state anywhere, an ill that he has, or one in his genitive."""
    if hit["state"]:
        return True
    gap = sentence[name.end : max(name.end, hit.start() - begin)]
    if hit["had"] and hit["had"].lower().startswith("på grund af s"):
        return 0 < name.begin - (hit.end() - begin) < _BEHIND or 0 < len(gap) < _BEHIND
    if hit["had"]:
        return hit.start() - begin >= name.end and len(gap) < 60
    return gap in ("s ", "' ", "'s ", "’s ") or (gap == " " and sentence[name.end - 1] == "s")
