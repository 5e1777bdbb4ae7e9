import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Leerkring")

with app.setup:
    import datetime as dt
    import os
    from pathlib import Path

    import marimo as mo

    from data_contracts.errors import StudyError
    from data_contracts.vocabulary.circle import NO_GUARANTEE
    from data_contracts.vocabulary.logic import PURPOSE
    from notebooks.circle_link import CircleLink
    from notebooks.forms import agreeing, cards, looking, opening
    from notebooks.release_files import released_figures, released_tables
    from reports import explore
    from reports.circle.figure_key import choice_of
    from reports.circle.memory import remembered
    from reports.circle.naming import topic_name
    from reports.circle.trade import trade_cards
    from reports.content.change.figures import share_figure
    from reports.content.circle import minutes as told
    from reports.content.circle.kit import trade_chapter
    from reports.html.cards import chapter_html, status_html, table_html, walls_html
    from reports.html.minutes import minutes_html
    from reports.html.report import figure_html
    from reports.pdf.minutes import minutes_pdf

    OPEN, BACK, SEE, CARDS, PILES, READ, AGREE, BETWEEN, MINUTES = STEPS = (
        "1. Openen",
        "2. Terugblik",
        "3. Raden en zien",
        "4. Kaarten",
        "5. Stapels",
        "6. Lezing",
        "7. Afspraken",
        "8. Praktijk en beleid",
        "9. Verslag",
    )
    NEW = "Nieuwe bijeenkomst"

# Forms stand in names without an underscore: marimo lets go of the others, and then a press does nothing.


@app.cell(hide_code=True)
def _():
    big = mo.ui.switch(label="Grote letters (beamer)")
    return (big,)


@app.cell(hide_code=True)
def _(big):
    mo.vstack([mo.md(f"# Leerkring\n\n{PURPOSE}"), big, mo.Html('<span class="wb-groot"></span>' if big.value else "")])
    return


@app.cell(hide_code=True)
def _():
    try:
        tables = released_tables(os.environ.get("WIJKBAAT_RELEASE"), os.environ.get("WIJKBAAT_TEAM"))
    except StudyError as error:
        mo.stop(True, mo.md(f"**{error}**"))
    figures = released_figures(os.environ.get("WIJKBAAT_RELEASE"))
    return figures, tables


@app.cell(hide_code=True)
def _():
    link = CircleLink()
    return (link,)


@app.cell(hide_code=True)
def _():
    trade = trade_cards(Path(__file__).parent / "cards")
    return (trade,)


@app.cell(hide_code=True)
def _():
    get_seen, set_seen = mo.state(0)
    get_said, set_said = mo.state("")
    get_topic, set_topic = mo.state("")
    get_last, set_last = mo.state({})  # what the last card was about
    get_chosen, set_chosen = mo.state("")
    return (
        get_chosen,
        get_last,
        get_said,
        get_seen,
        get_topic,
        set_chosen,
        set_last,
        set_said,
        set_seen,
        set_topic,
    )


@app.cell(hide_code=True)
def _(get_seen, link):
    get_seen()  # read again after every record
    try:
        events = link.events()
    except StudyError as error:
        mo.stop(True, mo.md(f"**{error}**"))
    memory = remembered(events)
    return events, memory


@app.cell(hide_code=True)
def _(link, set_chosen, set_said, set_seen):
    def keep(*records, done):
        try:
            for one in records:
                link.keep(**one)
                set_chosen(one["session"])
        except StudyError as error:
            set_said(str(error))
            return
        set_said(done)
        set_seen(lambda n: n + 1)

    return (keep,)


@app.cell(hide_code=True)
def _(get_chosen, memory, set_chosen):
    _open = [NEW, *(name for name, one in sorted(memory.sessions.items()) if one.closed is None)]
    _all = [NEW, *sorted(memory.sessions)]
    _now = get_chosen() if get_chosen() in _all else _open[-1]
    chosen = mo.ui.dropdown(_all, value=_now, label="Bijeenkomst", allow_select_none=False, on_change=set_chosen)
    return (chosen,)


