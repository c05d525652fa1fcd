"""The kinds of mistake, by what they strike; importing this enters them all into `world.KINDS`."""

from bench.seeded.kinds import facts, figures, grounds, names, passages, sources, statements

__all__ = ["facts", "figures", "grounds", "names", "passages", "sources", "statements"]
