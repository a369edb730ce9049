"""Reads our catalogue as CKAN would: ckanext-dcat's own parser, in Turtle, JSON-LD and RDF/XML, in Danish.

Runs in an environment of its own (`make interop`): python harvest.py http://127.0.0.1:8000
"""

from __future__ import annotations

import sys
from typing import Any
from urllib.request import Request, urlopen

import ckantoolkit  # type: ignore[import-not-found]
from ckanext.dcat.processors import RDFParser  # type: ignore[import-not-found]

FORMS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
EXTRAS = ("contact_name", "theme", "temporal_start", "temporal_end")


def harvested(base: str, suffix: str) -> list[dict[str, Any]]:
    """The datasets that the harvester makes of the catalogue in one form."""
    request = Request(f"{base}/catalog.{suffix}", headers={"User-Agent": "sagsgraf-interop"})
    with urlopen(request, timeout=60) as answer:
        text = answer.read().decode("utf-8")
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse(text, _format=FORMS[suffix])
    return sorted(parser.datasets(), key=lambda dataset: str(dataset["title"]))


def lacking(dataset: dict[str, Any]) -> list[str]:
    """What a dataset or one of its resources lacks."""
    extras = {extra["key"]: extra["value"] for extra in dataset.get("extras", [])}
    known = {**extras, **{key: value for key, value in dataset.items() if value}}
    found = [name for name in ("title", "notes", "license_id", "resources", *EXTRAS) if not known.get(name)]
    if not (known.get("contact_email") or known.get("contact_uri") or known.get("contact_name")):
        found.append("contact")
    for resource in dataset["resources"]:
        found += [f"resource: {name}" for name in ("url", "license", "name") if not resource.get(name)]
    return found


def main() -> None:
    """Prints what was harvested; exit status 1 where something lacks or the forms differ."""
    base = sys.argv[1]
    ckantoolkit.config["ckan.locale_default"] = "da"
    told = {suffix: harvested(base, suffix) for suffix in FORMS}
    wrong = 0
    for suffix, datasets in told.items():
        resources = sum(len(dataset["resources"]) for dataset in datasets)
        sys.stdout.write(f"{suffix}: {len(datasets)} datasets, {resources} resources\n")
        for dataset in datasets:
            missing = lacking(dataset)
            wrong += bool(missing) or not str(dataset["title"]).startswith("Referater")
            told_lacking = f" lacks {', '.join(missing)}" if missing else ""
            sys.stdout.write(f"  {dataset['title']} ({len(dataset['resources'])} resources){told_lacking}\n")
    first = [[d["title"], len(d["resources"])] for d in told["ttl"]]
    wrong += sum([[d["title"], len(d["resources"])] for d in datasets] != first for datasets in told.values())
    wrong += not first
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
