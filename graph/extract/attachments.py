"""Files that go with an item: the numbered table of the case systems, "Bilag 1: ..." and plain lists of titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from graph.extract.file_columns import are_columns, numbers_first
from graph.extract.labels import read_label
from graph.extract.passage import Passage
from graph.model import Attachment

_TABLE = re.compile(
    r"(?P<attachment_number>\d{1,3})[ \t]?[-–.]?[ \t]{0,4}(?P<identifier>\d{4,12})?[ \t]{0,4}(?:[-–][ \t]{1,4})?"
    r"[(\[]?(?P<access_rights>Åben|Åbent|Lukket)[)\]]?[ \t]{1,4}(?:[-–][ \t]{1,4})?(?P<title>[^\n]{1,400}?)"
    r"(?:[ \t]{1,4}\((?P<case_file>[\w./-]{0,30})\))?(?:[ \t]{1,4}\((?P<source_flag>\w{0,4})\))?[ \t]*$"
)
_GAP = r"(?:[ \t]{0,9}[|\t][ \t]{0,9}| {2,60})"
# a printed table's columns: number, title, the file's number, access
_COLUMNS = re.compile(
    rf"(?:(?P<attachment_number>\d{{1,3}})[.)]?{_GAP})?"
    rf"(?!(?:Åbent?|Lukket) )(?P<title>[A-ZÆØÅ](?:[^\s]| (?! )){{2,200}}){_GAP}"
    rf"(?P<identifier>(?!\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}(?:\s|$))\d[\d/-]{{4,19}})"
    rf"(?:{_GAP}(?P<access_rights>Åbent?|Lukket|Offentligt?|Fortroligt?))?[ \t]*$"
)
_COLUMN_NAMES = re.compile(
    r"(?:(?:Bilags?|Dokument|Dok\.|Fil|Sags)?[ -]?(?:Nr\.?|Nummer|Titel|Navn|Id|Adgang|Dato|Type|Status|Størrelse|Bilag"
    r"|Dokument|Fil|Åben/lukket|Åbent/lukket)(?:[ \t|]{1,60}|$)){2,8}$",
    re.IGNORECASE,
)
_TYPE = r"(?:(?i:pdf|docx?|xlsx?|pptx?|odt|rtf|jpe?g|png|zip|word|excel|powerpoint)(?:[ -](?i:fil|dokument|format))?)"
_BYTES = r"(?:\d{1,4}(?:[.,]\d{1,3})? ?(?:[KkMG]?B|[Bb]ytes?))"
_SIZE = re.compile(
    rf"[ \t]{{1,4}}[(\[](?:{_TYPE}(?:[,;]? |(?=[)\]])))?{_BYTES}?[)\]][ \t]*$"
    rf"|[ \t]{{1,4}}(?:[-–,;|·•] ?)?(?:{_TYPE}[ ,;|·•-]{{1,4}})?{_BYTES}(?<=[KkMG]B)[ \t]*$"
)
_KIND = re.compile(  # in a cell of its own
    rf"{_GAP}(?:{_TYPE}|{_BYTES}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{1,4}} sider?"
    r"|(?i:hent|åbn|vis|download))?[ \t]*$"
)
# a line below a file's name that tells its kind and size: "PDF", "4,2 MB", "PDF-fil · 910 KB · 12 sider", "Hent"
_OF_FILE = re.compile(
    rf"[(\[]?(?:(?:(?i:filtype|type|format|filstørrelse|størrelse|omfang):? ?)?(?:{_TYPE}|{_BYTES}|\d{{1,4}} sider?)"
    r"(?:[ ,;|·•/–-]{1,4}|(?=[)\]]|$))){1,3}(?:(?i:hent|download|åbn|vis))?[)\]]?$"
    r"|(?i:(?:hent|download|åbn|vis)(?: (?:fil|bilag|dokument|som pdf)(?:en|et)?)?)$"
)
# behind "Bilag:" a comma before the name of a kind of paper opens the next file ("Udkast til plan, Følgebrev")
_NEXT_NAMED = re.compile(
    r"; (?=[A-ZÆØÅ\d])|(?:,| og| samt) (?=[A-ZÆØÅ])(?=(?:[A-ZÆØÅ][a-zæøå-]{1,30}?)?(?i:brev|notat|kort|rapport|referat"
    r"|oversigt|udkast|forslag|skema|høringssvar|præsentation|ansøgning|tegning|budget|regnskab|redegørelse|aftale)\w{0,3}\b)"
)
# a file's name behind its label, over which the line goes on with a sentence
_BEFORE_SENTENCE = re.compile(
    r"[ \t]{0,4}[A-ZÆØÅ][^.:;\n]{2,60}(?:\d{1,2}\. [a-z]{3,9} \d{4})?(?<=[a-zæøå\d])"
    r"(?=\. (?!Bilag)[A-ZÆØÅ][a-zæøå]{1,30} [a-zæøå])"
)
_NEXT_DASHED = re.compile(r" [-–/·•|] (?=[A-ZÆØÅ\d])")
# who took the minutes, under a list that closes the paper
_SIGNED = re.compile(
    r"[ \t]{0,20}(?:Referent(?:er)?|Referat ved|For referatet|Ref\.|Sekretær|Mødeleder|Ordstyrer)(?::| [A-ZÆØÅ])"
)
_NO_FILE = frozenset({"navigation", "start", "end"})
_NUMBERED = re.compile(
    r"Bilag (?:nr\. ?)?(?P<attachment_number>\d{1,3}(?:[./-]\d{1,4}){0,2}[a-z]?"
    r"|[A-H](?=[ \t]?[:.–-]))[ \t]?"
    r"(?:[:.–-]|(?=[A-ZÆØÅ(\[]))[ \t]{0,4}"
)
_COUNT = re.compile(r"[ \t|]{0,60}(\d{1,2})[.):]?[ \t]{1,8}(?:\|[ \t]{1,8})?(?=[A-ZÆØÅ\d(\[\"”»])")
_BEFORE = (
    r"(?:[-–•*●][ \t]{0,4})?"
    r"(?:(?P<access_rights>Åbent?|Lukket|Offentligt?|Ikke[- ]offentligt?|Fortroligt?)(?: bilag)?"
    r"(?:[ \t]?[-–:|][ \t]{1,4}|[ ]{2,12}|[ ]?\t[ \t]{0,4}))?"
    r"(?:(?P<attachment_number>\d{1,3}(?:\.\d{1,2})?)(?:[ \t]{0,4}\|[ \t]{0,4}|STOP))?"
    r"(?:(?P<identifier>\d{2,4}[-/](?:\d{2,8}-\d{1,4}|\d{4,8})|\d{3}-\d{4}-\d{3,7}(?:-\d{1,4})?"
    r"|\d{6,12}(?=\t|  | [-–])"
    r"|(?!20\d\d[01]\d[0-3]\d )\d{7,12}(?= [A-ZÆØÅ])|\d{4,7}[-/]\d{2}(?=[ \t]))[ \t]{1,12}(?:[-–|][ \t]{1,4})?)?"
    r"(?(identifier)"
    r"(?:(?P<told>Åbent?|Lukket|Offentligt?|Fortroligt?)(?: bilag)?(?:[ \t]{1,4}[-–:]|:)?[ \t]{1,4}(?=[A-ZÆØÅ\d]))?)"
)
_LISTED = re.compile(_BEFORE.replace("STOP", r"(?:[.)]|[ \t][-–]|(?<=\.\d)|(?<=\.\d\d))[ \t]{1,4}"))
_COUNTED = re.compile(_BEFORE.replace("STOP", r"[.):]?[ \t]{1,8}"))  # lines that count from one: "1 Kort", "2 Notat"
_YEARS = r"(?!(?:(?:[0-3]?\d[./-]){2})?(?:19|20)\d\d(?:[./-](?:19|20)?\d\d)?(?:[)\]]|$))"  # "2023/24", "(12.5.2025)"
_IDENTIFIER = re.compile(
    rf"[ \t](?:[(\[]{_YEARS}(?P<first>[A-Z]{{0,3}}[\d./-]{{4,24}})"
    r"(?: ?[-–,;] ?(?P<beside>[A-ZÆØÅ]{2,5}-\d{4}-\d{3,7}|\d[\d./-]{3,23}))?[)\]]"
    rf"|{_YEARS}(?P<second>\d{{4}}/\d{{4,7}}|\d{{4,7}}/\d{{2}})"
    r"|(?:(?<=[ \t][ \t])|[-–] )(?!20\d\d[01]\d[0-3]\d$)(?P<plain>\d{6,12})"
    r"|[(\[]?(?i:dokument(?:-?id|-?nr\.?|nummer)?|dok\.?(?:[ -]?(?:id|nr)\.?)?|id)(?:[: ]{1,3}|(?<=\.))"
    r"(?P<third>\d[\d./-]{3,23})"
    r"(?: ?[-–,;/] ?(?i:sags?(?:nr|id)?\.?:? ?)?(?P<case_file>[A-ZÆØÅ]{2,5}-\d{4}-\d{3,7}|\d[\d./-]{3,23}))?[)\]]?)$"
)
# what a page prints over or under its text, where a list goes on over it
PAGE_EDGE = re.compile(
    r"(?<!\S)(?:\S.{0,80}?(?: {2}|\t| [·•|–-] ))?[ \t]{0,60}(?:Side|s\.) ?\d{1,4}(?: ?(?:af|/) ?\d{1,4})?$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|jpe?g|png|msg|zip|html?)\b", re.IGNORECASE)
_ACCESS = re.compile(
    r"[ \t]{0,4}(?:[-–(]?[ \t]{0,2}(?P<last>[ÅåLlFf](?:ben|bent|ukket|ortrolig))\)?"
    r"|[-–(\[|,][ \t]{0,2}"
    r"(?P<access_rights>(?i:ikke[- ]offentligt?|offentligt?|åbent?|lukket|fortroligt?)(?: bilag)?)[)\]]?)[.;,]?[ \t]*$"
)
_MARKED = re.compile(
    r"[(\[](?P<word>(?i:ikke[- ]offentligt?|offentligt?|åbent?|lukket|fortroligt?))(?i: bilag)?[)\]][ \t:–-]{1,6}(?=\S)"
)
_SEPARATOR = re.compile(r"[ \t]{0,3}(?:[;,·•|]|(?<= )[-–/]|samt|og)[ \t]{0,3}$")
_MARK = r"[(\[](?i:ikke[- ]offentligt?|offentligt?|åbent?|lukket|fortroligt?)[)\]]"
_NEXT = re.compile(
    rf"(?:{_MARK}|\.(?:pdf|docx?|xlsx?|pptx?|odt|jpe?g|png)\b\]?(?! ?{_MARK}))"
    r"(?:[ \t]{0,3}(?:[;,·|]|samt\b|og\b)[ \t]{0,3}|[ \t]{2,9}(?=[A-ZÆØÅ\d\[]))"
    r"(?!(?i:ikke[- ]offentligt?|offentligt?|åbent?|lukket|fortroligt?)[ \t]{0,9}$)"
)
_AFTER = re.compile(rf"(?P<mark>{_MARK})[ \t]{{1,4}}[-–] [^()\[\]]{{1,80}}$")
_QUOTED = re.compile(r"\b[Bb]ilag(?:et)? [\"”»“](?P<title>[^\"”«“\n]{3,160})[\"”«“]")
_NONE = re.compile(r"(?:Ingen(?: bilag)?|Der er ingen bilag|Ikke ajourført|-)\.?$", re.IGNORECASE)
OPEN = {"åben": "open", "åbent": "open", "offentlig": "open", "offentligt": "open", "lukket": "closed"}
_OPENING = ("[", '"', "»", "§")
CLOSED = ("fortrolig", "ikke")
LONGEST_TITLE = 250


def read_attachments(passage: Passage) -> tuple[Attachment, ...]:
    """The attachments of a list, in order."""
    found: list[Attachment] = []
    place = 0
    filled = [line for line in passage.text.split("\n") if _LETTERS.search(line)]
    numbered = bool(filled) and numbers_first(filled[0])
    form = _COUNTED if numbered or _counts(filled) else _LISTED
    around = _around_pages(passage)
    for line in passage.text.split("\n"):
        label = read_label(line.strip()) if line.strip() else None
        named = line.strip() and (label is None or label.role not in _NO_FILE) and not _SIGNED.match(line)
        if named and not (around and _key(line) in around):
            found.extend(_line(passage, place, line, form=form))
        place += len(line) + 1
    return tuple(found)


def read_quoted_attachments(passage: Passage) -> tuple[Attachment, ...]:
    """The attachments that a running text names by their quoted titles (jf. bilag "Oversigt over ...")."""
    found: list[Attachment] = []
    if "ilag" not in passage.text:
        return ()
    for match in _QUOTED.finditer(passage.text):
        whole = passage.evidence(match.start(), match.end())
        title = passage.evidence(match.start("title"), match.end("title"), "title")
        found.append(
            Attachment(
                title=match["title"], evidence=(whole, title), extraction_method="attachment.quoted", confidence=0.8
            )
        )
    return tuple(found)


def _around_pages(passage: Passage) -> frozenset[str]:
    """What a page prints at its edge beside its number, told by standing on other pages too."""
    around: set[str] = set()
    for filled, block in groupby(passage.text.split("\n"), key=lambda line: bool(line.strip())):
        lines = list(block)
        if filled and any(PAGE_EDGE.match(line.strip()) or line.strip().isdecimal() for line in lines):
            around.update(_key(line) for line in lines)
    counts = Counter(_key(line) for line in passage.source.text.split("\n")) if around else Counter[str]()
    return frozenset(key for key in around if counts[key] > 1)


def _key(line: str) -> str:
    """A line without what differs from page to page."""
    return _NOT_LETTERS.sub("", line)


def _counts(lines: list[str]) -> bool:
    """Whether the lines of a list count from one, each of them or the next ones too."""
    counts = [int(found[1]) for line in lines if (found := _COUNT.match(line))]
    first = bool(counts) and _COUNT.match(lines[0]) is not None
    return first and counts == list(range(1, len(counts) + 1)) and (len(counts) > 1 or len(lines) == 1)


def _line(passage: Passage, place: int, line: str, *, form: re.Pattern[str]) -> Iterator[Attachment]:
    line = line.rstrip(" \t|")
    indent = len(line) - len(line.lstrip(" \t|"))
    if (after := _AFTER.search(line)) is not None:
        line = line[: after.end("mark")]  # "... (lukket) - begge hører til pkt. 3"
    if _names_none(line, indent):
        return
    if (columns := _COLUMNS.match(line, indent)) is not None:
        yield _attachment(passage, columns, columns.span("title"), place=place)
        return
    before = passage.source.text[max(0, passage.begin - 4) : passage.begin]
    named = _listed_behind(line) if not place and before.rstrip(" \t").endswith(":") else ()
    if not place and before.rstrip(" \t").endswith(":") and (told := _BEFORE_SENTENCE.match(line)) is not None:
        line = line[: told.end()]  # "Bilag: Udkast til plan. Høringsfrist den 5. maj."
    cuts = sorted({found.end() for found in (*_NEXT.finditer(line), *named) if _MARKED.match(line) is None})
    if cuts:
        for begin, end in pairwise([0, *cuts, len(line)]):
            yield from _line(passage, place + begin, _SEPARATOR.sub("", line[begin:end]), form=form)
        return
    table = _TABLE.match(line, indent)
    if table is not None:
        yield _attachment(passage, table, table.span("title"), place=place)
        return
    numbered = list(_NUMBERED.finditer(line))
    if numbered and not line[: numbered[0].start()].strip(" \t•-–*o"):
        for match, end in zip(numbered, [*(m.start() for m in numbered[1:]), len(line)], strict=True):
            if line[match.end() : end].strip():
                yield _attachment(passage, match, (match.end(), end), place=place)
        return
    listed = form.match(line, indent)
    words = _MARKED.sub("", line[listed.end() :].strip(), count=1) if listed else ""
    if listed and _is_title(words):
        yield _attachment(passage, listed, (listed.end(), len(line)), place=place)


def _names_none(line: str, indent: int) -> bool:
    """Whether a line holds the names of columns, a page's edge, or what only tells of the file above."""
    words = line.strip()
    edge = PAGE_EDGE.match(words) or _OF_FILE.match(words) or _COLUMN_NAMES.match(line, indent)
    return edge is not None or are_columns(line)


