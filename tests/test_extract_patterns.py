"""No pattern takes longer than in proportion to its line, whatever the line."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time

import pytest

import graph.danish
import graph.extract
from graph.extract.labels import field_pattern, glued_pattern, running_pattern
from graph.extract.minutes import extract
from graph.readers.choose import read_source
from tests.maker.layouts import LAYOUTS
from tests.maker.papers import made_paper

SHORT, LONG = 3_000, 12_000
ALLOWED = 10.0  # four times the line may take four times as long; sixteen would be its square
NOTICEABLE = 0.02
HOSTILE = (
    "A",
    "a",
    "1",
    " ",
    "Aa ",
    "A. ",
    "a, ",
    "1. ",
    "(A",
    "- ",
    "og ",
    "A/",
    "at ",
    "Aa-",
    "12.",
    "Sag ",
    "\t",
    "s ",
)


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of the reader holds."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (graph.danish, graph.extract):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                several = value if isinstance(value, tuple) else (value,)
                for number, one in enumerate(several):
                    if isinstance(one, re.Pattern):
                        found[f"{module.name.removeprefix('graph.')}.{name}.{number}"] = one
    made = {"field": field_pattern(), "running": running_pattern(), "glued": glued_pattern()}
    return list({**found, **made}.items())


def took(pattern: re.Pattern[str], line: str) -> float:
    began = time.process_time()
    for _ in pattern.finditer(line):
        pass
    return time.process_time() - began


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_pattern_is_linear(piece: str) -> None:
    for name, pattern in patterns():
        long = took(pattern, piece * (LONG // len(piece)))
        if long > NOTICEABLE:
            short = min(took(pattern, piece * (SHORT // len(piece))) for _ in range(3))
            long = min(long, took(pattern, piece * (LONG // len(piece))))
            assert long < ALLOWED * max(short, NOTICEABLE / 2), (name, piece, short, long)


@pytest.mark.soak
def test_cost_is_linear_to_5_mb() -> None:
    paper = made_paper(1)
    for seed in range(2, 5200):
        for one in made_paper(seed).items:
            one.number = paper.items[-1].number + 1
            paper.items.append(one)
    text = LAYOUTS[0].printed(paper)

    def seconds(size: int) -> float:
        began = time.process_time()
        extract(read_source(text[:size].encode(), title="long.txt"))
        return time.process_time() - began

    assert seconds(5_000_000) < 8 * seconds(1_000_000)
