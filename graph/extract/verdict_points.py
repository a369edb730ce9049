"""A verdict given point by point ("Ad 1. Godkendt. Ad 2. Udsat."), or on a second matter: where the next one begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from graph.danish.sentences import sentences
from graph.extract.outcomes import Verdict, outcomes, read_verdicts

_COUNTED = r"(?:første|andet|anden|tredje|fjerde|femte|sjette|syvende|sidste|øvrige)"
_PART = (
    r"(?:at|pind|punkt|dot|prik|bullet|led|del|afsnit|delindstilling|indstilling|forslag|bolle|streg)"
    r"(?:erne|er|et|en|ne|e)?"
)
_NUMBERS = r"(?:\d{1,2}|[a-z])(?:\.?(?:,| og| til| samt|[-–]) ?(?:\d{1,2}|[a-z])){0,5}"
_WORD = (
    r"(?:Ad\.?|At-?p(?:unkt|kt\.|ind)|(?:Indstillingens? |Indstillings|Del|Under|Ad )?(?:punkt(?:et|er|erne)?|pkt\.?)"
    r"|Nr\.?"
    r"|Litra|(?:Ad |Del)?Indstilling(?:en)?(?= \d))"
)
_MARK = re.compile(
    rf"\s{{0,8}}(?:{_WORD} ?{_NUMBERS}(?!\w)(?! (?:på|i) dagsorden)[.):]{{0,2}}"
    rf"|{_NUMBERS}[.)]?:? ?(?:at|pind|dot|(?:punkt|pkt|led|del|indstilling|bullet|prik)(?=:))\b[.:]?"
    rf"|{_COUNTED} {_PART}\b:?"
    rf"|{_NUMBERS}[.):](?=\s)"
    r"|\d{1,2}(?: og \d{1,2})? (?=[A-ZÆØÅ]))",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b(?:{_COUNTED} {_PART}|(?:{_PART}|pkt\.?|ad) ?\d|\d{{1,2}}\. (?:at|pind))\b", re.IGNORECASE)
_MONEY = r"(?:\d[\d.,]{0,12} ?(?:mio\. )?(?:kr\.?|kroner)|kr\. ?\d[\d.,]{0,12})"
# "Farsø Skakklub: Bevilget.", each matter on its line with its own verdict
_TITLED = re.compile(
    r"(?:[-–•] |(?:\d{1,2}|[a-z])[.)] {1,8})?(?P<title>[A-ZÆØÅ][^:\n!?]{2,90}): ?"
    # "15.000 kr. bevilges", "Ansøgningen udsættes, til …"
    rf"(?:(?:{_MONEY}|(?:Ansøgningen|Sagen|Punktet|Tilskuddet|Beløbet|Forslaget|Planen)(?: blev| er| bliver)?) )?"
    r"(?:[Ii]kke )?(?:[Bb]evil(?:get|ges)|[Aa]fsl(?:ag|ået|ås)|[Uu]d(?:sat|sættes|skudt|skydes|går)|[Gg]odkend(?:t|es)"
    r"|[Ii]mødekom(?:met|mes)|[Tt]iltr(?:ådt|ædes)|[Vv]edtage[ts]|[Aa]fvis(?:t|es)|[Aa]nbefal(?:et|es)|[Ff]orkaste[ts]"
    r"|[Dd]røftet|(?:[Oo]ver)?[Ss]end(?:t|es)|T(?:il|aget til|ages til) (?:efterretning|orientering)|[Hh]jemvis(?:t|es)"
    r"|[Hh]envis(?:t|es)|[Ff]rafald(?:et|es|t))\b"
)
_ALONE = re.compile(
    r"(?:Punktet |Sagen |Ansøgningen |Det |Ikke )?(?:blev |er )?"
    r"(?:godkendt|bevil(?:get|ges)|afsl(?:ag|ået|ås)|ud(?:sat|sættes|skudt|skydes|går|gik|gået)|imødekom(?:met|mes)"
    r"|tiltrådt|vedtaget|afvist|forkastet|drøftet|taget til \w+|til (?:efterretning|orientering))"
    r"(?: til [^.]{3,40})?\.?(?:\n|$)",
    re.IGNORECASE,
)
# a rejection of a matter of its own, and what a body decided beside the verdict just given
_LOST = re.compile(
    r"\b(?:blev|er|bliver) (?:dermed |herefter |således |enstemmigt )?(?:forkastet|afvist|nedstemt|stemt ned|afslået"
    r"|ikke (?:godkendt|vedtaget|anbefalet|imødekommet|tiltrådt))\b"
)
# "Ansøgningen fra Vestby Spejderne afslås, da …": behind an approval, a matter that has a subject of its own
_REFUSED = re.compile(
    r"(?!Indstilling|Sagen |Punktet |Det |Der |Udvalget |Rådet )[A-ZÆØÅ][^.;:]{2,90}? "
    r"(?:(?:får|fik) afslag|afslås|afvises|forkastes"
    r"|(?:imødekommes|bevilges|godkendes|støttes|tiltrædes|vedtages) ikke)\b"
)
# "Planen for Vestby blev godkendt.\nSalget af skolen blev udsat.": each with its own subject on a line of its own
_SUBJECT = re.compile(
    r"[A-ZÆØÅ][\w-]{2,40}(?:en|et|erne|ene|ne) (?:om|til|fra|for|af|vedrørende|vedr\.|på|i) [^.:;]{2,90}?"
    r" (?:blev|er|bliver) "
    r"|(?!(?i:\w{0,30}(?:indstilling|forslag|udvalg|råd|bestyrelse|flertal|beslutning|direktion|orientering|dagsorden)"
    r"|sag|punkt|afstemning|emne))"
    r"[A-ZÆØÅ][\w-]{2,40}(?:en|et|erne|ene|ne) (?:blev|er|bliver) (?!(?:dermed|herefter|således)\b)"
)
_BESIDE = re.compile(
    r"(?:Samtidig|Desuden|Endvidere|Herudover|Derudover|Ligeledes)\b.{0,40}?"
    r"\b(?:beslutte|godkend|vedtog|vedtage|anbefal|bevilge|udsæt|udsat|udsk|afvis|oversend|send|henvis)"
    r"|[A-ZÆØÅ][^.]{1,60}? (?:besluttede|godkendte|vedtog|anbefalede|bevilgede|afviste|udsatte|tiltrådte) "
    r"(?:samtidig|desuden|endvidere|herudover|derudover|ligeledes|tillige)\b"
)
# "Drøftet.\nDet blev besluttet, at der udarbejdes en handleplan."
_FORMULA = re.compile(r"(?:Drøftet|Behandlet|(?:Taget )?[Tt]il (?:efterretning|orientering)|Orienteret)\.?$")
_SETTLED = re.compile(
    r"(?:(?:Det|Der) blev|(?:Udvalget|Rådet|Bestyrelsen|Direktionen|Byrådet|Kommunalbestyrelsen)) "
    r"(?:besluttet|besluttede|aftalt|vedtaget|vedtog),? at\b"
)
_WITH_CHANGE = re.compile(
    r"\bmed (?:den |det |de |følgende )?(?:\w+ )?(?:ændring|tilføjelse|præcisering|rettelse|justering|undtagelse)"
    r"|\bdog (?:således|sådan|at|med|ikke)\b|\bi (?:ændret|revideret) form\b"
)
_DIGIT = re.compile(r"\d{1,2}")
# over the account of a motion and its vote, where several are voted on: "Ændringsforslag 2 fra Venstre: …"
_MOTION = re.compile(
    r"(?:(?:Ændrings|Underændrings|Under|Mod|Del|Tillægs)f|F)orslag(?: nr\.?)? (?:\d{1,2}|[A-H])"
    r"(?:[.:)]| ?\(| [-–] | (?:fra|af|stillet|om|fremsat)\b)"
)
_ON_MOTION = re.compile(r"(?:(?:Dette|Det|\w{0,12})[Ff]orslag(?:et)?|Afstemningen)\b")
# "Formanden satte 3. at til særskilt afstemning."
_APART = re.compile(
    r"\bsærskilte? (?:til )?afstemning|\b(?:afstemning|stemtes?) (?:særskilt|punkt(?:vis|\w* for punkt)|hver for sig)"
    r"|\bhver for sig (?:til|under) afstemning"
)
_SUM = re.compile(rf"(?:,| [-–]|:)? \(?{_MONEY}\)?$|, \d[\d.,]{{0,12}}$")
_BLANKS = re.compile(r"\s*")
_LEAST = 2


@lru_cache(maxsize=256)
def verdict_cuts(text: str) -> tuple[int, ...]:
    """Where a body's next verdict begins, if it decided otherwise on the next point or on a second matter.

    >>> text = "Ad 1. Godkendt. Ad 2. Anbefales ikke. Ad 3. Anbefales ikke."
    >>> [text[place:][:5] for place in verdict_cuts(text)]
    ['Ad 2.']
    >>> text = "Farsø Rideklub: Bevilget.\\nAars Roklub: Udsat til mødet i maj."
    >>> [text[place:][:11] for place in verdict_cuts(text)]
    ['Aars Roklub']
    >>> verdict_cuts("Godkendt. Punkt 4 rykkes op som punkt 2.")
    ()
    """
    verdicts = read_verdicts(text)
    if not verdicts:
        return ()
    return (
        _after_motions(text, verdicts)
        or _changed(text, list(_point_begins(text, verdicts)))
        or _second_matter(text, verdicts)
    )


def _after_motions(text: str, verdicts: tuple[Verdict, ...]) -> tuple[int, ...]:
    """Where each motion of a list begins that were voted on one by one, and the verdict on the matter behind them."""
    begins = [begin for begin in _line_begins(text) if _MOTION.match(text, begin)] if "orslag" in text else []
    firsts = [bisect_left(verdicts, begin, key=lambda verdict: verdict.begin) for begin in begins]
    if not begins or any(here == after for here, after in pairwise([*firsts, len(verdicts)])):
        return ()
    behind = verdicts[firsts[-1] + 1 :]
    whole = next((v.begin for v in behind if not _ON_MOTION.match(text, v.begin)), None)
    first = begins[:1] if any(v.begin < begins[0] for v in verdicts) else []
    return (*first, *begins[1:], *([] if whole is None else [whole]))


def titled_points(text: str) -> tuple[int, ...]:
    """Where the matters of a list begin that gives each its verdict; nothing where there are not two.

    >>> titled_points("a. Rampe ved biblioteket, 8.000 kr.: Bevilget.\\nb. Bænke i parken: Afslag.")
    (0, 47)
    """
    found = tuple(begin for begin in _line_begins(text) if _TITLED.match(text, begin))
    return found if len(found) >= _LEAST else ()


def _line_begins(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def title_and_verdict(line: str) -> tuple[int, int] | None:
    """Where a matter's title ends and its verdict begins on a line of a list; a sum is no part of the title.

    >>> line = "a. Rampe ved biblioteket, 8.000 kr.: Bevilget."
    >>> [line[slice(*span)] for span in ((3, title_and_verdict(line)[0]), (title_and_verdict(line)[1], None))]
    ['Rampe ved biblioteket', 'Bevilget.']
    """
    found = _TITLED.match(line)
    if found is None:
        return None
    title = without_sum(found["title"])
    behind = line[found.end("title") + 1 :]
    return found.start("title") + len(title), len(line) - len(behind.lstrip())


def without_sum(title: str) -> str:
    """A matter's title without the sum asked for behind it.

    >>> without_sum("Fest i parken, 8.000 kr."), without_sum("Bænke ved søen (kr. 12.500)"), without_sum("Plan 2030")
    ('Fest i parken', 'Bænke ved søen', 'Plan 2030')
    """
    return _SUM.sub("", title)


def settles_alone(account: str) -> bool:
    """Whether the account under a matter's title opens with a verdict and nothing else ("Punktet udgår.").

    >>> settles_alone("Punktet udgår."), settles_alone("Bevilget."), settles_alone("Stormen gav skader.")
    (True, True, False)
    """
    return _ALONE.match(account) is not None


def _point_begins(text: str, verdicts: tuple[Verdict, ...]) -> Iterator[int]:
    """Where each point begins; nothing where the list says what one verdict holds, as behind "besluttede at:"."""
    spans = sentences(text)
    places = sorted({text.rfind("\n", 0, begin) + 1 for begin, _ in spans} | {begin for begin, _ in spans})
    begins = [place for place in places if _MARK.match(text, place) or _TITLED.match(text, place)]
    begins = [place for before, place in pairwise([-1, *begins]) if before < 0 or place > _behind_mark(text, before)]
    if not begins:
        return
    over = [verdict for verdict in verdicts if verdict.end <= begins[0]]
    named = [verdict for verdict in over if _NAMED.search(text, verdict.begin, verdict.end)]
    firm = [verdict for verdict in over if not verdict.on_amendment]
    if firm and firm != named and not _counts_on(text, begins[0], verdicts):
        return
    marks = [_mark_of(text, place) for place in begins]
    begins = [place for place, before, here in zip(begins, ["", *marks], marks, strict=False) if before != here]
    begins = [*((over[0].begin,) if over else ()), *begins]
    if len(begins) >= _LEAST and any(_opens(text, begin, verdicts) for begin in begins):
        yield from begins


def _counts_on(text: str, begin: int, verdicts: tuple[Verdict, ...]) -> bool:
    """Whether the points begin with the second or a later one, so that what stands over them is on the ones before."""
    first = _DIGIT.search(text, begin, _behind_mark(text, begin))
    later = first is not None and int(first[0]) > 1 and _opens(text, begin, verdicts)
    over = [verdict for verdict in verdicts if verdict.end <= begin]
    return later and len(over) == 1 and "\n" in text[over[0].end : begin]


def _mark_of(text: str, begin: int) -> str:
    """A point's mark without the blanks around it: told twice in a row, it is one point that is told more of."""
    mark = _MARK.match(text, begin)
    return mark[0].strip().casefold() if mark else str(begin)


