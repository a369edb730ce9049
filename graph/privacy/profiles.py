"""How far a graph tells of people and texts: as a municipality with its own minutes, as somebody else, or by posts.

`publisher` serves the texts with names as printed; `republisher` only facts and the sentences they rest on; `roles`
names the elected alone, officials by their posts. A profile is fixed when the graph is built.
"""

from __future__ import annotations

from graph.errors import SettingsError

PROFILES = ("publisher", "republisher", "roles")
USUAL = PROFILES[0]


def serves_texts(profile: str) -> bool:
    """Whether whole texts are served and can be searched, beside the facts and their sentences.

    >>> [profile for profile in PROFILES if serves_texts(profile)]
    ['publisher']
    """
    return profile == "publisher"


def names_officials(profile: str) -> bool:
    """Whether people who are not elected are named."""
    return profile != "roles"


def tells_closed_titles(profile: str) -> bool:
    """Whether the title of a closed item is told where it is printed."""
    return profile == "publisher"


def profile_of(written: str, before: str = "") -> str:
    """The profile of a setting; where there is none, that of the version before. SettingsError for another word."""
    if written in PROFILES:
        return written
    if written:
        raise SettingsError(
            f"SAGSGRAF_PROFILE={written}: ventede {', '.join(PROFILES)}.",
            english=f"SAGSGRAF_PROFILE={written}: expected {', '.join(PROFILES)}.",
        )
    return before or USUAL
