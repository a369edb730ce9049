"""The pages' words: two gettext catalogues with the same phrases, of which none is empty, missing or left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from api.views.language import Language, catalogue, phrases

API = Path(__file__).parents[1] / "api"
TEMPLATES = sorted((API / "pages" / "templates").glob("*.html"))
MODULES = sorted(API.rglob("*.py"))
_ASKED = ("t", "language")


@pytest.mark.parametrize("code", ["da", "en"])
def test_a_catalogue_is_whole(code: str) -> None:
    with catalogue(code).open("rb") as file:
        read = read_po(file, abort_invalid=True)
    messages = [message for message in read if message.id]
    assert (str(read.locale), read.fuzzy, len(read.obsolete)) == (code, False, 0)
    assert [message.id for message in messages] == sorted(str(message.id) for message in messages)
    for message in messages:
        assert str(message.string).strip(), message.id
        assert not message.fuzzy, message.id


def test_both_catalogues_hold_the_same_phrases_and_places_for_values() -> None:
    danish, english = phrases("da"), phrases("en")
    assert danish.keys() == english.keys()
    for phrase in danish:
        places = [sorted(re.findall(r"\{\w*\}", text)) for text in (phrase, danish[phrase], english[phrase])]
        assert places[0] == places[1] == places[2], phrase


def spoken(called: nodes.Expr) -> Iterator[str]:
    """The phrases that an argument may be; what it is chosen by is none."""
    if isinstance(called, nodes.CondExpr):
        yield from (phrase for part in (called.expr1, called.expr2) if part for phrase in spoken(part))
    elif isinstance(called, nodes.Const) and isinstance(called.value, str):
        yield called.value


def in_templates() -> Iterator[tuple[str, str]]:
    """Each phrase that a template asks for, with the template's name."""
    for path in TEMPLATES:
        for call in Environment().parse(path.read_text("utf-8")).find_all(nodes.Call):  # noqa: S701 - only parsed
            if isinstance(call.node, nodes.Name) and call.node.name == "t" and call.args:
                yield from ((path.name, phrase) for phrase in spoken(call.args[0]))


def in_modules() -> Iterator[tuple[str, str]]:
    """Each phrase that a module asks for as it stands, with the module's name."""
    for path in MODULES:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _ASKED and call.args:
                first = call.args[0]
                parts = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
                for part in parts:
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield path.name, part.value


def written() -> set[str]:
    """Every text that stands in templates and modules, for many phrases come by way of tables."""
    texts = {
        node.value
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in TEMPLATES:
        found = Environment().parse(path.read_text("utf-8")).find_all(nodes.Const)  # noqa: S701 - only parsed
        texts.update(const.value for const in found if isinstance(const.value, str))
    return texts


def test_every_phrase_that_is_asked_for_is_there() -> None:
    asked = {*in_templates(), *in_modules()}
    assert len(asked) > 200
    assert not sorted((place, phrase) for place, phrase in asked if phrase not in phrases("en"))


def test_no_phrase_is_left_over() -> None:
    assert not sorted(phrases("da").keys() - written())


def test_the_names_of_parameters_are_words_in_danish() -> None:
    assert Language("da", phrases("da"), {})("body") == "organ"
    assert Language("en", phrases("en"), {})("body") == "body"
    assert Language("da", phrases("da"), {})("Møder") == "Møder"
