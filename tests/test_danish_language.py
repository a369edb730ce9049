"""Danish minutes are told from Norwegian and Swedish ones by their labels, also where they cite them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.danish.language import read_language
from tests.bad_files import NORWEGIAN, SWEDISH
from tests.conftest import EXAMPLES, SHARED

TEXTS = sorted((SHARED / "reading" / "texts").glob("*.txt"))
OWN = sorted([*EXAMPLES.glob("*-*"), *(Path(__file__).parent / "data").rglob("*.txt")])

NORWEGIAN_BARE = (
    "Møteinnkalling\nUtvalg:\tKommunestyret\nArkivsaksnr.: 21/345\nSaksliste\nPS 3/21\tBudsjett\nVedtak\nVedtatt."
)
NORWEGIAN_NYNORSK = (
    "MØTEPROTOKOLL\n\nUtval: Formannskapet\nMøtestad: Kommunehuset\nMøtedato: 03.02.2022\n\nPS 8/22 Budsjett\n\n"
    "Vedtak:\nSamrøystes."
)
SWEDISH_LIST = (
    "Kommunfullmäktige\nFöredragningslista\n§ 1 Val av justerare\n§ 2 Motion om cykelvägar\nDnr: KS 2021/33\n"
    "Förslag till beslut\nBifall."
)

DANISH_CITING = (
    "Referat til mødet i Økonomiudvalget den 4. maj 2021\n\n7. Nordisk samarbejde\n\nSagsfremstilling\n\nDer vedlægges "
    "uddrag af protokollen fra Strömstad:\n\nSammanträdesprotokoll\nBeslutande: Anna Lind\n§ 45 Gränshinder\n\n"
    "Indstilling\n\nBorgmesteren indstiller,\nat sagen drøftes.\n\nBeslutning\n\nDrøftet.\n\nFraværende: Ole Holm (V)\n"
)


@pytest.mark.parametrize("text", [NORWEGIAN, NORWEGIAN_BARE, NORWEGIAN_NYNORSK])
def test_norwegian(text: str) -> None:
    assert read_language(text) == "norwegian"


@pytest.mark.parametrize("text", [SWEDISH, SWEDISH_LIST])
def test_swedish(text: str) -> None:
    assert read_language(text) == "swedish"


def test_danish_minutes_that_cite_neighbours_are_danish() -> None:
    assert read_language(DANISH_CITING) == "danish"


def test_a_law_s_paragraphs_are_no_swedish_decisions() -> None:
    assert read_language("§ 8, stk. 2\n§ 9\n§ 10\n§ 11\nPlanlovens § 15\n") == "danish"


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_our_own_minutes_are_danish(path: Path) -> None:
    assert read_language(path.read_text("utf-8")) == "danish"


@pytest.mark.skipif(not TEXTS, reason="../shared/reading is absent")
def test_the_marked_texts_are_danish() -> None:
    assert {path.stem: read_language(path.read_text("utf-8")) for path in TEXTS} == {p.stem: "danish" for p in TEXTS}
