"""Every shape for minutes has a snippet that conforms and one that fails.

`conforming.ttl` holds one thing of every kind. The table says what is cut from it and what is put in for each shape to
find something; the shape alone is then run.
"""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import BNode, Graph, Literal, Node, URIRef
from rdflib.namespace import RDFS, SH, SKOS

from graph.validation import SHAPES, TARGETS, Checked, check, core_results, quote_results, rule_results
from graph.vocabulary import minutes_shapes, vocabulary

HASH = "a" * 64
TEXTS = {HASH: "Sagen drøftes.\n\nDirektionen drøftede sagen.\n"}
CONFORMING = Path(__file__).parent / "data" / "shapes" / "conforming.ttl"
HEADER = "\n".join(line for line in CONFORMING.read_text("utf-8").splitlines() if line.startswith(("PREFIX", "BASE")))

ITEMS = "id/agenda-items/9901/direktionen/2024-08-21"
NAMES = {
    "agreement": "<id/agreements/1>",
    "announced": f"<{ITEMS}/1#participation-announced>",
    "ballot": "<id/decisions/9901/1#vote-for-bodil>",
    "body": "<id/bodies/9901/direktionen>",
    "case": "<id/cases/9901/1>",
    "closed": "<id/attachments/9901/2>",
    "closed_item": f"<{ITEMS}/2>",
    "commitment": f"<{ITEMS}/1#commitment-1>",
    "concept": "https://w3id.org/sagsgraf/concept",
    "decision": "<id/decisions/9901/1>",
    "described": f"<{ITEMS}/1#recipient>",
    "event": "<id/events/1>",
    "field": f"<{ITEMS}/1#step-field-1>",
    "gap": f"<{ITEMS}/1.1#missing-route>",
    "goal": f"<{ITEMS}/1#framing-4>",
    "holding": "<id/people/9901/p1#holding-1>",
    "initiative": "<id/initiatives/1>",
    "item": f"<{ITEMS}/1>",
    "link": "<id/links/1>",
    "meeting": "<id/meetings/9901/direktionen/2024-08-21>",
    "mention": f"<{ITEMS}/1#mention-1>",
    "municipality": "<id/municipalities/9901>",
    "open": "<id/attachments/9901/1>",
    "person": "<id/people/9901/p1>",
    "post": "<id/posts/9901/kommunaldirektoer>",
    "present": "<id/meetings/9901/direktionen/2024-08-21#participation-p1>",
    "programme": f"<{ITEMS}/1#framing-programme>",
    "recommendation": f"<{ITEMS}/1#recommendation-1>",
    "recorded": f"<{ITEMS}/1#participation-recorded>",
    "redaction": "<id/redactions/1>",
    "reference": f"<{ITEMS}/1#reference-1>",
    "section": f"<{ITEMS}/1#section-1>",
    "source": f"<sources/{HASH}>",
    "span": f"<sources/{HASH}.txt#char=0,14>",
    "standing": "<id/recurring-texts/9901/1>",
    "statement": f"<{ITEMS}/1#statement-1>",
    "step": f"<{ITEMS}/1#step-prose-1>",
    "sub_item": f"<{ITEMS}/1.1>",
    "treatment": f"<{ITEMS}/1#treatment>",
    "vote": "<id/decisions/9901/1#vote>",
}

