"""Minutes → the triples of one named graph: the only bridge from model to RDF."""
