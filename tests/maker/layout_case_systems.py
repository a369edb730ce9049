"""A made paper as the case systems print it: SBSYS, its file, Acadre's kin, PolWeb, and items without titles."""

from __future__ import annotations

from tests.maker.papers import Paper, PaperItem, figures, joined, weekday, written

GRID = ("DIR", "FOU", "TMU", "KFU", "BSU", "SOU", "PNK", "LDU", "BEU", "ØU", "BY")


def told(item: PaperItem) -> list[str]:
    """The account's sentences: what it is about, who comes, and whom it is sent to."""
    lines = [item.account] if item.account else []
    if item.speaker:
        lines.append(f"{item.speaker[0]} {item.speaker[1]} deltager under punktet.")
    if item.sent_to:
        lines.append(f"Sagen behandles i {item.sent_to[0]} den {written(item.sent_to[1])}.")
    return lines


def points(item: PaperItem, mark: str = "") -> list[str]:
    """The points of the recommendation, one a line."""
    return [f"{mark}{point}" for point in item.points]


def recusal(item: PaperItem) -> list[str]:
    """Who was disqualified, after the verdict."""
    return [f"{item.recused.marked} erklærede sig inhabil og forlod lokalet."] if item.recused else []


def closed_title(item: PaperItem, word: str = "Lukket punkt: ") -> str:
    """The title, marked where the item is closed."""
    return f"{word if item.closed else ''}{item.title}"


def preview(paper: Paper) -> str:
    """SBSYS's preview: one sentence over all, the case number over the title."""
    day = f"den {written(paper.day)} kl. {paper.start}"
    lines = [f"Referat til mødet i {paper.body} {day} i {paper.place}", ""]
    lines += ["Deltagere", *(one.marked for one in paper.present), ""]
    lines += ["Afbud", *(one.marked for one in paper.absent), ""] if paper.absent else []
    for item in paper.items:
        lines += [item.case_number, "", f"{item.number}. {closed_title(item)}", ""]
        lines += ["Forventet sagsgang", ", ".join(code for _, code in item.route), ""]
        lines += ["Anledning", *told(item), ""] if item.account else []
        lines += [*_asked(item, "Indstilling"), *_filed(item), "Beslutning", item.ruling.text, *recusal(item), ""]
    return "\n".join(lines)


def _asked(item: PaperItem, label: str) -> list[str]:
    return [label, f"{item.proposer} indstiller,", *points(item), ""] if item.points else []


def _filed(item: PaperItem) -> list[str]:
    return ["Bilag", *(f"- {name}" for name in item.files), ""] if item.files else []


def html_file(paper: Paper) -> str:
    """SBSYS's HTML file: the sentence broken over lines, the verdict before the account."""
    lines = ["Referat", "til", f"mødet i {paper.body}", f"den {written(paper.day)} kl. {paper.start}"]
    lines += [f"i {paper.place}", ""]
    lines += [f"Afbud fra {one.marked}." for one in paper.absent] + [""]
    for item in paper.items:
        access = "Lukket" if item.closed else "Åbent"
        lines += [f"{item.number}. {item.title}", f"{access} - {item.case_number}", ""]
        lines += ["INDSTILLING", "", f"{item.proposer} indstiller", *points(item, "• "), ""] if item.points else []
        lines += ["BESLUTNING", "", item.ruling.text, *recusal(item), ""]
        lines += ["SAGSFREMSTILLING", "", *told(item), ""] if item.account else []
        if item.earlier:
            lines += ["HISTORIK", "", _past(item), item.earlier.text, ""]
        lines += _filed(item)
    return "\n".join(lines)


def _past(item: PaperItem) -> str:
    earlier = item.earlier
    return f"{earlier.body}, {written(earlier.day)}, pkt. {earlier.point}:" if earlier and earlier.day else ""


def grid_page(paper: Paper) -> str:
    """A page with a grid of the bodies' codes, and crosses under those that the case goes to."""
    lines = ["Dagsordener og referater", "", f"Udvalg: {paper.body}", f"Mødedato: {written(paper.day)}"]
    lines += [f"Mødested: {paper.place}", "", "Referat", "", "Dagsordenpunkter", ""]
    for item in paper.items:
        lines += [f"Sagsnr.: {item.case_number} Sagsbehandler: {item.officer}  ", "", item.title, ""]
        lines += [part for code in GRID for part in (code, "")]
        crossed = {code for _, code in item.route}
        lines += [part for code in GRID for part in (" x" if code in crossed else " ", "")]
        lines += ["Sagsfremstilling", "", *told(item), ""] if item.account else []
        lines += _asked(item, "Indstilling")
        lines += ["Bilag", "", *(f"{n} - {name}.pdf" for n, name in enumerate(item.files, 1)), ""] if item.files else []
        lines += ["Beslutning", "", item.ruling.text, *recusal(item), ""]
    return "\n".join(lines)


def county_codes(paper: Paper) -> str:
    """PolWeb: the title twice, case numbers that open with the municipality's code, the absent under each verdict."""
    lines = [f"{paper.body} – Referat – {written(paper.day)}", "", "", "Medlemmer"]
    lines += [one.marked for one in (*paper.present, *paper.absent)]
    lines += ["", "Fraværende", *(one.marked for one in paper.absent), ""] if paper.absent else [""]
    for item in paper.items:
        number = f"330-{paper.day.year}-{4000 + item.number}"
        lines += [f"{item.number}. {item.title}", "", f"{item.number}.     {item.title}", ""]
        lines += [f"Sagsnr.: {number}                 Dok.nr.: 330-2018-50{item.number:04d}          "
                  f"{'Lukket' if item.closed else 'Åbent'}"]  # fmt: skip
        lines += [f"Kompetence: {item.route[-1][0]}", "Beslutningstema", item.title]
        lines += ["Baggrund", *told(item)] if item.account else []
        lines += ["Indstilling", f"{item.proposer} indstiller,"] if item.points else []
        lines += [f"{n}.    {point}" for n, point in enumerate(item.points, 1)]
        lines += [f"Beslutning i {paper.body} den {written(paper.day)}:"]
        lines += [f"Fraværende: {paper.missing}", item.ruling.text, *recusal(item), ""]
    return "\n".join(lines)


def untitled(paper: Paper) -> str:
    """Items with neither number nor title, each behind its case number."""
    members = ", ".join(one.name for one in (*paper.present, *paper.absent))
    gone = joined([one.name for one in paper.absent])
    lines = ["Beslutningsprotokol", "", f"{weekday(paper.day)} den {written(paper.day)} kl. {paper.start}", ""]
    lines += [f"Mødested: {paper.place}", f"Udvalg: {paper.body}", f"Medlemmer: {members}"]
    lines += [f"Bemærkninger: Afbud: {gone}"] if gone else []
    lines += ["Udskriv hele dagsordnen"]
    for item in paper.items:
        lines += ["  • Udskriv", f"    Sagsid.: {item.case_number}, Sagsinitialer: AGVA", ""]
        lines += ["    Sagsfremstilling", "", *(f"    {line}" for line in told(item)), ""]
        lines += ["    Indstilling", "", f"    {item.proposer} indstiller,", ""] if item.points else []
        lines += [f"    {point}" for point in item.points] + [""]
        lines += [f"    Beslutning {paper.body} den {figures(paper.day)}", "", f"    {item.ruling.text}"]
        lines += [f"    {line}" for line in recusal(item)]
        lines += ["", f"    Afbud: {gone}", ""] if gone else [""]
    return "\n".join(lines)
