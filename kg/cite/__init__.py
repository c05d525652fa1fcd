"""Citations of claims, things, sources and the dataset: entries read from the graph, written in four formats."""

from __future__ import annotations

from kg import about
from kg.cite.works import cite, find_version
from kg.errors import UsageError
from kg.names import FALLBACK, resolve
from kg.namespaces import expand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyoxigraph as ox

FORMATS = ("text", "bibtex", "ris", "csl-json")


def citation(store: ox.Store, thing: str, form: str = "text", order: Sequence[str] = FALLBACK) -> str:
    """What a person wants to cite, in a format; it ends in a newline.

    Args:
        store: The graph.
        thing: An IRI, a prefixed name, a name, the IRI of a version, or the word "dataset".
        form: One of `FORMATS`.
        order: The languages for titles and names.

    Raises:
        UsageError: There is no such thing or format, no claim is about it, or the version is an old one.
    """
    if form not in FORMATS:
        raise UsageError(f"There is no format “{form}”; a citation is written as {', '.join(FORMATS)}.")
    iri = about.IRI if thing == "dataset" else expand(thing) or thing.removeprefix("<").removesuffix(">")
    entries = cite(store, find_version(store, iri) or resolve(store, iri if thing == "dataset" else thing), order)
    if form == "text":
        from kg.cite.text import apa

        return apa(entries)
    from kg.cite.formats import bibtex, csl, ris

    if form == "csl-json":
        import json

        return json.dumps(csl(entries), ensure_ascii=False, indent=2) + "\n"
    return bibtex(entries) if form == "bibtex" else ris(entries)
