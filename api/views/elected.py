"""Who of the graph's people is elected, by what it says of them: search engines are asked not to show the others."""

from __future__ import annotations

from collections.abc import Iterable

from api.views.rows import Row, grouped, key, word
from graph.privacy.elected import is_elected_post, is_political_body


def elected_people(rows: Iterable[Row]) -> frozenset[str]:
    """The IRIs of the elected, from the rows of elected.rq; whoever holds an official's post is none."""
    return frozenset(person for person, own in grouped(rows, "person").items() if is_elected(own))


def is_elected(rows: Iterable[Row]) -> bool:
    """Whether a person's rows show an elected politician: every post is one, and a party, post or roll shows it."""
    shown = False
    for row in rows:
        post, kind = word(row, "postLabel"), key(word(row, "kind"))
        if post and not is_elected_post(post):
            return False
        on_roll = bool(word(row, "bodyLabel")) and is_political_body(word(row, "bodyLabel"), kind.replace("other", ""))
        shown = shown or bool(post or word(row, "party")) or on_roll
    return shown
