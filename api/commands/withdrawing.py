"""`sagsgraf withdraw`: takes a source back, everywhere."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import Data, address_of, console, settings_for
from graph.erasure.withdrawing import withdraw


def withdraw_command(
    source: Annotated[str, typer.Argument(help="Stien, filnavnet, adressen eller hash / path, name, address or hash")],
    reason: Annotated[str, typer.Option("--reason", help="Vises på adresserne / shown at the addresses")],
    data: Data = None,
) -> None:
    """Træk en kilde tilbage: grafen bygges uden den. / Withdraw a source: the graph is built without it."""
    settings = settings_for(data)
    receipt = withdraw(source, data=settings.data, reason=reason, address=address_of(settings))
    told = console()
    for text_hash in receipt.sources:
        told.print(f"[bold]{text_hash[:12]}[/] er trukket tilbage og bygges ikke igen.", soft_wrap=True)
    told.print(
        f"version {receipt.version.number} er i kraft; {receipt.gone} adresser svarer 410; "
        f"{receipt.destroyed} gamle filer, versioner og poster er slettet."
    )
