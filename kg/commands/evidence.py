"""`kg evidence`: prove every claim in the texts of the documents."""

from __future__ import annotations

import os

from kg.console import visible
from kg.dataset import read_dataset
from kg.errors import DataError, UsageError
from kg.evidence import outline, prove, read_records, read_texts
from kg.files import find_project

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from kg.options import Options

SUMMARY = "prove every claim in the texts of the documents"
MORE = (
    "The texts are not part of the project: name a folder with your own copies. A claim is proved if the terms\n"
    "of its locator stand together at the place that it names, and what it states can be read off there; each\n"
    "passage of a text has a claim, or a note that says why it has none.\n\n"
    "examples:\n  kg evidence --texts ~/papers\n  kg evidence --texts ~/papers --document 003 --place Conclusions"
)


def options(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument(
        "--texts", metavar="DIR", help="the folder of the texts (default: $KG_TEXTS); a name begins with three digits"
    )
    command.add_argument("--document", metavar="NNN", help="only the text with this number")
    command.add_argument("--place", metavar="TEXT", help="only what lies below a heading, or on a page, that begins so")
    command.add_argument("--passages", action="store_true", help="list every passage, with what accounts for it")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: Options) -> None:
    """Print what is not proved or left over, and the counts; a rest is an error."""
    folder = options.texts or os.environ.get("KG_TEXTS")
    if not folder:
        raise UsageError("Where are the texts?\n  Name their folder: kg evidence --texts DIR")
    project = find_project(options.project)
    texts = read_texts(folder)
    if options.document is not None:
        if options.document not in texts:
            raise UsageError(f"{folder} holds no text {options.document!r}; it holds {', '.join(texts)}.")
        texts = {options.document: texts[options.document]}
    dataset = read_dataset(project)
    records = read_records(dataset)
    report = prove(records, texts)
    if options.format == "json":
        import json

        print(json.dumps(report.as_dict(dataset.where), ensure_ascii=False, indent=2))
    else:
        for line in outline(report, texts, dataset.where, options.place or "", options.passages):
            print(visible(line))
    open_ = sum(len(found.doubts) + len(found.bare) for found in report.documents.values())
    if open_:
        raise DataError(f"{open_} doubt{'' if open_ == 1 else 's'} and passages left over")
