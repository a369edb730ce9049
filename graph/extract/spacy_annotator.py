"""spaCy as an annotator: the entities of a model on this machine; imported only when a setting asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language

from graph.extract.annotators import KINDS, Candidate

KIND = {"ORG": "organisation", "PER": "person", "PERSON": "person", **{kind: kind for kind in KINDS}}
CONFIDENCE = 0.5  # spaCy tells no score of an entity
_PIECE = 10_000  # characters at a time: a model's memory grows with the length of what it reads


class SpacyAnnotator:
    """A spaCy model: organisations and persons under spaCy's own labels, bodies and departments under ours."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def annotate(self, text: str) -> Iterator[Candidate]:
        """The entities of a text that are of a kind we know."""
        for begin, end in pieces(text):
            for entity in self.language(text[begin:end]).ents:
                if entity.label_ in KIND:
                    place = begin + entity.start_char, begin + entity.end_char
                    yield Candidate(*place, KIND[entity.label_], CONFIDENCE)


def load(model: Path | None) -> SpacyAnnotator:
    """The annotator of the model at a path; ValueError or OSError where there is none."""
    if model is None:
        raise ValueError("stien til modellen mangler, the model's path is missing")
    return SpacyAnnotator(spacy.load(model))


def pieces(text: str, most: int = _PIECE) -> Iterator[tuple[int, int]]:
    """A text cut at the ends of lines, else at blanks, into pieces of at most so many characters.

    >>> text = "Sagen drøftes.\\nBrevet fra Vejby Roerlaug vedlægges."
    >>> [text[begin:end] for begin, end in pieces(text, 40)]
    ['Sagen drøftes.', '\\nBrevet fra Vejby Roerlaug vedlægges.']
    """
    begin = 0
    while begin < len(text):
        reach = begin + most
        end = text.rfind("\n", begin + 1, reach)
        end = end if end > 0 else text.rfind(" ", begin + 1, reach)
        end = end if end > 0 and reach < len(text) else min(reach, len(text))
        yield begin, end
        begin = end
