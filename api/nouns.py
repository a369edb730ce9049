"""The nouns that have lists of their own: what belongs to each, how it is sorted, and by what it can be narrowed.

Patterns are our own constants; an asker's values reach them as terms put for ?givenBody, ?givenCase and their like.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.listed import LISTED


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a list's rows: its JSON key, its kind (thing, things, text, date, number) and where its value is.

    `pattern` binds ?value of ?thing; each triple after the first stands in an OPTIONAL of its own in the query, so
    that the engine looks it up row by row. `term` is the property in the JSON-LD context, with ^ where it is turned.
    """

    name: str
    kind: str
    term: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Noun:
    """One noun: its class as JSON has it, the pattern of its things, its sort key, its fields and its filters.

    `meeting` leads from ?thing to ?meeting, `item` from ?thing to ?item; the filters that go by either follow.
    """

    path: str
    type: str
    da: str
    en: str
    things: str
    key: str
    fields: tuple[Field, ...]
    item: str = ""
    meeting: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    source: str = ""

    def narrowing(self) -> dict[str, tuple[str, str]]:
        """For each filter the pattern that leads from ?thing to what it is about, and the pattern that narrows.

        Where filters share a lead it stands once, so that they are about the same meeting or the same item.
        """
        found = {name: ("", pattern) for name, pattern in self.filters.items()}
        if self.meeting:
            found.setdefault("body", (self.meeting, "?meeting sag:heldBy ?givenBody ."))
            found["from"] = (self.meeting, "?meeting sag:meetingDate ?day . FILTER(?day >= ?givenFrom)")
            found["until"] = (self.meeting, "?meeting sag:meetingDate ?last . FILTER(?last <= ?givenUntil)")
        if self.item:
            for name, pattern in _BY_ITEM.items():
                found.setdefault(name, (self.item, pattern))
        if self.source:
            found["modified_since"] = ("", self.source)
        return found


_BY_ITEM = {
    "case": "?item sag:concernsCase ?givenCase .",
    "person": "?treated sag:treats ?item . ?part sag:inTreatment ?treated ; prov:agent ?givenPerson .",
    "sdg": "?framing sag:frames ?item ; sag:framingGoal ?givenSdg .",
    "outcome": "?verdict sag:statedIn ?item ; sag:outcome ?givenOutcome .",
    "access": "?item dct:accessRights ?givenAccess .",
    "department": "?item sag:concernsCase ?its . ?its sag:responsibleUnit ?givenDepartment .",
}
_IS_ITEM = "BIND(?thing AS ?item)"
_MEETING_OF_ITEM = "?thing sag:onAgendaOf ?meeting ."
_STATED = "?thing sag:statedIn ?item ."
_MEETING_OF_STATED = "?thing sag:statedIn ?stated . ?stated sag:onAgendaOf ?meeting ."
_DERIVED = "?thing dct:source ?origin ."
_STATE = (
    "?thing sag:hasRoutingStep ?step . OPTIONAL { ?step sag:stepStatus ?told } OPTIONAL { ?step sag:plannedDate ?due } "
    "BIND(COALESCE(?told, IF(BOUND(?due) && ?due < ?asOf, status:overdue, status:pending)) AS ?state) "
    "FILTER(?state = ?givenState)"
)


def text(name: str, term: str, kind: str = "text") -> Field:
    """A field that is one property's own value."""
    return Field(name, kind, term, f"?thing {term} ?value")


def thing(name: str, term: str, kind: str = "thing") -> Field:
    """A field that is one property's thing."""
    return Field(name, kind, term, f"?thing {term} ?value")


def back(name: str, term: str, also: str = "") -> Field:
    """A field of the things that point here, and of which also something else holds."""
    return Field(name, "things", f"^{term}", f"?value {term} ?thing . {also}")


def identifier(name: str, kind: str) -> Field:
    """A field with an identifier of one kind, as printed."""
    pattern = f"?thing adms:identifier ?own . ?own dct:type identifier-kind:{kind} . ?own skos:notation ?value"
    return Field(name, "text", "", pattern)


