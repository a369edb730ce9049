"""`sagsgraf erase`: takes a person, an item, a phrase or a source out of everything, for good."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import Data, address_of, choose, console, settings_for
from graph.erasure.erasing import Receipt, Wish, erase
from graph.erasure.targets import KINDS


def erase_command(
    kind: Annotated[str, typer.Argument(help=" / ".join(KINDS))],
    thing: Annotated[str, typer.Argument(help="Navn, adresse, nøgle eller ordene / name, address, key or the words")],
    reason: Annotated[str, typer.Option("--reason", help="Vises på adresserne; nævn ikke det slettede / shown")],
    author: Annotated[str, typer.Option("--author", help="Hvem der sletter / who erases")],
    municipality: Annotated[str, typer.Option("--municipality", help="Personens kommune / the person's")] = "",
    data: Data = None,
) -> None:
    """Slet noget overalt og for altid. / Erase something everywhere and for good."""
    choose(kind, KINDS, "KIND")
    settings = settings_for(data)
    if settings.development:
        console().print(
            "[yellow]SAGSGRAF_KEY er ikke sat: listen over det slettede kan gættes med den kendte udviklingsnøgle.[/]"
        )
    wish = Wish(kind, thing, reason, author, municipality)
    receipt = erase(wish, data=settings.data, address=address_of(settings))
    show_receipt(receipt)
    raise typer.Exit(1 if receipt.places else 0)


def show_receipt(receipt: Receipt) -> None:
    """What was done, and that nothing is left; never of what."""
    told = console()
    told.print(
        f"version {receipt.version.number} er i kraft: {receipt.masked} kilder er overstreget, {receipt.gone} ting er "
        f"borte, {receipt.destroyed} gamle filer, versioner og poster er slettet."
    )
    if receipt.elsewhere:
        told.print("Navnet står også i andre kommuners kilder, hvor det er en andens; der er det ikke søgt.")
    for place in receipt.places:
        told.print(f"[red]✗[/] {place}: her står det stadig.", soft_wrap=True)
    told.print(f"{receipt.files} filer er gennemsøgt bagefter: {len(receipt.places)} træffere.")