@app.cell(hide_code=True)
def _(set_said):
    # What was said of one step is not true of the next.
    step = mo.ui.dropdown(STEPS, value=OPEN, label="Stap", allow_select_none=False, on_change=lambda _: set_said(""))
    return (step,)


@app.cell(hide_code=True)
def _(chosen, memory, step):
    session = memory.sessions.get(chosen.value)
    mo.hstack([chosen, step], justify="start", wrap=True)
    return (session,)


@app.cell(hide_code=True)
def _(memory, step):
    mo.stop(step.value not in (OPEN, BACK))
    _still = told.promises_table(memory.open_promises(), "Vorige keer spraken we af")
    mo.Html(table_html(_still, "Er staat niets open van eerdere keren. Is dit de eerste keer, ga dan naar 3."))
    return


@app.cell(hide_code=True)
def _(keep, memory, session, step, tables, trade):
    mo.stop(step.value != OPEN and session is None, mo.md("Open eerst een bijeenkomst, bij **1. Openen**."))
    mo.stop(step.value != OPEN)
    mo.stop(
        session is not None,
        mo.md(
            "Deze bijeenkomst is geopend. Kies bij *Stap* nu **2. Terugblik**. Klopt er iets niet, kies dan bij *Bijeenkomst* **Nieuwe bijeenkomst** en open dezelfde dag opnieuw: dat vervangt wat hier is ingevuld."
        ),
    )
    opening_form = opening.opening_form(
        explore.offered(tables),
        {f"{one.title} ({one.minutes} minuten)": name for name, one in trade.items()},
        memory.next_date() or dt.date.today(),
        os.environ.get("WIJKBAAT_RELEASE_NAME", ""),
        keep,
    )
    opening_form
    return (opening_form,)


@app.cell(hide_code=True)
def _(keep, memory, session, step):
    mo.stop(step.value != BACK or session is None)
    _before = memory.before(session.id)
    back_forms = [opening.adopt_button(session, _before, keep)] if _before and not _before.adopted_in else []
    back_forms += opening.settling_forms(memory, session, keep)
    mo.vstack(back_forms)
    return (back_forms,)


@app.cell(hide_code=True)
def _(get_topic, session, set_topic, step):
    mo.stop(step.value not in (SEE, PILES, READ) or session is None)
    _topics = session.topics if step.value == PILES else session.opened.agenda
    _now = get_topic() if get_topic() in _topics else _topics[0]
    topic = mo.ui.radio(
        {topic_name(one): one for one in _topics}, value=topic_name(_now), label="Waarover?", on_change=set_topic
    )
    topic
    return (topic,)


@app.cell(hide_code=True)
def _(figures, keep, session, step, tables, topic):
    mo.stop(step.value != SEE or session is None)
    _choice = choice_of(topic.value)
    _row = explore.row_of(tables, _choice)
    _hidden = explore.why_hidden(_row)
    _shows = None if _hidden else explore.shows(_row)
    _guessed = any(figure == topic.value for figure, _ in session.guesses)
    look_forms = [looking.hands_form(session, topic.value, keep)]
    look_forms += [looking.reveal_button(session, topic.value, _shows, keep)] if _guessed else []
    mo.stop(topic.value not in session.revealed, mo.vstack(look_forms))
    mo.stop(bool(_hidden), mo.md(_hidden))
    _shown = share_figure(explore.compared(_row, _choice))
    mo.vstack(
        [
            mo.md(f"## {explore.revealed(tables, _choice)}"),
            *[mo.Html(table_html(one)) for one in told.guesses_told(session, topic.value)],
            mo.iframe(figure_html(_shown), height="560px"),
            mo.md(explore.in_report(figures, _choice, _shown)),
        ]
    )
    return (look_forms,)


