"""The verdict of an item with no label over it: right under the title ("Godkendt."), or told in a sentence."""

from __future__ import annotations

import re
from functools import cache

from graph.danish.lexicon import table
from graph.danish.sentences import sentences
from graph.extract.decisions import read_decisions
from graph.extract.outcomes import read_verdicts
from graph.extract.passage import Passage
from graph.extract.starts import VERDICT_ALONE
from graph.extract.verdict_points import titled_points
from graph.model import Decision

_REPORTED = re.compile(r"^[A-ZÆØÅ][^.]{2,60} (?:orienterede|redegjorde|gennemgik)\b")
_BODY = r"(?:Rådet|Udvalget|Bestyrelsen|Direktionen|[A-ZÆØÅ][\w-]{0,40}?(?:rådet|udvalget|bestyrelsen)|[A-ZÆØÅ]{2,5})"
# a sentence that settles the matter in the past tense, with the matter or the body for its subject
_TOLD = re.compile(
    rf"(?<![\w-])(?:Punktet|Sagen|Orienteringen|Dagsorden(?:en)?|Referatet|Indstillingen|Forslaget|Det|Der|Vi|{_BODY}"
    r"|Udkastet|Oplægget|Emnet|Temaet|Materialet|Forslagene|Ansøgning(?:en|erne)|Høringssvaret|Notatet|Rapporten"
    r"|Mødeplanen|Regnskabet|Budgettet|Status(?:sen)?|Henvendelsen)\b[^.]{0,60}?"
    r"\b(?:blev|tog|toges|besluttede|besluttedes|godkendtes?|vedtog|vedtoges|tiltrådtes?|udsattes?|nåede|nåedes"
    r"|overføres|fordeltes|drøftede|udskydes|udsættes|bakkede op|tilsluttede sig"
    r"|nyder|nød|fremmes|bortfald(?:er|t)|fald(?:er|t)|valgte"
    r"|tager (?:\w+ ){0,4}til|var enige?|er enige?|sættes på|aflyses"
    r"|(?:er|er hermed) (?:godkendt|vedtaget|tiltrådt|udsat))\b"
    # "Ingen havde noget til referatet fra 5. juni, så det er godkendt."
    r"|(?<![\w-])Ingen\b(?:[^.\n]|(?<=\d)\.){0,90}? (?:er|blev) (?:\w{3,10} )?(?:godkendt|vedtaget|tiltrådt)\b"
    r"|(?<![\w-])(?:Nåede vi ikke"
    r"|Ok|OK|Godkendt|Taget til|Tages til|Til (?:efterretning|orientering)|Udsat(?! fra)|Drøftet|Vedtaget"
    r"|Tiltrådt|Orienteringen taget|Udgår|Udgået|Udgik|Ud(?:skudt|skydes|sættes)(?! fra)|Bevil(?:get|ges)"
    r"|Afsl(?:ag|ået)|Afvist|Forkastet|Imødekommet|Hjemvist|Besluttet|Tages op|Genoptages|Taget af|Trukket"
    r"|Aflyst|Sat på|(?:Over|Frem|Videre)?[Ss]endes (?:til|tilbage|videre|i høring)|(?:Hen|Hjem)vises"
    r"|(?:Oversendt|Sendt) (?:til|tilbage)|Ikke (?:godkendt|vedtaget|imødekommet))\b"
)
# the same in the present tense, with the body for its subject, or the agenda and the minutes that are gone through
_TELLS = re.compile(
    rf"(?:Vi|Styregruppen|Kommissionen|Nævnet|{_BODY})(?: \w+)?"
    r" (?:beslutter|godkender|drøfter|vedtager|tiltræder|udsætter|anbefaler"
    r"|afviser|bevilger|nedsætter|vælger|udpeger|aftaler)\b"
    r"|(?:Dagsorden(?:en)?|Referat(?:et)?)(?: fra [^.]{3,40}?| og (?:dagsorden|referat)\w*)?"
    r" (?:\w+ )?(?:godkendes|vedtages|tiltrædes)\b"
)
# what a body that is heard has to say
_OPINION = re.compile(
    rf"{_BODY} (?:finder|mener|bakker op|støtter|er imod|er enige?|tilslutter sig|kan tilslutte sig)\b"
)
# "Rådet afgiver et positivt høringssvar.": what a body sets out to do is what it settled
_ACTS = re.compile(
    rf"{_BODY} (?!skal|bør|kan|vil|har|er\b|var\b|bliver|orienteres|anbefales|foreslås|bedes|præsenteres|hører|får\b)"
    r"[a-zæøå]{2,20}(?:er|år|ør|ede|te)\b"
    r"|(?:Der (?:er|var|blev) )?[Ee]nighed om\b|Det (?:blev aftalt|aftales)\b"
)
# "Fordelingen godkendt med den ændring, at": without a verb, and no clause about what was once decided
_BARE = re.compile(
    r"[A-ZÆØÅ][\w-]{2,40}(?:en|et|erne|ene|ne) (?:(?:enstemmigt|hermed|herefter) )?"
    r"(?:godkendt|vedtaget|tiltrådt|udsat|udskudt|forkastet|afvist|bevilget|imødekommet|drøftet|taget (?:til|ad)"
    r"|gennemgået)"
    r"(?=\.?$|,| med | uden | og | som | til )"
)
# what is given away: "Prisen gives til Café Kram"
_AWARDED = re.compile(
    r"(?:(?:P|[A-ZÆØÅ]\w{0,20}?p)ris(?:en)?|Legat(?:et|erne)|Vinder(?:en|ne)|Modtager(?:en|ne)|Årets [\w-]{3,30})"
    r" (?:gives|går|tildeles|tilfalder|uddeles|gik|tilfaldt|tildeltes|overrækkes|(?:er|bliver|blev)(?: \w+)?)"
    r" (?:til )?[A-ZÆØÅ\d\"”»]"
)
_AWARD = re.compile(r"(?:pris|legat|hæder|årets )", re.IGNORECASE)
# "Planen er vedtaget", where the title names the plan; "Begge dele godkendt."
_ON_TITLE = re.compile(
    r"(?P<noun>[A-ZÆØÅ][\w-]{2,40}?)(?:en|et|erne|ene|ne) (?:er|blev|bliver)(?: \w+)?"
    r" (?:godkendt|vedtaget|tiltrådt|udsat|udskudt|forkastet|afvist|bevilget|imødekommet|drøftet|taget)\b"
)
_ALL = re.compile(
    r"(?:Begge|Alle|Alt|Samtlige|Det hele|Punkterne|Dagsorden|Referat|Forslag|Regnskab|Budget)\b[^.,]{0,40}?"
    r"(?:(?: og)? (?:godkendt|vedtaget|tiltrådt|drøftet|udsat|afvist|forkastet|taget til \w+|underskrevet)){1,2}\.?$"
)
_ELECTION = re.compile(r"\b(?:valg|udpeg|konstituer|besættelse|repræsentant|suppleant)", re.IGNORECASE)
_ELECTED = re.compile(
    r"[A-ZÆØÅ][\w. -]{3,60}?(?:,? (?:og|samt) [A-ZÆØÅ][\w. -]{3,40})? (?:er|blev|bliver)(?: \w+)?"
    r" (?:gen|ny)?(?:valgt|udpeget)\b"
    r"|(?:Til|Som) [\w ]{3,50} (?:valgtes|udpegedes|(?:er|blev) (?:valgt|udpeget))\b|Valgt(?:e)? (?:blev|er)\b"
    r"|[A-ZÆØÅ][\w. -]{3,60}?(?: (?:gen|ny)?valgt| (?:gen)?udpeget)(?: som [^.]{3,60})?\.?$"
)
# "Referatet fra mødet den 3. maj blev godkendt": the day is the other meeting's, the verdict this one's
_MINUTES = re.compile(
    r"Referat(?:et|erne)? (?:fra|af) [^.]{0,30}?(?:\d{1,2}\. ?\w+(?: \d{4})?|(?:sidste|seneste) møde)"
    r"(?= (?:blev|er|godkend))"
)
LEAST_STEM = 6  # letters of a noun that the title must hold
_ELSEWHERE = re.compile(r"\b(?:den|d\.) \d|\b(?:tidligere|sidste møde|seneste møde|i (?:19|20)\d\d)\b")


