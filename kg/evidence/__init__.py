"""The evidence of claims, checked in the texts of the sources themselves.

`texts` reads a document as passages, `records` what the files say of claims and notes, `match`
finds names and key terms in a passage, `proof` puts them together.
"""

from kg.evidence.outline import outline
from kg.evidence.proof import DocumentReport, Report, prove
from kg.evidence.records import Records, read_records
from kg.evidence.texts import Passage, Text, read_texts

__all__ = ["DocumentReport", "Passage", "Records", "Report", "Text", "outline", "prove", "read_records", "read_texts"]
