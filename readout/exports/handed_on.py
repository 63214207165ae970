"""All the forms in which one article is handed on with its reading, for whoever offers them: a page, or the shell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from readout.corrections.records import Correction
from readout.exports.annotations import reading_annotations
from readout.exports.brief import to_brief
from readout.exports.csv import to_csv
from readout.exports.names import file_stem
from readout.exports.page import to_page
from readout.exports.tei import to_tei
from readout.records import Article, Reading
from readout.tables.quotes import quotes_table


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an article with its reading: what to call it, its files' ending and type, and what writes it."""

    label: str
    ending: str
    type: str
    write: Callable[[Article, Reading], bytes]
    toward: bool = False
    """Whether it says how each voice speaks of whom, where the reading does."""
    with_remarks: Callable[[Article, Reading, Sequence[Correction]], bytes] | None = None
    """What writes it with readers' notes and stars, where it can hold them."""

    def file(self, article: Article) -> str:
        """The name of the file that holds this article."""
        return f"{file_stem(article, 'reading')}.{self.ending}"


def _quotes_csv(article: Article, reading: Reading) -> bytes:
    return to_csv(quotes_table(article, reading, reading.all_quotes))


FORMS = (
    Form("HTML, opens offline", "html", "text/html", to_page),
    Form("PDF, a brief of two pages", "pdf", "application/pdf", to_brief),
    Form("CSV, the quotes", "csv", "text/csv", _quotes_csv),
    Form("TEI XML", "xml", "application/tei+xml", to_tei),
    Form(
        "W3C Web Annotations",
        "jsonld",
        "application/ld+json",
        reading_annotations,
        toward=True,
        with_remarks=reading_annotations,
    ),
)
