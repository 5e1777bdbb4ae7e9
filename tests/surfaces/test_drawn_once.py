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


def test_a_png_is_made_once_of_the_same_drawing_and_as_many_dots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[float] = []
    monkeypatch.setattr(still.vl_convert, "svg_to_png", lambda drawn, scale: made.append(scale) or drawn.encode())
    for _ in range(2):
        with drawings(Home(tmp_path)):
            assert still.png_of("<svg>één</svg>", 1.5) == "<svg>één</svg>".encode()
    assert made == [1.5]
    with drawings(Home(tmp_path)):
        still.png_of("<svg>één</svg>", 2)
        still.png_of("<svg>twee</svg>", 2)
    assert made == [1.5, 2, 2]
