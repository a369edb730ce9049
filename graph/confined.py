"""The restricted store: a data folder with closed matter whole, for a municipality's own use, that is never public.

A mark in the folder says so from its first build on. No build takes a public graph into it, or it into a public graph,
and the service answers from it on this machine alone, or to whoever has the token (`api.restricted`).
"""

from __future__ import annotations

from pathlib import Path

from graph.errors import SettingsError
from graph.privacy.profiles import INTERNAL, needs_originals
from graph.sources import record_before
from graph.store import versions, write_whole

MARK = "INTERNAL"  # in the folder
_WORDS = """Datamappen er til internt brug: grafen rummer lukkede sager i deres helhed og må aldrig være offentlig.
This data folder is for internal use: its graph holds closed matter whole and must never be public.
"""


def is_internal(data: Path) -> bool:
    """Whether a data folder holds a graph for internal use, by its mark or by what its version says of itself."""
    return (data / MARK).is_file() or record_before(data).get("profile") == INTERNAL


def confine(data: Path, profile: str, *, before: str = "") -> None:
    """Marks the folder of a first internal build; SettingsError where profile and folder do not belong together.

    They do not either where the profile `before` masked in the kept texts what this one would tell.
    """
    if profile != INTERNAL and is_internal(data):
        raise SettingsError(
            f"SAGSGRAF_PROFILE={profile}: {data} er til internt brug og kan ikke blive offentlig. "
            "Byg den offentlige graf af kilderne i en anden mappe.",
            english=f"SAGSGRAF_PROFILE={profile}: {data} is for internal use and cannot become public. "
            "Build the public graph from the sources in another folder.",
        )
    if needs_originals(before, profile):
        raise SettingsError(
            f"SAGSGRAF_PROFILE={profile}: under {before} blev teksterne maskeret, og filerne er ikke gemt. "
            "Byg af de oprindelige filer i en ny mappe.",
            english=f"SAGSGRAF_PROFILE={profile}: under {before} the texts were masked, and the files were not kept. "
            "Build from the original files in a new folder.",
        )
    if profile == INTERNAL and not (data / MARK).is_file():
        if versions(data):
            raise SettingsError(
                f"SAGSGRAF_PROFILE={profile}: {data} rummer en offentlig graf. Byg den interne i en anden mappe.",
                english=f"SAGSGRAF_PROFILE={profile}: {data} holds a public graph. Build the internal one elsewhere.",
            )
        data.mkdir(parents=True, exist_ok=True)
        write_whole(data / MARK, _WORDS)
