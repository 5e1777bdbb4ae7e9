"""SPSS: sav and zsav, with the words of codes and the values that are declared missing."""

from __future__ import annotations

import io
from itertools import chain

from pipelines.intake.reading import limits
from pipelines.intake.reading.cells import CellRows, cell_text, row_of
from pipelines.intake.reading.sheets import Aside, Declared, Opened, Sheet, Unreadable, Variables


def open_spss(content: bytes, name: str, declared: Declared) -> Opened:
    """An SPSS file as one sheet whose first row holds the names of its variables; raises Unreadable."""
    from pyreadstat import ReadstatError, read_sav

    broken = Unreadable("dit SPSS-bestand is beschadigd.", "Vraag een nieuwe uitdraai, of een CSV.")
    try:
        _, about = read_sav(io.BytesIO(content), metadataonly=True, output_format="dict", encoding=declared.encoding)
        if (about.number_rows or 0) * (about.number_columns or 0) > limits.MAX_CELLS:
            raise Unreadable("het SPSS-bestand is te groot.", "Vraag een uitdraai als CSV.")
        columns, about = read_sav(
            io.BytesIO(content), output_format="dict", user_missing=True, encoding=declared.encoding
        )
    except (ReadstatError, ValueError, KeyError, OverflowError, UnicodeError, TypeError):
        raise broken from None
    names = list(columns)
    rows = [row_of(1, names)]
    rows += [row_of(number, list(cells)) for number, cells in enumerate(zip(*columns.values(), strict=True), 2)]
    codes = {
        variable: {cell_text(code)[0]: str(word) for code, word in words.items()}
        for variable, words in about.variable_value_labels.items()
    }
    labels = {variable: label for variable, label in about.column_names_to_labels.items() if label}
    texts = [*labels.values(), *chain.from_iterable(words.values() for words in codes.values()), *(about.notes or [])]
    beside = tuple(Aside("een label van een variabele", text) for text in [*texts, about.file_label or ""] if text)
    variables = Variables(labels, codes, {name: tuple(_missing(about, name)) for name in about.missing_ranges})
    return Opened(name, "sav", (Sheet("", CellRows(rows), variables=variables),), asides=beside)


def _missing(about: object, name: str) -> list[tuple[str, str]]:
    ranges = about.missing_ranges[name]  # type: ignore[attr-defined]
    return [(cell_text(one["lo"])[0], cell_text(one["hi"])[0]) for one in ranges]
