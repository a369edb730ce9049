"""What can go wrong, by who must act on it.

    SagsgrafError
    ├── SourceError                      whoever holds the file
    │   ├── UnsupportedSourceError       no reader knows the format
    │   ├── UnreadableSourceError        damaged, locked by a password, or too large to read safely
    │   ├── EmptySourceError             no text in it
    │   ├── ExhaustedSourceError         reading it took too long, or too much memory
    │   ├── HeldSourceError              a CPR number or private contact details; not published
    │   └── ContradictedMunicipalityError
    ├── VocabularyError                  us: our own Turtle
    ├── SettingsError                    whoever runs Sagsgraf
    ├── StoreError                       whoever runs Sagsgraf
    │   ├── NoVersionError               nothing is built yet
    │   └── StoreLockedError             another build is at work
    ├── QuestionError                    the asker
    │   ├── UnknownQuestionError
    │   ├── UnknownThingError
    │   ├── WithdrawnThingError
    │   ├── UnknownValueError
    │   ├── AmbiguousValueError
    │   ├── FormatError                  the answer cannot be had in the form asked for
    │   ├── AnswerTooLargeError
    │   └── QueryError                   a SPARQL query
    │       ├── QuerySyntaxError         with line and column
    │       ├── QueryRefusedError        understood, but not done here
    │       ├── QueryTooComplexError     too deep, or too many patterns
    │       └── QueryTooLongError
    ├── TimeLimitExceeded                the asker: ask for less
    ├── QueryCrashed                     the asker: ask for less
    └── ServiceBusy                      nobody: wait and try again
        └── ClientBusy                   the asker: one question at a time

`str(error)` is the sentence in Danish that a person gets; `error.english` says the same in English.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath


class SagsgrafError(Exception):
    """The root: one clear sentence, `str(error)` in Danish and `error.english` in English."""

    def __init__(self, message: str, english: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.english = english or message

    def __reduce__(self) -> tuple[object, ...]:
        """So that an error comes whole out of the child process that met it, whatever its constructor takes."""
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[SagsgrafError], args: tuple[object, ...], state: dict[str, object]) -> SagsgrafError:
    """An error as it was in the process that raised it."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


def _placed(message: str, place: str, line: str) -> str:
    """The sentence with its place before it."""
    return f"{place}{', ' if place and line else ''}{line}{': ' if place or line else ''}{message}"


class SourceError(SagsgrafError):
    """A file that cannot be used: which one, where in it, what was expected and what to do.

    >>> print(SourceError("Der er ingen tekst i filen.", path="moede.pdf", line=3, advice="Send den som docx."))
    moede.pdf, linje 3: Der er ingen tekst i filen. Send den som docx.
    """

    def __init__(
        self, message: str, english: str = "", *, path: str | PurePath, line: int | None = None, advice: str = ""
    ) -> None:
        danish = f"{message} {advice}".strip()
        self.unplaced = (danish, english or danish)
        super().__init__(
            _placed(danish, str(path), f"linje {line}" if line else ""),
            _placed(english or danish, str(path), f"line {line}" if line else ""),
        )
        self.path = str(path)
        self.line = line
        self.advice = advice

    def placed(self, path: str | PurePath) -> SourceError:
        """The same error with the path that its finder knows the file by."""
        danish, english = self.unplaced
        return type(self)(danish, english, path=path, line=self.line)


class UnsupportedSourceError(SourceError):
    """No reader knows this format; the advice lists those that are read."""


class UnreadableSourceError(SourceError):
    """The file is damaged, locked by a password, or too large to read safely."""


class EmptySourceError(SourceError):
    """There is no text in the file (a scan, for one)."""


class ExhaustedSourceError(SourceError):
    """Reading the file went over its time or its memory; the process that did it is ended."""


class HeldSourceError(SourceError):
    """The file holds a CPR number or private contact details and is therefore not published."""


class ContradictedMunicipalityError(SourceError):
    """The text names another municipality than the one given."""


