"""Going back to the version before, and making again what an older Sagsgraf made."""

from __future__ import annotations

from pathlib import Path

from graph import __version__
from graph.audit import note
from graph.build import Address, BuildReport, opened
from graph.erasure.withdrawals import follow_version
from graph.errors import StoreError
from graph.store import Version, current, only_builder, versions, write_whole


def rollback(data: Path, number: int | None = None) -> Version:
    """Puts a kept version in force again: that number, or the newest other than the one in force.

    StoreError where there is no such version, StoreLockedError where a build is under way.
    """
    with only_builder(data):
        in_force = current(data).number
        kept = [v for v in versions(data) if v.number != in_force and number in (None, v.number)]
        if not kept:
            there = ", ".join(str(v.number) for v in versions(data))
            raise StoreError(
                f"{data}: der er ingen sådan version at gå tilbage til. Bevaret er: {there} ({in_force} er i kraft).",
                english=f"{data}: there is no such version to go back to. Kept are: {there} ({in_force} is in force).",
            )
        chosen = kept[-1]
        write_whole(data / "CURRENT", str(chosen.number))
        follow_version(data, chosen)
        note(data, "rollback", told={"version": chosen.number})
        return chosen


def older(version: Version) -> bool:
    """Whether another Sagsgraf made a version than this one."""
    return version.record.get("sagsgraf") != __version__


def rebuild(data: Path, address: Address) -> BuildReport:
    """Makes a version of the kept sources again, with this Sagsgraf; the old one stays in force until it is whole."""
    with only_builder(data):
        builder = opened(data, address)
        read = builder.read([])
        if read:
            builder.publish(builder.corpus(read))
        return builder.report
