"""A made item as Norddjurs prints it: one file an item, headings bare or marked, no roll call and no item number."""

from __future__ import annotations

from tests.maker.truth import TrueItem, TrueMeeting, TrueMention


def sentence(one: TrueMention) -> str:
    """The sentence that tells of somebody's part in an item."""
    title = f"{'konstitueret ' if one.acting else ''}{one.post}"
    whom = f"{title} {one.written}".strip() if one.written else definite(title)
    verb = "deltog" if one.status == "recorded" else "deltager"
    return f"{whom[0].upper()}{whom[1:]} {verb} under punktet."


def definite(post: str) -> str:
    """A post alone, as prose has it: "økonomichef" → "økonomichefen"."""
    return f"{post}en"


def printed(meeting: TrueMeeting, item: TrueItem, *, marked: bool = True) -> str:
    """The text of the file; `marked` with the headings of Markdown, else bare lines."""
    head = "### " if marked else ""
    routing = "\n\n".join([f"{head}Sagsgang", "DIR"]) if meeting.body == "direktionen" else ""
    told = [sentence(one) for one in item.people if one.status == "announced"]
    recorded = [sentence(one) for one in item.people if one.status == "recorded"]
    day = meeting.day.strftime("%d-%m-%Y")
    parts = [
        f"{'## ' if marked else ''}{item.title}",
        "*Åben Sag*" if marked else "Åben Sag",
        routing,
        f"{head}Sagsfremstilling",
        " ".join([*item.background, *told]),
        f"{head}Indstilling",
        "Kommunaldirektøren indstiller, at sagen behandles.",
        f"{head}Beslutning i {meeting.written} den {day}",
        " ".join([*item.decision, *recorded]),
        *bilag(item),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def bilag(item: TrueItem) -> list[str]:
    """The list of attachments, one a line."""
    if not item.documents:
        return []
    rows = [
        f"{n} - {number}\tÅben\t{name}\t({int(number) % 90000 + 10000}/{n}2)\t(H)"
        for n, (number, name) in enumerate(item.documents, 1)
    ]
    return ["**Bilag:**", "\n".join(rows)]
