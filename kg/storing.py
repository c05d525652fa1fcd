"""The stores of a build and the lists beside them: written new, or taken over from the build before."""

from __future__ import annotations

import json
import os
import shutil
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.answer.disputes import disputed_things
from kg.answer.grounds import classes_above
from kg.asking.index import INDEX
from kg.asking.lexicon import Lexicon
from kg.asking.making import make_index
from kg.catalogue import Catalogue, example_findings
from kg.cite.versions import version_quads
from kg.errors import DataError
from kg.executables import query_quads
from kg.files import ASSERTED, CATALOGUE, STORE, VERIFICATIONS, Build, write_text
from kg.keys import hashes
from kg.names import TYPE
from kg.namespaces import BL, INFERRED
from kg.store import write_store
from kg.verify import check_quads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def as_inferred(triples: Iterable[ox.Triple | ox.Quad]) -> Iterator[ox.Quad]:
    """What follows, in a graph of its own."""
    graph = ox.NamedNode(INFERRED)
    return (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def store_build(
    folder: str,
    asserted: list[ox.Quad],
    inferred: list[ox.Quad],
    catalogue: Catalogue,
    statements: dict[str, Any],
    lexicon: Lexicon,
) -> dict[str, Any]:
    """Write the stores of a build with its lists of queries and statements, and tell what is in them.

    Raises:
        DataError: An example of a parameter does not fit the graph.
    """
    # What is in memory answers in a third of the time of what is on disk.
    memory = ox.Store()
    memory.bulk_extend(chain(asserted, inferred))
    described = [*query_quads(catalogue), *version_quads(asserted), *check_quads(memory, statements)]
    memory.bulk_extend(described)
    write_store(os.path.join(folder, STORE), chain(asserted, inferred, described))
    write_store(os.path.join(folder, ASSERTED), chain(asserted, classes_above(memory), described))
    wrong = example_findings(catalogue, memory)
    if wrong:
        raise DataError("\n".join(map(str, wrong)))
    write_text(os.path.join(folder, CATALOGUE), json.dumps(catalogue, ensure_ascii=False))
    write_text(os.path.join(folder, VERIFICATIONS), json.dumps(statements, ensure_ascii=False))
    write_text(os.path.join(folder, INDEX), json.dumps(make_index(catalogue, memory, lexicon), ensure_ascii=False))
    counts = {
        "asserted": len(asserted),
        "inferred": len(inferred),
        "claims": _members(memory, BL + "Claim"),
        "sources": _members(memory, BL + "Source"),
    }
    return {"counts": counts, "disputes": disputed_things(asserted)}


def take_over(before: Build, folder: str) -> None:
    """Copy into a new build what is the same as in the one before."""
    for path in hashes(before.folder):
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        shutil.copy2(os.path.join(before.folder, path), os.path.join(folder, path))


def _members(store: ox.Store, of_class: str) -> int:
    """How many things belong to a class, by assertion or inference."""
    return len({quad.subject for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(of_class), None)})