# shape: what is cut (thing and property) and what is put in
FAILING = {
    "AgendaItem-access": ("{item} dct:accessRights", ""),
    "AgendaItem-accessRights": ("", '{item} dct:accessRights "åben"'),
    "AgendaItem-caseNumber": ("{case} adms:identifier", ""),
    "AgendaItem-closed": ("", "{commitment} sag:statedIn {closed_item}"),
    "AgendaItem-decision": ("{decision} sag:statedIn", ""),
    "AgendaItem-itemNumber": ("{item} sag:itemNumber", ""),
    "AgendaItem-itemOrder": ("{item} sag:itemOrder", ""),
    "AgendaItem-onAgendaOf": ("{item} sag:onAgendaOf", ""),
    "AgendaItem-parentItem": ("", "{sub_item} sag:parentItem {meeting}"),
    "AgendaItem-recommendation": ("{recommendation} sag:statedIn", ""),
    "AgendaItem-route": ("{field} sag:targetBody", ""),
    "AgendaItem-title": ("{item} dct:title", ""),
    "Attachment-access": ("{open} dct:accessRights", ""),
    "Attachment-accessRights": ("", '{open} dct:accessRights "åben"'),
    "Attachment-attachmentNumber": ("{open} sag:attachmentNumber", ""),
    "Attachment-identifier": ("", "{closed} adms:identifier <id/attachments/9901/2#id-system>"),
    "Attachment-item": ("{item} sag:hasAttachment", ""),
    "Attachment-reason": ("{closed} sag:confidentialityReason", ""),
    "Attachment-title": ("{open} dct:title", ""),
    "Ballot-castBy": ("{ballot} sag:castBy", ""),
    "Ballot-choice": ("{ballot} sag:choice", "{ballot} sag:choice <{concept}/outcome/approved>"),
    "Body-bodyKind": ("{body} sag:bodyKind", ""),
    "Body-prefLabel": ("{body} skos:prefLabel", ""),
    "Body-unitOf": ("{body} org:unitOf", ""),
    "Case-hasRoutingStep": ("", "{case} sag:hasRoutingStep {item}"),
    "Case-item": ("{item} sag:concernsCase", ""),
    "Case-kleFacet": ("", '{case} sag:kleFacet <id/kle/g1> . <id/kle/g1> skos:notation "g1"'),
    "Case-kleNumber": ("", '{case} sag:kleNumber <id/kle/8> . <id/kle/8> skos:notation "8"'),
    "Case-title": ("{case} dct:title", ""),
    "Claim-confidence": ("{step} nif:confidence", "{step} nif:confidence 1.5"),
    "Claim-evidence": ("{decision} sag:evidence", ""),
    "Claim-extractionMethod": ("{present} sag:extractionMethod", ""),
    "Claim-source": ("{open} dct:source", ""),
    "Commitment-commitmentStatus": ("{commitment} sag:commitmentStatus", ""),
    "Commitment-description": ("{commitment} dct:description", ""),
    "Commitment-due": ("{commitment} sag:dueAsStated", ""),
    "Commitment-owner": ("{commitment} sag:owner", ""),
    "Commitment-statedIn": ("{commitment} sag:statedIn", ""),
    "Decision-date": ("{decision} sag:decisionDate", '{decision} sag:decisionDate "2024-08-22"^^xsd:date'),
    "Decision-decidedBy": ("", "{decision} sag:decidedBy <id/bodies/9901/oekonomiudvalget>"),
    "Decision-decisionDate": ("{decision} sag:decisionDate", ""),
    "Decision-description": ("{decision} dct:description", ""),
    "Decision-hasVote": ("", "{decision} sag:hasVote {item}"),
    "Decision-other": ("{decision} sag:outcome", "{decision} sag:outcome <{concept}/outcome/other>"),
    "Decision-outcome": ("", "{decision} sag:outcome <{concept}/outcome/unknown>"),
    "Decision-responseTo": ("", "{decision} sag:responseTo {item}"),
    "Decision-statedIn": ("{decision} sag:statedIn", ""),
    "Decision-turn": ("", "{decision} sag:turn <{concept}/turn/unknown>"),
    "DescribedAgent-label": ("{described} rdfs:label", ""),
    "Evidence-anchorOf": ("{span} nif:anchorOf", ""),
    "Evidence-beginIndex": ("{span} nif:beginIndex", "{span} nif:beginIndex 14"),
    "Evidence-endIndex": ("{span} nif:endIndex", ""),
    "Evidence-length": ("{span} nif:anchorOf", '{span} nif:anchorOf "Sagen"'),
    "Evidence-quote": ("{span} nif:anchorOf", '{span} nif:anchorOf "Sagen udsættes"'),
    "Evidence-referenceContext": ("{span} nif:referenceContext", ""),
    "FrameworkAgreement-identifier": ("{agreement} adms:identifier", ""),
    "GoalFraming-framingGoal": ("{goal} sag:framingGoal", "{goal} sag:framingGoal <http://metadata.un.org/sdg>"),
    "Initiative-matchBasis": ("{initiative} sag:matchBasis", ""),
    "ItemTreatment-duringMeeting": ("{treatment} sag:duringMeeting", ""),
    "ItemTreatment-treatmentStatus": ("{treatment} sag:treatmentStatus", ""),
    "ItemTreatment-treats": ("{treatment} sag:treats", ""),
    "Link-confidence": ("{link} nif:confidence", ""),
    "Link-linkRule": ("{link} sag:linkRule", ""),
    "Link-linkSource": ("{link} sag:linkSource", ""),
    "Link-linkTarget": ("{link} sag:linkTarget", ""),
    "Link-reason": ("{link} sag:reason", ""),
    "Link-reviewStatus": ("{link} sag:reviewStatus", ""),
    "Meeting-attendance": ("{present} sag:duringMeeting", ""),
    "Meeting-heldBy": ("{meeting} sag:heldBy", ""),
    "Meeting-meetingDate": ("", '{meeting} sag:meetingDate "2024-08-22"^^xsd:date'),
    "Meeting-place": ("{meeting} dct:spatial", ""),
    "Meeting-startedAtTime": ("{meeting} prov:startedAtTime", ""),
    "Mention-mentionKind": ("{mention} sag:mentionKind", ""),
    "Mention-statedIn": ("{mention} sag:statedIn", ""),
    "MinuteStatement-description": ("{statement} dct:description", ""),
    "MissingValue-absenceReason": ("{gap} sag:absenceReason", ""),
    "MissingValue-absent": ("", '{sub_item} sag:routeAsStated "DIR"'),
    "MissingValue-missingProperty": ("{gap} sag:missingProperty", ""),
    "MissingValue-thing": ("{sub_item} sag:missing", ""),
    "Municipality-identifier": ("{municipality} adms:identifier", ""),
    "Municipality-prefLabel": ("{municipality} skos:prefLabel", ""),
    "Participation-actingAs": ("", "{announced} sag:actingAs {post}"),
    "Participation-agent": ("{announced} prov:agent", '{announced} prov:agent "Torben Aagaard"'),
    "Participation-name": ("", "{present} prov:agent {post}"),
    "Participation-participationStatus": ("{recorded} sag:participationStatus", ""),
    "Participation-place": ("{recorded} sag:inTreatment", ""),
    "Participation-recorded": ("{recorded} prov:agent", ""),
    "Person-prefLabel": ("{person} skos:prefLabel", ""),
    "PolicyReference-number": ("{reference} dct:title", '{reference} dct:title "SKI-aftalen"@da'),
    "PolicyReference-referenceKind": ("{reference} sag:referenceKind", ""),
    "PolicyReference-sectionKind": ("", "{reference} sag:sectionKind <{concept}/section-kind/unknown>"),
    "PolicyReference-title": ("{reference} dct:title", ""),
    "Post-listed": (
        "{post} skos:prefLabel",
        '{post} skos:prefLabel "nabo til havnen"@da . {present} prov:hadRole {post}',
    ),
    "Post-prefLabel": ("{post} skos:prefLabel", ""),
    "Post-private": ("", '{post} skos:prefLabel "fællestillidsrepræsentant"@da'),
    "PostHolding-holdingStatus": ("", "{holding} sag:holdingStatus <{concept}/outcome/approved>"),
    "PostHolding-knownOn": ("{holding} sag:knownOn", ""),
    "PostHolding-member": ("{holding} org:member", ""),
    "PostHolding-post": ("{holding} sag:post", ""),
    "Procurement-procures": ("{initiative} sag:procures", ""),
    "ProgrammeFraming-framingGoal": ("", "{programme} sag:framingGoal <http://metadata.un.org/sdg/4>"),
    "ProgrammeFraming-framingProgramme": ("{programme} sag:framingProgramme", ""),
    "Recommendation-recommendedBy": ("{recommendation} sag:recommendedBy", ""),
    "Recommendation-recommends": ("{recommendation} sag:recommends", ""),
    "Recommendation-statedIn": ("{recommendation} sag:statedIn", ""),
    "RecurringText-evidence": ("{standing} sag:evidence", "{standing} sag:evidence {span}"),
    "RecurringText-textHash": ("{standing} sag:textHash", ""),
    "Redaction-redactionReason": ("{redaction} sag:redactionReason", ""),
    "Redaction-redacts": ("{redaction} sag:redacts", ""),
    "ReferencedEvent-label": ("{event} rdfs:label", ""),
    "RoutingStep-before": ("{step} sag:plannedDate", '{step} sag:plannedDate "2024-08-20"^^xsd:date'),
    "RoutingStep-date": ("{step} sag:plannedDate", ""),
    "RoutingStep-datePrecision": ("", "{step} sag:datePrecision <{concept}/date-precision/unknown>"),
    "RoutingStep-plannedDate": ("", '{step} sag:plannedDate "2024-09-18"^^xsd:date'),
    "RoutingStep-realised": ("{step} sag:realisedBy", ""),
    "RoutingStep-statedIn": ("{step} sag:statedIn", ""),
    "RoutingStep-stepOrder": ("{step} sag:stepOrder", "{step} sag:stepOrder 0"),
    "RoutingStep-stepRole": ("", "{step} sag:stepRole <{concept}/step-role/unknown>"),
    "RoutingStep-stepSource": ("{step} sag:stepSource", ""),
    "RoutingStep-stepStatus": ("", "{step} sag:stepStatus <{concept}/step-status/moved>"),
    "RoutingStep-stored": ("{step} sag:stepStatus", "{step} sag:stepStatus <{concept}/step-status/overdue>"),
    "RoutingStep-targetBody": ("{step} sag:targetBody", ""),
    "RoutingStep-year": ("", '{step} sag:inferredBy "year-nearest-meeting"'),
    "SdgFraming-framingLevel": ("{goal} sag:framingLevel", ""),
    "SdgFraming-frames": ("{goal} sag:frames", ""),
    "SdgFraming-textHash": ("{goal} sag:textHash", ""),
    "Section-sectionKind": ("{section} sag:sectionKind", ""),
    "Source-documentKind": ("{source} sag:documentKind", ""),
    "Source-fileHash": ("{source} sag:fileHash", '{source} sag:fileHash "xyz"'),
    "Source-textHash": ("{source} sag:textHash", ""),
    "Source-title": ("{source} dct:title", ""),
    "Vote-names": ("{vote} sag:votesFor", "{vote} sag:votesFor 0"),
    "Vote-votesAbstained": ("", "{vote} sag:votesAbstained -1"),
    "Vote-votesAgainst": ("", "{vote} sag:votesAgainst 2"),
    "Vote-votesFor": ("", '{vote} sag:votesFor "mange"'),
}


