"""From the rows of a canned query to the answer with all that was asked for."""

from __future__ import annotations

from kg.answer.full import FullAnswer
from kg.names import FALLBACK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import pyoxigraph as ox

    from kg.store import Answer


class Question:
    """A canned query with its parameters, asked of a store.

    Attributes:
        catalogue: The canned queries.
        name: Which of them.
        arguments: Its parameters as the user gave them.
        text: The query with the parameters bound.
        disputes: The index of disputed things that the build wrote.
        order: The languages for names, see `kg.names.languages`.
        asserted: Path of the store that the build wrote of all that is not inferred; "" if there is none, and
            what is asked for evidence then takes half a second more.
    """

    __slots__ = ("arguments", "asserted", "catalogue", "disputes", "name", "order", "text")

    def __init__(
        self,
        catalogue: Mapping[str, dict[str, Any]],
        name: str,
        arguments: Mapping[str, str],
        text: str,
        disputes: Mapping[str, str],
        order: Sequence[str] = FALLBACK,
        asserted: str = "",
    ) -> None:
        self.catalogue = catalogue
        self.name = name
        self.arguments = arguments
        self.text = text
        self.disputes = disputes
        self.order = order
        self.asserted = asserted

    def complete(self, store: ox.Store, answer: Answer, evidence: bool = False, at: str | None = None) -> FullAnswer:
        """The answer with what is known of its rows.

        Args:
            store: The graph.
            answer: What the query gave, a SELECT's; it is used up.
            evidence: Whether the claims behind each row are wanted.
            at: A time, so that rows which hold at another one only are left out; None for any.

        Raises:
            UsageError: `at` is no date.
        """
        entry = self.catalogue[self.name]
        found = FullAnswer(answer.columns, answer.rows(), entry.get("evidence") or ())
        found.title = str(entry.get("question", ""))
        found.find_disputes(self.disputes)
        if at is not None:
            from kg.answer.period import keep_what_holds

            keep_what_holds(store, found, at)
        if evidence:
            from kg.answer.grounds import add_grounds

            add_grounds(store, found, self.text, self.asserted)
        if not found.rows:
            found.nothing = self.meaning(store, found.left_out, found.at)
        return found

    def meaning(self, store: ox.Store, left_out: int = 0, at: str = "") -> str:
        """What it means that the answer has no row; see `kg.answer.emptiness`."""
        from kg.answer.emptiness import meaning

        return meaning(store, self.catalogue, self.name, self.arguments, left_out, at, self.order)
