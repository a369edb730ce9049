"""Where a case stands, in one or two sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from api.views.language import Language, sentence
from api.views.route import Stop

# How many treatments are told one by one before only the number and the latest are told.
TOLD_SINGLY = 3


def state_sentence(route: Sequence[Stop], outcomes: Mapping[tuple[str, date | None], str], language: Language) -> str:
    """Where a case stands: what was decided, where and when, and what is known of the bodies it was sent on to."""
    treated = [stop for stop in route if not stop.planned]
    parts = []
    if len(treated) > TOLD_SINGLY:
        values = {"n": language.number(len(treated)), "last": treatment(treated[-1], outcomes, language)}
        parts.append(language("Behandlet {n} gange, senest {last}", values))
    elif treated:
        parts.append(language.listing([treatment(stop, outcomes, language) for stop in treated]))
    if onward := [stop for stop in route if stop.state in ("pending", "overdue", "undated")]:
        parts.append(sent_on(onward, language))
    if lapsed := [stop.body.label for stop in route if stop.state == "lapsed" and stop.body]:
        parts.append(language("Kom ikke på det planlagte møde i {bodies}", {"bodies": language.listing(lapsed)}))
    return " ".join(sentence(part) for part in parts)


def treatment(stop: Stop, outcomes: Mapping[tuple[str, date | None], str], language: Language) -> str:
    """One treatment: "drøftet i Direktionen 12. okt. 2022"."""
    body = stop.body.label if stop.body else language("organ ikke oplyst")
    told = outcomes.get((stop.body.iri if stop.body else "", stop.day)) or language("behandlet")
    return language("{told} i {body} {day}", {"told": told, "body": body, "day": language.day(stop.day)})


def sent_on(stops: Sequence[Stop], language: Language) -> str:
    """The bodies that a case was sent on to and whose minutes tell nothing of it yet."""
    known = {stop.body.iri: stop.body.label for stop in stops if stop.body}
    if not known:
        return language("Sendt videre; organet er ikke oplyst")
    if len(known) == 1:
        values = {"body": next(iter(known.values()))}
        return language("Sendt videre til {body}; mødet er ikke i grafen endnu", values)
    values = {"n": language.number(len(known))}
    return language("Sendt videre til {n} organer; ingen af de {n} møder er i grafen endnu", values)
