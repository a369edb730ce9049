"""Minutes without the names of those who are not elected: officials by their posts, everybody else not at all.

The names are masked in the text before anything is read from it, so that no quotation, label or search can hold one.
"""

from __future__ import annotations

from dataclasses import replace

from graph.danish.titles import post_of
from graph.erasure.standins import Unmasked, with_standins
from graph.extract.minutes import extract
from graph.model import AgendaItem, Commitment, Minutes, Participation, SourceDocument
from graph.municipalities.load import MunicipalitySettings
from graph.privacy.elected import elected, unelected_spans
from graph.privacy.masks import MASK, masked_text

_ROUNDS = 4


def without_names(minutes: Minutes, settings: MunicipalitySettings) -> str:
    """The text of minutes with everybody masked who is not elected; of a text masked so, the text itself."""
    for _ in range(_ROUNDS):
        text = masked_text(minutes.source.text, unelected_spans(minutes, elected(minutes, settings)))
        if text == minutes.source.text:
            break
        minutes = by_posts(replace(minutes.source, text=text), settings)
    return minutes.source.text


def by_posts(source: SourceDocument, settings: MunicipalitySettings) -> Minutes:
    """The minutes of a text with masked names: whoever is masked stands there by a post, or not at all."""
    text, found = with_standins(source.text)
    unmasked = Unmasked(source.text, found)
    read = extract(replace(source, text=text), settings)
    if found:
        read = replace(
            read,
            meeting=replace(read.meeting, participations=_posts(read.meeting.participations, unmasked)),
            agenda_items=tuple(_item(item, unmasked) for item in read.agenda_items),
        )
        read = unmasked.of(read)
    return replace(read, source=source)


def _item(item: AgendaItem, unmasked: Unmasked) -> AgendaItem:
    return replace(
        item,
        participations=_posts(item.participations, unmasked),
        commitments=tuple(_owned(one, unmasked) for one in item.commitments),
        agenda_items=tuple(_item(part, unmasked) for part in item.agenda_items),
    )


def _posts(found: tuple[Participation, ...], unmasked: Unmasked) -> tuple[Participation, ...]:
    """The participations of the masked by their posts alone; without a post there is nothing to tell."""
    kept: dict[tuple[str, ...], Participation] = {}
    for n, one in enumerate(found):
        masked = unmasked.names(one.agent) or MASK in (one.agent or "")
        whom = one.substitutes if not unmasked.names(one.substitutes) else None
        if not masked:
            kept[str(n),] = replace(one, substitutes=whom)
        elif one.acting_as is not None and not unmasked.names(one.acting_as.post):
            bare = replace(one, agent=None, party=None, substitutes=whom, inferred_by=None)
            kept.setdefault((one.acting_as.post, one.participation_status), bare)
    return tuple(kept.values())


def _owned(commitment: Commitment, unmasked: Unmasked) -> Commitment:
    """A commitment of somebody masked as that of the post."""
    holding = commitment.acting_as
    if not unmasked.names(commitment.owner) or holding is None:
        return commitment
    return replace(commitment, owner=holding.post if post_of(holding.post)[0] == holding.post else None)
