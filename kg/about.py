"""What the dataset is called, who makes it and under which licence: once, for citations and descriptions of it."""

from kg import __version__
from kg.namespaces import BASE

TITLE = "Borderlands KG"
CREATORS = ("The Borderlands KG developers",)
VERSION = __version__
YEAR = "2026"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC BY 4.0"
IRI = BASE + "dataset"
