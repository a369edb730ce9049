"""`sagsgraf serve`: the service."""

from __future__ import annotations

from typing import Annotated

import typer

from api.app import create_app
from api.commands.options import Data, settings_for
from api.serving import serve_forever
from graph.store import current


def serve_command(
    data: Data = None,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port")] = 8000,
) -> None:
    """Start tjenesten. / Start the service."""
    settings = settings_for(data)
    current(settings.data)
    serve_forever(create_app(settings), host=host, port=port)
