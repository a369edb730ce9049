"""The word lists of the gate, read from `words/*.toml` when first asked for."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """One list of a file, the longest word first.

    >>> "gmail.com" in words("contacts", "private_domains")
    True
    """
    text = resources.files("graph.privacy").joinpath("words", f"{name}.toml").read_text("utf-8")
    found: list[str] = tomllib.loads(text)[key]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def any_of(name: str, key: str) -> str:
    """The words of a list as one choice of a regular expression; a blank stands for any white space.

    >>> re.search(any_of("health", "states"), "hun er  sygemeldt nu")[0]
    'er  sygemeldt'
    """
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words(name, key))
