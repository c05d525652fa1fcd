"""The table of measurements: what its cells say, and that README shows the results that are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.speed.table import in_readme, page, times

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "speed" / "results.json"


def cell(*runs: float, peak: float = 10) -> dict[str, Any]:
    """Some runs, as they are kept; their median is the one in the middle."""
    return {"runs": list(runs), "seconds": sorted(runs)[len(runs) // 2], "peak": peak}


KNOWN: dict[str, Any] = {
    "machine": "2 processors",
    "versions": {"rdflib": "7"},
    "sizes": {
        "10k": {
            "python -c pass": {"python": cell(0.01)},
            "parse": {"kg": cell(0.1, 0.2, 0.3), "rdflib": cell(2.0, 2.0, 2.0)},
            "closure": {
                "kg": cell(1.5),
                "owlrl": {"runs": [], "over": 60.0},
                "reasonable": {"runs": [], "missing": "it"},
            },
            "cold: flows": {"kg": cell(0.05), "rdflib": cell(1.0)},
        }
    },
}


def test_cells_tell_time_and_ratio() -> None:
    """Our own median, then how many times as long each other engine took, or why there is no figure."""
    lines = times(KNOWN).splitlines()
    assert "| parse | 200 ms; rdflib 10 × |" in lines
    assert "| closure | 1.5 s; owlrl over 60 s; reasonable not run |" in lines
    assert "| cold: flows | 50 ms; 5 × `python -c pass`; rdflib 20 × (one run) |" in lines


def test_page_tells_memory_and_versions() -> None:
    """Peak memory of each engine, the machine, the versions."""
    text = page(KNOWN)
    assert "| parse | kg 10; rdflib 10 |" in text
    assert "Machine: 2 processors. Versions: rdflib 7." in text


def test_readme_and_page_show_the_kept_results() -> None:
    """README's table and the page are what the kept results give."""
    known = json.loads(RESULTS.read_text("utf-8"))
    readme = (ROOT / "README.md").read_text("utf-8")
    assert in_readme(readme, known) == readme
    assert (ROOT / "docs" / "speed.md").read_text("utf-8") == page(known)
