"""The JSON Schema of results_logic.yaml, so that an editor can complete and check while one types."""

from __future__ import annotations

import json

from indicators.results_logic.tree.model import Tree


def tree_schema() -> str:
    """The schema as JSON text; the rules of rules.py and of the study are not in it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Tree.model_json_schema(by_alias=True)}
    for part in schema["$defs"].values():
        if "enum" in part:
            part.pop("description", None)  # written for the readers of our code
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