def _listed_behind(line: str) -> Iterator[re.Match[str]]:
    """What parts the files on the label's own line: a semicolon, dashes between three or more, else the next's name."""
    yield from _NEXT_NAMED.finditer(line)
    dashes = list(_NEXT_DASHED.finditer(line))
    yield from dashes if len(dashes) > 1 else ()


def _access(word: str) -> str | None:
    """What a word of access tells; "ikke offentligt" is closed."""
    word = word.casefold().removesuffix(" bilag")
    return "closed" if word.startswith(CLOSED) else OPEN.get(word)


def _is_title(words: str) -> bool:
    """Whether a line can be a file's title: no sentence, and not the word that there are none."""
    sentence = words.endswith((".", ":", ";")) and not _FILE.search(words)
    begins = words[:1].isalnum() or words[:1] in _OPENING
    return 2 < len(words) <= LONGEST_TITLE and not sentence and not _NONE.match(words) and begins


def _before_access(line: str, parts: dict[str, tuple[int, int]], title: tuple[int, int]) -> int:
    """Where a title ends before the word of access behind it, whose place joins the parts."""
    begin, end = title[0], _before_kind(line, *title)
    access = _ACCESS.search(line, begin, end) if "access_rights" not in parts else None
    if access is None or access.start() <= begin:
        return end
    parts["access_rights"] = access.span("last" if access["last"] else "access_rights")
    return _before_kind(line, begin, access.start())


