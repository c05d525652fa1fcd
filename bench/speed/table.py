"""The table of the measurements, in Markdown."""

from __future__ import annotations

from typing import Any

HEAD = """# Speed

Written by `make bench`; how it is measured stands in `bench/speed/__init__.py`. Each cell has the median of our own
runs and, for each other engine, how many times as long it took in the same run. Graphs are those of
`python -m bench.generate`: so many triples of data, the ontology on top.
"""
COLD = "cold: "


START, END = "<!-- speed: written by make bench -->\n", "<!-- end of speed -->\n"


def page(known: dict[str, Any]) -> str:
    """The page with all results."""
    sizes: dict[str, Any] = known["sizes"]
    lines = [HEAD, times(known), "Peak memory in MB:\n", *_head(sizes)]
    for task in _tasks(sizes):
        peaks = [_peaks(results.get(task, {})) for results in sizes.values()]
        lines.append(f"| {task} | " + " | ".join(peaks) + " |")
    packages = ", ".join(f"{name} {version}" for name, version in known["versions"].items())
    lines += ["", f"Machine: {known['machine']}. Versions: {packages}.", ""]
    return "\n".join(lines)


def times(known: dict[str, Any]) -> str:
    """The table of times and ratios."""
    sizes: dict[str, Any] = known["sizes"]
    lines = _head(sizes)
    for task in _tasks(sizes):
        cells = [_cell(task, results.get(task, {}), results) for results in sizes.values()]
        lines.append(f"| {task} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def _head(sizes: dict[str, Any]) -> list[str]:
    return ["| work | " + " | ".join(sizes) + " |", "| --- |" + " --- |" * len(sizes)]


def _tasks(sizes: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(task for results in sizes.values() for task in results))


def _cell(task: str, row: dict[str, Any], results: dict[str, Any]) -> str:
    if not row:
        return ""
    (own, first), *others = row.items()
    if "seconds" not in first:
        return "not there"
    pieces = [seconds(first["seconds"])]
    if task.startswith((COLD, "rebuild")):
        bare = results["python -c pass"]["python"]["seconds"]
        pieces.append(f"{_times(first['seconds'] / bare)} × `python -c pass`")
    pieces += [f"{name} {_against(first['seconds'], cell)}" for name, cell in others]
    return "; ".join(pieces)


def _against(own: float, cell: dict[str, Any]) -> str:
    if "seconds" in cell:
        return f"{_times(cell['seconds'] / own)} ×" + ("" if len(cell["runs"]) > 1 else " (one run)")
    return f"over {cell['over']:.0f} s" if "over" in cell else "not run"


def _times(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}"


def _peaks(row: dict[str, Any]) -> str:
    return "; ".join(f"{name} {cell['peak']:.0f}" for name, cell in row.items() if "peak" in cell)


def seconds(value: float) -> str:
    """Seconds in three digits, below one in milliseconds."""
    return f"{value:.3g} s" if value >= 1 else f"{value * 1000:.3g} ms"


def in_readme(text: str, known: dict[str, Any]) -> str:
    """The text of README with the table of times between its two marks."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{times(known)}\n{END}{rest.partition(END)[2]}"
