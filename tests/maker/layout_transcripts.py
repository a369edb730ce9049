"""A made paper as text drawn from pages: a flat transcript, labels inside paragraphs, verdicts of several bodies."""

from __future__ import annotations

from tests.maker.layout_case_systems import closed_title, recusal, told
from tests.maker.papers import Paper, PaperItem, figures, joined, written


def flat(paper: Paper) -> str:
    """A transcript: each page of the PDF on one line, its number first."""
    day = f"{written(paper.day)} kl. {paper.start}"
    head = f"Referat Mødedato: {day} Mødelokale: {paper.place} Medlemmer: "
    gone = joined([one.marked for one in paper.absent])
    first = head + ", ".join(one.marked for one in paper.present) + (f" Fraværende: {gone}" if gone else "")
    lines = [f"{paper.body}. Referat. {day}", "", "Transkript", "", f"1 {paper.body} {first}", ""]
    rows = " ".join(f"{item.number}. {closed_title(item)} {n}" for n, item in enumerate(paper.items, 3))
    lines += [f"2 {paper.body} Indholdsfortegnelse Side {rows}", ""]
    for page, item in enumerate(paper.items, 3):
        words = [f"{page} {paper.body} {item.number}. {closed_title(item)} Sagsnr.: {item.case_number} Sagsbeh.: MRH"]
        words += ["Sagsfremstilling", *told(item)] if item.account else []
        words += ["Indstilling", f"{item.proposer} indstiller, {joined(item.points)}."] if item.points else []
        words += ["Beslutning", item.ruling.text, *recusal(item)]
        lines += [" ".join(words), ""]
    return "\n".join(lines)


def inline(paper: Paper) -> str:
    """Every label at the head of a paragraph."""
    lines = [f"{paper.body} {figures(paper.day)}", ""]
    for item in paper.items:
        lines += [f"Punkt {item.number}: {closed_title(item, 'Lukket sag - ')}", item.case_number]
        lines += [f"Resume: {' '.join(told(item))}"] if item.account else []
        lines += [f"Indstilling: {item.proposer} indstiller, {joined(item.points)}."] if item.points else []
        lines += [f"Beslutning: {item.ruling.text} {' '.join(recusal(item))}".rstrip()]
        lines += [f"Fraværende: {joined([one.marked for one in paper.absent])}"] if paper.absent else []
        lines += [f"Sagen afgøres i: {item.route[-1][0]}", ""]
    return "\n".join(lines)


def shared_verdicts(paper: Paper) -> str:
    """Headings with body and date over each verdict, the route as a list of codes, lettered points."""
    lines = [paper.body, "", f"Referat fra mødet den {written(paper.day)}", f"Start kl.: {paper.start}"]
    lines += [f"Mødested: {paper.place}", ""]
    lines += [f"Fraværende: {joined([one.marked for one in paper.absent])}", ""] if paper.absent else []
    for item in paper.items:
        lines += [f"{item.number}. {closed_title(item)}", f"Sagsnr.: {item.case_number}", ""]
        lines += ["Sagsforløb", "/".join(code for _, code in item.route), ""]
        lines += ["Sagsfremstilling", *told(item), ""] if item.account else []
        lines += ["Indstilling", f"{item.proposer} indstiller,"] if item.points else []
        lines += [f"{letter}) {point}" for letter, point in zip("abcd", item.points, strict=False)] + [""]
        lines += _earlier(item)
        lines += [f"Beslutning i {paper.body} den {written(paper.day)}", item.ruling.text, *recusal(item), ""]
    return "\n".join(lines)


def _earlier(item: PaperItem) -> list[str]:
    earlier = item.earlier
    if earlier is None or earlier.day is None:
        return []
    return [f"Beslutning i {earlier.body} den {written(earlier.day)}", earlier.text, ""]
