"""Our mapping files read by `sssom`, the reference tool: each is valid and becomes RDF, and a spoilt one is refused.

Run by `make interop`, with the Python of an environment that holds `sssom` and not Sagsgraf.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

MAPPINGS = Path(__file__).parents[2] / "ontology" / "mappings"
CHECKS = ("JsonSchema", "PrefixMapCompleteness", "StrictCurieFormat")
SPOILT = (
    ("\tsemapv:ManualMappingCuration", "\tby hand"),
    ("\tskos:closeMatch\t", "\tunknown:closeMatch\t"),
    ("\tskos:closeMatch\t", " skos:closeMatch\t"),
)


def sssom(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What the tool says to some arguments."""
    tool = Path(sys.executable).with_name("sssom")
    return subprocess.run([tool, *arguments], capture_output=True, text=True, check=False)


def valid(path: Path) -> bool:
    """Whether a file passes every check that the tool knows."""
    chosen = [part for check in CHECKS for part in ("--validation-types", check)]
    done = sssom("validate", *chosen, str(path))
    return done.returncode == 0


def converted(path: Path, folder: Path) -> int:
    """How many mappings the tool writes as RDF."""
    out = folder / f"{path.name}.ttl"
    done = sssom("convert", str(path), "--output-format", "rdf", "--output", str(out))
    return out.read_text("utf-8").count("owl:annotatedSource") if done.returncode == 0 else 0


def rows(path: Path) -> int:
    """How many mappings a file holds: its lines but for the metadata and the heading."""
    return sum(not line.startswith("#") for line in path.read_text("utf-8").splitlines()) - 1


def accepted(path: Path, folder: Path) -> bool:
    """Whether a file is valid and none of its mappings is lost on the way to RDF: the tool may drop one in silence."""
    return valid(path) and converted(path, folder) == rows(path)


def faults(folder: Path) -> list[str]:
    """What is wrong with our files, or with the check if a spoilt one passes it."""
    files = sorted(MAPPINGS.glob("*.sssom.tsv"))
    found = [f"{path.name}: not valid SSSOM" for path in files if not accepted(path, folder)]
    whole = files[0].read_text("utf-8")
    for number, (good, bad) in enumerate(SPOILT, 1):
        spoilt = folder / f"spoilt-{number}.sssom.tsv"
        spoilt.write_text(whole.replace(good, bad), "utf-8")
        if good not in whole or accepted(spoilt, folder):
            found.append(f"{bad!r} in place of {good!r} passes: the check finds nothing")
    return found


def main() -> int:
    """Tells what was found; 1 where something is wrong."""
    files = sorted(MAPPINGS.glob("*.sssom.tsv"))
    with tempfile.TemporaryDirectory() as folder:
        found = faults(Path(folder))
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    if not found:
        count = sum(rows(path) for path in files)
        version = sssom("--version").stdout.strip()
        sys.stdout.write(
            f"{version}: {len(files)} files with {count} mappings are valid, {len(SPOILT)} spoilt refused\n"
        )
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
