"""Where another server is, and how it is told the password."""

import base64
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    ProxyHandler,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)

from graph.errors import SettingsError

SCHEMES = ("sparql+http", "sparql+https")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server takes queries and graphs, and under which name it keeps the merged graph, if under one."""

    query: str
    store: str
    graph: str = ""
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, setting: str) -> "Place":
        """The place that a setting names; SettingsError if it names none.

        >>> Place.of("sparql+http://127.0.0.1:7878/query?store=/store").store
        'http://127.0.0.1:7878/store'
        """
        parts = urlsplit(setting)
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise SettingsError(
                f"SAGSGRAF_STORE={setting}: ventede sparql+http://vært:port/query?store=/store.",
                f"SAGSGRAF_STORE={setting}: expected sparql+http://host:port/query?store=/store.",
            )
        port = f":{parts.port}" if parts.port else ""
        host = f"{parts.scheme.removeprefix('sparql+')}://{parts.hostname}{port}"
        more = dict(parse_qsl(parts.query))
        store = host + more.get("store", "/store")
        return cls(host + parts.path, store, more.get("graph", ""), parts.username or "", parts.password or "")


class Passwords:
    """The user's password, told before anything is sent: a server that asks for it afterwards closes on a long body."""

    def __init__(self, place: Place) -> None:
        self._place = place
        known = HTTPPasswordMgrWithDefaultRealm()
        for address in (place.query, place.store):
            known.add_password(None, address, place.user, place.password)
        self._digest = HTTPDigestAuthHandler(known)
        self._opener = build_opener(ProxyHandler({}))

    def tell(self, request: Request) -> None:
        """Add the password to a request, in the way that the server asks for."""
        if not self._place.user:
            return
        asked = Request(request.full_url, method=request.get_method())  # noqa: S310 - http or https, by Place.of
        try:
            self._opener.open(asked, timeout=30).close()
        except HTTPError as error:
            error.close()
            scheme, _, challenge = error.headers.get("WWW-Authenticate", "").partition(" ")
            if scheme.lower() == "digest":
                written = self._digest.get_authorization(request, parse_keqv_list(parse_http_list(challenge)))
                request.add_unredirected_header("Authorization", f"Digest {written}")
            elif scheme.lower() == "basic":
                pair = f"{self._place.user}:{self._place.password}".encode()
                request.add_unredirected_header("Authorization", f"Basic {base64.b64encode(pair).decode()}")
