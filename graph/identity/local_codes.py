"""The codes of bodies as one source means them: by the day of its meeting, and first of all by its own legend."""

from __future__ import annotations

from dataclasses import replace

from graph.extract.codes import own_codes
from graph.model import Minutes
from graph.municipalities.load import MunicipalitySettings


def settings_for(minutes: Minutes, settings: MunicipalitySettings) -> MunicipalitySettings:
    """A municipality's settings as they hold for one source."""
    told = settings.on(minutes.meeting.meeting_date)
    legend = own_codes(minutes.source.text, ())
    return replace(told, bodies={**told.bodies, **legend}) if legend else told
