"""Values: what is made once and never changed, seven hundred for a document of a page or two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(*, kw_only: bool = False) -> Callable[[type[Made]], type[Made]]:
    """A class of values: a dataclass with slots that compares and hashes by its fields, and that nobody changes.

    The type checker sees to the last. A dataclass that is frozen as the program runs writes each field by a call, and
    takes three times as long to make.

    >>> @value()
    ... class Span:
    ...     begin: int
    ...     end: int
    >>> Span(0, 4), Span(0, 4) in {Span(0, 4)}
    (Span(begin=0, end=4), True)
    """

    def made(cls: type[Made]) -> type[Made]:
        return dataclass(slots=True, unsafe_hash=True, kw_only=kw_only)(cls)

    return made
