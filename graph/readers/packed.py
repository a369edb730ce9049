"""The parts of a zipped office file, taken out within limits on their number, size and density."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from graph.errors import UnreadableSourceError

LARGEST = 100_000_000
MOST_MEMBERS = 2_000
DENSEST = 100
SMALL = 1_000_000  # a part so small is let through however dense it is
_CHUNK = 1 << 20


class Package:
    """An office file's parts by their names."""

    def __init__(self, content: bytes, title: str) -> None:
        self.title = title
        try:
            self.archive = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError):
            raise self.damaged() from None
        members = self.archive.infolist()
        total = sum(member.file_size for member in members)
        dense = any(m.file_size > SMALL and m.file_size > DENSEST * max(m.compress_size, 1) for m in members)
        if len(members) > MOST_MEMBERS or total > LARGEST or dense:
            raise self.bomb()

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, None where the file has no such part."""
        if name not in self.archive.NameToInfo:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            root = etree.fromstring(self._bytes(name), parser)
        except etree.XMLSyntaxError:
            raise self.damaged() from None
        if root.getroottree().docinfo.doctype:
            raise UnreadableSourceError(
                "Filen indeholder en DOCTYPE, som Word aldrig skriver; den læses ikke.",
                "The file holds a DOCTYPE, which Word never writes; it is not read. Save it anew from Word.",
                path=self.title,
                advice="Gem den igen fra Word.",
            )
        return root

    def _bytes(self, name: str) -> bytes:
        """A part, read in pieces, so that one that is larger than it says is told before it is held."""
        pieces, size = [], 0
        try:
            with self.archive.open(name) as part:
                while piece := part.read(_CHUNK):
                    size += len(piece)
                    if size > LARGEST:
                        raise self.bomb()
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            raise self.damaged() from None
        except RuntimeError:  # zipfile's word for a part that a password locks
            raise UnreadableSourceError(
                "Filen er låst med en adgangskode.",
                "The file is locked by a password. Save it without one.",
                path=self.title,
                advice="Gem den uden adgangskode.",
            ) from None
        return b"".join(pieces)

    def damaged(self) -> UnreadableSourceError:
        """The error for a file that cannot be opened."""
        return UnreadableSourceError(
            "Filen er beskadiget og kan ikke åbnes.",
            "The file is damaged and cannot be opened. Fetch it again, or save it as PDF.",
            path=self.title,
            advice="Hent den igen, eller gem den som PDF.",
        )

    def bomb(self) -> UnreadableSourceError:
        """The error for a file that is far larger unpacked than any minutes."""
        return UnreadableSourceError(
            f"Filen fylder pakket ud mere end {LARGEST // 1_000_000} MB eller er usædvanligt tæt pakket.",
            f"Unpacked, the file is larger than {LARGEST // 1_000_000} MB, or it is packed unusually densely. "
            "Save the minutes alone.",
            path=self.title,
            advice="Gem referatet alene.",
        )