def turtle(snippet: str) -> Graph:
    """A snippet with its short names written out."""
    return Graph().parse(data=f"{HEADER}\n{snippet.format(**NAMES)} .", format="turtle")


@pytest.fixture(scope="module")
def conforming() -> Graph:
    """The snippet with what shapes ask of the vocabulary; the rest of it would only take time."""
    triples = Graph().parse(CONFORMING, format="turtle")
    for predicate in (SKOS.inScheme, RDFS.subClassOf):
        triples += vocabulary().triples((None, predicate, None))
    return triples


def broken(conforming: Graph, cut: str, put: str) -> Graph:
    """The conforming snippet without what is cut and with what is put in."""
    changed = Graph()
    changed += conforming
    if cut:
        for thing, predicate, _ in turtle(f"{cut} 0"):
            assert (thing, predicate, None) in changed
            changed.remove((thing, predicate, None))
    if put:
        changed += turtle(put)
    return changed


def alone(shapes: Graph, name: str) -> Graph:
    """One shape with the node shape it is a part of, and all it refers to."""
    shape = URIRef(SHAPES + name)
    owner = shapes.value(None, SH.property, shape) or shape
    part, waiting, seen = Graph(), [owner], set[Node]()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        for triple in shapes.triples((node, None, None)):
            if triple[1] == SH.property and node == owner and triple[2] != shape:
                continue
            part.add(triple)
            if isinstance(triple[2], BNode) or (triple[2], None, None) in shapes:
                waiting.extend({triple[2]} - seen)
    return part


