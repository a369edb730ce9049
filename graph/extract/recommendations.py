"""What a body is asked to decide: the proposer and the points, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from graph.danish.hints import holds
from graph.danish.sentences import sentences
from graph.danish.units import read_units
from graph.danish.wrapping import runs_wider
from graph.extract.attachments import PAGE_EDGE
from graph.extract.passage import Passage
from graph.model import Evidence, Recommendation

_VERB = r"(?:indstiller|foreslår|anbefaler|abefaler|fremsender|forelægger|indstilles|foreslås|anbefales)"
_PROPOSER = re.compile(
    rf"(?P<who>[A-ZÆØÅ][^\n.:;!?]{{1,120}}?),? (?:{_VERB}|foreslog|anbefalede)\b(?P<rest>[^\n]{{0,300}})"
)
_NEXT = re.compile(rf"\n(?P<who>[A-ZÆØÅ][^\n.:;!?]{{1,90}}?),? {_VERB}\b(?=[^\n]{{0,200}}(?:\bat\b|,|:))")
_TOLD = re.compile(
    r"(?:[A-ZÆØÅ][\w&/-]{0,40}(?:,? (?:[A-ZÆØÅ&][\w&/-]{0,40}|og|for|i|af)){0,8} indstiller"
    r"|Det (?:indstilles|foreslås|anbefales)"
    # "Ældrerådet anbefaler" is what a party heard has to say; those who serve the body propose to it
    r"|(?:Administrationen|Forvaltningen|Direktionen|Sekretariatet|Staben|Borgmesteren|Formanden|Formandskabet|Team"
    r"|[A-ZÆØÅ][\w-]{0,40}(?:forvaltningen|afdelingen|direktøren|chefen|centret|centeret|sekretariatet)"
    r"|(?:Afdelingen|Center|Chefen|Direktøren|Staben) for)"
    r"(?: [A-ZÆØÅ&][\w&/-]{0,40}|,| og| for| i){0,6} (?:foreslår|anbefaler))\b"
)
# under a title that says whose proposal it is: "Forslag fra Ida Holm om bænke", "Ida Holm foreslår, at …"
_PROPOSAL_TITLE = re.compile(
    r"(?:[Ff]orslag|Initiativ(?:sag|ret)?|Motion|Anmodning|Sag rejst|Henvendelse)\b.{0,40}?"
    r" (?:fra|af|ved|v/) ?(?=[A-ZÆØÅ])"
)
_PROPOSED = re.compile(r"(?P<who>[A-ZÆØÅ][\w.-]{1,40}(?: [A-ZÆØÅ][\w.-]{0,40}){0,5})(?: \([^()]{1,24}\))?,? foreslår\b")
_LABELLED = re.compile(
    r"(?P<who>[A-ZÆØÅ][\w&,/ -]{2,60})[sS] (?i:forslag|indstilling|anbefaling|beslutningsoplæg)\b"
    r"|(?:Forslag|Indstilling|Anbefaling|Oplæg) fra (?P<from>[^:]{3,60})"
)
_PASSIVE = re.compile(r"(?:Det )?(?:indstilles|foreslås|anbefales)\b(?P<rest>[^\n]{0,300})", re.IGNORECASE)
_MADE_BY = re.compile(r"(?:Stillet|Fremsat|Forslag) af (?P<who>[^\n.:]{2,80})")
# under the points: "(Stillet af Enhedslisten og Alternativet)"
_SIGNED_BY = re.compile(
    r"\n[ \t]{0,9}\(?(?:(?:Forslaget|Sagen) (?:er )?)?"
    r"(?:(?:[Ss]tillet|[Ff]remsat|[Rr]ejst|[Bb]egæret) af|Forslagsstillere?:) "
    r"(?P<who>[^\n.:;]{2,120}?)\)?\.?[ \t]*(?=\n|$)"
)
_OPENING = re.compile(
    r"(?:[-–•*●o][ \t]{1,8})?(?:[Aa]t ?(?=\d))?(?:(?:\d{1,2}|[a-z])[.)][ \t\xa0]{0,8})?(?:[Aa]t[ \t]?\|[ \t]{0,4})?"
)
_MARK = re.compile(r"[-–•*●][ \t]|o\t|\d{1,2}[.)][ \t\xa0]|[a-z][.)][ \t]|(?:at|At|AT)\b[ |\t]")
_INSIDE = re.compile(r"(?<=[ ,.;])(?=\d{1,2}[.)][ \t\xa0]{1,4}at\b)")
_POINT_INSIDE = re.compile(r"\d[.)][ \t\xa0]")
_BLANKS = re.compile(r"[ \t\xa0]+")
_NOTHING = re.compile(r"(?:[-–]|Ingen|Intet)\.?$")
_ADDRESSEE = re.compile(
    r"[ ,]{0,2}(?:(?:til|over for) [^,:\n]{2,160}?)?(?P<end>,? at\b(?! anbefale)|[,:]|$)",
)
_LEADS_ON = re.compile(r"(?:,? ?\b(?:at|AT)\b ?(?:\|)?|[,:])[\s*]{0,9}$")
_LAST_POINT = re.compile(r",? (?:og|samt) (?=at )")
_NEXT_POINT = re.compile(r", (?=at )")
# verbs whose own content opens with "at": "at det tages til efterretning, at ..."
_ASKS = re.compile(
    r"(?:efterretning|godkender|anbefaler|beslutter|betinget af|forudsætning|således|betyder|sikre[rs]?)$"
)
_AT = re.compile(r"\bat ")
# "Lisbet Hauge gennemgik prognosen."
_ACCOUNT = re.compile(
    r"(?<![\w.-])[A-ZÆØÅ][\w.-]{0,30}(?: [A-ZÆØÅ][\w.-]{0,30}){0,4}"
    r" (?:gennemgik|orienterede|fandt|mente|spurgte|redegjorde|oplyste|fortalte|fremlagde|foreslog"
    r"|indledte|præsenterede|bemærkede|ønskede|motiverede|forklarede|nævnte|svarede|supplerede|takkede)\b"
)
LEAST_POINTS = 2
SHORT_LEAD = 40  # "Det indstilles, at HMU" over a list only leads on to it
# "Det forberedende forretningsudvalg", "Den administrative styregruppe for Åmosen"
_ARTICLED = re.compile(
    r"De[nt] [\w-]+e [\w-]*(?:udvalg|råd|nævn|forum|gruppe|kommission|bestyrelse|direktion|ledelse|kreds)"
    r"(?: for [^,]{3,60})?"
)
# a department under a title: "Teknik og Miljø foreslår, at udvalget fordeler puljen"
_ASKS_BODY = re.compile(r",? (?:foreslår|anbefaler)(?: (?:til|over for) [^,.]{3,60})?,? at\b")
_SHOUTED = re.compile(r"[^a-zæøå\n]{0,160}\b(?:INDSTILLE[RS]|FORESLÅ[RS]|ANBEFALE[RS])\b")
_SMALL = re.compile(r"(?<![\w-])(?:DET(?= [IFA])|INDSTILLE[RS]|FORESLÅ[RS]|ANBEFALE[RS]|TIL|OVER FOR|AT)(?!\w)")
_CAPITAL_VERBS = ("INDSTILLE", "FORESLÅ", "ANBEFALE")
# a line of its own that says all of one point: "der overføres 9 mio. kr. til driften"
_CLAUSE = re.compile(
    r"(?!(?:og|eller|samt|som|af|til|for|i|på|med|ved|om|fra|hvis|inden|efter|under|over|mod|så|idet|da|hvor|når|fordi|uden)\b)"
    r"(?:[\w/(][^\s]{0,40} ){1,9}?(?:\w{2,30}(?:es|er)|skal|kan|får|må|bør|har|går|sker)\b"
)
_UNENDED = re.compile(r"(?<!,) (?:og|eller|samt|at|som|til|af|for|i|på|med|ved|om|fra|en|et|den|det|de|der)$")
_NO_PROPOSER = ("vi ", "det ", "der ", "sagen ", "udvalget kan", "hvis ")


def read_recommendations(passage: Passage) -> tuple[Recommendation, ...]:
    """The recommendations of a section, one for each proposer, with their points as written without number and dash."""
    begins = [0, *(found.start() + 1 for found in _NEXT.finditer(evened(passage.text)) if _is_proposer(found["who"]))]
    parts = [passage.part(begin, end) for begin, end in pairwise([*begins, len(passage.text)])]
    return tuple(chain.from_iterable(_of_one(part) for part in parts))


def told_recommendations(passage: Passage, title: str = "") -> tuple[Recommendation, ...]:
    """What sentences of running text recommend ("Forvaltningen indstiller, at tilbuddet antages.").

    A member's words are a recommendation where the title says that the proposal is the member's.
    """
    named, text = _PROPOSAL_TITLE.search(title), evened(passage.text)
    spans = [
        (begin, end)
        for begin, end in sentences(text)
        if _TOLD.match(text, begin, end)
        or _is_of_unit(text, begin, end)
        or (named is not None and (by := _PROPOSED.match(text, begin, end)) and by["who"] in title)
    ]
    return tuple(chain.from_iterable(_of_one(passage.part(*span)) for span in spans))


def evened(text: str) -> str:
    """A text with the verb of a line that proposes in capitals as it is in a sentence, and each sign in its place.

    >>> evened("DIREKTØREN INDSTILLER TIL BYRÅDET, AT"), evened("DET FORESLÅS:")
    ('DIREKTØREN indstiller til BYRÅDET, at', 'Det foreslås:')
    """
    if not holds(text, _CAPITAL_VERBS):
        return text
    lines = text.split("\n")
    return "\n".join(_SMALL.sub(_small, line) if _SHOUTED.match(line) else line for line in lines)


def _small(word: re.Match[str]) -> str:
    return word[0].lower() if word.start() else word[0].capitalize()


def _is_of_unit(text: str, begin: int, end: int) -> bool:
    """Whether a line opens with a department that asks the body for something."""
    if (begin and text[begin - 1] != "\n") or not holds(text, ("foreslår", "anbefaler")):
        return False
    units = read_units(text[begin:end])
    return bool(units) and not units[0].begin and _ASKS_BODY.match(text, begin + units[0].end) is not None


def labelled_proposer(label: str) -> tuple[int, int] | None:
    """Where the label of a recommendation names who makes it.

    >>> label = "Økonomiudvalgets indstilling"
    >>> label[slice(*labelled_proposer(label))]
    'Økonomiudvalget'
    """
    found = _LABELLED.match(label)
    return found.span("who" if found["who"] else "from") if found else None


def _is_proposer(words: str) -> bool:
    return _may_propose(words) and _AT.search(words) is None


def _may_propose(words: str) -> bool:
    """Whether the words before a verb of proposing name someone: "Det" alone does not, a body with its article does."""
    return not f"{words.casefold()} ".startswith(_NO_PROPOSER) or _ARTICLED.fullmatch(words) is not None


def _of_one(passage: Passage) -> tuple[Recommendation, ...]:
    text = passage.text
    if not text.strip():
        return ()
    proposer, begin = _proposer(evened(text))
    signed = _SIGNED_BY.search(text, begin)
    proposer = signed.span("who") if signed and proposer is None else proposer
    points = list(_points(text[: signed.start()] if signed else text, begin, passage.source.text))
    if proposer is None and not points:
        return ()
    end = max([begin, *(end for _, end in points)])
    evidence: list[Evidence] = [passage.evidence(0, max(end, min(len(text), 1)))]
    if proposer is not None:
        evidence.append(passage.evidence(*proposer, "recommended_by"))
    evidence.extend(passage.evidence(first, last, "recommends") for first, last in points)
    return (
        Recommendation(
            recommends=tuple(" ".join(text[first:last].split()) for first, last in points),
            recommended_by=text[slice(*proposer)] if proposer else None,
            evidence=tuple(evidence),
            extraction_method="recommendation.section",
            confidence=0.95,
        ),
    )


def _proposer(text: str) -> tuple[tuple[int, int] | None, int]:
    """The proposer's place, and where the points begin."""
    head = text[:600]
    lead = len(head) - len(head.lstrip())
    found = _PROPOSER.match(head, lead)
    passive = _PASSIVE.match(head, lead)
    if passive is not None or (found is not None and not _may_propose(found["who"])):
        found = None
    if found is None and passive is None:
        made = _MADE_BY.match(head, lead)
        return (made.span("who"), made.end()) if made else (None, lead)
    match = found or passive
    if match is None:
        return None, lead
    who = (found.start("who"), found.start("who") + len(found["who"].rstrip(" ,"))) if found else None
    return who, _after_addressee(text, match.start("rest"), match.end("rest"))


