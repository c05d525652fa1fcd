"""A sourced knowledge graph of the Russian-Kazakhstan and Russian-Belarusian borderlands.

    >>> import kg
    >>> graph = kg.open()
    >>> rows = graph.query("regions-across-border", region="Orenburg Region")

`open` is imported when it is first used, so that the command line pays only for what it needs.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.library import Graph, open  # noqa: A004 - `kg.open()` is the name that users read

__all__ = ["Graph", "__version__", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """The names of `kg.library`, imported on first use."""
    if name in ("Graph", "open"):
        from kg import library

        return getattr(library, name)
    raise AttributeError(f"module 'kg' has no attribute '{name}'")
