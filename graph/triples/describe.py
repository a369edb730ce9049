"""Minutes → the triples of one named graph: the only bridge from model to RDF.

The shapes of the nodes are in `shapes/minutes.ttl`, their meaning in `ontology/sagsgraf.ttl`. Things have IRIs of their
own, what is "within" a thing is a fragment of it. Persons who are only mentioned and take no part are left out: they
stand in the reader's record alone.
"""

from __future__ import annotations

from graph.danish.calendar import short_date
from graph.erasure.items import title_is_masked
from graph.identity.keys import Names, Treated, held, treated_items
from graph.identity.person_mentions import several
from graph.identity.words import case_sort_key
from graph.model import Meeting, Minutes
from graph.terms import ACCESS_RIGHTS
from graph.triples.description import Description, Place
from graph.triples.facts import describe_facts
from graph.triples.literals import Triple, day, integer, moment, plain, text
from graph.triples.people import describe_participation


def describe(minutes: Minutes, names: Names) -> list[Triple]:
    """All triples that one source states, in a steady order; the same source gives the same triples every time.

    Raises ValueError where the source states no body or no date: nothing can be named then.
    """
    if minutes.meeting.held_by is None or minutes.meeting.meeting_date is None:
        raise ValueError("a meeting without body or date cannot be named")
    d = Description(minutes, names, minutes.meeting.held_by, minutes.meeting.meeting_date)
    describe_source(d)
    describe_meeting(d, minutes.meeting)
    rows = treated_items(minutes.agenda_items)
    for row in rows:
        describe_item(d, row)
    return list(d.triples)


def describe_source(d: Description) -> None:
    """The source itself and the municipality."""
    document = d.minutes.source
    d.begin(d.source, "sag:SourceDocument", label=document.title)
    d.say(d.source, "dct:title", text(document.title))
    d.say(d.source, "sag:textHash", plain(document.text_hash))
    d.say(d.source, "sag:fileHash", plain(document.file_hash))
    d.say(d.source, "dcat:mediaType", plain(document.media_type))
    for begin in document.page_start:
        d.say(d.source, "sag:pageStart", integer(begin))
    d.mark(d.source, "sag:documentKind", f"document-kind/{'referat' if held(d.minutes) else 'dagsorden'}")
    place = d.begin(d.names.municipality, "org:FormalOrganization", "m8g:PublicOrganisation")
    d.say(place, "rdfs:label", text(d.names.settings.name))
    d.say(place, "skos:prefLabel", text(d.names.settings.name))
    d.identify(place, "municipality-code", d.names.settings.code)


def describe_meeting(d: Description, meeting: Meeting) -> None:
    """The meeting, who held it, when, and who was there."""
    iri = d.begin(d.meeting, "sag:Meeting", label=f"{d.names.body_name(d.body)}, {short_date(d.day)}")
    d.link(iri, "sag:heldBy", d.a_body(d.body))
    d.say(iri, "sag:meetingDate", day(d.day))
    if meeting.start_time:
        d.say(iri, "prov:startedAtTime", moment(d.day, meeting.start_time))
    if meeting.end_time:
        d.say(iri, "prov:endedAtTime", moment(d.day, meeting.end_time))
    if meeting.place:
        d.link(iri, "dct:spatial", d.begin(f"{iri}#place", "dct:Location", label=meeting.place))
    d.claim(iri, meeting)
    for participation in meeting.participations:
        describe_participation(Place(d, iri, crowded=several(meeting.participations)), participation)


def describe_item(d: Description, row: Treated) -> None:
    """An item with its case, its treatment and all that is said of it."""
    agenda_item, key = row.agenda_item, row.key
    iri = d.names.agenda_item(d.body, d.day, key)
    erased = title_is_masked(agenda_item)
    title = agenda_item.title or ("Slettet punkt" if erased else "Punkt uden titel")
    d.begin(iri, "sag:AgendaItem", label=title)
    d.link(iri, "sag:onAgendaOf", d.meeting)
    d.say(iri, "sag:itemOrder", integer(agenda_item.item_order))
    if row.parent:
        d.link(iri, "sag:parentItem", d.names.agenda_item(d.body, d.day, row.parent))
    if agenda_item.item_number:
        d.say(iri, "sag:itemNumber", plain(agenda_item.item_number))
    if agenda_item.title:
        d.say(iri, "dct:title", text(agenda_item.title))
    else:
        d.missing(iri, "dct:title", "erased" if erased else "not-stated")
    if agenda_item.access_rights:
        d.link(iri, "dct:accessRights", ACCESS_RIGHTS[agenda_item.access_rights])
    if agenda_item.route_as_stated:
        d.say(iri, "sag:routeAsStated", text(agenda_item.route_as_stated))
    d.claim(iri, agenda_item)
    treatment = d.begin(f"{iri}#treatment", "sag:ItemTreatment")
    d.link(treatment, "sag:treats", iri)
    d.link(treatment, "sag:duringMeeting", d.meeting)
    d.mark(treatment, "sag:treatmentStatus", f"treatment-status/{'held' if held(d.minutes) else 'planned'}")
    describe_case(d, row, iri)
    describe_facts(Place(d, iri, row.key, row.parent, crowded=several(agenda_item.participations)), agenda_item)


def describe_case(d: Description, row: Treated, iri: str) -> None:
    """The case that the item mints; an umbrella item concerns none of its own."""
    if row.umbrella:
        return
    case = d.names.case(d.body, d.day, row.key)
    nameless = "Slettet sag" if title_is_masked(row.agenda_item) else "Sag uden titel"
    title = headline(row.agenda_item.title or nameless)
    d.begin(case, "sag:Case", label=title)
    d.say(case, "dct:title", text(title))
    d.say(case, "sag:sortKey", plain(case_sort_key(title)))
    d.link(iri, "sag:concernsCase", case)
    if row.agenda_item.case_number:
        d.identify(case, "case-number", row.agenda_item.case_number)


def headline(title: str) -> str:
    """An item's title as a case is called: with a capital, where the agenda had a verb before it.

    >>> headline("status på udbud af ERP system")
    'Status på udbud af ERP system'
    """
    return title[:1].upper() + title[1:]
