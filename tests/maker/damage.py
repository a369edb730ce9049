"""The damage that published minutes have come to, done to a made text; each kind can be switched on by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from graph.extract.labels import SECTIONS, read_label

_NUMBER = re.compile(r"(?<=\w )\d{2,}(?=[ .])")
_SPACED_LABELS = ("Referat", "Beslutning", "Indstilling", "Sagsfremstilling", "BESLUTNING", "INDSTILLING")
_MOJIBAKE = str.maketrans({"å": "├å", "æ": "├ª", "ø": "├©"})


def dropped_digits(text: str, random: Random) -> str:
    """One number in eight without its digits, as page-flip transcripts lose them."""
    return _NUMBER.sub(lambda found: "" if random.random() < 0.125 else found[0], text)


def glued_labels(text: str, random: Random) -> str:
    """A third of the sections' labels glued to the words under them: "BeslutningGodkendt."."""
    glued: list[str] = []
    for line in re.sub(r"\n[ \t]*\n+", "\n", text).split("\n"):
        label = read_label(glued[-1].strip()) if glued else None
        alone = label is not None and label.role in SECTIONS - {"attachments"} and label.value >= len(glued[-1].strip())
        if alone and line[:1].isupper() and random.random() < 0.33:
            glued[-1] += line
        else:
            glued.append(line)
    return "\n".join(glued)


def letter_spaced(text: str, random: Random) -> str:
    """Headings with a blank between their letters: "R e f e r a t"."""
    lines = text.split("\n")
    spaced = [" ".join(line) if line in _SPACED_LABELS and random.random() < 0.5 else line for line in lines]
    return "\n".join(spaced)


def mojibake(text: str, random: Random) -> str:
    """One word in fifty with its Danish letters read in a wrong code page: "Regionsr├ådet"."""
    return re.sub(r"\w+", lambda word: word[0].translate(_MOJIBAKE) if random.random() < 0.05 else word[0], text)


def lost_blank_lines(text: str, _: Random) -> str:
    """No empty lines, as text drawn from some PDFs has none."""
    return re.sub(r"\n[ \t]*\n+", "\n", text)


DAMAGES: tuple[Callable[[str, Random], str], ...] = (
    dropped_digits, glued_labels, letter_spaced, mojibake, lost_blank_lines,
)  # fmt: skip