class VocabularyError(SagsgrafError):
    """Our own Turtle is wrong: which file, which line, which term.

    >>> print(VocabularyError("Begrebet har ingen dansk etiket.", path="sagsgraf.ttl", term="sag:Case"))
    sagsgraf.ttl: sag:Case: Begrebet har ingen dansk etiket.
    """

    def __init__(
        self, message: str, english: str = "", *, path: str | PurePath, line: int | None = None, term: str = ""
    ) -> None:
        before = f"{term}: " if term else ""
        super().__init__(
            _placed(before + message, str(path), f"linje {line}" if line else ""),
            _placed(before + (english or message), str(path), f"line {line}" if line else ""),
        )
        self.path = str(path)
        self.line = line
        self.term = term


class SettingsError(SagsgrafError):
    """A setting or a municipality's settings file cannot be used."""


class StoreError(SagsgrafError):
    """The kept versions cannot be read or written."""


class NoVersionError(StoreError):
    """No version is in force: nothing is built yet."""


class StoreLockedError(StoreError):
    """Another build is writing."""


class QuestionError(SagsgrafError):
    """The asker can mend it."""


class UnknownQuestionError(QuestionError):
    """There is no question of that name."""


class UnknownThingError(QuestionError):
    """There is no case, meeting, person … at that address."""


class WithdrawnThingError(QuestionError):
    """It was here once, and has been withdrawn."""


class UnknownValueError(QuestionError):
    """A parameter's value means nothing here."""


class AmbiguousValueError(QuestionError):
    """A parameter's value fits several things; `candidates` holds them."""

    def __init__(self, message: str, english: str = "", *, candidates: Sequence[str] = ()) -> None:
        super().__init__(message, english)
        self.candidates = tuple(candidates)


class FormatError(QuestionError):
    """The answer cannot be had in the form asked for."""


class AnswerTooLargeError(QuestionError):
    """The answer is longer than the service sends; half of it is never sent."""


class QueryError(QuestionError):
    """A SPARQL query that is not run."""


class QuerySyntaxError(QueryError):
    """The query breaks the grammar of SPARQL at a line and a column (both from 1).

    >>> error = QuerySyntaxError("der mangler et }", "a } is missing", line=1, column=6)
    >>> print(error, error.english, sep="\\n")
    Syntaksfejl på linje 1, tegn 6: der mangler et }
    Syntax error at line 1, column 6: a } is missing
    """

    def __init__(self, message: str, english: str = "", *, line: int | None = None, column: int | None = None) -> None:
        at_danish = f" på linje {line}, tegn {column}" if line else ""
        at_english = f" at line {line}, column {column}" if line else ""
        super().__init__(f"Syntaksfejl{at_danish}: {message}", f"Syntax error{at_english}: {english or message}")
        self.line = line
        self.column = column


class QueryRefusedError(QueryError):
    """The query is understood, but this service does not do such things; `reason` is one word for programs."""

    def __init__(self, message: str, english: str = "", *, reason: str) -> None:
        super().__init__(message, english)
        self.reason = reason


class QueryTooComplexError(QueryError):
    """The query nests too deep or holds too many patterns to be planned safely."""


class QueryTooLongError(QueryError):
    """The text of the query is too long."""


class TimeLimitExceeded(SagsgrafError):  # noqa: N818 - named for what happened, as in the design
    """The question took longer than it may; nothing is answered rather than half."""


class QueryCrashed(SagsgrafError):  # noqa: N818
    """The process that ran the question died: out of memory, or too deep a query."""


class ServiceBusy(SagsgrafError):  # noqa: N818
    """Too many questions at once; `retry_after` says in how many seconds to try again."""

    def __init__(self, message: str, english: str = "", *, retry_after: int = 1) -> None:
        super().__init__(message, english)
        self.retry_after = retry_after


class ClientBusy(ServiceBusy):
    """This client already has as many questions waiting as one client may."""
