"""What the catalogue says in words, in Danish and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.dumps import Form


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    da: str
    en: str

    def of(self, name: str) -> Words:
        """The text with a name put in.

        >>> Words("Referater fra {}", "Minutes of {}").of("Elmested Kommune").da
        'Referater fra Elmested Kommune'
        """
        return Words(self.da.format(name), self.en.format(name))


ABOUT = {
    "catalogue": Words("Åbne referater: {}", "Open minutes: {}"),
    "catalogue-text": Words(
        "Referater og dagsordener fra {} som vidensgraf, hvor hver kendsgerning peger på den sætning, der siger den.",
        "Minutes and agendas of {} as a knowledge graph in which every fact points to the sentence that states it.",
    ),
    "series": Words("Referater efter år: {}", "Minutes by year: {}"),
    "series-text": Words(
        "Grafen delt efter mødernes år; hvert år er et datasæt for sig. Fra {}.",
        "The graph divided by the year of the meetings; each year is a dataset of its own. From {}.",
    ),
    "all": Words("Referater som vidensgraf: {}", "Minutes as a knowledge graph: {}"),
    "all-text": Words(
        "Alt, hvad grafen rummer: møder, dagsordenspunkter, sager, planlagte stop, beslutninger, aftalt opfølgning, "
        "deltagelse og bilag fra {}, hver med sætning, kilde, regel og sikkerhed.",
        "All that the graph holds: meetings, agenda items, cases, planned stops, decisions, commitments, "
        "participation and attachments of {}, each with sentence, source, rule and confidence.",
    ),
    "part-text": Words(
        "Møder, sager og beslutninger, som referaterne i dette udsnit fortæller om. Fra {}.",
        "Meetings, cases and decisions that the minutes in this part tell of. From {}.",
    ),
    "provenance": Words(
        "Udledt af de offentliggjorte referater efter faste regler; hver kendsgerning peger på sin sætning i kilden.",
        "Derived from the published minutes by fixed rules; every fact points to its sentence in the source.",
    ),
    "stream": Words("Ændringsstrøm (LDES)", "Stream of changes (LDES)"),
    "stream-text": Words(
        "Alt, hvad der er nyt, rettet eller trukket tilbage, som det skete; hele grafen kan bygges af den.",
        "All that is new, corrected or withdrawn, in the order it happened; the whole graph can be built from it.",
    ),
}
KEYWORDS = (
    Words("referater", "minutes"),
    Words("dagsordener", "agendas"),
    Words("kommune", "municipality"),
    Words("beslutninger", "decisions"),
    Words("vidensgraf", "knowledge graph"),
)
SERVICES = {
    "sparql": (
        Words("SPARQL-adresse", "SPARQL endpoint"),
        Words("Spørg i hele grafen med SPARQL 1.1; kun læsning.", "Ask the whole graph in SPARQL 1.1; read only."),
    ),
    "rest": (
        Words("REST-grænseflade", "REST interface"),
        Words(
            "Spørgsmål og ting som JSON, CSV og RDF; beskrevet i OpenAPI.",
            "Questions and things as JSON, CSV and RDF; described in OpenAPI.",
        ),
    ),
}
METRICS = {
    "stated": Words(
        "andel oplyst: kendsgerninger, delt med kendsgerninger og værdier, som kilden udtrykkeligt mangler",
        "share stated: facts, divided by facts and values that the source is known to lack",
    ),
    "coverage": Words(
        "dækning: andel af kildernes tegn, som en kendsgerning hviler på",
        "coverage: share of the sources' characters that a fact rests on",
    ),
    "confidence": Words(
        "aflæsningens præcision efter reglernes eget skøn: gennemsnitlig sikkerhed",
        "precision of reading by the rules' own estimate: mean confidence",
    ),
}
_FORMS = {
    "nquads": Words("N-Quads med belæg for hver kildes udsagn", "N-Quads with each source's statements apart"),
    "trig": Words("TriG med belæg for hver kildes udsagn", "TriG with each source's statements apart"),
    "turtle": Words("Turtle, alt samlet", "Turtle, all merged"),
    "ntriples": Words("N-Triples, alt samlet", "N-Triples, all merged"),
    "jsonld": Words("JSON-LD, alt samlet", "JSON-LD, all merged"),
    "csv": Words("CSV-tabeller med CSVW-beskrivelse", "CSV tables with a CSVW description"),
    "graphml": Words("GraphML til netværksprogrammer", "GraphML for network programs"),
}


def dataset_words(told: Mapping[str, Any], name: str) -> tuple[Words, Words]:
    """The title and the description of a dataset."""
    if told["key"] == "all":
        return ABOUT["all"].of(name), ABOUT["all-text"].of(name)
    place = ", ".join(place for _, place in told["municipalities"]) or name
    label = told["label"]
    return Words(f"Referater {label}: {place}", f"Minutes {label}: {place}"), ABOUT["part-text"].of(f"{label}, {place}")


def file_words(form: Form) -> tuple[Words, Words]:
    """The title and the description of a file."""
    words, packed = _FORMS[form.name], form.ending.rpartition(".")[2]
    text = Words(f"{words.da}; pakket som {packed}.", f"{words.en}; packed as {packed}.")
    return Words(words.da.partition(" ")[0].strip(",-"), words.en.partition(" ")[0].strip(",-")), text
