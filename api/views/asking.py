"""Whom to write to about the data, and a letter begun: what is wrong or unwanted, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from api.views.language import Language

# What people ask for: the subject of the letter, and what it begins with.
WISHES = {
    "correct": ("Rettelse i Sagsgraf", "Her er noget læst forkert. Der burde stå:"),
    "object": ("Indsigelse mod Sagsgraf", "Jeg beder om, at oplysninger om mig ikke vises her, fordi:"),
}
_ABOUT = re.compile(r"/[A-Za-z0-9._~/-]{1,400}")


@dataclass(frozen=True, slots=True)
class Terms:
    """Who publishes the data and on which terms: a mail or web address, the licence's address, days a log is kept.

    `about` is the path of the page that somebody comes from; empty where it is none of ours.
    """

    contact: str
    licence: str
    base: str
    publisher: str = ""
    log_days: int = 0
    about: str = ""

    @property
    def by_mail(self) -> bool:
        """Whether the address to write to is a mail address."""
        return "@" in self.contact and not self.contact.startswith(("http://", "https://"))

    def text(self, wish: str, t: Language) -> str:
        """What a letter begins with, for those who send it in another way."""
        return f"{t(WISHES[wish][1])}\n\n\n{t('Det gælder')}: {self.base}{self.about or '/'}\n"

    def letter(self, wish: str, t: Language) -> str:
        """An address that opens a letter begun; empty where there is no mail address to send it to.

        >>> da = Language("da", {}, {})
        >>> Terms("a@b.dk", "", "https://x.dk", about="/people/0999/1").letter("correct", da)[:40]
        'mailto:a@b.dk?subject=Rettelse%20i%20Sag'
        """
        if not self.by_mail:
            return ""
        subject, body = quote(t(WISHES[wish][0]), safe=""), quote(self.text(wish, t).replace("\n", "\r\n"), safe="")
        return f"mailto:{quote(self.contact, safe='@')}?subject={subject}&body={body}"


def page_before(given: str) -> str:
    """The path of the page that somebody comes from, where it can be one of ours; empty for everything else.

    >>> page_before("/people/0999/af12"), page_before("//ond.example/"), page_before("/x?<script>")
    ('/people/0999/af12', '', '')
    """
    return given if _ABOUT.fullmatch(given) and not given.startswith("//") else ""
