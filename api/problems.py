"""Errors as problem documents (RFC 9457): one table from an error's class to its status and title.

The asker gets the error's own sentence, in Danish or (by `?lang=en` or Accept-Language) in English. Errors that are
ours to mend say nothing of files, queries or code: their words go to the log.
"""

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from graph.errors import (
    AnswerTooLargeError,
    ClientBusy,
    FormatError,
    NoVersionError,
    QueryCrashed,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTooLongError,
    QuestionError,
    SagsgrafError,
    ServiceBusy,
    StoreError,
    TimeLimitExceeded,
    UnknownQuestionError,
    UnknownThingError,
    WithdrawnThingError,
)

MEDIA_TYPE = "application/problem+json"
_TYPES = "https://w3id.org/sagsgraf/problem/"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of problem: its status, its name in the type IRI, and its title in both languages."""

    status: int
    name: str
    danish: str
    english: str
    retry_after: int | None = None


# the nearest class above an error that stands here is its kind
PROBLEMS: Mapping[type[SagsgrafError], Problem] = {
    QuestionError: Problem(400, "bad-question", "Spørgsmålet kan ikke bruges", "The question cannot be used"),
    UnknownQuestionError: Problem(404, "unknown-question", "Spørgsmålet findes ikke", "There is no such question"),
    UnknownThingError: Problem(404, "not-found", "Findes ikke", "Not found"),
    WithdrawnThingError: Problem(410, "withdrawn", "Trukket tilbage", "Withdrawn"),
    FormatError: Problem(
        406, "no-such-format", "Formatet findes ikke for dette svar", "No such format for this answer"
    ),
    AnswerTooLargeError: Problem(422, "answer-too-large", "Svaret er for stort", "The answer is too large"),
    QuerySyntaxError: Problem(400, "syntax-error", "Fejl i forespørgslen", "Error in the query"),
    QueryRefusedError: Problem(403, "query-refused", "Det gøres ikke her", "Not done here"),
    QueryTooLongError: Problem(413, "query-too-long", "Forespørgslen er for lang", "The query is too long"),
    TimeLimitExceeded: Problem(504, "time-limit", "Forespørgslen tog for lang tid", "The query took too long", 10),
    # 503: the worker is gone and is being replaced, the service goes on; a 500 would call it a fault in our code
    QueryCrashed: Problem(503, "query-crashed", "Forespørgslen brugte for meget", "The query used too much", 10),
    ClientBusy: Problem(429, "one-at-a-time", "For mange forespørgsler fra dig", "Too many queries from you", 1),
    ServiceBusy: Problem(503, "busy", "Tjenesten har travlt", "The service is busy", 1),
    NoVersionError: Problem(503, "no-version", "Grafen er ikke bygget endnu", "The graph is not built yet", 60),
    StoreError: Problem(503, "store", "Grafen kan ikke læses lige nu", "The graph cannot be read right now", 60),
    SagsgrafError: Problem(500, "internal", "Der skete en fejl hos os", "Something went wrong here"),
}
_SPOKEN = (QuestionError, TimeLimitExceeded, QueryCrashed, ServiceBusy)  # whose sentence is for the asker
_DANISH_PHRASES = {
    400: "Forespørgslen kan ikke bruges",
    401: "Kræver adgang",
    403: "Ikke tilladt",
    404: "Findes ikke",
    405: "Metoden bruges ikke her",
    406: "Formatet findes ikke",
    410: "Trukket tilbage",
    413: "For meget indhold",
    414: "Adressen er for lang",
    415: "Medietypen bruges ikke her",
    422: "Værdien kan ikke bruges",
    429: "For mange forespørgsler",
    503: "Ikke tilgængelig lige nu",
}


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of this app a problem document."""
    app.add_exception_handler(SagsgrafError, _answer_own_error)
    app.add_exception_handler(HTTPException, _answer_http_error)
    app.add_exception_handler(RequestValidationError, _answer_wrong_parameters)
    app.add_exception_handler(Exception, answer_unforeseen_error)