def _opens(text: str, begin: int, verdicts: tuple[Verdict, ...]) -> bool:
    """Whether a point opens with its verdict: a sentence that gives one stands right behind the mark."""
    if _TITLED.match(text, begin):
        return True
    behind = _behind_mark(text, begin)
    return any(begin <= verdict.begin <= behind for verdict in verdicts)


def _behind_mark(text: str, begin: int) -> int:
    """Where the words behind a point's mark begin."""
    mark = _MARK.match(text, begin)
    words = _BLANKS.match(text, mark.end() if mark else begin)
    return words.end() if words else begin


def _changed(text: str, begins: list[int]) -> tuple[int, ...]:
    """The places of the points whose outcome is another than that of the point before."""
    said = [_said(text[begin:end]) for begin, end in pairwise([*begins, len(text)])]
    apart = _APART.search(text) is not None  # then each point was voted on by itself
    return tuple(
        begin for begin, (before, here) in zip(begins[1:], pairwise(said), strict=True) if before != here or apart
    )


def _said(point: str) -> str:
    """A point's outcome; what is recommended with a change is not what is recommended as it was."""
    outcome = outcomes(point)[0]
    changed = outcome == "recommended" and _WITH_CHANGE.search(point) is not None
    return f"{outcome} with a change" if changed else outcome


