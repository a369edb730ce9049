"""A municipality's settings: from the official list, from its own file beside this module, or from a user's file.

The list (list.tsv) gives code, name and region; a TOML file adds the codes of bodies, their kinds and their aliases,
codes that held for a time ([[codes]]: code, body, from, until), and bodies that took over ([[successions]]: old, new,
on).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import SettingsError
from graph.municipalities.periods import CodePeriod, Succession, code_periods, successions

TABLES = ("bodies", "kinds", "aliases")
LISTS = ("codes", "successions")
KEYS = ("code", "name", "region", *TABLES, *LISTS)
BODY_KINDS = ("management", "med", "committee", "council", "project", "other")


@dataclass(frozen=True, slots=True)
class MunicipalitySettings:
    """What is local to one municipality (kommune).

    `bodies` maps a code in Sagsgang to the body's name, `kinds` a name to the kind of body, `aliases` another name of
    a body to the one it goes by. A code that stood for several bodies in turn maps to itself until `on` a day.
    """

    code: str
    name: str
    region: str = ""
    bodies: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[CodePeriod, ...] = ()
    successions: tuple[Succession, ...] = ()

    def on(self, day: date | None) -> MunicipalitySettings:
        """The settings as they held on a day: each code for the body that it stood for then, if for any.

        >>> codes = (CodePeriod("TU", "Teknikudvalget", end=date(2021, 12, 31)), CodePeriod("TU", "Klimaudvalget"))
        >>> settings = MunicipalitySettings("0999", "Elmested Kommune", bodies={"TU": "TU"}, codes=codes)
        >>> settings.on(date(2020, 3, 4)).bodies["TU"], settings.on(date(2022, 3, 4)).bodies["TU"]
        ('Teknikudvalget', 'Klimaudvalget')
        """
        if not self.codes:
            return self
        held = {one.code: one.body for one in reversed(self.codes) if one.holds(day)}
        return replace(self, bodies={**self.bodies, **held})


def load_municipality(code_or_path: str | Path) -> MunicipalitySettings:
    """The settings of a municipality by its four-digit code ("0707", also "707"), or of a settings file.

    >>> load_municipality("707").bodies["DIR"]
    'Direktionen'
    >>> load_municipality("0101").name
    'Københavns Kommune'
    """
    wanted = str(code_or_path).strip()
    if wanted.isdecimal():
        return _by_code(wanted.zfill(4))
    path = Path(wanted)
    if not path.is_file():
        raise SettingsError(
            f"{wanted}: Ingen kommunekode og ingen fil. Skriv en kode på fire cifre (fx 0707) eller en TOML-fils sti.",
            f"{wanted}: neither a municipality code nor a file. Give four digits (such as 0707) or a TOML file's path.",
        )
    return _from_file(path)


def municipalities() -> dict[str, MunicipalitySettings]:
    """Every municipality of the official list, by code, with what its own file adds."""
    return {code: _by_code(code) for code in _listed()}


def _by_code(code: str) -> MunicipalitySettings:
    own = sorted(Path(__file__).parent.glob(f"{code}-*.toml"))
    if own:
        return _from_file(own[0])
    listed = _listed()
    if code not in listed:
        raise SettingsError(
            f"{code}: Koden står ikke på listen over kommuner. Skriv en anden kode eller stien til en TOML-fil.",
            f"{code}: this code is not on the list of municipalities. Give another code or the path of a TOML file.",
        )
    return listed[code]


def _listed() -> dict[str, MunicipalitySettings]:
    text = Path(__file__).with_name("list.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {code: MunicipalitySettings(code, full, region) for code, _, full, region in rows[1:]}


def _from_file(path: Path) -> MunicipalitySettings:
    try:
        entries: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: Filen kan ikke læses: {error}", f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{path}: Filen er ikke gyldig TOML: {error}", f"{path}: not valid TOML: {error}"
        ) from error
    return _checked(path, entries)


def _checked(path: Path, entries: Mapping[str, Any]) -> MunicipalitySettings:
    unknown = [key for key in entries if key not in KEYS]
    if unknown:
        raise _wrong(path, unknown[0], f"nøglen kendes ikke; ventede {', '.join(KEYS)}")
    code = entries.get("code")
    if not isinstance(code, str) or not code.isdecimal() or len(code) > 4:
        raise _wrong(path, "code", 'ventede en kommunekode på fire cifre i anførselstegn, fx "0707"')
    name = entries.get("name")
    if not isinstance(name, str) or not name.strip():
        raise _wrong(path, "name", 'ventede kommunens navn, fx "Norddjurs Kommune"')
    tables: dict[str, dict[str, str]] = {}
    for key in TABLES:
        table = entries.get(key, {})
        if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
            raise _wrong(path, key, "ventede en tabel med tekster")
        tables[key] = dict(table)
    strange = [body for body, kind in tables["kinds"].items() if kind not in BODY_KINDS]
    if strange:
        raise _wrong(path, strange[0], f"ventede en af arterne {', '.join(BODY_KINDS)}")
    codes, followed = _periods(path, entries)
    always = [CodePeriod(one, body) for one, body in tables["bodies"].items() if one in {c.code for c in codes}]
    bodies = {**tables["bodies"], **{one.code: one.code for one in codes}}
    return MunicipalitySettings(
        code.zfill(4), name, str(entries.get("region", "")), bodies, tables["kinds"], tables["aliases"],
        (*codes, *always), followed,
    )  # fmt: skip


def _periods(path: Path, entries: Mapping[str, Any]) -> tuple[tuple[CodePeriod, ...], tuple[Succession, ...]]:
    """What holds for a time, of the lists of tables."""
    for key in LISTS:
        rows = entries.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise _wrong(path, key, f"ventede tabeller [[{key}]]")
    try:
        codes = code_periods(entries.get("codes", []))
    except ValueError as error:
        raise _wrong(path, "codes", f"{error}: ventede code, body og datoerne from og until, der ikke mødes") from None
    try:
        return codes, successions(entries.get("successions", []))
    except ValueError as error:
        raise _wrong(path, "successions", f"{error}: ventede old, new og datoen on") from None


def _wrong(path: Path, key: str, expected: str) -> SettingsError:
    """The error with the line where the key stands."""
    lines = path.read_text("utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if text.strip().strip('"[').startswith(key)), 1)
    return SettingsError(f"{path}, linje {line}: {key}: {expected}.", f"{path}, line {line}: {key}: {expected}.")
