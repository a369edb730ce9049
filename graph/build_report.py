"""What a build did, file by file."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.errors import SagsgrafError
from graph.identity.ledger import Correction
from graph.store import Version


@dataclass(slots=True)
class BuildReport:
    """What a build did with each file, by path: built, known and skipped, replaced, the same as another, or refused.

    `withdrawn` are files that `sagsgraf withdraw` took out of the graph and that are not built again;
    `gone` counts the things that are no more.
    `outdated` are the corrections that their source no longer bears out, and that so had no effect.
    """

    version: Version | None = None
    built: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    repeated: list[tuple[str, str]] = field(default_factory=list)
    failed: list[SagsgrafError] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    gone: int = 0
    outdated: list[Correction] = field(default_factory=list)
