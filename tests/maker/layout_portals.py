"""A made paper as the portals publish it: First Agenda, a region, the capital, aspx pages and two suburbs."""

from __future__ import annotations

from tests.maker.layout_case_systems import closed_title, points, recusal, told
from tests.maker.papers import Paper, PaperItem, figures, weekday, written


def first_agenda(paper: Paper) -> str:
    """Labels in capitals with the value on the next line, titles printed twice."""
    names = ", ".join(one.name for one in paper.present)
    lines = ["UDVALG", paper.body, "MØDE", "Referat", "STED", paper.place]
    lines += ["STARTTIDSPUNKT", f"{figures(paper.day)} {paper.start}:00", "DELTAGERE", names]
    lines += ["AFBUD", ", ".join(one.name for one in paper.absent)] if paper.absent else []
    lines += ["", "PUNKTER", *(f"{item.number}. {closed_title(item)}" for item in paper.items), ""]
    for item in paper.items:
        title = f"{item.number}. {closed_title(item)}"
        lines += [title, title, "Sagsgang og sagstype", *(f"{body} - beslutning" for body, _ in item.route)]
        lines += ["Indstilling", f"{item.proposer} indstiller, at:"] if item.points else []
        lines += [f"{n}. {point.removeprefix('at ')}" for n, point in enumerate(item.points, 1)]
        lines += [f"Beslutning i {paper.body} den {figures(paper.day)}", item.ruling.text, *recusal(item)]
        lines += ["Beskrivelse af sagen", *told(item)] if item.account else []
        lines += ["Bilag", *item.files] if item.files else []
        lines += [""]
    return "\n".join(lines)


def region(paper: Paper) -> str:
    """A region's page: the date only in the verdicts' headings, the newest verdict first."""
    lines = [f"{paper.body} - mødesager", ""]
    for item in paper.items:
        lines += [f"{item.number}. {closed_title(item, 'FORTROLIG - ')}", ""]
        lines += ["INDSTILLING", "", f"{item.proposer} indstiller:", *points(item, "• "), ""] if item.points else []
        lines += ["POLITISK BEHANDLING", "", f"{paper.body}s beslutning den {written(paper.day)}:", item.ruling.text]
        lines += recusal(item)
        lines += [f"{one.marked} deltog ikke i sagens behandling." for one in paper.absent] + [""]
        if item.earlier and item.earlier.day:
            lines += [f"{item.earlier.body}s beslutning den {written(item.earlier.day)}:", item.earlier.text, ""]
        lines += ["BAGGRUND", *told(item), ""] if item.account else []
        lines += (
            ["BILAGSFORTEGNELSE", *(f"{n}. {name}" for n, name in enumerate(item.files, 1)), ""] if item.files else []
        )
    return "\n".join(lines)


def capital_city(paper: Paper) -> str:
    """Titles alone; the body stands only in the verdicts' headings."""
    lines = [
        "Søg",
        "",
        f"Mødedato: {paper.day.strftime('%d.%m.%Y')}, kl. {paper.start}",
        f"Mødested: {paper.place}",
        "",
    ]
    for item in paper.items:
        lines += [item.title, "", "Se alle bilag", ""]
        lines += ["Indstilling", "", f"{item.proposer} indstiller,", "", *points(item, "• "), ""] if item.points else []
        lines += ["Problemstilling", "", *told(item), ""] if item.account else []
        lines += ["Beslutning", ""]
        if item.earlier and item.earlier.day:
            lines += [
                f"{item.earlier.body}s beslutning i mødet den {written(item.earlier.day)}",
                "",
                item.earlier.text,
                "",
            ]
        lines += [
            f"{paper.body}s beslutning i mødet den {written(paper.day)}",
            "",
            item.ruling.text,
            *recusal(item),
            "",
        ]
    return "\n".join(lines)


def aspx(paper: Paper) -> str:
    """A page of bullets for the members, and a label for every field."""
    lines = [
        paper.body,
        "",
        f"Dato: {written(paper.day)}",
        f"Lokale: {paper.place}",
        f"Tidspunkt: kl. {paper.start}",
        "",
    ]
    lines += ["Deltagere:", *(f" • {one.marked}" for one in paper.present)]
    lines += [f" • {one.marked} - afbud" for one in paper.absent] + [""]
    for item in paper.items:
        lines += [f"{item.number}. {closed_title(item, 'Lukket - ')}", "", "Udskriv", ""]
        lines += ["Sagstema", "", item.title, ""]
        lines += ["Redegørelse", "", *told(item), ""] if item.account else []
        lines += ["Høring og sagsgang", "", *(f"{body} den {written(paper.day)}" for body, _ in item.route), ""]
        lines += ["Indstilling", "", f"{item.proposer} indstiller,", *points(item), ""] if item.points else []
        lines += ["Beslutning", "", item.ruling.text, *recusal(item), ""]
        lines += ["Bilag", "", *item.files, ""] if item.files else []
        lines += ["Til toppen", ""]
    return "\n".join(lines)


def suburb(paper: Paper) -> str:
    """The title over "Sag nr. 129", the roll over all, others' verdicts before the meeting's own."""
    lines = [paper.body, "", figures(paper.day), "", "Medlemmer", "", *(one.marked for one in paper.present), ""]
    lines += ["Fraværende", "", *(one.marked for one in paper.absent), ""] if paper.absent else []
    lines += [f"Sager {paper.items[0].number} - {paper.items[-1].number}", "", "Fold alle ud", ""]
    for item in paper.items:
        lines += [item.title, f"Sag nr. {item.number}", "", *(["(Lukket punkt)", ""] if item.closed else [])]
        lines += [f"Beslutningskompetence: {item.route[-1][1]}", ""]
        lines += ["Indstilling", "", f"{item.proposer} indstiller,", "", *points(item), ""] if item.points else []
        if item.earlier and item.earlier.day:
            lines += [f"{item.earlier.body}, {written(item.earlier.day)}, pkt. {item.earlier.point}:", ""]
            lines += [item.earlier.text, ""]
        lines += ["Beslutning", "", item.ruling.text, *recusal(item), ""]
        lines += ["Sagsfremstilling", "", *told(item), ""] if item.account else []
    return "\n".join(lines)


def north_zealand(paper: Paper) -> str:
    """The proposer's sentence as a label, numbered verdicts, past handling under its own heading."""
    lines = ["Dagsordener og referater", "", paper.body, ""]
    lines += [f"{weekday(paper.day).capitalize()} den {figures(paper.day)} kl. {paper.start}", "", "Tilbage", ""]
    lines += ["Indholdsfortegnelse", ""]
    for item in paper.items:
        lines += [f"{item.number}. {closed_title(item)}", "", f"Sagsnummer: {item.case_number}", "", ""]
        lines += ["Resume", "", *told(item), ""] if item.account else []
        lines += [f"{item.proposer} indstiller til {paper.body}"] if item.points else []
        lines += [f"  {n}. {point}" for n, point in enumerate(item.points, 1)] + [""]
        if item.earlier and item.earlier.day:
            lines += ["Historik", "", _past(item), "", item.earlier.text, ""]
        lines += ["Beslutning", "", item.ruling.text, *recusal(item), ""]
        lines += [f"Fravær: {', '.join(one.marked for one in paper.absent)}", ""] if paper.absent else []
    return "\n".join(lines)


def _past(item: PaperItem) -> str:
    earlier = item.earlier
    return f"{earlier.body}, {written(earlier.day)}, pkt. {earlier.point}:" if earlier and earlier.day else ""