def _after_addressee(text: str, begin: int, end: int) -> int:
    """Where the points begin behind "til Byrådet," or "over for X:"; the same line may hold the only one."""
    rest = text[begin:end]
    if _LEADS_ON.search(rest) or (text[end : end + 1] == "\n" and not rest.strip()):
        return end
    following = text[end:].lstrip()
    unfinished = not rest.rstrip().endswith((".", ";", ",", " og", " samt"))
    if _MARK.match(following) and (unfinished or len(rest) < SHORT_LEAD or not _AT.search(rest)):
        return end
    found = _ADDRESSEE.match(rest)
    if found is None:
        return begin
    if found["end"].strip(", ") == "at":
        return begin + found.end() - len("at")
    if found.end() >= len(rest):
        return end if following else begin
    return begin + found.end()


def _points(text: str, begin: int, paper: str) -> Iterator[tuple[int, int]]:
    """The places of the points without number and dash: list lines with what goes on with them, else the paragraphs."""
    lines = [(a, b) for a, b in _lines(text, begin) if not _NOTHING.match(text[a:b])]
    opens = [_MARK.match(text, a, b) is not None for a, b in lines]
    listed = any(opens)
    blocks: list[tuple[int, int]] = []
    for (first, last), opened in zip(lines, opens, strict=True):
        between = text[blocks[-1][1] if blocks else begin : first]
        after_blank = between.count("\n") > 1 and "\n\n" in _BLANKS.sub("", between)
        if opened or not blocks:
            if opened or not listed:
                blocks.append((first, last))
        elif not after_blank and not (listed and _goes_over(text, blocks[-1][1], first)):
            blocks[-1] = (blocks[-1][0], last)
        elif listed:
            break
        else:
            blocks.append((first, last))
    if len(blocks) == 1:
        blocks = _clause_lines(text, begin, lines, paper=paper) or _in_one_sentence(text, *blocks[0])
    for first, last in blocks:
        opening = _OPENING.match(text, first, last)
        start = opening.end() if opening else first
        words = text[start:last].rstrip(" |\t")
        if len(words.strip()) > 1:
            yield start, start + len(words)


