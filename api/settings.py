"""The settings of a running Sagsgraf, read once from the environment by the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import SettingsError
from graph.extract.annotators import Model, model_of
from graph.identity.keys import DEVELOPMENT_SECRET
from graph.privacy.profiles import profile_of

_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_CONTACT = re.compile(rf"[^\s<>@\"{{}}|\\^`]+@[A-Za-z0-9.-]+|{_WEB.pattern}")
_BASE = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~-]+)*")

SHORTEST_SECRET = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service and the build are told; every field has an environment variable SAGSGRAF_<FIELD>.

    `base` starts every IRI and is fixed when the graph is built; `key` keys the persons' IRIs; `deadline` is the
    seconds a query may take, `memory` the bytes a worker may use, `workers` the public ones beside one reserved;
    `budget` the seconds of worker time that one client has a minute; `update_token` opens the scratch store to whoever
    has it (none: it is shut); `internal_token` opens a graph for internal use to
    other machines; `log` is a folder for the service's log, a file a day kept for `log_days` (none: standard
    error alone); `store` is a SPARQL server elsewhere to answer from (none: our own workers);
    `questions` is a folder of own questions beside ours (none: ours alone); `links` the file of what people decided
    about links and corrected in facts (none: links.toml in the data folder);
    `profile` is how far the graph tells of people and texts, fixed when it is built (none: as it was built, and
    `publisher` for a new one);
    `annotator` is a statistical model that may add to what the rules read (none: the rules alone);
    `publisher`, `contact` and `licence` are what the catalogue says of who publishes the data and under which terms.
    """

    data: Path = Path("data")
    base: str = "http://127.0.0.1:8000"
    key: bytes = DEVELOPMENT_SECRET
    deadline: float = 10.0
    memory: int = 1 << 30
    workers: int = 2
    budget: float = 30.0
    update_token: str = ""
    internal_token: str = ""
    log: Path | None = None
    log_days: int = 30
    store: str = ""
    questions: Path | None = None
    links: Path | None = None
    profile: str = ""
    annotator: Model | None = None
    publisher: str = ""
    contact: str = ""
    licence: str = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"

    @property
    def development(self) -> bool:
        """Whether the persons' IRIs are keyed with the fixed development key, which everybody knows."""
        return self.key == DEVELOPMENT_SECRET


def from_environment(environment: Mapping[str, str], *, data: Path | None = None) -> Settings:
    """The settings that the environment gives, with the command line's data folder; SettingsError if one is wrong.

    >>> from_environment({"SAGSGRAF_DEADLINE": "5"}).deadline
    5.0
    """
    default = Settings()
    base = environment.get("SAGSGRAF_BASE", default.base).rstrip("/")
    if not _BASE.fullmatch(base):
        raise wrong("SAGSGRAF_BASE", base, "en adresse som https://sagsgraf.norddjurs.dk")
    key = environment.get("SAGSGRAF_KEY", "").encode() or DEVELOPMENT_SECRET
    if len(key) < SHORTEST_SECRET:
        raise wrong("SAGSGRAF_KEY", "…", f"mindst {SHORTEST_SECRET} tegn")
    return Settings(
        data=data or Path(environment.get("SAGSGRAF_DATA", default.data)),
        base=base,
        key=key,
        deadline=number(environment, "SAGSGRAF_DEADLINE", default.deadline),
        memory=int(number(environment, "SAGSGRAF_MEMORY", default.memory)),
        workers=int(number(environment, "SAGSGRAF_WORKERS", default.workers)),
        budget=number(environment, "SAGSGRAF_BUDGET", default.budget),
        update_token=environment.get("SAGSGRAF_UPDATE_TOKEN", ""),
        internal_token=secret(environment, "SAGSGRAF_INTERNAL_TOKEN"),
        log=Path(environment["SAGSGRAF_LOG"]) if environment.get("SAGSGRAF_LOG") else None,
        log_days=int(number(environment, "SAGSGRAF_LOG_DAYS", default.log_days)),
        store=environment.get("SAGSGRAF_STORE", ""),
        questions=Path(environment["SAGSGRAF_QUESTIONS"]) if environment.get("SAGSGRAF_QUESTIONS") else None,
        links=reviewed_file(environment.get("SAGSGRAF_LINKS", "")),
        profile=profile_of(environment.get("SAGSGRAF_PROFILE", "")) if environment.get("SAGSGRAF_PROFILE") else "",
        annotator=model_of(environment.get("SAGSGRAF_ANNOTATOR", "")),
        publisher=" ".join(environment.get("SAGSGRAF_PUBLISHER", "").split()),
        contact=matching(environment, "SAGSGRAF_CONTACT", form=_CONTACT),
        licence=matching(environment, "SAGSGRAF_LICENCE", form=_WEB) or default.licence,
    )


def secret(environment: Mapping[str, str], name: str) -> str:
    """A secret that is long enough; empty where none is given."""
    written = environment.get(name, "")
    if written and len(written) < SHORTEST_SECRET:
        raise wrong(name, "…", f"mindst {SHORTEST_SECRET} tegn")
    return written


def matching(environment: Mapping[str, str], name: str, *, form: re.Pattern[str]) -> str:
    """A setting that has to be of a form where it is given; empty where it is not."""
    written = environment.get(name, "").strip()
    if written and not form.fullmatch(written):
        raise wrong(name, written, "en webadresse" if form is _WEB else "en e-mailadresse eller en webadresse")
    return written


def reviewed_file(written: str) -> Path | None:
    """The file of what people decided, where one is named; a wrong path would silently undo every decision."""
    if written and not Path(written).is_file():
        raise wrong("SAGSGRAF_LINKS", written, "en fil, der findes; den må være tom")
    return Path(written) if written else None


def number(environment: Mapping[str, str], name: str, default: float) -> float:
    """A positive number from the environment."""
    written = environment.get(name, str(default))
    try:
        value = float(written)
    except ValueError:
        value = 0.0
    if value <= 0:
        raise wrong(name, written, "et tal over nul")
    return value


def wrong(name: str, written: str, expected: str) -> SettingsError:
    """The error for a setting that cannot be used."""
    return SettingsError(
        f"{name}={written}: ventede {expected}.",
        english=f"{name}={written}: this setting cannot be used; see the README.",
    )
