"""What is erased is nowhere any more, by a search of the tests' own; everything else is as it was, quad for quad."""

from __future__ import annotations

import gzip
import io
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from api.cli import command_line
from graph.audit import read_acts
from graph.build import Address, build
from graph.changelog import events
from graph.erasure.erasing import Receipt, Wish, erase
from graph.erasure.targets import lost_places
from graph.erasure.withdrawals import read_withdrawals
from graph.errors import SettingsError, SourceError, UnknownValueError
from graph.identity.keys import Names
from graph.municipalities.load import load_municipality
from graph.sources import holdings
from graph.store import current, quads, statements, versions
from tests.conftest import EXAMPLES

NAME = "Torben Aagaard"
FILES = ("direktionen-2024-08-21.md", "hovedudvalget-2024-09-04.txt", "oekonomiudvalget-2024-09-17.md")
TOLD = ("Torben Aagaard", "TORBEN AAGAARD", "Torben Ågård", "torben-aagaard", "T. Aagaard", "torben }g}rd")
ITEM = "oekonomiudvalget-2024-11-19-referat.html"
REASON = "Anmodning efter artikel 17."
SETTINGS = load_municipality(EXAMPLES / "elmested.toml")
PERSON = Names("http://127.0.0.1:8000", SETTINGS).person(NAME)
KEY = PERSON.rpartition("/")[2]
DECISIONS = f"""
[[link]]
source = "people/0999/{KEY}"
target = "people/0999/0123456789abcdef0123"
decision = "rejected"
by = "Arkivet"
on = 2026-01-05
reason = "to personer"

[[correction]]
source = "oekonomiudvalget-2024-09-17.md"
fact = "Decision"
field = "description"
quote = "som {NAME} sagde"
read = "Godkent."
correct = "Godkendt."
by = "Sekretariatet"
on = 2026-01-05
reason = "stavefejl"
"""

Quad = tuple[str, ...]


def needles(*told: str) -> list[bytes]:
    """Every text as it may be written: plain, for an address, in JSON, and in the letters of Windows."""
    forms = {
        form
        for text in told
        for form in (text, quote(text), json.dumps(text)[1:-1], json.dumps(json.dumps(text))[3:-3])
    }
    return [*(form.encode() for form in forms), *(text.encode("cp1252") for text in told)]


def contents(path: Path) -> Iterator[bytes]:
    """A file's bytes, what is packed in them, and the rows of a database."""
    content = path.read_bytes()
    yield content
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if path.suffix == ".sqlite":
        with sqlite3.connect(path) as base:
            yield "\n".join(base.iterdump()).encode()
        base.close()


def found_in(data: Path, *told: str) -> list[str]:
    """The files below a folder in which one of some texts stands, in whatever letters."""
    sought = [needle.lower() for needle in needles(*told)]
    found = [p for p in data.rglob("*") if p.is_file() and any(n in c.lower() for c in contents(p) for n in sought)]
    if any(needle in line.encode().lower() for line in quads(current(data)) for needle in sought):
        found.append(current(data).store)
    return [str(path.relative_to(data)) for path in found]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two versions, decisions that quote the person, and the person in a file's name."""
    folder = tmp_path_factory.mktemp("erasing")
    (folder / "minutes").mkdir()
    for name in FILES:
        shutil.copy(EXAMPLES / name, folder / "minutes" / name)
    shutil.copy(EXAMPLES.parent / "more" / ITEM, folder / "minutes" / ITEM)
    source = folder / "minutes" / FILES[1]
    source.rename(source.with_name(f"hovedudvalget {NAME}.txt"))
    data = folder / "data"
    data.mkdir()
    (data / "links.toml").write_text(DECISIONS, "utf-8")
    build([folder / "minutes" / FILES[0]], SETTINGS, data=data)
    assert not build([folder / "minutes"], SETTINGS, data=data).failed
    return data


@pytest.fixture(scope="module")
def erased(before: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Receipt]:
    """The folder after the person was erased, and the receipt."""
    data = tmp_path_factory.mktemp("erased") / "data"
    shutil.copytree(before, data)
    return data, erase(Wish("person", NAME, REASON, "DPO"), data=data)


def test_nothing_is_left_of_name_variants_and_key(before: Path, erased: tuple[Path, Receipt]) -> None:
    data, receipt = erased
    assert len(found_in(before, *TOLD, KEY)) > 10, "it was there before"
    assert found_in(data, *TOLD, KEY) == []
    assert (receipt.places, receipt.masked) == ((), 2)
    assert receipt.files > 50
    assert NAME not in str(receipt)
    assert [version.number for version in versions(data)] == [current(data).number]


