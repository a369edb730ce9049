"""What linking does to the graph: a source's own graph keeps its keys, the default graph goes by those that hold."""

from __future__ import annotations

from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS

from graph.corpus import quads
from graph.identity.ledger import Correction, Decided, Ledger, short
from graph.model import Minutes
from graph.terms import SAG, iri
from graph.validation import check
from tests.maker.answers import BASE, Resolved
from tests.maker.hand import NAMES, Told, day, item, meeting, resolved, who
from tests.maker.world import make_municipality

OEK, KB = "Økonomiudvalget", "Kommunalbestyrelsen"
PERSON = iri("person:Person")


def parsed(told: Told | Resolved, ledger: Ledger | None = None) -> Dataset:
    """All graphs of a corpus."""
    dataset = Dataset()
    dataset.parse(data="".join(quads(told.corpus, [], BASE, ledger=ledger)), format="nquads")
    return dataset


def whole(dataset: Dataset) -> Graph:
    """The default graph."""
    merged: Graph = dataset.default_graph
    return merged


def own(dataset: Dataset, minutes: Minutes) -> Graph:
    """The graph of one source."""
    return dataset.graph(URIRef(f"{BASE}/graphs/{minutes.source.text_hash}"))


def test_a_shorter_name_goes_by_the_fuller_ones_key() -> None:
    told = resolved(
        meeting(KB, "2023-01-10", item("Valg"), roll=(who("Trine Kjær Poulsen", party="A"),)),
        meeting(KB, "2023-02-10", item("Valg"), roll=(who("Trine Poulsen", party="A"),)),
    )
    full, shorter = URIRef(NAMES.person("Trine Kjær Poulsen")), URIRef(NAMES.person("Trine Poulsen"))
    dataset = parsed(told)
    merged = whole(dataset)
    assert set(merged.subjects(RDF.type, PERSON)) == {full}
    assert {str(label) for label in merged.objects(full, RDFS.label)} == {"Trine Kjær Poulsen"}
    assert {str(name) for name in merged.objects(full, SKOS.altLabel)} == {"Trine Poulsen"}
    assert {str(name) for name in merged.objects(full, FOAF.name)} == {"Trine Kjær Poulsen", "Trine Poulsen"}
    assert len(set(merged.subjects(PROV.agent, full))) == 2
    assert (shorter, DCTERMS.isReplacedBy, full) in merged
    assert (shorter, RDF.type, PERSON) in own(dataset, told.corpus[1][0]), "its own source says what its text says"


def test_a_post_alone_gets_its_holder_in_the_default_graph_alone() -> None:
    chief = who("Bettina Andersen", post="økonomichef", status="recorded")
    told = resolved(
        meeting(OEK, "2023-01-10", item("Budget", people=[chief])),
        meeting(OEK, "2023-02-10", item("Regnskab", people=[who("", post="økonomichef", status="recorded")])),
        meeting(OEK, "2023-03-10", item("Lån", people=[chief])),
    )
    dataset = parsed(told)
    merged, source = whole(dataset), own(dataset, told.corpus[1][0])
    person, post = URIRef(NAMES.person("Bettina Andersen")), URIRef(NAMES.post("økonomichef"))
    (part,) = source.subjects(PROV.agent, post)
    assert set(merged.objects(part, PROV.agent)) == {person}
    assert set(merged.objects(part, PROV.hadRole)) == {post}
    assert {str(rule) for rule in merged.objects(part, SAG.inferredBy)} == {"post.holder"}
    assert len(set(merged.objects(part, SAG.reason))) == 2
    assert (part, SAG.inferredBy, None) not in source


def test_namesakes_are_two_persons_of_one_name() -> None:
    rolls = [(who("Hans Nielsen", party=party),) for party in ("A", "V", "A", "V")]
    told = resolved(*(meeting(KB, f"2023-0{n}-10", item("Valg"), roll=roll) for n, roll in enumerate(rolls, 1)))
    merged = whole(parsed(told))
    people = set(merged.subjects(RDF.type, PERSON))
    assert len(people) == 2
    assert URIRef(NAMES.person("Hans Nielsen")) not in people
    for person in people:
        assert {str(name) for name in merged.objects(person, RDFS.label)} == {"Hans Nielsen"}
        parts = list(merged.subjects(PROV.agent, person))
        assert len(parts) == 2
        assert len({str(party) for part in parts for party in merged.objects(part, SAG.party)}) == 1


def test_a_body_that_took_over_says_whom_it_replaces() -> None:
    roll = tuple(who(f"{name} Holm") for name in ("Anne", "Bo", "Carl"))
    told = resolved(
        meeting("Miljøudvalget", "2021-12-08", item("Affald"), roll=roll),
        meeting("Klima- og Miljøudvalget", "2022-01-12", item("Spildevand"), roll=roll),
    )
    merged = whole(parsed(told))
    old, new = URIRef(NAMES.body("Miljøudvalget")), URIRef(NAMES.body("Klima- og Miljøudvalget"))
    assert set(merged.subject_objects(DCTERMS.replaces)) == {(new, old)}
    assert {old, new} <= set(merged.subjects(RDF.type, SAG.Body)), "both stay bodies of their own"


def test_no_two_things_are_the_same_without_a_person_saying_so() -> None:
    dataset = parsed(Resolved.of(make_municipality(5, 60)))
    assert not list(dataset.quads((None, iri("owl:sameAs"), None, None)))


def test_the_shapes_find_no_fault_in_links_decisions_and_corrections() -> None:
    made = Resolved.of(make_municipality(5, 80))
    refused = next(k for k in made.across.cases if k.accepted)
    proposed = next(k for k in made.across.links if not k.accepted)
    decided = tuple(
        Decided(short(k.source), short(k.target), "Arkivet", day("2024-01-01"), "set i sagen", accepted=accepted)
        for k, accepted in ((refused, False), (proposed, True))
    )
    minutes = made.corpus[0][0]
    one = minutes.agenda_items[0]
    mend = Correction(
        source=minutes.source.title,
        fact="AgendaItem",
        field="title",
        quote=one.sentences[0].anchor_of,
        read=one.title or "",
        correct="En rettet titel",
        by="Sekretariatet",
        on=day("2024-01-01"),
        reason="stavefejl",
    )
    merged = whole(parsed(made, Ledger(decided, (mend,))))
    texts = {m.source.text_hash: m.source.text for m, _ in made.corpus}
    report = check(merged, texts=texts)
    faults = [finding for finding in report.findings if finding.severity == "violation"]
    assert not faults, faults[:3]
    assert any("En rettet titel" in str(label) for label in merged.objects(None, RDFS.label))
