"""What was erased is known again in every way of writing it, by hashes that do not say what it was."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from time import process_time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.erasure.entries import joined, read_entries, write_entries
from graph.erasure.items import erased_spans, item_span, labels, point_spans, title_is_masked
from graph.erasure.names import name_variants
from graph.erasure.rules import Rules, entry, rules_of, suppressed_spans
from graph.erasure.search import hits, says
from graph.erasure.standins import extract_masked
from graph.errors import SettingsError, UnknownValueError
from graph.extract.minutes import extract
from graph.model import Participation, claims
from graph.municipalities.load import load_municipality
from graph.privacy.masks import masked_text
from graph.readers.choose import read_source
from tests.conftest import EXAMPLES
from tests.growth import grows_linearly

SECRET = b"a key of the tests"
NAME = "Trine Kjær Aagaard"
WRITTEN = (
    "Trine Kjær Aagaard", "TRINE KJÆR AAGAARD", "Trine Kjaer Ågård", "trine-kjaer-aagaard", "Trine Aagaard",
    "T. Aagaard", "T.K. Aagaard", "TK Aagaard", "Trine K. Ågaard", "Trine\nKjær  Aagaard",
    "Aagaard, Trine Kjær", "Trine Kjær Aagaard's",
    "Trine Kjær Aagaards", "**Trine** _Kjær_ Aagaard",
)  # fmt: skip
OTHERS = (
    "Trine Kjær",
    "Kjær Aagaard",
    "Tine Aagaard",
    "Trine Kjær Maagaard",
    "Aagaard",
    "Trine og Aagaard",
    "Bo Aagaard",
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    """The rules that erase one person."""
    return rules_of([entry("person", name_variants(NAME), SECRET, date="2026-01-05")], SECRET)


@pytest.mark.parametrize("written", WRITTEN)
def test_every_way_of_writing_a_name_is_found(written: str, rules: Rules) -> None:
    text = f"Desuden deltog {written} under punktet."
    (begin, end), *others = suppressed_spans(text, rules)
    assert not others
    assert text[begin:end].strip("*_") == written.removesuffix("'s").removesuffix("s").strip("*_")


@pytest.mark.parametrize("written", OTHERS)
def test_other_names_are_left_alone(written: str, rules: Rules) -> None:
    assert suppressed_spans(f"Desuden deltog {written} under punktet.", rules) == []


@given(st.text(), st.text())
def test_any_text_around_it_is_as_it_was(before: str, after: str) -> None:
    rules = rules_of([entry("phrase", ["hemmelig aftale"], SECRET, date="x")], SECRET)
    text = f"{before} hemmelig aftale {after}"
    masked = masked_text(text, suppressed_spans(text, rules))
    assert len(masked) == len(text)
    assert suppressed_spans(masked, rules) == []
    assert "████████ ██████" in masked


def test_the_list_does_not_say_what_was_erased_and_needs_its_key(tmp_path: Path) -> None:
    one = entry("person", name_variants(NAME), SECRET, date="2026-01-05", municipality="0999")
    write_entries(tmp_path, [one], SECRET)
    written = (tmp_path / "suppressed.json").read_text("utf-8").casefold()
    assert not any(word in written for word in ("trine", "kjær", "kjaer", "aagaard"))
    assert read_entries(tmp_path, SECRET) == [one]
    assert entry("person", name_variants(NAME), b"another key of ours", date="2026-01-05").runs != one.runs
    with pytest.raises(SettingsError, match="SAGSGRAF_KEY"):
        read_entries(tmp_path, b"another key of ours")


def test_a_rule_holds_in_its_municipality_alone() -> None:
    one = entry("person", name_variants(NAME), SECRET, date="x", municipality="0999")
    assert suppressed_spans(NAME, rules_of([one], SECRET, municipality="0999"))
    assert not suppressed_spans(NAME, rules_of([one], SECRET, municipality="0707"))


def test_two_lists_become_one_and_nothing_is_lost() -> None:
    one, other = (entry("phrase", [text], SECRET, date="x") for text in ("den ene", "den anden"))
    assert joined([one], [one, other]) == [one, other]


@pytest.mark.parametrize("name", ["Trine", "", "A B C D E F G H Hansen", "Trine K"])
def test_what_is_no_full_name_is_refused(name: str) -> None:
    with pytest.raises(UnknownValueError):
        name_variants(name)


def zipped(text: str) -> bytes:
    """A text in a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", f"<dc:creator>{text}</dc:creator>")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        NAME.encode(), NAME.encode("cp1252"), quote(NAME).encode(), json.dumps({"label": NAME}).encode(),
        NAME.replace("æ", "&aelig;").encode(),
        b"\x00\x01" + NAME.encode() + b"\x02\x00", gzip.compress(NAME.encode()), zipped(NAME),
        b"trine kj{r }g}rd",
        b"\xfe\xff" + NAME.encode("utf-16-be"),
    ],
)  # fmt: skip
def test_bytes_are_read_in_every_form(content: bytes, rules: Rules, tmp_path: Path) -> None:
    assert says(content, rules)
    path = tmp_path / "fil"
    path.write_bytes(content)
    assert hits(path, rules)
    assert not says(b"Desuden deltog Bo Friis.", rules)


