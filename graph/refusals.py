"""Why a file is not built: an error for each reason, with what whoever holds the file can do."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import (
    ContradictedMunicipalityError,
    ExhaustedSourceError,
    HeldSourceError,
    SourceError,
    UnsupportedSourceError,
)
from graph.municipalities.load import MunicipalitySettings
from graph.privacy.details import Detail
from graph.privacy.gate import line_of, told


def held(path: str, text: str, found: Sequence[Detail]) -> SourceError:
    """The error for a source with details that may not be published: what stands on which line."""
    first = line_of(text, found[0].begin)
    danish, english = told(text, found)
    return HeldSourceError(
        f"filen er holdt tilbage og ikke offentliggjort ({danish}).",
        english=f"the file is held back and not published ({english}). Mask it with: sagsgraf mask FILE --line "
        f"{first} --reason …, or let it through with: sagsgraf release FILE --reason … --author …",
        path=path,
        line=first,
        advice=f"Maskér med: sagsgraf mask FIL --line {first} --reason …, "
        "eller lad den gå igennem med: sagsgraf release FIL --reason … --author …",
    )


def outdated_mask(path: str) -> SourceError:
    """The error for a file that changed after something in it was masked."""
    return HeldSourceError(
        "filen er ændret, siden noget i den blev maskeret; den er holdt tilbage.",
        english="the file has changed since something in it was masked; it is held back. Mask or release it anew.",
        path=path,
        advice="Maskér igen, eller lad den gå igennem med sagsgraf release.",
    )


def unclear_closed(path: str) -> SourceError:
    """The error for minutes in which what is closed cannot be told apart from the rest."""
    return HeldSourceError(
        "et lukket punkt kan ikke skilles fra resten; filen er holdt tilbage.",
        english="a closed item cannot be told apart from the rest; the file is held back. Mask it by its lines.",
        path=path,
        advice="Maskér punktets linjer med sagsgraf mask.",
    )


def other_municipality(path: str, *, stated: str, given: MunicipalitySettings) -> SourceError:
    """The error for a source that names another municipality as its own."""
    return ContradictedMunicipalityError(
        f"teksten siger {stated}, men --municipality {given.code} er {given.name}.",
        english=f"the text says {stated}, but --municipality {given.code} is {given.name}. Give the right code.",
        path=path,
        advice="Angiv den rigtige kode.",
    )


def no_minutes(path: str) -> SourceError:
    """The error for a file in which nothing looks like minutes."""
    return UnsupportedSourceError(
        "her er intet referat: hverken organ, dato eller kendte overskrifter som Sagsfremstilling og Beslutning.",
        english="no minutes here: neither body, date nor known headings. Leave it out, or see the README's layouts.",
        path=path,
        advice="Lad filen være ude, eller se i README, hvilke opsætninger der læses.",
    )


def unnamed(path: str, *, what: str) -> SourceError:
    """The error for minutes that state no date or no body."""
    english = {"dato": "date", "organ": "body"}[what]
    return SourceError(
        f"mødets {what} står ikke i teksten; ventede fx »Beslutning i Økonomiudvalget den 06-12-2022«.",
        english=f"the meeting's {english} is not stated; expected e.g. a decision heading. Add it to the file.",
        path=path,
        advice="Skriv det i filen.",
    )


def exhausted(path: str, *, why: str, english: str) -> SourceError:
    """The error for a file whose reading went over a limit."""
    return ExhaustedSourceError(
        f"læsningen brugte {why} og blev stoppet.",
        english=f"reading took {english} and was stopped. Split the file into smaller ones.",
        path=path,
        advice="Del filen i mindre filer.",
    )


def overdue(path: str, seconds: float) -> SourceError:
    """The error for a file whose reading went over its time."""
    return exhausted(path, why=f"over {seconds:.0f} sekunder", english=f"over {seconds:.0f} seconds")


def died(path: str, code: int | None) -> SourceError:
    """The error for a file whose reading ended the process: killed for its memory, or by a fault of ours."""
    if code is None or code < 0:
        return exhausted(path, why="for meget hukommelse", english="too much memory")
    return ExhaustedSourceError(
        "læsningen gik ned på grund af en fejl i Sagsgraf.",
        english="reading ended by a fault in Sagsgraf. Leave the file out, and tell us of it.",
        path=path,
        advice="Lad filen være ude, og fortæl os om den.",
    )
