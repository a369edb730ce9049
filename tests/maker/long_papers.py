"""Made minutes of any length, in the shapes that a reader could be slow at: many items, giant items, giant lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from tests.maker.layout_case_systems import preview
from tests.maker.layout_transcripts import flat
from tests.maker.papers import Paper, PaperItem, made_paper, written

LONGEST_LINE = 900_000  # a reader refuses lines of more than a million characters
BATCH = 40


def _items() -> Iterator[PaperItem]:
    """Items of made papers without end."""
    for seed in count(2):
        yield from made_paper(seed).items


def _with_items(length: int, printed: Callable[[Paper], str]) -> str:
    """A paper with as many items as fill a length."""
    paper, more = made_paper(1), _items()
    each = len(printed(paper)) // len(paper.items)
    while len(text := printed(paper)) < length:
        for _ in range(max(BATCH, (length - len(text)) // each)):
            one = next(more)
            one.number = paper.items[-1].number + 1
            paper.items.append(one)
    return text[:length]


def many_items(length: int) -> str:
    """Thousands of items of ordinary length."""
    return _with_items(length, preview)


def transcript(length: int) -> str:
    """Thousands of pages, each on one line, as text drawn from a PDF has them."""
    return _with_items(length, flat)


def collapsed(length: int) -> str:
    """A transcript whose line ends are lost, but where a line would be too long to be read."""
    words = " ".join(transcript(length).split())
    lines = [words[at : at + LONGEST_LINE] for at in range(0, len(words), LONGEST_LINE)]
    return "\n".join(["Byrådet. Referat. 4. maj 2020 kl. 10:00", "", "Transkript", "", *lines])


def _with_accounts(length: int, joint: str) -> str:
    """A paper of a few items whose accounts fill a length, their sentences told apart by a joint."""
    paper, more = made_paper(1), _items()
    long = [one for one in paper.items if one.account]
    for one in long:
        told, size = [one.account], 0
        while size < length // len(long):
            other = next(more)
            told += [other.account, *_sentences(other)]
            size += sum(len(sentence) + len(joint) for sentence in told[-3:])
        one.account = joint.join(filter(None, told))
    return preview(paper)


def _sentences(item: PaperItem) -> list[str]:
    """What an item's account tells of people and of what comes next."""
    speaker = f"{item.speaker[0]} {item.speaker[1]} deltog under punktet." if item.speaker else ""
    sent = f"Sagen behandles i {item.sent_to[0]} den {written(item.sent_to[1])}." if item.sent_to else ""
    return [speaker, sent]


def giant_items(length: int) -> str:
    """A few items, each of a megabyte and more in thousands of paragraphs."""
    return _with_accounts(length, "\n\n")


def giant_lines(length: int) -> str:
    """A few items, each account on as few lines as a reader takes."""
    lines = _with_accounts(length, " ").split("\n")
    return "\n".join(line[at : at + LONGEST_LINE] for line in lines for at in range(0, len(line) or 1, LONGEST_LINE))


SHAPES = (many_items, giant_items, giant_lines, transcript, collapsed)
