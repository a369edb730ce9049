"""What the fields of the lists are called in Danish and English, and which list holds the things that they name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A field's name in both languages; `to` is the path of the list that holds all its things, where one does."""

    da: str
    en: str
    to: str = ""


FIELDS = {
    "accessRights": Words("Adgang", "Access"),
    "agendaItems": Words("Dagsordenspunkter", "Agenda items", "agenda-items"),
    "alternative": Words("Andre titler", "Other titles"),
    "attachmentNumber": Words("Bilagets nummer", "Attachment number"),
    "bodyKind": Words("Organets slags", "Kind of body"),
    "caseFile": Words("Sagsnummer på bilaget", "Case number on the attachment"),
    "caseNumber": Words("Sagsnummer", "Case number"),
    "commitmentStatus": Words("Aftalens tilstand", "State of the commitment"),
    "concernsCase": Words("Sag", "Case", "cases"),
    "decidedBy": Words("Besluttet af", "Decided by", "bodies"),
    "decisionDate": Words("Besluttet den", "Decided on"),
    "description": Words("Ordlyd", "Wording"),
    "documentKind": Words("Kildens slags", "Kind of source"),
    "dueAsStated": Words("Frist, som skrevet", "Due, as stated"),
    "dueDate": Words("Frist", "Due"),
    "followsRecommendation": Words("Følger indstillingen", "Follows the recommendation"),
    "turn": Words("Vending", "Turn"),
    "frames": Words("Punktet, der rammes ind", "The item that is framed", "agenda-items"),
    "framingGoal": Words("Verdensmål", "Goal"),
    "framingLevel": Words("Indramningens grad", "Level of framing"),
    "framingProgramme": Words("Program", "Programme"),
    "hasAttachment": Words("Bilag", "Attachments", "attachments"),
    "heldBy": Words("Organ", "Body", "bodies"),
    "id": Words("IRI", "IRI"),
    "identifier": Words("Bilagets nummer i sagssystemet", "The attachment's number in the case system"),
    "itemNumber": Words("Punktets nummer", "Item number"),
    "itemOrder": Words("Punktets plads på dagsordenen", "Place on the agenda"),
    "label": Words("Navn", "Name"),
    "mediaType": Words("Medietype", "Media type"),
    "meetingDate": Words("Mødedato", "Meeting date"),
    "name": Words("Navn", "Name"),
    "onAgendaOf": Words("Møde", "Meeting", "meetings"),
    "outcome": Words("Udfald", "Outcome"),
    "owner": Words("Ansvarlig", "Owner"),
    "parentItem": Words("Overpunkt", "Parent item", "agenda-items"),
    "posts": Words("Stillinger", "Posts"),
    "prefLabel": Words("Navn", "Name"),
    "recipient": Words("For hvem", "For whom"),
    "repeats": Words("Gentager teksten", "Repeats the text"),
    "responsibleUnit": Words("Ansvarlig afdeling", "Responsible department", "departments"),
    "statedIn": Words("Punktet, det står i", "The item it stands in", "agenda-items"),
    "textHash": Words("Tekstens SHA-256", "SHA-256 of the text"),
    "title": Words("Titel", "Title"),
    "unitOf": Words("Hører under", "Part of"),
}