def _before_kind(line: str, begin: int, end: int) -> int:
    """Where a title ends before the file's kind, size and day behind it."""
    while (kind := _SIZE.search(line, begin, end) or _KIND.search(line, begin, end)) and kind.start() > begin:
        end = kind.start()
    return end


def _attachment(passage: Passage, match: re.Match[str], title: tuple[int, int], *, place: int) -> Attachment:
    """One attachment; `match` holds the named parts, `title` is its place in the line."""
    line, (begin, end) = match.string, title
    parts = {name: match.span(name) for name, value in match.groupdict().items() if value and name != "title"}
    if told := parts.pop("told", None):
        parts.setdefault("access_rights", told)
    if (marked := _MARKED.match(line, len(line) - len(line[begin:].lstrip()), end)) is not None:
        parts["access_rights"], begin = marked.span("word"), marked.end()
    end = _before_access(line, parts, (begin, end))
    number = _IDENTIFIER.search(line, begin, end)
    if number is not None and number.start() > begin and ("identifier" not in parts or number["second"] is None):
        named = next(name for name in ("first", "second", "plain", "third") if number[name])
        parts.setdefault("identifier", number.span(named))
        end = _before_access(line, parts, (begin, number.start()))
        if case := next((name for name in ("beside", "case_file") if number[name]), None):
            parts.setdefault("case_file", number.span(case))
    words = line[begin:end].rstrip(" \t,")
    begin += len(words) - len(words.lstrip())
    end = begin + len(words.strip())
    if line[begin:end].startswith("[") and line[begin:end].endswith("]"):
        begin, end = begin + 1, end - 1
    parts["title"] = (begin, end)
    whole_begin = match.start() if match.group() else begin
    whole = passage.evidence(place + whole_begin, place + max(end, *(last for _, last in parts.values())))
    spans = tuple(passage.evidence(place + a, place + b, name) for name, (a, b) in parts.items())
    value = {name: line[a:b] for name, (a, b) in parts.items()}
    return Attachment(
        title=value["title"],
        attachment_number=value.get("attachment_number"),
        access_rights=_access(value.get("access_rights", "")),
        identifier=value.get("identifier"),
        case_file=value.get("case_file"),
        source_flag=value.get("source_flag"),
        evidence=(whole, *spans),
        extraction_method="attachment.line",
        confidence=0.97,
    )
