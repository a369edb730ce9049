"""Lists of persons under a label: one a line, between commas, or with nothing between them but party marks."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from graph.danish.names import PersonName, find_names

_SEPARATORS = " \t\n\u00a0,;.:•●·*|–-"
_FOR_WHOM = re.compile(
    r"(?:stedfortræder|suppleant|afløser|vikar|i stedet|mødte|indkaldt|møder)(?:en)?(?: i stedet)? for[: ]",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^(?:og|samt) |(?<= )(?:og|samt) $")


@lru_cache(maxsize=64)
def read_name_list(text: str) -> tuple[PersonName, ...]:
    """The persons of an attendance list in order; `remark` is what the list says behind a name.

    >>> text = "Britt Jensen (A), sag 129-138\\nFormand Erik Nielsen (A)"
    >>> [(p.name, p.party, p.remark) for p in read_name_list(text)]
    [('Britt Jensen', 'A', 'sag 129-138'), ('Erik Nielsen', 'A', None)]
    >>> [(p.name, p.remark) for p in read_name_list("Birgitte Glifberg (A), Suppleant for Brian Møller (A)")]
    [('Birgitte Glifberg', 'Suppleant for Brian Møller (A)')]
    """
    found = find_names(text, listed=True)
    entries: list[PersonName] = []
    since = 0
    for place, name in enumerate(found):
        begin = entries[-1].whole[1] if entries else 0
        if entries and "\n" not in text[begin : name.begin] and _FOR_WHOM.search(text, since, name.begin):
            entries[-1] = replace(entries[-1], remark=_remark(text, begin, name.whole[1]))
            since = name.whole[1]
            continue
        since = name.whole[1]
        end = found[place + 1].whole[0] if place + 1 < len(found) else len(text)
        line = text.find("\n", name.whole[1], end)
        remark = _remark(text, name.whole[1], line if line >= 0 else end)
        entries.append(replace(name, remark=remark) if remark else name)
    return tuple(entries)


def _remark(text: str, begin: int, end: int) -> str | None:
    """The words between a name and the next, without what only separates."""
    words = _OPENING.sub("", text[begin:end].strip(_SEPARATORS) + " ").strip()
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1].strip()
    elif words.endswith(")") and "(" not in words:  # of "(C, punkt 18-19)" the party is the name's own
        words = words[:-1].strip()
    return words if len(words) > 2 else None
