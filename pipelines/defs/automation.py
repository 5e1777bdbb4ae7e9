"""A job per delivery, the drop folder, the schedule, and automation for what lies after intake."""

from __future__ import annotations

import dagster as dg

deliver = dg.define_asset_job("deliver", selection=dg.AssetSelection.groups("intake"))
