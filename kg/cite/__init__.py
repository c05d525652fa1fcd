"""Citations of claims, things, sources and the dataset: entries read from the graph, written in four formats."""
