"""Our tables read by csvw, with the metadata that it finds where the standard looks: valid, and a spoilt one refused.

Run by `make interop`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from csvw import CSVW, TableGroup  # type: ignore[import-not-found]
from service import MINUTES, MUNICIPALITY, ROOT, free_port, run, served  # type: ignore[import-not-found]

NOUNS = ("cases", "meetings", "agenda-items", "decisions", "commitments", "attachments", "people", "bodies",
         "departments", "sdgs", "sources")  # fmt: skip


def told(address: str) -> list[str]:
    """What the validator finds wrong with a table and those that it leads to, by the metadata that it finds itself."""
    found = CSVW(address, validate=True)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        unique = [table.check_primary_key() for table in found.tables for _ in [list(table.iterdicts(strict=False))]]
    faults = [str(warning.message) for warning in (*found.warnings, *heard)]
    return [*faults, *([] if all(unique) and unique else [f"{address}: a key stands twice"])]


def kept(base: str, folder: Path) -> Path:
    """The tables and their metadata as files."""
    for name in ("csv-metadata.json", *(f"{noun}.csv" for noun in NOUNS)):
        with urlopen(f"{base}/{name}") as answer, (folder / name).open("wb") as file:
            shutil.copyfileobj(answer, file)
    path = folder / "csv-metadata.json"
    path.write_text(path.read_text("utf-8").replace(f"{base}/", ""), "utf-8")
    return path


def integral(path: Path) -> bool:
    """Whether every key of the tables leads to a row."""
    try:
        # not strict: strictly no key may be empty, and an item need not have a parent item
        whole: bool = TableGroup.from_file(path).check_referential_integrity(strict=False)
    except ValueError:
        return False
    return whole


def main() -> None:
    """Prints how many rows were read; exit status 1 where something is wrong, or a spoilt table passes."""
    with tempfile.TemporaryDirectory() as place:
        folder, base = Path(place), f"http://127.0.0.1:{free_port()}"
        data, files = folder / "data", folder / "files"
        files.mkdir()
        run(data, base, "build", MINUTES, ROOT / "examples" / "more", *MUNICIPALITY)
        with served(data, base):
            faults = [fault for noun in NOUNS for fault in told(f"{base}/{noun}.csv")]
            group = kept(base, files)
        rows = {Path(urlsplit(str(t.url)).path).stem: len(list(t)) for t in TableGroup.from_file(group).tables}
        whole = integral(group)
        bodies = (files / "bodies.csv").read_text("utf-8").splitlines(keepends=True)
        (files / "bodies.csv").write_text("".join([bodies[0], *bodies[2:]]), "utf-8")
        if not whole or integral(group):
            faults.append("a key leads nowhere, or the check does not find one that does")
    sys.stderr.writelines(f"csvw: {fault}\n" for fault in faults)
    sys.stdout.write(f"csvw: {', '.join(f'{count} {name}' for name, count in rows.items())} rows are valid\n")
    sys.exit(1 if faults or len(rows) != len(NOUNS) or not all(rows.values()) else 0)


if __name__ == "__main__":
    main()