CASES = Noun(
    "cases", "Case", "Sager", "Cases", *LISTED["cases"],
    (text("title", "dct:title"), text("alternative", "dct:alternative"), identifier("caseNumber", "case-number"),
     back("agendaItems", "sag:concernsCase", "?value a sag:AgendaItem"),
     thing("responsibleUnit", "sag:responsibleUnit", "things")),
    item="?item sag:concernsCase ?thing ; a sag:AgendaItem .",
    meeting="?agenda sag:concernsCase ?thing . ?agenda sag:onAgendaOf ?meeting .",
    filters={"department": "?thing sag:responsibleUnit ?givenDepartment .", "state": _STATE,
             "case": "FILTER(?thing = ?givenCase)"},
    source="?from sag:concernsCase ?thing ; dct:source ?origin .",
)  # fmt: skip
MEETINGS = Noun(
    "meetings", "Meeting", "Møder", "Meetings", *LISTED["meetings"],
    (thing("heldBy", "sag:heldBy"), text("meetingDate", "sag:meetingDate", "date"),
     back("agendaItems", "sag:onAgendaOf")),
    item="?item sag:onAgendaOf ?thing .", meeting="BIND(?thing AS ?meeting)", source=_DERIVED,
)  # fmt: skip
AGENDA_ITEMS = Noun(
    "agenda-items", "AgendaItem", "Dagsordenspunkter", "Agenda items", *LISTED["agenda-items"],
    (text("title", "dct:title"), thing("onAgendaOf", "sag:onAgendaOf"), text("itemNumber", "sag:itemNumber"),
     text("itemOrder", "sag:itemOrder", "number"), thing("parentItem", "sag:parentItem"),
     thing("concernsCase", "sag:concernsCase"), thing("accessRights", "dct:accessRights"),
     thing("hasAttachment", "sag:hasAttachment", "things")),
    item=_IS_ITEM, meeting=_MEETING_OF_ITEM, source=_DERIVED,
)  # fmt: skip
DECISIONS = Noun(
    "decisions", "Decision", "Beslutninger", "Decisions", *LISTED["decisions"],
    (text("description", "dct:description"), thing("decidedBy", "sag:decidedBy"),
     text("decisionDate", "sag:decisionDate", "date"), thing("outcome", "sag:outcome", "things"),
     thing("statedIn", "sag:statedIn"), thing("followsRecommendation", "sag:followsRecommendation"),
     thing("turn", "sag:turn", "things")),
    item=_STATED, meeting=_MEETING_OF_STATED,
    filters={"body": "?thing sag:decidedBy ?givenBody .", "outcome": "?thing sag:outcome ?givenOutcome ."},
    source=_DERIVED,
)  # fmt: skip
COMMITMENTS = Noun(
    "commitments", "Commitment", "Aftalt opfølgning", "Commitments", *LISTED["commitments"],
    (text("description", "dct:description"), thing("owner", "sag:owner"), thing("recipient", "sag:recipient"),
     text("dueAsStated", "sag:dueAsStated"), text("dueDate", "sag:dueDate", "date"),
     thing("commitmentStatus", "sag:commitmentStatus"), thing("statedIn", "sag:statedIn")),
    item=_STATED, meeting=_MEETING_OF_STATED, filters={"person": "?thing sag:owner ?givenPerson ."}, source=_DERIVED,
)  # fmt: skip
ATTACHMENTS = Noun(
    "attachments", "Attachment", "Bilag", "Attachments", *LISTED["attachments"],
    (text("title", "dct:title"), text("attachmentNumber", "sag:attachmentNumber"),
     thing("accessRights", "dct:accessRights"), identifier("identifier", "system"),
     identifier("caseFile", "case-file"), thing("concernsCase", "sag:concernsCase"),
     back("agendaItems", "sag:hasAttachment")),
    item="?item sag:hasAttachment ?thing .",
    meeting="?holding sag:hasAttachment ?thing . ?holding sag:onAgendaOf ?meeting .",
    filters={"access": "?thing dct:accessRights ?givenAccess .",
             "case": "{ ?thing sag:concernsCase ?givenCase } UNION "
                     "{ ?bearer sag:hasAttachment ?thing ; sag:concernsCase ?givenCase }"},
    source=_DERIVED,
)  # fmt: skip
PEOPLE = Noun(
    "people", "Person", "Personer", "People", *LISTED["people"],
    (text("name", "foaf:name"),
     Field("posts", "things", "", "?holding org:member ?thing . ?holding sag:post ?value")),
    item="?attending prov:agent ?thing ; sag:inTreatment ?treatment . ?treatment sag:treats ?item .",
    meeting="?attendance prov:agent ?thing ; sag:inTreatment ?within . ?within sag:duringMeeting ?meeting .",
    filters={"person": "FILTER(?thing = ?givenPerson)"},
)  # fmt: skip
BODIES = Noun(
    "bodies", "Body", "Organer", "Bodies", *LISTED["bodies"],
    (text("prefLabel", "skos:prefLabel"), thing("bodyKind", "sag:bodyKind"), thing("unitOf", "org:unitOf")),
    filters={"body": "FILTER(?thing = ?givenBody)",
             "case": "?sitting sag:heldBy ?thing . ?point sag:onAgendaOf ?sitting ; sag:concernsCase ?givenCase ."},
)  # fmt: skip
DEPARTMENTS = Noun(
    "departments", "OrganizationalUnit", "Forvaltninger og afdelinger", "Departments", *LISTED["departments"],
    (text("prefLabel", "skos:prefLabel"), thing("unitOf", "org:unitOf")),
    filters={"case": "?givenCase sag:responsibleUnit ?thing .",
             "department": "FILTER(?thing = ?givenDepartment)"},
)  # fmt: skip
SDGS = Noun(
    "sdgs", "SdgFraming", "Verdensmål: indramninger", "SDG framings", *LISTED["sdgs"],
    (thing("frames", "sag:frames"), thing("framingLevel", "sag:framingLevel"),
     thing("framingGoal", "sag:framingGoal"), thing("framingProgramme", "sag:framingProgramme"),
     thing("repeats", "sag:repeats")),
    item="?thing sag:frames ?item .", meeting=_MEETING_OF_STATED,
    filters={"sdg": "?thing sag:framingGoal ?givenSdg ."}, source=_DERIVED,
)  # fmt: skip
SOURCES = Noun(
    "sources", "SourceDocument", "Kilder", "Sources", *LISTED["sources"],
    (text("title", "dct:title"), thing("documentKind", "sag:documentKind"), text("textHash", "sag:textHash"),
     text("mediaType", "dcat:mediaType")),
    meeting="?meeting a sag:Meeting ; dct:source ?thing .", source="BIND(?thing AS ?origin)",
)  # fmt: skip