def test_no_hash_is_left_that_names_could_be_tried_on(before: Path, erased: tuple[Path, Receipt]) -> None:
    data, _ = erased
    held = {row.text_hash for row in holdings(current(data).record).sources.values()}
    gone = [row for row in holdings(current(before).record).sources.values() if row.text_hash not in held]
    assert len(gone) == 2
    assert found_in(data, *(a_hash for row in gone for a_hash in (row.text_hash, row.file_hash))) == []


def told(data: Path, hashes: dict[str, str]) -> set[Quad]:
    """The quads of the version in force, with a source's hash under the same name before and after."""
    found = set()
    for quad in statements(current(data)):
        line = "\x00".join(quad)
        for a_hash, name in hashes.items():
            line = line.replace(a_hash, name)
        found.add(tuple(line.split("\x00")))
    return found


def hashes_of(data: Path) -> dict[str, str]:
    """For each source its place in the order of meetings, by its hashes."""
    rows = sorted(holdings(current(data).record).sources.values(), key=lambda row: row.path[:20] + row.title[:14])
    return {a_hash: f"source-{n}" for n, row in enumerate(rows) for a_hash in (row.text_hash, row.file_hash)}


def about(all_quads: set[Quad], *signs: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The nodes that state one of some signs, and what hangs on them alone: spans, missing values, posts, departments.

    And the pairs of things that a link joins which rests on a sentence with a sign.
    """
    nodes = {quad[0] for quad in all_quads if any(sign in part for part in quad[:3] for sign in signs)}
    nodes |= {s for s, p, o, _ in all_quads if "/id/links/" in s and p.endswith("#evidence>") and o in nodes}
    ends = {end: {s: o for s, p, o, _ in all_quads if p.endswith(f"#{end}>")} for end in ("linkSource", "linkTarget")}
    pairs = {(o, ends["linkTarget"][s]) for s, o in ends["linkSource"].items() if s in nodes}
    hanging = ("#", "/id/posts/", "/id/departments/")
    for _ in range(3):
        known = {
            s for s, _, o, _ in all_quads if "missing-" in s and f"{s.partition('missing-')[0].rstrip('-#')}>" in nodes
        }
        known |= {o for s, _, o, _ in all_quads if (s in nodes or (s, o) in pairs) and any(h in o for h in hanging)}
        ours = {node for node in known if "sagsgraf/" not in node}
        nodes |= {n for n in ours if all(s in nodes or (s, o) in pairs for s, _, o, _ in all_quads if o == n)}
    return nodes, pairs


def test_the_rest_of_the_graph_is_as_it_was(before: Path, erased: tuple[Path, Receipt]) -> None:
    data, _ = erased
    old, new = told(before, hashes_of(before)), told(data, hashes_of(data))
    stated, inferred = about(old, NAME, KEY)
    masked, _ = about(new, "█")
    lost = {q for q in old - new if q[0] not in stated | masked and q[2] not in stated and (q[0], q[2]) not in inferred}
    fresh = {q for q in new - old if q[0] not in stated | masked}
    assert (sorted(lost), sorted(fresh)) == ([], [])
    assert len(old & new) > 0.9 * len(old)
    touched = {g for *_, g in old ^ new if "/graphs/source-" in g}
    assert len(touched) == 2, "the quads of other sources are the same"


def test_the_feed_holds_a_tombstone_with_id_and_date_alone(before: Path, erased: tuple[Path, Receipt]) -> None:
    data, _ = erased
    event = next(event for event in events(data) if event.thing.startswith("ni:///"))
    last = [e for e in events(data) if e.thing == event.thing][-1]
    assert (last.kind, last.triples, last.digest) == ("withdrawn", None, "")
    assert all(e.triples in ("", None) for e in events(data) if e.thing == event.thing)
    assert read_withdrawals(data).tombstones[event.thing].reason == REASON


def test_decisions_lose_what_is_about_it_and_are_masked_where_they_quote_it(erased: tuple[Path, Receipt]) -> None:
    text = (erased[0] / "links.toml").read_text("utf-8")
    assert "[[link]]" not in text
    assert 'quote = "som ██████ ███████ sagde"' in text


def test_later_builds_obey(erased: tuple[Path, Receipt], tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(erased[0], data)
    version = current(data).number
    new = tmp_path / "nyt.txt"
    new.write_text(
        (EXAMPLES / "hovedudvalget-2024-09-04.txt").read_text("utf-8").replace("04-09-2024", "05-09-2024"), "utf-8"
    )
    assert build([new], SETTINGS, data=data).built == [str(new)]
    assert current(data).number == version + 1
    assert found_in(data, *TOLD, KEY) == []


def test_the_audit_log_keeps_the_receipt_and_not_the_name(erased: tuple[Path, Receipt]) -> None:
    act = read_acts(erased[0])[-1]
    assert (act.what, act.who, act.reason) == ("erase", "DPO", REASON)
    assert act.told["hits"] == 0
    assert act.told["masked"] == 2


def test_erasing_again_changes_nothing(erased: tuple[Path, Receipt], tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(erased[0], data)
    for thing in (NAME, PERSON, KEY):
        assert erase(Wish("person", thing, REASON), data=data).version.number == current(erased[0]).number
    assert sorted(quads(current(data))) == sorted(quads(current(erased[0])))


PLACE = "http://127.0.0.1:8000/id/agenda-items/0999"


def said_of(data: Path, iri: str) -> dict[str, str]:
    """What the default graph says of a thing, by the last word of each property; literals plain."""
    rows = ((p, o) for s, p, o, g in statements(current(data)) if not g and s == f"<{iri}>")
    return {p.rstrip(">").replace("/", "#").rpartition("#")[2]: o.split('"')[1] if '"' in o else o for p, o in rows}


def test_an_item_leaves_an_empty_shell_and_its_neighbours(before: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(before, data)
    meeting = f"{PLACE}/oekonomiudvalget/2024-11-19"
    title, others = said_of(data, f"{meeting}/141")["title"], [said_of(data, f"{meeting}/{n}") for n in (140, 142)]
    receipt = erase(Wish("item", f"{meeting}/141", REASON, "DPO"), data=data)
    assert receipt.places == ()
    assert found_in(data, title) == []
    now = said_of(data, f"{meeting}/141")
    assert (now["itemNumber"], now["itemOrder"], now["label"]) == ("141", "2", "Slettet punkt")
    assert said_of(data, f"{meeting}/141#missing-title")["absenceReason"].endswith("/erased>")
    for before_it, after in zip(others, (said_of(data, f"{meeting}/{n}") for n in (140, 142)), strict=True):
        assert {key for key in before_it | after if before_it.get(key) != after.get(key)} == {"source", "evidence"}
    assert not build([before.parent / "minutes" / ITEM], SETTINGS, data=data).built
    assert found_in(data, title) == []


def test_a_sub_item_leaves_an_empty_shell_and_its_neighbours(before: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(before, data)
    umbrella = f"{PLACE}/direktionen/2024-08-21/ab0a32c95c27"
    beside = [f"{umbrella}.{n}" for n in (1, 3)]
    others = [said_of(data, iri) for iri in beside]
    file = said_of(data, f"{umbrella}/2".replace("agenda-items", "attachments"))["title"]
    receipt = erase(Wish("item", f"{umbrella}.2", REASON, "DPO"), data=data)
    assert (receipt.places, receipt.masked) == ((), 1)
    # the title itself is an example in the vocabulary
    assert found_in(data, file, "papir og mikrofilm", "ejendomsmæglere og rådgivere", "7712398") == []
    now = said_of(data, f"{umbrella}.2")
    assert (now["label"], now["itemOrder"], now["parentItem"]) == ("Slettet punkt", "2", f"<{umbrella}>")
    for before_it, after in zip(others, (said_of(data, iri) for iri in beside), strict=True):
        assert before_it["title"] == after["title"]
        assert {key for key in before_it | after if before_it.get(key) != after.get(key)} == {"source", "evidence"}
    number = current(data).number
    assert erase(Wish("item", f"{umbrella}.2", REASON), data=data).version.number == number
    assert not build([before.parent / "minutes" / FILES[0]], SETTINGS, data=data).built
    assert found_in(data, file, "papir og mikrofilm") == []


@pytest.mark.parametrize(
    ("written", "after", "lost"),
    [
        ("/agenda-items/0999/x/2", ("1", "2", "3"), set()), ("cases/0999/x/2", ("1", "~", "3"), set()),
        ("agenda-items/0999/x/2", ("1", "3"), {"2", "2.1"}), ("cases/0999/x/2", ("1", "2"), {"3"}),
    ],
)  # fmt: skip
def test_an_item_may_not_take_others_along(written: str, after: tuple[str, ...], lost: set[str]) -> None:
    before, now = ({f"{PLACE}/x/{key}" for key in keys} for keys in (("1", "2", "2.1", "3"), after))
    assert lost_places(written, before, now) == {f"{PLACE}/x/{key}" for key in lost}


def test_a_phrase_and_a_source_are_erased_by_the_command(before: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(before, data)
    command = ["--reason", REASON, "--author", "DPO", "--data", str(data)]
    done = CliRunner().invoke(command_line(), ["erase", "phrase", "saltlade", *command])
    assert done.exit_code == 0, done.output
    assert "0 træffere" in done.output
    assert found_in(data, "saltlade") == []
    done = CliRunner().invoke(command_line(), ["erase", "source", FILES[2], *command])
    assert done.exit_code == 0, done.output
    assert found_in(data, FILES[2], "Anbefalet. Udvalget bemærkede") == []


def test_wrong_wishes_change_nothing(before: Path) -> None:
    version = current(before).number
    for wish, error in (
        (Wish("person", "Torben", REASON), UnknownValueError),
        (Wish("person", "0123456789abcdef0123", REASON), UnknownValueError),
        (Wish("item", "agenda-items/0999/direktionen/1999-01-01/1", REASON), UnknownValueError),
        (Wish("person", NAME, f"{NAME.upper()} bad om det"), SettingsError),
        (Wish("person", NAME, REASON, municipality="0707"), UnknownValueError),
    ):
        with pytest.raises(error):
            erase(wish, data=before)
    assert current(before).number == version
    assert not (before / "suppressed.json").exists()


def test_another_key_cannot_build_past_the_list(erased: tuple[Path, Receipt]) -> None:
    with pytest.raises(SettingsError, match="SAGSGRAF_KEY"):
        build([EXAMPLES], SETTINGS, data=erased[0], address=Address(secret=b"a key of another house"))


POINTS = ("listed", "decisions rewritten", "read", "loaded", "renamed", "in force", "published", "purged")
ERASER = """
import os, signal, sys
from pathlib import Path
from graph import clearing, store
from graph.erasure import erasing

data, point = sys.argv[1:]
store.reached = erasing.reached = lambda here: os.kill(os.getpid(), signal.SIGKILL) if here == point else None
print("begin", flush=True)
erasing.erase(erasing.Wish("person", "Torben Aagaard", "Anmodning."), data=Path(data))
"""


def check_kills(folder: Path, before: Path, erased: Path, *, points: list[str]) -> None:
    """Erasures killed at points or moments leave the old version or the erased one, and the next one finishes."""
    chosen = random.Random(5)
    wholes = [sorted(quads(current(data))) for data in (before, erased)]
    for point in points:
        data = folder / "killed"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(before, data)
        with subprocess.Popen([sys.executable, "-c", ERASER, str(data), point], stdout=subprocess.PIPE) as eraser:
            assert eraser.stdout is not None
            assert eraser.stdout.readline() == b"begin\n"
            if not point:
                time.sleep(chosen.uniform(0.0, 4.0))
                eraser.kill()
        assert not point or eraser.returncode == -signal.SIGKILL, point
        assert sorted(quads(current(data))) in wholes, f"killed at {point!r}: neither of the two"
        assert erase(Wish("person", NAME, "Anmodning."), data=data).places == ()
        assert sorted(quads(current(data))) == wholes[1]
        assert found_in(data, *TOLD, KEY) == []


def test_a_killed_erasure_is_finished_by_the_next(before: Path, erased: tuple[Path, Receipt], tmp_path: Path) -> None:
    check_kills(tmp_path, before, erased[0], points=["listed", "in force"])


@pytest.mark.soak
def test_fifty_killed_erasures(before: Path, erased: tuple[Path, Receipt], tmp_path: Path) -> None:
    check_kills(tmp_path, before, erased[0], points=[*POINTS * 3, *[""] * 30])


def test_a_source_that_cannot_be_read_without_it_stays_and_says_so(before: Path) -> None:
    version = current(before).number
    with pytest.raises((SourceError, UnknownValueError)):
        erase(Wish("phrase", "Hovedudvalget", REASON), data=before)
    assert current(before).number == version
    assert not (before / "suppressed.json").exists()
