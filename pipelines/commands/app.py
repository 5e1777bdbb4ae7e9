"""All commands. Everything a user reads here is Dutch."""

from __future__ import annotations

from pipelines.commands import (
    ask,
    balance,
    circle,
    deliveries,
    demo,
    doctor,
    init,
    look,
    money,
    people,
    plan,
    prices,
    query,
    reading,
    region,
    release,
    start,
    study,
    trace,
    tree,
    watch,
)
from pipelines.commands.in_dutch import App

app = App(
    name="wijkbaat",
    help="Maken wijkteams mensen zelfredzamer, langs welke weg, en wat is dat de samenleving waard?",
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS = (
    start.start,
    plan.plan,
    study.run,
    watch.watch,
    study.check,
    doctor.doctor,
    init.init,
    reading.read,
    study.simulate,
    demo.demo,
    look.session,
    look.ui,
    money.explain,
    money.compare,
    trace.trace,
    ask.ask,
    query.query,
)
for command in COMMANDS:
    app.command()(command)
deliveries.deliveries_app.command()(watch.coverage)
for about_people in (people.person, people.restrict, people.unrestrict, people.erase):
    deliveries.deliveries_app.command()(about_people)
app.add_typer(deliveries.deliveries_app, name="deliveries")
app.add_typer(region.region_app, name="region")
app.add_typer(release.release_app, name="release")
app.add_typer(circle.circle_app, name="circle")
app.add_typer(tree.tree_app, name="tree")
app.add_typer(reading.study_app, name="study")
app.add_typer(prices.prices_app, name="prices")
app.add_typer(balance.balance_app, name="mkba")
