"""What kind of paper a line of its header says it is: minutes or an agenda."""

from __future__ import annotations

import re
from functools import cache

from graph.danish.hints import holds
from graph.extract.labels import fold, label_roles
from graph.extract.meeting_place import HELD
from graph.extract.rows import Row

KINDS = {"minutes": "referat", "agenda": "dagsorden"}
LONGEST_LINE = 140  # a longer one is a web page's notice or a paragraph

PIECE = re.compile(r"\s[-–|·]\s|\n|\t|\s{3,60}|(?<=[a-zæøå]{3})\.\s(?=[A-ZÆØÅ])")
_DECIDED = re.compile(r"(?:Beslutninger|Konklusioner|Afgørelser|Opsamling|Noter)(?= (?:fra|truffet|taget|på|i|ved) )")
_WORD = re.compile(r"\S+")


def kind_of(row: Row) -> tuple[str, int, int] | None:
    """The word that tells what the paper is, where it opens a line or stands between its dashes."""
    if row.role in KINDS:
        begin = row.label.begin if row.label else 0
        return row.role, begin, row.label.end if row.label else row.line.end
    text = row.line.text
    if row.role in {"", "decision"} and (opening := _DECIDED.match(text)):
        return "minutes", *opening.span()
    folded = text.casefold()
    if row.role or not holds("".join(folded.split()), _kind_words()) or is_banner(row) or "referater" in folded:
        return None
    roles = label_roles()
    begin = 0
    for piece in PIECE.split(text):
        place = text.index(piece, begin)
        begin = place + len(piece)
        if (role := roles.get(fold(piece))) in KINDS:
            return role, place, begin
    words = list(_WORD.finditer(text))
    for first, count in ((0, 2), (0, 1), (len(words) - 2, 2), (len(words) - 1, 1)):
        run = words[max(first, 0) : max(first, 0) + count]
        if run and (role := roles.get(fold(" ".join(word.group() for word in run).rstrip(",;.")))) in KINDS:
            return role, run[0].start(), run[-1].end()
    return None


@cache
def _kind_words() -> tuple[str, ...]:
    """The words, without blanks, of which every line that tells what a paper is holds one."""
    words = {"".join(label.split()) for label, role in label_roles().items() if role in KINDS}
    return tuple(sorted(word for word in words if not any(other in word for other in words - {word})))


def is_banner(row: Row) -> bool:
    """Whether a line is a web page's notice and no part of the meeting's header: long, or a sentence on other things
    than when and where the meeting was held."""
    text = row.line.text
    if HELD.match(text):
        return False
    return len(text) > LONGEST_LINE or (text.endswith((".", "!", "?")) and len(text.split()) > 6)
