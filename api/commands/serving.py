"""`sagsgraf serve`: the service."""

from __future__ import annotations

from typing import Annotated

import typer

from api.app import create_app
from api.commands.building import show_build
from api.commands.options import Data, address_of, console, settings_for
from api.restricted import may_serve
from api.serving import serve_forever
from graph.store import current
from graph.upkeep import older, rebuild


def serve_command(
    data: Data = None,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port")] = 8000,
) -> None:
    """Start tjenesten. / Start the service."""
    settings = settings_for(data)
    may_serve(settings, host)
    version = current(settings.data)
    if older(version):
        made_by = version.record.get("sagsgraf", "?")
        console().print(f"version {version.number} er lavet af Sagsgraf {made_by}; den bygges på ny af kilderne.")
        show_build(rebuild(settings.data, address_of(settings)), "text")
    serve_forever(create_app(settings), host=host, port=port)
