"""`sagsgraf links`: the links across meetings with their reasons, and what people decide about them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api.commands.options import Data, address_of, choose, console, output, settings_for
from api.settings import Settings
from graph.build import BuildReport, build
from graph.errors import UnknownThingError
from graph.identity.ledger import DECISIONS, Decided, parse_ledger, short, with_decision, without_decision
from graph.sources import holdings
from graph.spreadsheets import sheet
from graph.store import Reader, current, write_whole

STATUSES = ("proposed", "accepted", "rejected", "all")
WORDS = {"proposed": "foreslået", "accepted": "godkendt", "rejected": "forkastet"}
_QUERY = """PREFIX sag: <https://w3id.org/sagsgraf/def#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?link ?source ?target ?rule ?score ?status ?by
  (GROUP_CONCAT(DISTINCT ?reason; separator="\\u001f") AS ?reasons)
  (GROUP_CONCAT(DISTINCT ?quote; separator="\\u001f") AS ?quotes)
WHERE {
  ?link a sag:Link ; sag:linkSource ?source ; sag:linkTarget ?target ; sag:linkRule ?rule ; nif:confidence ?score ;
    sag:reviewStatus ?status .
  OPTIONAL { ?link sag:reason ?reason }
  OPTIONAL { ?link dct:creator ?by }
  OPTIONAL { ?link sag:evidence/nif:anchorOf ?quote }
}
GROUP BY ?link ?source ?target ?rule ?score ?status ?by"""
_APART = "\u001f"


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link as it stands in the version in force."""

    key: str
    source: str
    target: str
    rule: str
    score: float
    status: str
    reasons: list[str]
    quotes: list[str]
    by: str


def links_command(
    key: Annotated[str | None, typer.Argument(help="Et links nøgle, eller starten på den / a link's key")] = None,
    status: Annotated[str, typer.Option("--status", help=" / ".join(STATUSES))] = "proposed",
    rule: Annotated[str, typer.Option("--rule", help="Regel, fx case. / rule, such as case.")] = "",
    decide: Annotated[str, typer.Option("--decide", help="accepted / rejected / undo")] = "",
    by: Annotated[str, typer.Option("--by", help="Hvem der beslutter / who decides")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Hvorfor / why")] = "",
    form: Annotated[str, typer.Option("--format", help="table / json / csv")] = "table",
    data: Data = None,
) -> None:
    """Vis links på tværs af møder, godkend eller forkast. / List links across meetings; accept or reject."""
    choose(status, STATUSES, "--status")
    choose(form, ("table", "json", "csv"), "--format")
    settings = settings_for(data)
    found = listed_links(settings.data)
    if decide:
        choose(decide, (*DECISIONS, "undo"), "--decide")
        if decide != "undo" and not (by and reason):
            raise typer.BadParameter("skriv --by og --reason / give --by and --reason", param_hint="--decide")
        link = the_one(found, key or "")
        change_ledger(ledger_of(settings), link, decide=decide, by=by, reason=reason)
        show_rebuilt(rebuilt(settings), settings)
        return
    shown = [
        k for k in found if status in ("all", k.status) and k.rule.startswith(rule) and k.key.startswith(key or "")
    ]
    sys.stdout.write(written(shown, form)) if form != "table" else output().print(as_table(shown))


def listed_links(data: Path) -> list[ListedLink]:
    """The links of the version in force: what waits for a person first, then by rule and falling score."""
    rows = Reader.open(current(data)).select(_QUERY)
    found = [
        ListedLink(
            key=row["link"]["value"].rpartition("/")[2],
            source=short(row["source"]["value"]),
            target=short(row["target"]["value"]),
            rule=row["rule"]["value"],
            score=float(row["score"]["value"]),
            status=row["status"]["value"].rpartition("/")[2],
            reasons=sorted(filter(None, row["reasons"]["value"].split(_APART))),
            quotes=sorted(filter(None, row["quotes"]["value"].split(_APART))),
            by=row["by"]["value"] if "by" in row else "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda k: (STATUSES.index(k.status), k.rule, -k.score, k.key))


def the_one(found: Iterable[ListedLink], key: str) -> ListedLink:
    """The link that a key, or the start of one, names."""
    fit = [link for link in found if key and link.key.startswith(key)]
    if len(fit) != 1:
        raise UnknownThingError(
            f"»{key}« er ikke ét link. Se nøglerne med: sagsgraf links --status all",
            english=f"{key!r} is not one link. See the keys with: sagsgraf links --status all",
        )
    return fit[0]


def change_ledger(path: Path, link: ListedLink, *, decide: str, by: str, reason: str) -> None:
    """Writes a decision into the reviewed file, or takes it out; all else in the file stays as it is."""
    text = path.read_text("utf-8") if path.is_file() else ""
    parse_ledger(text, str(path))
    if decide == "undo":
        now = without_decision(text, link.source, link.target)
    else:
        today = date.today()
        now = with_decision(text, Decided(link.source, link.target, by, today, reason, accepted=DECISIONS[decide]))
    parse_ledger(now, str(path))
    write_whole(path, now)


def ledger_of(settings: Settings) -> Path:
    """The file that decisions are kept in."""
    return address_of(settings).ledger(settings.data)


def rebuilt(settings: Settings) -> BuildReport:
    """A build of what is held, after the reviewed file was changed."""
    held = holdings(current(settings.data).record).municipalities
    first = held[min(held)]
    return build((), first, data=settings.data, address=address_of(settings))


def show_rebuilt(report: BuildReport, settings: Settings) -> None:
    """That a version with the decision is in force, and which corrections no longer fit their source."""
    told = console()
    number = report.version.number if report.version else current(settings.data).number
    told.print(f"version {number} er i kraft; beslutningen står i {ledger_of(settings)}")
    for one in report.outdated:
        told.print(
            f"[yellow]![/] {one.source}: rettelsen af »{one.quote}« passer ikke længere på kilden", soft_wrap=True
        )


def as_table(found: list[ListedLink]) -> Table:
    """The links as a table for a terminal."""
    table = Table(title=f"{len(found)} links", title_justify="left", show_lines=True)
    for column in ("nøgle", "regel", "score", "status", "fra → til", "begrundelse og sætninger"):
        table.add_column(column)
    for link in found:
        told = [*link.reasons, *(f"»{quote}«" for quote in link.quotes)]
        status = WORDS[link.status] + (f" ({link.by})" if link.by else "")
        ends = f"{link.source}\n→ {link.target}"
        table.add_row(link.key, link.rule, f"{link.score:.2f}", status, ends, "\n".join(told))
    return table


def written(found: list[ListedLink], form: str) -> str:
    """The links as JSON or as CSV safe for spreadsheets."""
    if form == "json":
        return json.dumps([asdict(link) for link in found], ensure_ascii=False, indent=1) + "\n"
    rows = [("key", "source", "target", "rule", "score", "status", "by", "reasons", "quotes")]
    for k in found:
        texts = (k.key, k.source, k.target, k.rule, f"{k.score:.2f}", k.status, k.by)
        rows.append((*texts, " ¶ ".join(k.reasons), " ¶ ".join(k.quotes)))
    return sheet(rows)
