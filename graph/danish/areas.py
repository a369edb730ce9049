"""What a political body is for, where its name ends with that: a part of the country, or the matter of a committee."""

from __future__ import annotations

import re
from functools import cache

from graph.danish.lexicon import endings, words
from graph.danish.naming import field_end

_SECTION_17 = re.compile(r"§ ?17,? ?(?:stk\. ?4|4)[- ]?udvalg(?:et)?s?\b(?: for| om)?")
_MORE_CAPITALS = re.compile(r"(?:,? og| &)?(?: [A-ZÆØÅ][\w-]{1,30}){1,3}")  # "om Fremtidens" goes on: "Landsbyer"
# where the matter lies: "om Fremtidens Fællesskaber i Byen", "for unge i landdistrikterne"
_WHERE = re.compile(
    r" (?:i|på|langs|ved) (?P<place>[A-ZÆØÅ][\w-]{2,30}|byen|byerne|landdistrikterne|landsbyerne|oplandet|øerne)"
    r"(?![\w-]| (?:[Kk]ommune|[Rr]egionskommune))"
)


@cache
def _part() -> str:
    """A part of the country as a pattern: one of the list, or a word that ends as they do ("Østsjælland")."""
    whole = "|".join(map(re.escape, endings("places", "parts")))
    ending = "|".join(map(re.escape, endings("places", "part_endings")))
    beyond = r"(?!(?:Nord|Syd|Øst|Vest)\w{0,4} (?:for|om|fra) )"  # "nord for åen" is no part of the country
    return rf"{beyond}(?:(?:{whole})|[A-ZÆØÅ][a-zæøå]{{1,20}}(?:{ending}))(?![\w-])"


@cache
def _parts() -> re.Pattern[str]:
    suspended = r"(?:[A-ZÆØÅ][a-zæøå]{2,9}-(?:,| og) )?"
    return re.compile(rf" (?:for )?{suspended}{_part()}(?:(?:,| og|,? samt) {_part()}){{0,2}}")


# one named after those it is for, or told by the day it met: "Psykiatriens Dialogforum", "Brugerforum den 3. maj"
_NAMED_FORUM = re.compile(
    r"(?<![\w-])(?:[A-ZÆØÅ][a-zæøå]{2,30}(?:en|et|ne)s (?:[A-ZÆØÅ][a-zæøå]{2,20}f|F)orum"
    r"|(?:[A-ZÆØÅ][a-zæøå]{2,20}forum)(?= (?:den|d\.) \d))(?:met)?(?![\w-])"
)


@cache
def _forum() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])[A-ZÆØÅ][a-zæøå]{{2,20}}(?:forum|klynge)(?={_parts().pattern})")


def forums(text: str) -> list[tuple[int, int]]:
    """Bodies without an ending of their own that are told by the part of the country behind them.

    >>> [slice(*span) for span in forums("et medlem til Vækstforum Øst")]
    [slice(14, 28, None)]
    """
    found = [(one.start(), part_end(text, one.end())) for one in _forum().finditer(text)]
    return found + [one.span() for one in _NAMED_FORUM.finditer(text)]


def part_end(text: str, end: int) -> int:
    """The end of a body's name with the part of the country behind it.

    >>> text = "i Sundhedsrådet Midt- og Vestsjælland den 3. maj"
    >>> text[: part_end(text, 15)]
    'i Sundhedsrådet Midt- og Vestsjælland'
    >>> part_end("Byrådet Vejle", 7), part_end("Klimarådet for Vestkysten", 10)
    (7, 25)
    """
    if not text.startswith(" ", end) or not (text[end + 1 : end + 2].isupper() or text.startswith("for ", end + 1)):
        return end
    found = _parts().match(text, end)
    return found.end() if found else end


def section_17(text: str) -> list[tuple[int, int]]:
    """Committees under section 17 of the law ("§17, stk. 4-udvalget for Bosætning").

    >>> text = "§ 17, stk. 4-udvalget om Unge og Natur i Byen"
    >>> section_17(text) == [(0, len(text))]
    True
    """
    found = []
    for match in _SECTION_17.finditer(text):
        end = match.end()
        if match[0].endswith((" for", " om")):
            field = field_end(text, end + 1)
            field = more.end() if field > end + 1 and (more := _MORE_CAPITALS.match(text, field)) else field
            end = _where_end(text, field) if field > end + 1 else end - len(match[0].rsplit(" ", 1)[-1]) - 1
        found.append((match.start(), end))
    return found


def _where_end(text: str, end: int) -> int:
    """The end of a committee's matter with where it lies; another body behind "i" is none of it."""
    where = _WHERE.match(text, end)
    if where is None or where["place"].lower().endswith(endings("bodies", "body_endings")):
        return end
    return end if where["place"] in words("blocks", "not_names") else where.end()
