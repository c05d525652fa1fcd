"""Exposure: what depends on a thing, what it depends on, and what is lost if it stops.

`links` reads the ties that the graph states, by the questions in `texts`; `paths` follows them; `evidence` weighs the
claims behind them; `account` puts all into plain data, with what is not known (`gaps`); `outline` writes it for people.
"""

from kg.exposure.account import Account
from kg.exposure.links import Web
from kg.exposure.outline import COLUMNS, NOTHING, Outline, rows

__all__ = ["COLUMNS", "NOTHING", "Account", "Outline", "Web", "rows"]