def told_decisions(passage: Passage, title: str, *, alone: bool) -> tuple[Decision, ...]:
    """The verdicts that an item's account tells; `alone` where the item holds nothing but the account."""
    text = passage.text
    first = text.split("\n", 1)[0]
    if alone and (VERDICT_ALONE.match(first) or _REPORTED.search(first)):
        return read_decisions(passage, None)
    if _says_nothing(first) and (first == text or text.startswith("\n", len(first) + 1)):
        return read_decisions(passage.part(0, len(first)), None)
    if points := titled_points(text):
        return read_decisions(passage.part(points[0], len(text)), None)
    election = _ELECTION.search(title) is not None
    told = [span for span in sentences(text) if _settles(text[slice(*span)], title, election=election)]
    if not told:
        return ()
    # what follows the first of them decides too ("Drøftet. Et forslag om lukning blev forkastet.")
    firm = [verdict.end for verdict in read_verdicts(text) if "rejected" in verdict.outcomes]
    return read_decisions(passage.part(told[0][0], max(told[-1][1], *firm, 0)), None)


def _says_nothing(text: str) -> bool:
    """Whether all that is said is that nothing was ("Intet nyt.")."""
    return _nothing().fullmatch(text.strip().lower()) is not None


@cache
def _nothing() -> re.Pattern[str]:
    return re.compile("|".join(table("verdicts")["asides"]["none"]))


def body_acts(text: str) -> bool:
    """Whether a conclusion opens with what the body does ("Rådet afgiver et positivt høringssvar.").

    >>> body_acts("Udvalget sender et svar."), body_acts("Udvalget skal tage stilling."), body_acts("Prisen stiger.")
    (True, False, False)
    """
    return _ACTS.match(text.lstrip()) is not None


def _on_title(sentence: str, title: str) -> bool:
    """Whether a sentence settles what the title names, or all of it."""
    found = _ON_TITLE.match(sentence)
    named = found is not None and re.search(rf"\b{re.escape(found['noun'].lower()[:LEAST_STEM])}", title.lower())
    return bool(named) or _ALL.match(sentence) is not None


def _settles(sentence: str, title: str, *, election: bool) -> bool:
    """Whether a sentence of an account tells what became of the matter at this meeting."""
    if _OPINION.match(sentence) or (election and _ELECTED.match(sentence) and _ELSEWHERE.search(sentence) is None):
        return True
    if earlier := _MINUTES.match(sentence):
        return bool(read_verdicts(sentence[earlier.end() :]))
    if _AWARD.search(title) and _AWARDED.match(sentence):
        return True
    told = any(form.match(sentence) for form in (_TOLD, _TELLS, _BARE)) or _on_title(sentence, title)
    found = {key for verdict in read_verdicts(sentence) for key in verdict.outcomes} if told else set()
    return "postponed" in found or (bool(found) and _ELSEWHERE.search(sentence) is None)
