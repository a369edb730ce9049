"""`sagsgraf paths` and `sagsgraf network`: how things are connected, and the network for other programs."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.markup import escape

from api.commands.options import Data, Language, choose, output, settings_for
from api.steps import as_json, in_words, joined_words
from graph.network.edges import PROJECTIONS, Measure
from graph.network.exports import FORMS
from graph.network.kept import Step, opened
from graph.network.view import Network
from graph.store import Reader, current

MEASURES = ("brokers", "communities", "cores")


def paths_command(
    first: Annotated[str, typer.Argument(help="En person, sag eller et organ / a person, case or body")],
    second: Annotated[str, typer.Argument(help="En anden / another")],
    most: Annotated[int, typer.Option("--most", help="Højst så mange veje / at most so many", min=1, max=50)] = 5,
    form: Annotated[str, typer.Option("--format", help="text / json")] = "text",
    data: Data = None,
    lang: Language = "da",
) -> None:
    """Vis, hvordan to er forbundet, med sætningen bag hvert led. / Show how two are connected, sentence by sentence."""
    choose(form, ("text", "json"), "--format")
    choose(lang, ("da", "en"), "--lang")
    with opened(current(settings_for(data).data).folder) as network:
        ways = network.ways(network.thing(first), network.thing(second), most=most)
    if form == "json":
        shown = [[as_json(step, lang) for step in way] for way in ways]
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
    else:
        show(ways, lang)


def show(ways: list[list[Step]], lang: str) -> None:
    """Prints the ways, each step with its sentence and what it stands on beside that."""
    told = output()
    if not ways:
        told.print({"da": "Ingen vej forbinder dem.", "en": "No path connects them."}[lang])
    for n, way in enumerate(ways, 1):
        told.print(f"[bold]{n}.[/] {escape(' – '.join([way[0].here.label, *(step.there.label for step in way)]))}")
        for step in way:
            for line in (*in_words(step, lang), *joined_words(step.there, lang)):
                told.print(escape(f"   {line}"), soft_wrap=True)


def network_command(
    projection: Annotated[str, typer.Option("--projection", help=" / ".join(PROJECTIONS))] = "all",
    form: Annotated[str, typer.Option("--format", help=" / ".join(FORMS))] = "graphml",
    measure: Annotated[str, typer.Option("--measure", help=" / ".join(MEASURES))] = "",
    data: Data = None,
) -> None:
    """Skriv nettet af personer, sager og organer ud. / Write out the network of people, cases and bodies."""
    choose(projection, tuple(PROJECTIONS), "--projection")
    choose(form, tuple(FORMS), "--format")
    version = current(settings_for(data).data)
    if not measure:
        with opened(version.folder) as kept:
            sys.stdout.writelines(FORMS[form].write(kept.used(projection), kept.projection(projection)))
        return
    choose(measure, MEASURES, "--measure")
    network = Network.read(Reader.open(version).select)
    if measure == "communities":
        lines = [", ".join(node.label for node in group) for group in network.communities()]
    else:
        lines = [measured(m) for m in (network.brokers() if measure == "brokers" else network.cores())]
    sys.stdout.write("\n".join(lines) + "\n")


def measured(one: Measure) -> str:
    """What was measured of a thing, in a line."""
    return f"{one.value:g}\t{one.node.label}"