NOUNS = {
    noun.path: noun
    for noun in (CASES, MEETINGS, AGENDA_ITEMS, DECISIONS, COMMITMENTS, ATTACHMENTS, PEOPLE, BODIES, DEPARTMENTS,
                 SDGS, SOURCES)
}  # fmt: skip

# the parameters that narrow a list → kind of value, Danish, English, example
NARROWING = {
    "q": ("words", "Ord i teksten; flere skal alle være der", "Words in the text; all must be there", "bygge"),
    "body": ("body", "Organet", "The body", "Direktionen"),
    "from": ("date", "Fra og med denne dato", "From this date on", "2024-01-01"),
    "until": ("date", "Til og med denne dato", "Until this date", "2025-12-31"),
    "case": ("case", "Sagen: IRI, nøgle eller ord", "The case: IRI, key or words", "byggesagsarkivet"),
    "person": ("person", "Personen: IRI, nøgle eller navn", "The person: IRI, key or name", "Lene Mikkelsen"),
    "department": ("department", "Afdelingen", "The department", "Økonomi"),
    "sdg": ("sdg", "Verdensmål, 1-17", "Sustainable Development Goal, 1-17", "4"),
    "state": ("state", "Et planlagt stops tilstand", "The state of a planned stop", "overdue"),
    "outcome": ("outcome", "Udfald", "Outcome", "discussed"),
    "access": ("access", "Adgang: open eller closed", "Access: open or closed", "open"),
    "modified_since": (
        "moment", "Fra kilder, der er kommet til siden denne dag", "From sources added since this day", "2024-01-01"
    ),
}  # fmt: skip