@pytest.mark.parametrize("path", sorted((EXAMPLES.parent / "more").iterdir()), ids=lambda path: path.stem)
def test_an_erased_item_is_a_shell_among_its_neighbours(path: Path) -> None:
    settings = load_municipality(EXAMPLES / "elmested.toml")
    source = read_source(path.read_bytes(), title=path.name)
    read = extract_masked(source, settings).agenda_items
    marks = list(labels(source.text))
    for one in read:
        begin, end = item_span(one, source.text)
        if not any(begin < first < end for first, _ in marks):
            continue  # refused, see `graph.erasure.erasing.keep_places`
        rules = rules_of([entry("item", [source.text[begin:end]], SECRET, date="x")], SECRET)
        text = masked_text(source.text, erased_spans(source.text, rules))
        found = extract_masked(replace(source, text=text), settings).agenda_items
        (erased,) = [now for now in found if now.item_number == one.item_number]
        assert (erased.title, title_is_masked(erased), list(claims(erased))) == (None, True, [erased])
        others = [(now.title, now.item_number, now.item_order) for now in read if now is not one]
        assert [(now.title, now.item_number, now.item_order) for now in found if now is not erased] == others


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("direktionen*")), ids=lambda path: path.stem)
def test_an_erased_sub_item_is_a_shell_among_its_neighbours(path: Path) -> None:
    settings = load_municipality(EXAMPLES / "elmested.toml")
    source = read_source(path.read_bytes(), title=path.name)
    (umbrella,) = [one for one in extract_masked(source, settings).agenda_items if one.agenda_items]
    for place, one in enumerate(umbrella.agenda_items):
        texts = [source.text[begin:end] for begin, end in point_spans(one, umbrella, source.text)]
        assert len(texts) == 2  # in the case text and in the decision
        rules = rules_of([entry("item", texts, SECRET, date="x")], SECRET)
        text = masked_text(source.text, erased_spans(source.text, rules))
        assert str(one.title) not in text.partition("Bilag:")[0]
        (read,) = [now for now in extract_masked(replace(source, text=text), settings).agenda_items if now.agenda_items]
        found = list(read.agenda_items)
        erased = found.pop(place)
        assert (erased.title, title_is_masked(erased), list(claims(erased))) == (None, True, [erased])
        others = [now for now in umbrella.agenda_items if now is not one]
        assert [(now.title, now.item_order, len(list(claims(now)))) for now in found] == [
            (now.title, now.item_order, len(list(claims(now)))) for now in others
        ]


def test_a_search_takes_as_much_longer_as_the_text_is(rules: Rules) -> None:
    def seconds(size: int) -> float:
        before = process_time()
        suppressed_spans("T. Trine deltog ikke, men det gjorde Trine Kjær. " * size, rules)
        return process_time() - before

    assert grows_linearly(seconds, 1000, 8000)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.[tm][xd]*")), ids=lambda path: path.stem)
def test_neighbours_of_a_masked_name_are_read_as_ever(path: Path) -> None:
    settings = load_municipality(EXAMPLES / "elmested.toml")
    if path.suffix == ".toml":
        return
    source = read_source(path.read_bytes(), title=path.name)
    read = extract(source, settings)
    people = {c.agent for c in claims(read) if isinstance(c, Participation) and c.agent and " " in c.agent}
    for name in sorted(people):
        rules = rules_of([entry("person", name_variants(name), SECRET, date="x")], SECRET)
        masked = replace(source, text=masked_text(source.text, suppressed_spans(source.text, rules)))
        found = extract_masked(masked, settings)
        left = [c.agent for c in claims(read) if isinstance(c, Participation) and c.agent != name]
        assert [c.agent for c in claims(found) if isinstance(c, Participation)] == left
        assert [a.title for a in found.agenda_items] == [a.title for a in read.agenda_items]
