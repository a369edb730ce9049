"""What a worker's failures mean to the asker: each word that a child reports, as an error of `graph.errors`."""

import json

from graph.errors import (
    AnswerTooLargeError,
    FormatError,
    QueryCrashed,
    QueryError,
    QuerySyntaxError,
    SagsgrafError,
    StoreError,
    TimeLimitExceeded,
)


def crashed() -> QueryCrashed:
    """The error for a process that died under its query."""
    return QueryCrashed(
        "Forespørgslen brugte mere hukommelse, end den må, eller var for dybt indlejret. Spørg om mindre ad gangen.",
        "The query used more memory than it may, or was nested too deep. Ask for less at a time.",
    )


def too_slow(deadline: float) -> TimeLimitExceeded:
    """The error for a query that was stopped at its deadline."""
    return TimeLimitExceeded(
        f"Forespørgslen nåede ikke at svare på {deadline:g} sekunder og blev stoppet. Spørg om mindre ad gangen.",
        f"The query did not answer within {deadline:g} seconds and was stopped. Ask for less at a time.",
    )


def failure_of(body: bytes) -> SagsgrafError:
    """The error for a failure that a child reports."""
    failure = json.loads(body)
    words = failure.get("message", "")
    match failure["kind"]:
        case "syntax":
            return QuerySyntaxError(
                f"her kan der ikke læses videre; forventet: {words}",
                f"cannot read on from here; expected: {words}",
                line=failure["line"],
                column=failure["column"],
            )
        case "large":
            return AnswerTooLargeError(
                "Svaret er længere, end der sendes. Sæt LIMIT på, eller spørg om mindre ad gangen.",
                "The answer is longer than what is sent. Add a LIMIT, or ask for less at a time.",
            )
        case "format":
            danish = "et RDF-format" if words == "triples" else "et resultatformat (json, xml, csv eller tsv)"
            english = "an RDF format" if words == "triples" else "a results format (json, xml, csv or tsv)"
            return FormatError(
                f"Denne forespørgsel svares i {danish}; bed om sådan et.",
                f"This query is answered in {english}; ask for one of those.",
            )
        case "xml":
            return FormatError(
                "Svaret rummer noget, som ikke kan skrives i XML. Vælg et andet format.",
                "The answer holds something that cannot be written in XML. Choose another format.",
            )
        case "store":
            return StoreError(f"Grafen kan ikke læses: {words}", f"The graph cannot be read: {words}")
        case "memory":
            return crashed()
        case _:
            return QueryError(
                f"Forespørgslen kan ikke gennemføres: {words}", f"The query cannot be carried out: {words}"
            )
