"""The word lists of Danish minutes, read from `words/*.toml` when first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """A whole file of word lists by its name.

    >>> table("people")["modifiers"]["konstitueret"]
    'acting'
    """
    text = resources.files("graph.danish").joinpath("words", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def words(name: str, key: str) -> frozenset[str]:
    """One list of a file as a set.

    >>> "Bettina" in words("people", "first_names")
    True
    """
    return frozenset(table(name)[key])


@cache
def endings(name: str, key: str) -> tuple[str, ...]:
    """One list of a file as a tuple for `str.endswith`, the longest first.

    >>> "økonomichef".endswith(endings("people", "title_endings"))
    True
    """
    return tuple(sorted(table(name)[key], key=lambda word: (-len(word), word)))


@cache
def alternatives(name: str, section: str, key: str) -> str:
    """A list of regular expressions as one choice, in the order of the file.

    >>> alternatives("verbs", "taking_part", "comes")
    'ankommer|indtræder|forlader'
    """
    return "|".join(table(name)[section][key])


@cache
def tails(name: str, key: str, *, more: tuple[str, ...] = ("",)) -> frozenset[str]:
    """The last three letters of every ending with each of `more` behind it: a quick look before the long one.

    >>> "økonomichefen"[-3:] in tails("people", "title_endings", more=("", "en"))
    True
    """
    return frozenset((ending + behind)[-3:].lower() for ending in table(name)[key] for behind in more)
