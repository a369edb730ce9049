"""What the SPARQL addresses share: how a request line is read."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from fastapi import Request
from hypothesis import given, strategies

from api.protocol import address_pairs
from graph.errors import QueryError

PIECES = ["%41", "%C3%B8", "%3D", "%0A", "%0D%0A", "%zz", "%", "%4", "=", "==", "=0A", "=41", "+", "_", ".", " ", "a"]


@given(strategies.lists(strategies.sampled_from(PIECES)).map("".join))
def test_a_query_is_read_as_the_standard_library_reads_it(written: str) -> None:
    line = f"query={written}"
    request = Request({"type": "http", "query_string": line.encode()})
    assert address_pairs(request) == parse_qsl(line, keep_blank_values=True)


def test_a_query_that_is_no_utf8_is_refused() -> None:
    request = Request({"type": "http", "query_string": b"query=%FF"})
    with pytest.raises(QueryError):
        address_pairs(request)
