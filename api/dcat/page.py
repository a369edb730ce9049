"""The catalogue as a page, and as schema.org Datasets for search engines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.dcat.authorities import licence_name
from api.dcat.frame import Catalogue, Told, dataset_iri
from api.dcat.words import ABOUT, KEYWORDS, Words, dataset_words, file_words
from api.settings import Settings
from graph.dumps import FORMS

_HEADINGS = {
    "period": Words("Periode", "Period"),
    "files": Words("Filer", "Files"),
    "harvest": Words("Til portaler: denne adresse som", "For portals: this address as"),
    "follow": Words("Ændringer", "Changes"),
    "licence": Words("Licens", "Licence"),
}


@dataclass(frozen=True, slots=True)
class FileView:
    """One file on the page."""

    name: str
    address: str
    size: str


@dataclass(frozen=True, slots=True)
class DatasetView:
    """One dataset on the page."""

    id: str
    title: str
    text: str
    period: str
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """The page: headings by name in the reader's language, the datasets, and schema.org for search engines."""

    title: str
    text: str
    headings: dict[str, str]
    licence: tuple[str, str]
    datasets: tuple[DatasetView, ...]
    schema_org: str


def catalogue_view(settings: Settings, datasets: Sequence[Told], *, language: str) -> CatalogueView:
    """The page of the catalogue in a language, "da" or "en"."""
    made = Catalogue(settings, list(datasets), danish=False)

    def said(words: Words) -> str:
        return words.en if language == "en" else words.da

    rows = []
    for told in datasets:
        title, text = (said(words) for words in dataset_words(told, made.name))
        files = tuple(
            FileView(said(file_words(form)[1]), f"/dumps/{dump['name']}", kilobytes(dump["size"]))
            for dump in told["files"]
            for form in FORMS
            if form.name == dump["form"]
        )
        period = f"{told['begin']} – {told['end']}" if told["begin"] else ""
        rows.append(DatasetView(told["key"].replace("/", "-"), title, text, period, files))
    return CatalogueView(
        title=said(ABOUT["catalogue"].of(made.name)),
        text=said(ABOUT["catalogue-text"].of(made.name)),
        headings={name: said(words) for name, words in _HEADINGS.items()},
        licence=(settings.licence, licence_name(settings.licence)),
        datasets=tuple(rows),
        schema_org=in_script([schema_org(made, told, language) for told in datasets]),
    )


def schema_org(made: Catalogue, told: Told, language: str) -> dict[str, Any]:
    """One dataset as schema.org has it."""
    title, text = (words.en if language == "en" else words.da for words in dataset_words(told, made.name))
    media_types = {form.name: form.media_type for form in FORMS}
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": str(dataset_iri(made, told)),
        "name": title,
        "description": text,
        "keywords": [words.en if language == "en" else words.da for words in KEYWORDS],
        "license": made.settings.licence,
        "url": f"{made.settings.base}/catalog",
        "inLanguage": "da",
        "isAccessibleForFree": True,
        "datePublished": told["issued"],
        "dateModified": told["modified"],
        **({"temporalCoverage": f"{told['begin']}/{told['end']}"} if told["begin"] else {}),
        "creator": {"@type": "Organization", "name": made.name, "url": str(made.publisher)},
        "spatialCoverage": [{"@type": "Place", "name": name} for _, name in told["municipalities"]],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{made.settings.base}/dumps/{dump['name']}",
                "encodingFormat": media_types[dump["form"]],
                "contentSize": str(dump["size"]),
                "sha256": dump["sha256"],
            }
            for dump in told["files"]
        ],
    }


def in_script(told: list[dict[str, Any]]) -> str:
    """JSON that can stand in a page's script element: nothing in it ends the element.

    >>> in_script([{"name": "</script>"}])
    '[{"name": "\\\\u003c/script>"}]'
    """
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def kilobytes(size: int) -> str:
    """A file's size as people read it.

    >>> kilobytes(104327), kilobytes(3_400_000)
    ('102 kB', '3,2 MB')
    """
    return f"{size / 1024:.0f} kB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB".replace(".", ",")