@app.cell(hide_code=True)
def _(get_last, keep, session, set_last, step, trade):
    mo.stop(step.value != CARDS or session is None)
    _picked = [trade[name] for name in session.opened.exercises if name in trade]
    card_form = cards.card_form(session, get_last(), keep, set_last)
    mo.vstack(
        [
            *[mo.accordion({f"Werkvorm: {one.title}": mo.Html(chapter_html(trade_chapter(one)))}) for one in _picked],
            card_form,
            mo.md(f"*{NO_GUARANTEE}*"),
            *[mo.Html(one) for one in walls_html(session)],
        ]
    )
    return (card_form,)


@app.cell(hide_code=True)
def _(keep, session, step, topic):
    mo.stop(step.value != PILES or session is None)
    mo.stop(
        not any(one.topic == topic.value for one in session.cards.values()),
        mo.md("Er liggen nog geen kaarten om te stapelen."),
    )
    pile_forms = [
        cards.pile_form(session, topic.value, keep),
        *cards.dots_forms(session, topic.value, keep),
        cards.removing_form(session, topic.value, keep),
    ]
    mo.vstack(pile_forms)
    return (pile_forms,)


@app.cell(hide_code=True)
def _(keep, memory, session, step, topic):
    mo.stop(step.value != READ or session is None)
    _known = [one for one in memory.readings.values() if one.figure == topic.value]
    reading_forms = agreeing.adopting_forms(memory, session, topic.value, keep)
    reading_forms += [agreeing.reading_form(session, topic.value, keep)]
    mo.vstack([*[mo.Html(table_html(one)) for one in told.readings_told(_known)], *reading_forms])
    return (reading_forms,)


@app.cell(hide_code=True)
def _(keep, memory, session, step, tables):
    mo.stop(step.value != AGREE or session is None)
    _links = explore.links(tables)
    agree_forms = [agreeing.promise_form(session, _links, keep), *agreeing.filing_forms(session, _links, keep)]
    _mine = [one for item, one in memory.promises.items() if memory.said[item][0].session == session.id]
    mo.vstack([mo.Html(table_html(told.promises_table(_mine, "Afspraken"))), *agree_forms])
    return (agree_forms,)


@app.cell(hide_code=True)
def _(keep, memory, session, step):
    mo.stop(step.value != BETWEEN or session is None)
    _known = told.exchanges_table(memory, memory.exchanges.values())
    exchange_form = agreeing.exchange_form(session, keep)
    mo.vstack([exchange_form, mo.Html(table_html(_known, "Er ligt nog niets."))])
    return (exchange_form,)


@app.cell(hide_code=True)
def _(events, keep, session, step):
    mo.stop(step.value != MINUTES or session is None)
    _said = (
        os.environ.get("WIJKBAAT_TOWN", ""),
        session.opened.on,
        told.status_of(session),
        told.minutes(events, session.id),
    )
    _page, _name = minutes_html(*_said), f"verslag-leerkring-{session.id}"
    _ended = session.closed and session.closed.next_on
    closing_form = agreeing.closing_form(session, keep)
    mo.vstack(
        [
            mo.md(f"Gesloten. Volgende keer: {_ended:%d-%m-%Y}.") if _ended else closing_form,
            mo.hstack(
                [
                    mo.download(_page.encode(), f"{_name}.html", label="Verslag (HTML)"),
                    mo.download(minutes_pdf(*_said), f"{_name}.pdf", label="Verslag (PDF)"),
                ],
                justify="start",
                wrap=True,
            ),
            mo.iframe(_page, height="700px"),
        ]
    )
    return (closing_form,)


@app.cell(hide_code=True)
def _(get_said):
    # The last cell: what it says is true of everything above it, which was drawn anew before.
    mo.Html(status_html(get_said(), "wb-gezegd"))
    return


if __name__ == "__main__":
    app.run()