def _second_matter(text: str, verdicts: tuple[Verdict, ...]) -> tuple[int, ...]:
    """Where a verdict on a second matter begins, behind one that was another."""
    for before, here in pairwise(verdicts):
        if before.outcomes[0] == here.outcomes[0] or "rejected" in before.outcomes or here.on_amendment:
            continue
        refused = _LOST.search(text, here.begin, here.end) or _REFUSED.match(text, here.begin, here.end)
        lost = "rejected" in here.outcomes and refused is not None
        apart = "\n" in text[before.end : here.begin] or before.outcomes[0] != "discussed"
        subjects = {found[0].split()[0] for v in (before, here) if (found := _SUBJECT.match(text, v.begin, v.end))}
        own = apart and len(subjects) == _LEAST
        if lost or own or _BESIDE.match(text, here.begin) or _goes_further(text, before, here):
            return (here.begin,)
    return ()


def _goes_further(text: str, before: Verdict, here: Verdict) -> bool:
    """Whether a body settles something of its own on a line below the formula that it discussed or noted the matter."""
    bare = before.outcomes[0] in ("discussed", "noted") and _FORMULA.match(text, before.begin, before.end) is not None
    return bare and "\n" in text[before.end : here.begin] and _SETTLED.match(text, here.begin, here.end) is not None
