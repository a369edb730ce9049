"""What a stranger writes with the generated client: every list to its end by `next`, a question, and a wrong one.

Run by check_client.py, which generates the package: python client.py http://127.0.0.1:8000
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sagsgraf_client import Client  # type: ignore[import-not-found]
from sagsgraf_client.api.lists import list_cases  # type: ignore[import-not-found]
from sagsgraf_client.api.questions import ask_sent_on  # type: ignore[import-not-found]
from sagsgraf_client.models import Case, CaseList, Problem, SentOnAnswer  # type: ignore[import-not-found]

LISTS = ("cases", "meetings", "agenda_items", "decisions", "commitments", "attachments", "people", "bodies",
         "departments", "sdgs", "sources")  # fmt: skip


def to_the_end(client: Any, operation: ModuleType) -> tuple[list[Any], int]:
    """All members of a list, two at a time, and the count that it tells."""
    page = operation.sync(client=client, limit=2)
    members = list(page.members)
    while page.next_:
        (after,) = parse_qs(urlsplit(page.next_).query)["after"]
        page = operation.sync(client=client, limit=2, after=after)
        members += page.members
    return members, page.count


def main() -> None:
    """Prints what came; an AssertionError where it is not what the service has."""
    client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
    first = list_cases.sync(client=client)
    assert isinstance(first, CaseList), first
    assert all(isinstance(case, Case) and isinstance(case.label, str) for case in first.members)
    told = []
    for name in LISTS:
        members, count = to_the_end(client, import_module(f"sagsgraf_client.api.lists.list_{name}"))
        assert len({member.id for member in members}) == len(members) == count > 0, (name, len(members), count)
        told.append(f"{count} {name}")
    answer = ask_sent_on.sync(client=client, body="Direktionen", to="Økonomiudvalget")
    assert isinstance(answer, SentOnAnswer), answer
    assert all(row.to.label == "Økonomiudvalget" and row.evidence[0].quote for row in answer.rows)
    assert answer.rows
    wrong = ask_sent_on.sync_detailed(client=client, body="Rådet").parsed
    assert isinstance(wrong, Problem), wrong
    assert wrong.status == 400
    assert "Rådet" in wrong.detail
    sys.stdout.write(f"generated client: {', '.join(told)}, each to the end; {len(answer.rows)} answers of sent-on\n")


if __name__ == "__main__":
    main()
