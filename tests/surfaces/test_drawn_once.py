"""What was drawn before is not drawn again, and a kept drawing that was touched is not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.releases.drawings import drawings
from pipelines.storage.home import Home
from reports.charts import still


def test_a_drawing_is_made_once_by_the_same_code_as_long_as_what_is_kept_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(still, "_svg", lambda text: drawn.append(text) or "<svg/>")
    monkeypatch.setattr(still, "vega_lite", lambda chart, width: {"chart": chart, "width": width})
    home, chart = Home(tmp_path), "a chart"

    def shows() -> str:
        with drawings(home):
            return still.svg(chart, 640)  # type: ignore[arg-type]

    assert [shows(), shows()] == ["<svg/>", "<svg/>"] and len(drawn) == 1
    kept = home.tables / ".steps" / "drawings"
    kept.write_bytes(kept.read_bytes().replace(b"<svg/>", b"<svG/>"))
    assert shows() == "<svg/>" and len(drawn) == 2
    monkeypatch.setattr("pipelines.releases.drawings.code", lambda: "other code")
    shows()
    assert len(drawn) == 3
