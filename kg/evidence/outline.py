"""A report of evidence as lines for a curator: what is not proved, what is left over, the counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.evidence.proof import Report
from kg.evidence.texts import Passage, Text
from kg.namespaces import shorten


def outline(
    report: Report, texts: dict[str, Text], where: Callable[[str], str], place: str = "", every: bool = False
) -> Iterator[str]:
    """The lines of a report.

    Args:
        report: What was found.
        texts: The documents that were read.
        where: The file and line of a thing.
        place: Only what lies below a heading, or on a page, that begins so.
        every: List every passage, with its claims or its note, instead of those left over alone.
    """
    for number, found in report.documents.items():
        inside = {passage.number for passage in texts[number].passages if _lies(passage, place)}
        elsewhere = {claim for at, claims in found.claimed.items() if at not in inside for claim in claims} - {
            claim for at, claims in found.claimed.items() if at in inside for claim in claims
        }
        for doubt in found.doubts:
            if not place or doubt.thing not in elsewhere:
                yield f"{where(doubt.thing)}: {shorten(doubt.thing)}: {doubt.what}"
                yield f"  {doubt.advice}"
        bare = {passage.number for passage in found.bare}
        for passage in texts[number].passages:
            if passage.number in inside and (every or passage.number in bare):
                accounts = found.claimed.get(passage.number, []) or [found.noted.get(passage.number, "")]
                mark = ", ".join(shorten(account) for account in accounts if account) or "no claim and no note"
                yield f"{number} {_place(passage)} “{passage.beginning(80)}”: {mark}"
    yield ""
    for number, found in report.documents.items():
        yield (
            f"{number}: {found.proved} of {found.claims} claims proved ({found.implied} with an implied participant); "
            f"{found.passages} passages: {len(found.claimed)} with claims, "
            f"{len(set(found.noted) - set(found.claimed))} with a note, {len(found.bare)} left over"
        )
    if report.elsewhere:
        yield f"{report.elsewhere} claims are of sources without a text here"


def _place(passage: Passage) -> str:
    if passage.pages:
        return f"p. {'-'.join(map(str, dict.fromkeys((passage.pages[0], passage.pages[-1]))))}"
    return " / ".join(passage.sections)


def _lies(passage: Passage, place: str) -> bool:
    if not place:
        return True
    if passage.pages:
        return place in map(str, passage.pages)
    return any(section.startswith(place) for section in passage.sections)
