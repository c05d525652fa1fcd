"""The stores of a build and the lists beside them: written new, or taken over from the build before."""

from __future__ import annotations

import json
import os
import shutil
from typing import Any

import pyoxigraph as ox

from kg.answer.disputes import disputed_things
from kg.asking.index import INDEX
from kg.asking.lexicon import Lexicon
from kg.asking.making import make_index
from kg.catalogue import Catalogue, example_findings
from kg.cite.versions import version_quads
from kg.errors import DataError
from kg.executables import query_quads
from kg.files import ASSERTED, CATALOGUE, STORE, VERIFICATIONS, Build, write_text
from kg.keys import hashes
from kg.namespaces import BL, INFERRED, RDF
from kg.store import write_store
from kg.verify import check_quads


def with_inferred(asserted: list[ox.Quad], inferred: list[ox.Triple]) -> list[ox.Quad]:
    """What is asserted, each triple in the graph of its file, and what follows from it in a graph of its own."""
    graph = ox.NamedNode(INFERRED)
    return [*asserted, *(ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in inferred)]


def store_build(
    folder: str,
    asserted: list[ox.Quad],
    inferred: list[ox.Triple],
    catalogue: Catalogue,
    statements: dict[str, Any],
    lexicon: Lexicon,
) -> dict[str, Any]:
    """Write the stores of a build with its lists of queries and statements, and tell what is in them.

    Raises:
        DataError: An example of a parameter does not fit the graph.
    """
    stored = with_inferred(asserted, inferred)
    memory = ox.Store()
    memory.bulk_extend(stored)
    described = [*query_quads(catalogue), *version_quads(asserted), *check_quads(memory, statements)]
    write_store(os.path.join(folder, STORE), [*stored, *described])
    write_store(os.path.join(folder, ASSERTED), [*asserted, *described])
    # What is in memory answers in half the time of what is on disk.
    memory.bulk_extend(described)
    wrong = example_findings(catalogue, memory)
    if wrong:
        raise DataError("\n".join(map(str, wrong)))
    write_text(os.path.join(folder, CATALOGUE), json.dumps(catalogue, ensure_ascii=False))
    write_text(os.path.join(folder, VERIFICATIONS), json.dumps(statements, ensure_ascii=False))
    write_text(os.path.join(folder, INDEX), json.dumps(make_index(catalogue, memory, lexicon), ensure_ascii=False))
    counts = {
        "asserted": len(asserted),
        "inferred": len(inferred),
        "claims": _members(asserted, inferred, BL + "Claim"),
        "sources": _members(asserted, inferred, BL + "Source"),
    }
    return {"counts": counts, "disputes": disputed_things(asserted)}


def take_over(before: Build, folder: str) -> None:
    """Copy into a new build what is the same as in the one before."""
    for path in hashes(before.folder):
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        shutil.copy2(os.path.join(before.folder, path), os.path.join(folder, path))


def _members(asserted: list[ox.Quad], inferred: list[ox.Triple], of_class: str) -> int:
    """How many things belong to a class, by assertion or inference."""
    kind, type_of = ox.NamedNode(of_class), ox.NamedNode(RDF + "type")
    triples = [*(quad.triple for quad in asserted), *inferred]
    return len({triple.subject for triple in triples if triple.object == kind and triple.predicate == type_of})
