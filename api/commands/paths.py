"""`sagsgraf paths` and `sagsgraf network`: how things are connected, and the network for other programs."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.markup import escape

from api.commands.options import Data, Language, choose, output, settings_for
from graph.errors import AmbiguousValueError, UnknownValueError
from graph.network.edges import WORDS, Node
from graph.network.exports import FORMS, export
from graph.network.view import PROJECTIONS, Measure, Network, Step
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
    network = Network.read(Reader.open(current(settings_for(data).data)).select)
    ways = network.ways(named(network, first).iri, named(network, second).iri, most=most)
    if form == "json":
        shown = [[as_json(step) for step in way] for way in ways]
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
        return
    told = output()
    if not ways:
        told.print({"da": "Ingen vej forbinder dem.", "en": "No path connects them."}[lang])
    for n, way in enumerate(ways, 1):
        told.print(f"[bold]{n}.[/] {escape(' – '.join([way[0].here.label, *(step.there.label for step in way)]))}")
        for step in way:
            told.print(escape(in_words(step, lang)), soft_wrap=True)


def network_command(
    projection: Annotated[str, typer.Option("--projection", help=" / ".join(PROJECTIONS))] = "all",
    form: Annotated[str, typer.Option("--format", help=" / ".join(FORMS))] = "graphml",
    measure: Annotated[str, typer.Option("--measure", help=" / ".join(MEASURES))] = "",
    data: Data = None,
) -> None:
    """Skriv nettet af personer, sager og organer ud. / Write out the network of people, cases and bodies."""
    choose(projection, PROJECTIONS, "--projection")
    choose(form, tuple(FORMS), "--format")
    network = Network.read(Reader.open(current(settings_for(data).data)).select)
    if not measure:
        sys.stdout.write(export(network, projection, form))
        return
    choose(measure, MEASURES, "--measure")
    if measure == "communities":
        lines = [", ".join(node.label for node in group) for group in network.communities()]
    else:
        lines = [measured(m) for m in (network.brokers() if measure == "brokers" else network.cores())]
    sys.stdout.write("\n".join(lines) + "\n")


def measured(one: Measure) -> str:
    """What was measured of a thing, in a line."""
    return f"{one.value:g}\t{one.node.label}"


def named(network: Network, written: str) -> Node:
    """The one thing of the network that an address, or words of its name, mean."""
    if written in network.nodes:
        return network.nodes[written]
    folded = written.casefold().split()
    exact = [n for n in network.nodes.values() if n.label.casefold().split() == folded]
    holding = [n for n in network.nodes.values() if all(word in n.label.casefold() for word in folded)]
    fit = exact or (holding if folded else [])
    if len(fit) == 1:
        return fit[0]
    if not fit:
        raise UnknownValueError(f"Ingen passer på »{written}«.", english=f"Nothing fits {written!r}.")
    shown = "; ".join(f"{n.label} ({n.iri})" for n in sorted(fit, key=lambda n: (n.label, n.iri))[:8])
    raise AmbiguousValueError(
        f"»{written}« passer på {len(fit)}: {shown}. Skriv flere ord eller adressen.",
        english=f"{written!r} fits {len(fit)}: {shown}. Give more words or the address.",
        candidates=sorted(n.iri for n in fit),
    )


def in_words(step: Step, lang: str) -> str:
    """A step as a line of text with its first sentence, and below it how many more there are."""
    edge, forward = step.edge, step.edge.source == step.here.iri
    one, other = (step.here, step.there) if forward else (step.there, step.here)
    said, more = edge.sentences[-1], len(edge.sentences) - 1
    verb = WORDS[edge.kind][0 if lang == "da" else 1]
    rest = {"da": f" (og {more} til)", "en": f" (and {more} more)"}[lang] if more else ""
    quote = " ".join(said.quote.split())
    return f"   {one.label} {verb} {other.label} ({', '.join(edge.days)}): »{quote}«{rest}"


def as_json(step: Step) -> dict[str, object]:
    """A step as it is printed for programs."""
    edge = step.edge
    return {
        "from": {"id": step.here.iri, "label": step.here.label, "kind": step.here.kind},
        "to": {"id": step.there.iri, "label": step.there.label, "kind": step.there.kind},
        "connection": edge.kind,
        "stated": "forward" if edge.source == step.here.iri else "backward",
        "days": list(edge.days),
        "evidence": [{"quote": s.quote, "source": s.source, "begin": s.begin, "end": s.end} for s in edge.sentences],
    }
