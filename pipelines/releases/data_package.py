"""datapackage.json: what each CSV of a release holds, by the Frictionless standard (Data Package 1.0).

The tables are those that stand there already, one row per figure and one column per property; names, kinds and bounds
come from the contracts, words from meanings.yaml.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import sql_columns
from data_contracts.study import Study
from data_contracts.tables.errata import REVISED
from data_contracts.tables.meanings import column_meaning, column_unit, table_meaning
from pipelines.releases.csv_text import DECIMAL, DELIMITER, LINE_END
from pipelines.releases.released_tables import OUT_CONTRACTS

PACKAGE = "datapackage.json"
Descriptor = dict[str, Any]
_KINDS = {"VARCHAR": "string", "BOOLEAN": "boolean", "DATE": "date", "DOUBLE": "number"}
_ABOUT = (
    "Openbare tabellen van deze studie, na controle op kleine aantallen: aantallen mensen zijn afgerond, en een leeg "
    "getal is niet getoond of niet te zeggen; de kolom status zegt waarom. Tekst die met een teken voor een formule "
    "begint, heeft een apostrof ervoor. De cijfers zijn om van te leren: geen doel, geen norm en geen afrekening."
)


def data_package(study: Study, as_of: str, tables: Mapping[str, pd.DataFrame], files: Mapping[str, bytes]) -> bytes:
    """The descriptor of these tables; `files` has the CSV of each."""
    found = {
        "profile": "tabular-data-package",
        "name": f"wijkbaat-{_slug(study.municipality)}",
        "title": f"{study.title} – {study.municipality}",
        "description": f"{study.question} {_ABOUT}",
        "created": f"{as_of}T00:00:00Z",
        "contributors": [{"title": f"Gemeente {study.municipality}", "role": "publisher"}],
        "resources": [_resource(name, frame, files[f"tables/{name}.csv"]) for name, frame in tables.items()],
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "gemeente"


def _resource(name: str, frame: pd.DataFrame, content: bytes) -> Descriptor:
    schema = REVISED if name == REVISED.name else OUT_CONTRACTS[name]
    key = {"primaryKey": list(schema.unique)} if schema.unique else {}
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": table_meaning(name),
        "path": f"tables/{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": DELIMITER, "lineTerminator": LINE_END, "quoteChar": '"', "doubleQuote": True},
        "schema": {"fields": [_field(str(one), schema) for one in frame], **key, "missingValues": [""]},
    }


def _field(name: str, schema: pa.DataFrameSchema) -> Descriptor:
    """A column of a table; the marks of a rectification stand behind those of its contract."""
    kind = _kind(sql_columns(schema).get(name, "VARCHAR"))
    found = {"name": name, "type": kind, "description": column_meaning(name)}
    if kind == "number":
        found |= {"decimalChar": DECIMAL}
    if unit := column_unit(name):
        found |= {"unit": unit}
    constraints = _constraints(schema.columns[name], kind) if name in schema.columns else {}
    return found | ({"constraints": constraints} if constraints else {})


def _kind(sql: str) -> str:
    return _KINDS.get(sql, "number" if sql.startswith("DECIMAL") else "integer")


def _constraints(column: pa.Column, kind: str) -> Descriptor:
    """Bounds and closed lists; a text may be empty, which in a CSV is the same as missing."""
    found: Descriptor = {}
    for check in column.checks:
        told = check.statistics or {}
        if kind in ("integer", "number"):
            found |= {
                bound: told[value]
                for bound, value in (("minimum", "min_value"), ("maximum", "max_value"))
                if value in told
            }
        if kind == "string" and "allowed_values" in told:
            found |= {"enum": [str(one) for one in told["allowed_values"]]}
    if not column.nullable and (kind != "string" or "enum" in found):
        found |= {"required": True}
    return found