def language_of(request: Request) -> str:
    """ "da" or "en": what `?lang=` says, else the one that Accept-Language likes better, else Danish."""
    asked = request.query_params.get("lang", "")
    if asked in ("da", "en"):
        return asked
    liking = {"da": 0.0, "en": 0.0}
    for part in request.headers.get("accept-language", "").lower().split(","):
        tag, _, quality = part.replace(" ", "").partition(";q=")
        language = tag.partition("-")[0]
        if language in liking:
            liking[language] = max(liking[language], _number(quality))
    return "en" if liking["en"] > liking["da"] else "da"


def problem_of(error: SagsgrafError) -> Problem:
    """The row of the table for an error.

    >>> problem_of(UnknownThingError("Sagen findes ikke.")).status
    404
    """
    return next(PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS)


def wait_of(error: SagsgrafError) -> int | None:
    """After how many seconds to try again; None where waiting mends nothing.

    >>> wait_of(ClientBusy("Vent lidt.", retry_after=118)), wait_of(QuestionError("Skriv en dato."))
    (118, None)
    """
    return error.retry_after if isinstance(error, ServiceBusy) else problem_of(error).retry_after


def _number(quality: str) -> float:
    try:
        value = float(quality or 1)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0


async def problem_response(request: Request, error: SagsgrafError | HTTPException) -> JSONResponse:
    """The problem document for an error, where no handler stands around."""
    if isinstance(error, SagsgrafError):
        return await _answer_own_error(request, error)
    return await _answer_http_error(request, error)


async def _answer_own_error(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, SagsgrafError):
        raise error
    problem = problem_of(error)
    wait = wait_of(error)
    members: dict[str, Any] = {}
    if isinstance(error, QuerySyntaxError) and error.line:
        members = {"line": error.line, "column": error.column}
    if isinstance(error, QueryRefusedError):
        members = {"reason": error.reason}
    if isinstance(error, _SPOKEN):
        members |= {"detail": error.message, "detail_en": error.english}
    else:
        _LOG.error("%s: %s", type(error).__name__, error.english)
    return _respond(request, problem, members, headers={"Retry-After": str(wait)} if wait else {})


async def _answer_http_error(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    phrase = HTTPStatus(error.status_code).phrase
    problem = Problem(error.status_code, "", _DANISH_PHRASES.get(error.status_code, phrase), phrase)
    detail: Any = error.detail  # one sentence, or one for each language
    if isinstance(detail, Mapping):
        members = {"detail": detail["da"], "detail_en": detail["en"]}
    else:
        members = {} if detail in ("", phrase) else {"detail": str(detail)}
    return _respond(request, problem, members, headers=error.headers or {})


async def _answer_wrong_parameters(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    wrong = [
        {"name": ".".join(str(step) for step in fault["loc"][1:]), "reason": fault["msg"]} for fault in error.errors()
    ]
    names = ", ".join(fault["name"] for fault in wrong)
    members = {
        "detail": f"Ret værdien af {names}.",
        "detail_en": f"Mend the value of {names}.",
        "invalid_params": wrong,
    }
    return _respond(request, Problem(422, "wrong-value", _DANISH_PHRASES[422], "Unusable value"), members)


async def answer_unforeseen_error(request: Request, _error: Exception) -> JSONResponse:
    """Nothing of the error itself: the server logs it after this answer."""
    return _respond(request, PROBLEMS[SagsgrafError], {})


def instead(told: JSONResponse, make: Callable[[], Response]) -> Response:
    """What is made in place of a problem document, or that itself: the making may be the very thing that fails."""
    try:
        return make()
    except Exception:  # noqa: BLE001 - the HTTP edge
        _LOG.exception("no page can be made of a problem")
        return told


def _respond(
    request: Request, problem: Problem, members: Mapping[str, Any], *, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    language = language_of(request)
    content = {
        "type": _TYPES + problem.name if problem.name else "about:blank",
        "title": problem.english if language == "en" else problem.danish,
        "status": problem.status,
        **members,
    }
    if language == "en" and "detail_en" in content:
        content["detail"] = content.pop("detail_en")
    return JSONResponse(
        content,
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={
            **(headers or {}),
            "Content-Language": language,
            "Cache-Control": "no-store",
            "Vary": "Accept, Accept-Language",
            "Access-Control-Allow-Origin": "*",  # nothing in an error is secret, and scripts must be able to read it
            "X-Content-Type-Options": "nosniff",
        },
    )
