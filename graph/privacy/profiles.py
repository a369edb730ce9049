"""How far a graph tells of people and texts: as a municipality with its own minutes, as somebody else, or by posts.

`publisher` serves the texts with names as printed; `republisher` only facts and the sentences they rest on; `roles`
names the elected alone, officials by their posts. A profile is fixed when the graph is built. `internal` is no way to
publish: it tells all, closed matter too, in a data folder that is never public (`graph.confined`).
"""

from __future__ import annotations

from graph.errors import SettingsError

PROFILES = ("publisher", "republisher", "roles")
USUAL = PROFILES[0]
INTERNAL = "internal"


def serves_texts(profile: str) -> bool:
    """Whether whole texts are served and can be searched, beside the facts and their sentences.

    >>> [profile for profile in PROFILES if serves_texts(profile)]
    ['publisher']
    """
    return profile in ("publisher", INTERNAL)


def names_officials(profile: str) -> bool:
    """Whether people who are not elected are named."""
    return profile != "roles"


def tells_closed_titles(profile: str) -> bool:
    """Whether the title of a closed item is told where it is printed."""
    return profile in ("publisher", INTERNAL)


def tells_closed_matter(profile: str) -> bool:
    """Whether what is said under closed items is told: in a municipality's own store alone.

    >>> [profile for profile in (*PROFILES, INTERNAL) if tells_closed_matter(profile)]
    ['internal']
    """
    return profile == INTERNAL


def needs_originals(before: str, now: str) -> bool:
    """Whether what an earlier profile masked in the sources may be told now: the files must then be built anew.

    >>> needs_originals("roles", "publisher"), needs_originals("publisher", "roles"), needs_originals("", "publisher")
    (True, False, False)
    """
    return (before == "roles" and now != "roles") or (before in PROFILES[1:] and tells_closed_titles(now))


def profile_of(written: str, before: str = "") -> str:
    """The profile of a setting; where there is none, that of the version before. SettingsError for another word."""
    if written in (*PROFILES, INTERNAL):
        return written
    if written:
        raise SettingsError(
            f"SAGSGRAF_PROFILE={written}: ventede {', '.join(PROFILES)} eller {INTERNAL}.",
            english=f"SAGSGRAF_PROFILE={written}: expected {', '.join(PROFILES)} or {INTERNAL}.",
        )
    return before or USUAL