def at_fault(data: Graph, name: str) -> set[str]:
    """The shapes that find something when one of them is run alone."""
    checked = Checked(data, alone(minutes_shapes(), name), TEXTS)
    results = [*core_results(checked), *rule_results(checked)]
    if name == "Evidence-quote":
        results.extend(quote_results(checked))
    return {str(shape).removeprefix(SHAPES) for _, shape in results}


def test_the_conforming_snippet_has_one_of_everything_and_no_finding() -> None:
    report = check(Graph().parse(CONFORMING), texts=TEXTS)
    assert report.findings == ()
    assert report.unmatched == ()


@pytest.mark.parametrize("name", FAILING)
def test_the_shape_finds_what_it_is_for(conforming: Graph, name: str) -> None:
    assert at_fault(broken(conforming, *FAILING[name]), name) == {name}


@pytest.mark.parametrize("part", ["access", "caseNumber", "decision", "recommendation", "title"])
def test_the_shell_of_an_erased_item_lacks_nothing(conforming: Graph, part: str) -> None:
    name = f"AgendaItem-{part}"
    thing = "{sub_item}" if part == "decision" else "{item}"  # the verdict is asked of the parts of an item
    erased = "sag:missing [ sag:absenceReason <https://w3id.org/sagsgraf/concept/absence-reason/erased> ]"
    assert at_fault(broken(conforming, FAILING[name][0], f"{thing} {erased}"), name) == set()


