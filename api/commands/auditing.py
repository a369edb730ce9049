"""`sagsgraf audit`: who did what to the graph, and whether the log is whole."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from api.commands.options import Data, choose, console, settings_for
from graph.audit import BEGINNING, Act, read_acts


def audit_command(
    form: Annotated[str, typer.Option("--format", help="text / json")] = "text",
    data: Data = None,
) -> None:
    """Vis loggen over, hvem der gjorde hvad, og efterprøv den. / Show who did what, and verify the log."""
    choose(form, ("text", "json"), "--format")
    acts = read_acts(settings_for(data).data)
    if form == "json":
        sys.stdout.write(json.dumps([asdict(act) for act in acts], ensure_ascii=False, indent=1) + "\n")
        return
    sys.stdout.writelines(f"{told(act)}\n" for act in acts)
    last = acts[-1].hash if acts else BEGINNING
    console().print(f"{len(acts)} linjer; kæden er hel. Sidste hash: {last}", soft_wrap=True)


def told(act: Act) -> str:
    """One act in a line."""
    counts = " ".join(f"{name}={value}" for name, value in act.told.items())
    return "  ".join(filter(None, (act.at, act.what, act.who, counts, act.reason)))
