"""The short marks by which a source names bodies: from its own legend, and from the routes before its titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LEGEND = re.compile(r"(?P<code>[A-ZÆØÅ](?<![\w/-].)[A-ZÆØÅ]{1,5}) ?[=:] ?(?P<body>[A-ZÆØÅ][^\n,;.=]{3,60})")
_BODY_ENDING = re.compile(r"(?:udvalg|råd|bestyrelse|direktion|nævn|repræsentation)(?:et|en|n)?$|^Udvalg(?:et)? ")
_ROUTE = re.compile(r"[A-ZÆØÅ]{2,6}(?:/[A-ZÆØÅ]{2,6})+(?= [-–:] )")
_MOST = 200


def own_codes(text: str, titles: Iterable[str]) -> dict[str, str]:
    """The marks that a source explains ("KB = Kommunalbestyrelsen") or uses before its titles, each with its body.

    A mark that nothing explains stands for itself.

    >>> own_codes("KB = Kommunalbestyrelsen", ["MBU/KB - Takster 2024"])
    {'MBU': 'MBU', 'KB': 'Kommunalbestyrelsen'}
    """
    found = {code: code for title in titles for route in _ROUTE.findall(title) for code in route.split("/")}
    for match in _LEGEND.finditer(text):
        body = match["body"].strip()
        if _BODY_ENDING.search(body) and len(found) < _MOST:
            found[match["code"]] = body
    return found
