"""spaCy in the slot for a statistical model, with a tiny model that is trained here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.training import Example
from thinc.api import fix_random_seed

from graph.build import Address, build
from graph.errors import SettingsError
from graph.extract.annotators import Model
from graph.intake import Limits, Task, read_all
from graph.model import Minutes
from graph.municipalities.load import load_municipality
from graph.store import Reader, current
from tests.conftest import EXAMPLES, ROOT

TEXT = """Referat af møde i Direktionen den 4. maj 2024

1. Bådpladser

Sagsfremstilling
Tolne Sejlerlaug har skrevet til Direktionen. Sagen behandles i Økonomiudvalget den 11. juni 2024.

Beslutning i Direktionen den 04-05-2024
Godkendt.
"""
PLACES = ("Vejby", "Hørup", "Grejs", "Elmested", "Bakkeby", "Åvig")
SENTENCES = (
    "Brevet er sendt til {}.",
    "{} har skrevet til kommunen.",
    "Der er svar fra {} i sagen.",
    "Sagen drøftes med {} i maj.",
)
NAMELESS = (
    "Sagen behandles i Økonomiudvalget den 18. marts.",
    "Der er svar i sagen.",
    "Direktionen i Elmested Kommune den 3. marts",
    "Indstillingen er sendt til høring.",
    "Sagsfremstilling\nKommunen har skrevet til Direktionen.\n\nBeslutning\nGodkendt.\n",
)
ELMESTED = load_municipality(EXAMPLES / "elmested.toml")
ADDED = (
    "PREFIX sag: <https://w3id.org/sagsgraf/def#> PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/"
    "nif-core#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?name ?rule ?confidence WHERE { ?mention "
    "a sag:Mention ; rdfs:label ?name ; sag:extractionMethod ?rule ; nif:confidence ?confidence . "
    'FILTER STRSTARTS(?rule, "annotator.") }'
)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that knows rowing and sailing guilds."""
    fix_random_seed(7)
    language = spacy.blank("da")
    language.add_pipe("ner")
    names = [f"{place} {kind}" for kind in ("Roerlaug", "Sejlerlaug") for place in PLACES]
    told = [(SENTENCES[n % 4].format(name), name) for n, name in enumerate(names)]
    places = [(text, [(text.index(name), text.index(name) + len(name), "ORG")]) for text, name in told]
    marked = [*places, *((text, []) for text in NAMELESS)]
    examples = [Example.from_dict(language.make_doc(text), {"entities": found}) for text, found in marked]
    optimizer = language.initialize(lambda: examples)
    for _ in range(30):
        language.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("models") / "laug"
    language.to_disk(folder)
    return folder


def read(model: Model | None) -> Minutes:
    """The minutes of our text as a build reads them."""
    task = Task("laug.txt", "laug.txt", "laug.txt", TEXT.encode(), ELMESTED)
    [(_, minutes)] = read_all([task], jobs=1, limits=Limits(memory=600 << 20), model=model)
    assert isinstance(minutes, Minutes), minutes
    return minutes


def test_a_trained_model_adds_what_no_rule_knows_and_takes_nothing_away(trained: Path) -> None:
    plain, found = read(None).agenda_items[0], read(Model("spacy", trained)).agenda_items[0]
    assert "Tolne Sejlerlaug" not in {m.pref_label for m in plain.mentions}
    assert found.mentions[: len(plain.mentions)] == plain.mentions
    [added] = found.mentions[len(plain.mentions) :]
    assert (added.pref_label, added.mention_kind) == ("Tolne Sejlerlaug", "organisation")
    assert added.extraction_method == "annotator.spacy.laug"
    assert added.confidence <= 0.6
    assert [e.anchor_of for e in added.sentences] == ["Tolne Sejlerlaug har skrevet til Direktionen."]
    assert found.routing_steps == plain.routing_steps
    assert found.decisions == plain.decisions


def test_a_graph_that_was_built_without_is_not_used_again(trained: Path, tmp_path: Path) -> None:
    file, data = tmp_path / "laug.txt", tmp_path / "d"
    file.write_text(TEXT, "utf-8")

    def added(model: Model | None) -> list[tuple[str, str, float]]:
        assert not build([file], ELMESTED, data=data, address=Address(model=model)).failed
        rows = Reader.open(current(data)).select(ADDED, {})
        return [(r["name"]["value"], r["rule"]["value"], float(r["confidence"]["value"])) for r in rows]

    assert added(None) == []
    assert added(Model("spacy", trained)) == [("Tolne Sejlerlaug", "annotator.spacy.laug", 0.5)]
    number = current(data).number
    assert added(Model("spacy", trained))
    assert current(data).number == number
    assert added(None) == []


def test_a_model_that_cannot_be_loaded_stops_the_build_with_nothing_published(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    with pytest.raises(SettingsError, match=r"SAGSGRAF_ANNOTATOR=spacy:.*tom: den kan ikke indlæses"):
        build([EXAMPLES], ELMESTED, data=tmp_path / "d", address=Address(model=Model("spacy", tmp_path / "tom")))
    assert not (tmp_path / "d" / "CURRENT").exists()


def shown(file: Path, setting: str) -> list[str]:
    """What `sagsgraf read` prints of a file, each line without the number before it."""
    command = [sys.executable, "-c", "from api.cli import main; main()", "read", str(file)]
    told = {**os.environ, "SAGSGRAF_ANNOTATOR": setting}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=told, check=True, timeout=120)
    return [line.strip(" 0123456789") for line in done.stdout.splitlines()]


def test_read_shows_what_the_model_adds(trained: Path, tmp_path: Path) -> None:
    file = tmp_path / "laug.txt"
    file.write_text(TEXT, "utf-8")
    plain, found = shown(file, ""), shown(file, f"spacy:{trained}")
    assert [line for line in found if line not in plain] == ["Nævner: Tolne Sejlerlaug"]
    assert [line for line in plain if line not in found] == []


def test_spacy_is_imported_only_when_it_is_asked_for() -> None:
    words = "import sys, api.cli as c; [*map(c.function, c.COMMANDS)]; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=False, timeout=120).returncode == 0
