"""Gennemgangens celler (walkthrough.md); start tjenesten først med `make serve`. / The walkthrough's cells."""

# %% Et spørgsmål i pandas / a question in pandas
import pandas as pd

HERE = "http://127.0.0.1:8000"
sent = pd.read_csv(f"{HERE}/questions/sent-on.csv?body=Direktionen&to=%C3%98konomiudvalget&as_of=2025-06-01")
print(sent[["planned_date", "state", "outcome", "case"]].to_string(index=False))

# %% Sætningerne bag / the sentences behind
quotes = sent["quotes"].str.split(" ¶ ")
print(quotes[1][0])

# %% En tabels kolonner / the columns of a table
import json
from urllib.request import urlopen

with urlopen(f"{HERE}/decisions.csv-metadata.json") as answer:
    tables = json.load(answer)["tables"]
about = next(table["tableSchema"] for table in tables if table["url"].endswith("/decisions.csv"))
for column in about["columns"][3:5]:
    print(column["name"], "=", column["titles"]["da"])
for key in about["foreignKeys"]:
    print(key["columnReference"], "->", key["reference"]["resource"].rpartition("/")[2])

# %% To tabeller sammen / two tables together
decisions = pd.read_csv(f"{HERE}/decisions.csv", parse_dates=["decision_date"])
bodies = pd.read_csv(f"{HERE}/bodies.csv")
whole = decisions.merge(bodies, left_on="decided_by_id", right_on="id", suffixes=("", "_body"))
print(whole.groupby("label_body")["decision_date"].agg(["count", "max"]).rename_axis(None).to_string())

# %% CONSTRUCT i networkx / CONSTRUCT into networkx
from urllib.parse import urlencode

import networkx as nx
from rdflib import Graph, Namespace

QUERY = """
PREFIX sag: <https://w3id.org/sagsgraf/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT { ?from sag:targetBody ?to . ?from skos:prefLabel ?fromName . ?to skos:prefLabel ?toName }
WHERE {
  ?step a sag:RoutingStep ; sag:statedIn ?item ; sag:targetBody ?to .
  ?item sag:onAgendaOf ?meeting . ?meeting sag:heldBy ?from .
  ?from skos:prefLabel ?fromName . ?to skos:prefLabel ?toName .
  FILTER(?from != ?to)
}"""
SAG = Namespace("https://w3id.org/sagsgraf/def#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")

routes = Graph().parse(f"{HERE}/sparql?{urlencode({'query': QUERY, 'format': 'turtle'})}", format="turtle")
name = {body: str(label) for body, label in routes.subject_objects(SKOS.prefLabel)}
network = nx.DiGraph((name[sender], name[target]) for sender, target in routes.subject_objects(SAG.targetBody))
for body in sorted(network):
    print(f"{body}: fra {network.in_degree(body)}, til {network.out_degree(body)}")
print(" -> ".join(nx.shortest_path(network, "Direktionen", "Kommunalbestyrelsen")))
