"""`sagsgraf mask` and `release`: what people decide about a source that the gate holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from api.commands.options import Data, address_of, console, settings_for
from graph.extract.minutes import extract
from graph.masking import Decision, Signature, checked, lines_of, mask, release
from graph.privacy.gate import details, line_of, told
from graph.readers.choose import read_source

Source = Annotated[str, typer.Argument(help="Filen eller kildens navn / the file, or the source's name")]
Reason = Annotated[str, typer.Option("--reason", help="Hvorfor / why")]
Author = Annotated[str, typer.Option("--author", help="Hvem der beslutter det / who decides it")]


@dataclass(frozen=True, slots=True)
class Places:
    """The places that a person names: lines, spans, or what the gate finds."""

    lines: tuple[tuple[int, int], ...]
    spans: tuple[tuple[int, int], ...]
    found: bool

    def __call__(self, text: str) -> Iterable[tuple[int, int]]:
        """The places as offsets into a text."""
        for first, last in self.lines:
            yield from lines_of(text, first, last)
        for begin, end in self.spans:
            yield checked(text, begin, end)
        if self.found:
            yield from ((d.begin, d.end) for d in details(extract(read_source(text.encode(), title=""))))


def mask_command(
    source: Source,
    reason: Reason,
    line: Annotated[list[str] | None, typer.Option("--line", help="Linje, fx 12 eller 12-14 / a line or lines")] = None,
    span: Annotated[list[str] | None, typer.Option("--span", help="Tegn, fx 4711,4722 / characters")] = None,
    found: Annotated[bool, typer.Option("--found", help="Det, som kilden holdes for / what it is held for")] = False,
    author: Author = "",
    data: Data = None,
) -> None:
    """Maskér steder i en kilde, tegn for tegn. / Mask places of a source, character by character."""
    lines = tuple(pair(one if "-" in one else f"{one}-{one}", "-", "--line") for one in line or ())
    places = Places(lines, tuple(pair(one, ",", "--span") for one in span or ()), found)
    if not (places.lines or places.spans or places.found):
        raise typer.BadParameter("angiv --line, --span eller --found / give --line, --span or --found")
    settings = settings_for(data)
    done = mask(
        source,
        places,
        data=settings.data,
        signature=Signature(author, reason),
        address=address_of(settings),
    )
    show(done, "maskeret")


def release_command(source: Source, reason: Reason, author: Author, data: Data = None) -> None:
    """Lad en kilde gå igennem, som den står. / Let a source through as it stands."""
    settings = settings_for(data)
    show(release(source, data=settings.data, signature=Signature(author, reason)), "frigivet")


def show(done: Decision, word: str) -> None:
    """What a decision did, and what is to be done now."""
    output = console()
    for begin in dict.fromkeys(line_of(done.text, begin) for begin, _ in done.spans):
        output.print(f"linje {begin}: {done.text.splitlines()[begin - 1]}", soft_wrap=True, markup=False)
    if done.left and word == "maskeret":
        output.print(f"[yellow]Kilden holdes stadig:[/] {told(done.text, done.left)[0]}", soft_wrap=True)
    elif done.version is not None:
        output.print(f"{word}; version {done.version.number} er i kraft, og den tidligere tekst er slettet.")
    else:
        output.print(f"{word}; byg igen med sagsgraf build.")


def pair(written: str, sign: str, option: str) -> tuple[int, int]:
    """Two numbers as written, 4711,4722 or 12-14."""
    first, _, last = written.partition(sign)
    if not (first.strip().isdigit() and last.strip().isdigit()):
        raise typer.BadParameter(f"{written!r}: ventede to tal / expected two numbers", param_hint=option)
    return int(first), int(last)
