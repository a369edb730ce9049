"""No pattern takes longer than in proportion to its line, whatever the line."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time

import pytest

import graph.danish
import graph.extract
from graph.extract.labels import glued_pattern, running_pattern

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
    made = {"running": running_pattern(), "glued": glued_pattern()}
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