def _clause_lines(text: str, begin: int, lines: list[tuple[int, int]], *, paper: str) -> list[tuple[int, int]]:
    """The lines under "…, at", where each is a point without a mark and none was only broken by the page's width."""
    led = len(lines) >= LEAST_POINTS and _LEADS_ON.search(text, 0, begin) is not None
    if not led or "\n" not in text[len(text[: lines[0][0]].rstrip()) : lines[0][0]]:
        return []
    widest = max(last - first for first, last in lines)
    unbroken = text[lines[0][1] - 1] in ",;." and runs_wider(paper, widest)
    for (first, last), (after, _) in pairwise(lines):
        room = unbroken or last - first + 1 + len(text[after:].split(maxsplit=1)[0]) <= widest
        if not room or "\n" in text[last:after].strip(" ")[1:] or _UNENDED.search(text, first, last):
            return []
    alike = len({text[first].islower() for first, _ in lines}) == 1
    return lines if alike and all(_CLAUSE.match(text, first, last) for first, last in lines) else []


def _goes_over(text: str, end: int, first: int) -> bool:
    """Whether a list's last point ended its sentence and its line, and an account of who said what begins below."""
    return text.endswith(".", 0, end) and _ACCOUNT.match(text, first) is not None


def _in_one_sentence(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The points of a sentence that lists them: "at planen godkendes, at den sendes i høring og at den evalueres"."""
    joints = list(_LAST_POINT.finditer(text, begin, end))
    last = joints[-1] if joints else None
    if last is None or not text.startswith(("at ", "At "), begin):
        return [(begin, end)]
    before = [
        found
        for found in _NEXT_POINT.finditer(text, begin, last.start())
        if not _ASKS.search(text, begin, found.start())
    ]
    cuts = [begin, *(found.end() for found in before), last.end()]
    ends = [*(found.start() for found in before), last.start(), end]
    return list(zip(cuts, ends, strict=True))


def _lines(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """The places of the words of each line, and of each numbered point that begins inside one."""
    place = begin
    for line in text[begin:].split("\n"):
        inside = _INSIDE.finditer(line) if _POINT_INSIDE.search(line) else ()
        cuts = [0, *(found.start() for found in inside), len(line)]
        for a, b in pairwise(cuts):
            words = line[a:b].strip().lstrip("> ")  # a quotation's marks
            if words and not (words[-1].isdecimal() and PAGE_EDGE.match(words)):
                first = place + a + line[a:b].index(words)
                yield first, first + len(words)
        place += len(line) + 1
