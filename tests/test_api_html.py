"""The pages as HTML: what they say, that they say it safely, and that both languages are whole."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.views.assets import asset, assets
from api.views.found import FACETS
from api.views.frame import Frame
from api.views.language import Language, phrases
from api.views.neighbours import KIND_WORDS, RELATIONS
from api.views.people import TOLD
from api.views.resource import REUSED_WORDS
from api.views.source import pieces
from api.views.things import PARTS
from tests.page_service import BASE, CASE, NASTY, make_app, store_of_case, texts

PAGES = Path(__file__).parents[1] / "api" / "pages"
SOURCE_A, SOURCE_B = sorted(texts(), key=lambda h: "8. marts" not in texts()[h])
ADDRESSES = (
    "/",
    "/cases",
    "/cases?q=bibliotek",
    f"/cases/{CASE}?as_of=2023-06-01",
    *(f"/cases/0999/direktionen/2023-03-08/{name}" for name in NASTY),
    f"/sources/{SOURCE_A}",
    "/questions",
    "/questions/sent-on",
    "/questions/long?page=3",
    "/organisations/x",
    "/people",
    "/bodies",
    "/bodies/0999/direktionen",
    "/meetings/0999/direktionen/2023-03-08",
    "/sdgs",
    "/sdgs/4",
    "/sdgs/all",
    "/network",
    f"/network?of=cases/{CASE}",
    "/network?of=bodies/0999/direktionen",
    "/quality",
    "/about",
    "/query",
    "/query?example=sent-on",
    "/problem",
    "/cases/none",
)


class Reader(HTMLParser):
    """Reads a page: its words, its elements and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("br", "dd", "div", "li", "p", "td"):
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        """Keeps words."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All words, blanks made single."""
        return " ".join("".join(self.words).split())

    def all(self, name: str) -> list[str]:
        """The values of an attribute over the whole page."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(make_app(), follow_redirects=False) as made:
        yield made


def read(client: TestClient, address: str) -> Reader:
    return Reader(client.get(address).text)


def test_the_graph_of_these_tests_quotes_its_sources_exactly() -> None:
    nif = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
    quads = list(store_of_case().quads_for_pattern(None, ox.NamedNode(f"{nif}anchorOf"), None))
    assert len(quads) > 15
    for quad in quads:
        address, begin, end = re.split(r"\.txt#char=|,", str(quad.subject).strip("<>"))
        assert isinstance(quad.object, ox.Literal)
        assert texts()[address.rpartition("/")[2]][int(begin) : int(end)] == quad.object.value


def test_the_state_of_a_case_is_told_in_words(client: TestClient) -> None:
    assert (
        "Drøftet i Direktionen 8. mar. 2023 og taget til efterretning i Direktionen 10. maj 2023. "
        "Sendt videre til tre organer; ingen af de tre møder er i grafen endnu."
    ) in read(client, f"/cases/{CASE}").text


@pytest.mark.parametrize(
    ("as_of", "states"),
    [
        ("2023-04-12", ["treated", "pending", "pending", "pending", "treated"]),
        ("2023-04-13", ["treated", "overdue", "pending", "pending", "treated"]),
        ("2023-06-01", ["treated", "overdue", "overdue", "overdue", "treated"]),
    ],
)
def test_a_planned_stop_is_overdue_the_day_after_its_date(client: TestClient, as_of: str, states: list[str]) -> None:
    page = read(client, f"/cases/{CASE}?as_of={as_of}")
    marks = [a["class"] for tag, a in page.elements if tag == "svg" and a["class"].startswith("mark ")]
    assert marks == [f"mark {state}" for state in states]
    assert page.text.count("dato passeret, referat ikke set") == states.count("overdue")
    assert page.text.count("året er udledt") == 3


def test_every_sentence_leads_to_its_line_and_its_mark_in_the_source(client: TestClient) -> None:
    case, source = read(client, f"/cases/{CASE}"), read(client, f"/sources/{SOURCE_A}")
    targets = [href.partition("#")[2] for href in case.all("href") if href.startswith(f"/sources/{SOURCE_A}#")]
    assert len(targets) > 8
    assert set(targets) <= set(source.all("id"))
    assert "Referat, linje 16" in case.text


def test_announced_is_told_apart_from_recorded_and_the_post_of_the_day_is_shown(client: TestClient) -> None:
    text = read(client, f"/cases/{CASE}").text
    assert "Søren Bruun, arkitekt skulle deltage; ikke nævnt i beslutningen" in text
    assert "Karen Holt, bibliotekschef deltog under punktet" in text
    assert "Karen Holt, konstitueret bibliotekschef deltog under punktet" in text


def test_attachments_tell_open_from_closed_and_why_they_are_tied_to_the_case(client: TestClient) -> None:
    text = read(client, f"/cases/{CASE}").text
    tied, _, others = text.partition("Andre bilag på samme punkt")
    assert "Åben · bilag 1 · dokument 5512001 · sag 20114/23" in tied
    assert "Knyttet til sagen ved slutning: Filnavnet og sagens titel deler ordet bibliotek" in tied
    assert "Lukket · bilag 2 · uden nummer" in others
    assert "Åben · bilag 3 · dokument 5512044 · sag 20131/23" in others


def test_agreements_links_conflicts_and_gaps_are_told(client: TestClient) -> None:
    text = read(client, f"/cases/{CASE}").text
    assert "Det blev aftalt at indhente en geoteknisk vurdering af grunden. Hvem ikke oplyst Til ikke oplyst" in text
    assert "Samme organ, 63 dage imellem" in text
    assert "score 0,8" in text
    assert "Feltet Sagsgang nævner Direktionen; teksten sender også sagen til Hovedudvalget" in text
    assert "Ejer: ikke oplyst" in text


def test_a_later_key_of_a_case_leads_to_the_earliest(client: TestClient) -> None:
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/cases/0999/direktionen/2023-05-10/1")
        assert (response.status_code, response.headers["location"]) == (303, f"{prefix}/cases/{CASE}")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cases/none", 404),
        ("/cases/a%20b%22%3E", 404),
        ("/sources/abc", 404),
        (f"/sources/{'0' * 64}", 404),
        ("/static/../html.py", 404),
        ("/static/vendor.toml", 404),
        (f"/cases/{CASE}?as_of=i-morgen", 400),
    ],
)
def test_what_cannot_be_shown_is_said_with_a_way_onward(client: TestClient, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    if response.headers["content-type"].startswith("text/html"):
        assert "/cases" in Reader(response.text).all("href")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_sound(client: TestClient, address: str, prefix: str) -> None:
    response = client.get(prefix + address)
    page = Reader(response.text)
    tags = [tag for tag, _ in page.elements]
    assert page.elements[0] == ("html", {"lang": prefix.strip("/") or "da"})
    scripts = [attributes for tag, attributes in page.elements if tag == "script"]
    assert all(one["src"].startswith("/static/") for one in scripts)
    assert ("script-src 'self'" in response.headers["content-security-policy"]) == bool(scripts)
    assert len(scripts) <= (1 if any(part in address for part in ("/cases/", "/network", "/query")) else 0)
    assert not page.all("style")
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert tags.count("h1") == tags.count("main") == 1
    assert {"header", "nav", "footer"} <= set(tags)
    assert len(page.all("id")) == len(set(page.all("id")))
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert len(response.content) < 30_000
    for href in page.all("href"):
        assert href.startswith(("/", "#", "?", "mailto:")), href
    forwards = [a["href"] for tag, a in page.elements if tag == "a" and "hreflang" in a]
    assert forwards == [("" if prefix else "/en") + address]


@pytest.mark.parametrize("name", NASTY)
def test_a_hostile_title_is_shown_as_text(client: TestClient, name: str) -> None:
    page = read(client, f"/cases/0999/direktionen/2023-03-08/{name}")
    assert " ".join(NASTY[name].split()) in page.text
    headings = [at for at, (tag, _) in enumerate(page.elements) if tag == "h1"]
    # bdi keeps the direction of a title to itself
    assert page.elements[headings[0] + 1][0] == "bdi"
    assert NASTY[name] in "".join(read(client, "/cases").words)


def test_an_answer_shows_things_dates_and_sentences_and_links_to_no_foreign_scheme(client: TestClient) -> None:
    page = read(client, "/questions/sent-on")
    assert "12. apr. 2023" in page.text
    assert "udledt: regel case.title, score 0,8: Titlerne ligner hinanden" in page.text
    assert "organ: ikke oplyst" in page.text
    assert "/sources/ab#L7" in page.all("href")
    assert f"/cases/{CASE}" in page.all("href")
    assert [a["name"] for tag, a in page.elements if tag == "input" and a["id"].startswith("p-")] == [
        "case", "to", "from", "as_of",
    ]  # fmt: skip


def test_no_address_of_a_page_can_lead_to_another_host() -> None:
    assert Frame(Language("en", {}, {}), BASE, "/en//ond.example/cases").other == "/ond.example/cases"
    frame = Frame(Language("da", {}, {}), BASE, "/")
    assert frame.link(f"{BASE}//ond.example") == "/ond.example"
    assert frame.link("javascript:alert(1)") == frame.link("data:text/html,x") == frame.link("") == ""


def test_a_plain_page_names_what_it_states_and_leads_to_the_sentence(client: TestClient) -> None:
    page = read(client, "/organisations/x")
    assert {"/sources/ab#char=1,9", "/meetings/0999/direktionen/2023-03-08", "/people/0999/x.ttl"} <= set(
        page.all("href")
    )
    assert "navn som trykt" in page.text
    assert "Peger hertil" in page.text


def test_the_search_finds_by_words_of_the_title_whatever_their_case(client: TestClient) -> None:
    found = [href for href in read(client, "/cases?q=NYT%20biblioTEK").all("href") if href.startswith("/cases/")]
    assert found == [f"/cases/{CASE}"]
    assert "Ingen sager at vise her" in read(client, "/cases?q=findes-ikke").text


def test_the_list_goes_on_behind_the_last_key_shown(client: TestClient) -> None:
    whole = [href for href in read(client, "/cases").all("href") if href.startswith("/cases/")]
    after = f"nyt bibliotek ved havnen {BASE}/id/cases/{CASE}"
    rest = [
        href for href in Reader(client.get("/cases", params={"after": after}).text).all("href") if "/cases/" in href
    ]
    assert len(whole) == 1 + len(NASTY)
    assert [href for href in rest if href.startswith("/cases/")] == ["/cases/0999/direktionen/2023-03-08/rtl"]


def test_the_front_page_asks_questions_of_the_graph_itself(client: TestClient) -> None:
    page = read(client, "/")
    assert "Lige nu: 3" in page.text
    asked = [href for href in page.all("href") if href.startswith("/questions/")]
    assert [href.partition("?")[0].rpartition("/")[2] for href in asked] == [
        "overdue-stops", "case-route", "announced-not-recorded", "commitments",
    ]  # fmt: skip
    newest = page.text.partition("Seneste møder")[2]
    assert newest.index("10. maj 2023") < newest.index("8. mar. 2023")


def test_english_pages_mark_the_sources_words_as_danish(client: TestClient) -> None:
    page = read(client, f"/en/cases/{CASE}")
    assert "Discussed in Direktionen on 8 Mar 2023" in page.text
    assert "acting bibliotekschef" in page.text
    assert ("h1", {"lang": "da"}) in page.elements


def test_a_source_stands_there_letter_by_letter(client: TestClient) -> None:
    page = client.get(f"/sources/{SOURCE_B}").text
    start = page.index('<div class="text')
    shown = re.sub(r'<a class="n".*?</a>', "", page[page.index(">", start) + 1 : page.index("</div>", start)])
    assert "".join(Reader(shown).words) == texts()[SOURCE_B]


def spoken() -> set[str]:
    """Every phrase that templates and view models say."""
    found: set[str] = set()
    for path in PAGES.glob("templates/*.html"):
        calls = re.findall(r"\bt\(((?:[^()]|\([^()]*\))*)\)", path.read_text(encoding="utf-8"))
        found.update(phrase for call in calls for phrase in re.findall(r"'([^'{}]*[A-ZÆØÅa-zæøå][^']*)'", call))
        loops = re.findall(r"in \[(\(.*?\))\]", path.read_text(encoding="utf-8"))
        found.update(phrase for loop in loops for phrase in re.findall(r"\('[a-z-]+', '([^']*)'\)", loop))
    for path in [*PAGES.parent.glob("views/*.py"), *PAGES.parent.glob("html/*.py")]:
        found.update(re.findall(r'\b(?:language|t)\(\s*"([^"]*)"', path.read_text(encoding="utf-8")))
    tables = (REUSED_WORDS, TOLD, PARTS, FACETS, KIND_WORDS)
    said = {phrase for table in tables for phrase in table.values()} | {w for pair in RELATIONS.values() for w in pair}
    return found | said


# Keys and values inside t(…) that are no phrases.
NOT_PHRASES = {
    "n", "all", "label", "name", "CSV", "JSON", "XML", "JSON-LD", "N-Triples", "RDF/XML", "Turtle", "line", "day",
    "first", "last", "referat", "dagsorden", "open", "closed", "treated", "pending", "undated", "overdue", "moved",
    "lapsed", "contradicted", "withdrawn", "post-in-same-item",
}  # fmt: skip


def test_every_phrase_has_its_english() -> None:
    missing = spoken() - NOT_PHRASES - set(phrases("en"))
    assert not missing


def test_translations_keep_the_places_for_values() -> None:
    for danish, english in phrases("en").items():
        assert sorted(re.findall(r"\{\w+\}", danish)) == sorted(re.findall(r"\{\w+\}", english)), danish


def test_values_are_never_read_as_phrases() -> None:
    assert Language("da", {}, {})("sag {n}", {"n": "{line} {n}"}) == "sag {line} {n}"


SPANS = st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), max_size=12)


@given(text=st.text(alphabet="ab \n", max_size=40), spans=SPANS)
def test_pieces_give_the_text_whole_and_every_span_one_beginning(text: str, spans: list[tuple[int, int]]) -> None:
    cut = list(pieces(text, spans))
    assert "".join(piece.text for piece in cut if piece.kind == "text") == text
    sound = {(begin, end) for begin, end in spans if 0 <= begin < end <= len(text)}
    at, open_now, begun = 0, 0, []
    for piece in cut:
        at += len(piece.text) if piece.kind == "text" else 0
        open_now += {"open": 1, "close": -1}.get(piece.kind, 0)
        assert open_now >= 0
        if piece.kind == "open" and piece.text:
            begun.append(piece.text)
            assert piece.text.startswith(f"char={at},")
    assert open_now == 0
    assert sorted(begun) == sorted(f"char={begin},{end}" for begin, end in sound)
    assert sum(piece.kind == "line" for piece in cut) == len(text.splitlines())


def test_the_style_sheet_is_small_and_names_its_fonts_by_their_content() -> None:
    style = assets()["pages.css"].content.decode()
    assert len(style.encode()) <= 9216
    assert len(assets()["graph.css"].content) <= 6144
    for name, version in re.findall(r'url\("([^"?]+)\?v=([0-9a-f]+)"\)', style):
        assert asset(name) == f"/static/{name}?v={version}"
    assert style.count("@font-face") == 2


def test_files_are_kept_for_good_by_their_version(client: TestClient) -> None:
    response = client.get(asset("pages.css"))
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["cache-control"]
    assert "immutable" not in client.get("/static/pages.css").headers["cache-control"]


def test_vendored_files_are_those_that_were_fetched() -> None:
    static = PAGES / "static"
    listed = tomllib.loads((static / "vendor.toml").read_text(encoding="utf-8"))["file"]
    there = [*static.glob("fonts/*"), *static.glob("vendor/*.js"), *static.glob("vendor/LICENSES/*")]
    assert {row["path"] for row in listed} == {path.relative_to(static).as_posix() for path in there}
    for row in listed:
        assert hashlib.sha256((static / row["path"]).read_bytes()).hexdigest() == row["sha256"], row["path"]
        assert row["licence"] in ("OFL-1.1", "MIT")


def test_the_bundles_keep_to_their_budget_and_are_sent_packed(client: TestClient) -> None:
    """A page with a graph takes 200 kB packed at most, with its style sheets, script, library and two fonts."""
    files = ["pages.css", "graph.css", "graph.js", "vendor/cytoscape.js"]
    assert sum(len(assets()[name].packed) for name in files) <= 200_000
    assert len(assets()["vendor/codemirror.js"].packed) <= 150_000
    for name in ("vendor/cytoscape.js", "vendor/codemirror.js"):
        assert not re.search(rb"\beval\(|new Function\(", assets()[name].content)
    response = client.get(asset("graph.js"), headers={"Accept-Encoding": "gzip"})
    assert (response.headers["content-encoding"], response.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert response.content == assets()["graph.js"].content
    assert "content-encoding" not in client.get(asset("graph.js"), headers={"Accept-Encoding": "identity"}).headers


def test_a_long_answer_is_turned_page_by_page(client: TestClient) -> None:
    first, last = read(client, "/questions/long?case=x"), read(client, "/questions/long?case=x&page=9")
    assert "Side 1 af 9" in first.text
    assert "?case=x&page=2" in first.all("href")
    assert len([tag for tag, _ in first.elements if tag == "tr"]) == 1 + 2 * 12
    assert len([tag for tag, _ in last.elements if tag == "tr"]) == 1 + 2 * 4
    assert "Side 9 af 9" in read(client, "/questions/long?page=999").text


def test_what_is_missing_tells_its_meetings_day_in_words(client: TestClient) -> None:
    assert "Hovedudvalget, 12. apr. 2023" in read(client, "/questions/sent-on").text


def test_a_span_that_crosses_another_is_marked_whole(client: TestClient) -> None:
    cut = list(pieces("abcdefghij", [(0, 6), (3, 9)]))
    assert [(piece.text, piece.crosses) for piece in cut if piece.kind == "open"] == [
        ("char=0,6", False), ("char=3,9", True), ("", False),
    ]  # fmt: skip


def test_the_graph_of_a_case_says_what_its_table_says(client: TestClient) -> None:
    found = client.get(f"/cases/{CASE}.graph.json").json()
    page = read(client, f"/network?of=cases/{CASE}")
    assert len([tag for tag, _ in page.elements if tag == "tr"]) == 1 + len(found["edges"])
    names = {node["id"]: node["label"] for node in found["nodes"]}
    assert {edge["source"] for edge in found["edges"]} | {edge["target"] for edge in found["edges"]} <= set(names)
    assert names[found["focus"]] == "Nyt bibliotek ved havnen"
    told = {(names[edge["source"]], edge["word"], names[edge["target"]], edge["firm"]) for edge in found["edges"]}
    assert ("Direktionen", "behandlet", "Nyt bibliotek ved havnen", True) in told
    assert ("Hovedudvalget", "planlagt", "Økonomiudvalget", False) in told
    assert ("Søren Bruun", "skulle deltage", "Nyt bibliotek ved havnen", False) in told
    quoted = [edge for edge in found["edges"] if edge["quote"]]
    assert {edge["href"].partition("#")[0] for edge in quoted} <= {f"/sources/{SOURCE_A}", f"/sources/{SOURCE_B}"}


@pytest.mark.parametrize("name", ["", "cases/none", "../x", "people/nobody", "bodies", "ond/x", "sdgs/99"])
def test_a_neighbourhood_of_nothing_is_said_to_be_missing(client: TestClient, name: str) -> None:
    assert client.get("/neighbours.json", params={"of": name}).status_code == 404


def test_the_map_is_the_same_at_every_visit(client: TestClient) -> None:
    first, second = client.get("/network.json"), client.get("/network.json")
    assert first.content == second.content
    assert {node["kind"] for node in first.json()["nodes"]} >= {"cases", "bodies", "people"}


def test_a_page_that_nobody_can_know_leads_on(client: TestClient) -> None:
    for address in ("/people/0999/x", "/bodies/0999/x", "/meetings/0999/x", "/departments/0999/x", "/sdgs/18"):
        response = client.get(address)
        assert response.status_code == 404
        assert "/cases" in Reader(response.text).all("href")