def test_every_shape_has_a_failing_snippet() -> None:
    shapes = minutes_shapes()
    node_shapes = {shape for target in TARGETS for shape in shapes.subjects(target)}
    parts = {part for shape in node_shapes for part in shapes.objects(shape, SH.property)}
    rules = {shape for shape in node_shapes if (shape, SH.property, None) not in shapes}
    assert {str(shape).removeprefix(SHAPES) for shape in parts | rules} == set(FAILING)


def test_our_way_of_running_rules_finds_what_pyshacl_finds(conforming: Graph) -> None:
    """Both run all rules over all failing snippets of theirs; the count of names has no meaning bound to one vote."""
    rules = {str(shape).removeprefix(SHAPES) for shape in minutes_shapes().subjects(SH.sparql)}
    for name in sorted(rules - {"Vote-names"}):
        data, shapes = broken(conforming, *FAILING[name]), alone(minutes_shapes(), name)
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, advanced=True)
        theirs = set(results.objects(None, SH.focusNode))
        assert theirs, name
        assert {focus for focus, _ in rule_results(Checked(data, shapes, {}))} == theirs, name


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Godkendelse af dagsorden", False),
        ("Meddelelser", False),
        ("Orientering", False),
        ("Eventuelt", False),
        ("Orientering om budgetopfølgning", True),
        ("Godkendelse af lokalplan 120", True),
    ],
)
def test_standing_items_need_no_case_number(conforming: Graph, title: str, asked: bool) -> None:  # noqa: FBT001
    name = "AgendaItem-caseNumber"
    data = broken(broken(conforming, *FAILING[name]), "{item} dct:title", f'{{item}} dct:title "{title}"@da')
    assert at_fault(data, name) == ({name} if asked else set())


@pytest.mark.parametrize(("name", "concept"), [("Case-kleNumber", "82.02.00"), ("Case-kleFacet", "G01")])
def test_the_titles_of_kle_are_not_republished(conforming: Graph, name: str, concept: str) -> None:
    put = f'<id/kle/{concept}> skos:prefLabel "En titel fra KLE"@da'
    assert at_fault(broken(conforming, "", put), name) == {name}


def test_a_wrong_concept_is_found_even_when_it_is_of_another_scheme(conforming: Graph) -> None:
    put = "{decision} sag:outcome <{concept}/choice/for>"
    assert at_fault(broken(conforming, "{decision} sag:outcome", put), "Decision-outcome") == {"Decision-outcome"}


def words(shapes: Graph, node: Node, predicate: URIRef) -> dict[str | None, str]:
    return {o.language: str(o) for o in shapes.objects(node, predicate) if isinstance(o, Literal)}


def test_messages_begin_with_the_thing_and_end_with_what_to_do() -> None:
    shapes = minutes_shapes()
    for shape in shapes.subjects(SH.message):
        things = words(shapes, shapes.value(None, SH.property, shape) or shape, SH.name)
        for language, message in words(shapes, shape, SH.message).items():
            assert message.startswith(things[language][0].upper() + things[language][1:] + " "), message
            assert message.count(". ") == 1, message
