import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Leerkring")

with app.setup:
    import datetime as dt
    import os

    import marimo as mo

    from data_contracts.errors import StudyError
    from data_contracts.vocabulary.circle import (
        NO_GUARANTEE,
        ExchangeKind,
        OwnQuestion,
        PromiseStatus,
        ReadingStatus,
        RoleGroup,
        Round,
        group_label,
    )
    from data_contracts.vocabulary.logic import PURPOSE
    from notebooks.circle_link import CircleLink, new_mark
    from notebooks.release_files import released_tables
    from reports import explore
    from reports.circle.figure_key import OWN_QUESTION, choice_of
    from reports.circle.memory import remembered
    from reports.circle.naming import group_name, topic_name
    from reports.content.change.figures import share_figure
    from reports.content.circle import minutes as told
    from reports.html.cards import cards_html
    from reports.html.minutes import minutes_html
    from reports.html.report import figure_html
    from reports.pdf.minutes import minutes_pdf

    OPEN, BACK, SEE, CARDS, PILES, READ, AGREE, BETWEEN, MINUTES = (
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
    STEPS = (OPEN, BACK, SEE, CARDS, PILES, READ, AGREE, BETWEEN, MINUTES)
    NEW = "Nieuwe bijeenkomst"


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
        tables = released_tables(os.environ.get("WIJKBAAT_RELEASE"))
    except StudyError as error:
        mo.stop(True, mo.md(f"**{error}**"))
    return (tables,)


@app.cell(hide_code=True)
def _():
    link = CircleLink()
    return (link,)


@app.cell(hide_code=True)
def _():
    get_seen, set_seen = mo.state(0)
    get_said, set_said = mo.state("")
    get_topic, set_topic = mo.state("")
    get_group, set_group = mo.state("")
    return get_group, get_said, get_seen, get_topic, set_group, set_said, set_seen, set_topic


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
def _(link, set_said, set_seen):
    def keep(*records, done):
        """Keep records through the door, and say what became of it."""
        try:
            for one in records:
                link.keep(**one)
        except StudyError as error:
            set_said(str(error))
            return
        set_said(done)
        set_seen(lambda n: n + 1)

    return (keep,)


@app.cell(hide_code=True)
def _(memory):
    _names = [NEW, *sorted(memory.sessions)]
    _open = [name for name in _names[1:] if memory.sessions[name].closed is None]
    chosen = mo.ui.dropdown(_names, value=_open[-1] if _open else NEW, label="Bijeenkomst", allow_select_none=False)
    return (chosen,)


@app.cell(hide_code=True)
def _():
    step = mo.ui.dropdown(STEPS, value=OPEN, label="Stap", allow_select_none=False)
    return (step,)


@app.cell(hide_code=True)
def _(chosen, memory, step):
    session = memory.sessions.get(chosen.value)
    mo.hstack([chosen, step], justify="start", wrap=True)
    return (session,)


@app.cell(hide_code=True)
def _(get_said):
    mo.Html(f'<p role="status" aria-live="polite"><strong>{get_said()}</strong></p>')
    return


@app.cell(hide_code=True)
def _(memory, step):
    _promises = memory.open_promises()
    _lines = [f"- {one.text} ({one.owner}, {one.due:%d-%m-%Y})" for one in _promises]
    mo.stop(step.value not in (OPEN, BACK))
    mo.md("\n".join(["## Vorige keer spraken we af", *(_lines or ["Er staat niets open."])]))
    return


@app.cell(hide_code=True)
def _(keep, memory, session, step, tables):
    mo.stop(step.value != OPEN)
    mo.stop(session is not None, mo.md("Deze bijeenkomst is geopend. Ga naar **2. Terugblik**."))
    _figures = explore.offered(tables)
    _elements = {
        "day": mo.ui.date(value=memory.next_date() or dt.date.today(), label="Dag"),
        **{f"figure{at}": mo.ui.dropdown(_figures, label=f"Cijfer {at}", full_width=True) for at in range(1, 5)},
        "question": mo.ui.text(label="Onze eigen vraag (mag leeg)", full_width=True, max_length=400),
        "goes": mo.ui.dropdown({one.label: one.value for one in OwnQuestion}, label="Die vraag wordt"),
        **{one.value: mo.ui.text(value="0", max_length=3, label=group_name(one.value)) for one in RoleGroup},
    }
    _agenda = "\n\n".join(f"{{figure{at}}}" for at in range(1, 5))
    _people = "\n\n".join(f"{{{one.value}}}" for one in RoleGroup)
    _mark = new_mark()

    def _open(said):
        _session = said["day"].isoformat()
        keep(
            {
                "kind": "opened",
                "session": _session,
                "mark": _mark,
                "agenda": list(dict.fromkeys(one for at in range(1, 5) if (one := said[f"figure{at}"]))),
                "question": said["question"],
                "question_goes": said["goes"],
                "present": {one.value: said[one.value] or 0 for one in RoleGroup},
                "release": os.environ.get("WIJKBAAT_RELEASE_NAME", ""),
            },
            done="De bijeenkomst is geopend.",
        )

    mo.md(
        f"## Openen\n\n{{day}}\n\n### Agenda: twee tot vier cijfers\n\n{_agenda}\n\n{{question}}\n\n{{goes}}\n\n### Hoeveel mensen zijn er?\n\n{_people}"
    ).batch(**_elements).form(submit_button_label="Open de bijeenkomst", on_change=_open)
    return


@app.cell(hide_code=True)
def _(memory, session, step):
    mo.stop(step.value != OPEN and session is None, mo.md("Open eerst een bijeenkomst, bij **1. Openen**."))
    before = memory.before(session.id) if session else None
    return (before,)


@app.cell(hide_code=True)
def _(before, keep, memory, session, step):
    mo.stop(step.value != BACK)
    _parts = []
    if before is not None and not before.adopted_in:
        _parts.append(
            mo.ui.run_button(
                label=f"Stel het verslag van {before.id} vast",
                on_change=lambda _: keep(
                    {"kind": "minutes_adopted", "session": session.id, "of": before.id},
                    done="Vastgesteld. De losse kaarten van die bijeenkomst zijn gewist; de stapels blijven.",
                ),
            )
        )
    _open = {one.text: item for item, one in memory.promises.items() if one.status is PromiseStatus.OPEN}

    def _settle(said):
        _one = memory.promises[said["item"]]
        keep(
            {
                **_one.model_dump(mode="json", exclude={"id", "on", "session", "status", "why"}, exclude_none=True),
                "session": session.id,
                "status": said["status"],
                "why": said["why"],
            },
            done="Dat is vastgelegd.",
        )

    if _open:
        _parts.append(
            mo.md("### Wat is ervan gekomen?\n\n{item}\n\n{status}\n\n{why}")
            .batch(
                item=mo.ui.dropdown(_open, value=next(iter(_open)), label="Afspraak", full_width=True),
                status=mo.ui.radio(
                    {one.label: one.value for one in PromiseStatus}, value=PromiseStatus.DONE.label, label="Stand"
                ),
                why=mo.ui.text(label="Waarom, of hoe het ging", full_width=True, max_length=400),
            )
            .form(submit_button_label="Leg vast", on_change=_settle)
        )
    mo.vstack(_parts or [mo.md("Er is niets om vast te stellen.")])
    return


@app.cell(hide_code=True)
def _(get_topic, session, set_topic, step):
    mo.stop(step.value not in (SEE, CARDS, PILES, READ))
    _topics = [*session.opened.agenda]
    if step.value in (CARDS, PILES):
        _topics.append(OWN_QUESTION)
    _now = get_topic() if get_topic() in _topics else _topics[0]
    topic = mo.ui.radio(
        {topic_name(one): one for one in _topics}, value=topic_name(_now), label="Waarover?", on_change=set_topic
    )
    topic
    return (topic,)


@app.cell(hide_code=True)
def _(keep, session, step, topic):
    mo.stop(step.value != SEE)
    _ways = {"up": "meer vooruit", "equal": "evenveel", "down": "meer achteruit"}
    _numbers = {
        f"{group}_{way}": mo.ui.text(value="0", max_length=3, label=f"{group_label(group)}: {name}")
        for group, n in session.groups.items()
        for way, name in _ways.items()
    }
    _lines = "\n\n".join(
        f"**{group_name(group)} ({n})**\n\n" + " ".join(f"{{{group}_{way}}}" for way in _ways)
        for group, n in session.groups.items()
    )

    def _guess(said):
        _counted = [
            {
                "kind": "guess",
                "session": session.id,
                "figure": topic.value,
                "group": group,
                **{way: said[f"{group}_{way}"].strip() or "0" for way in _ways},
            }
            for group in session.groups
        ]
        keep(*[one for one in _counted if any(one[way] != "0" for way in _ways)], done="Geraden. Onthul nu het cijfer.")

    mo.stop(topic.value in session.revealed)
    mo.md(f"## Wat verwacht u?\n\nTel de handen per groep.\n\n{_lines}").batch(**_numbers).form(
        submit_button_label="Bewaar de handen", on_change=_guess
    )
    return


@app.cell(hide_code=True)
def _(keep, session, step, tables, topic):
    mo.stop(step.value != SEE)
    _choice = choice_of(topic.value)
    _row = explore.row_of(tables, _choice)
    _hidden = explore.why_hidden(_row)
    _guessed = any(figure == topic.value for figure, _ in session.guesses)
    mo.stop(not _guessed and topic.value not in session.revealed, mo.md("*Raad eerst. Daarna kunt u onthullen.*"))
    _shows = {} if _hidden else {"shows": explore.shows(_row)}
    _button = mo.ui.run_button(
        label="Onthul",
        kind="success",
        on_change=lambda _: keep(
            {"kind": "revealed", "session": session.id, "figure": topic.value, **_shows}, done="Onthuld."
        ),
    )
    mo.stop(topic.value not in session.revealed, _button)
    mo.stop(bool(_hidden), mo.md(_hidden))
    mo.vstack(
        [
            mo.md(f"## {explore.revealed(tables, _choice)}"),
            mo.iframe(figure_html(share_figure(explore.compared(_row, _choice))), height="560px"),
        ]
    )
    return


@app.cell(hide_code=True)
def _(step):
    mo.stop(step.value != CARDS)
    round_of = mo.ui.radio({one.label: one.value for one in Round}, value=Round.SEE.label, label="Ronde")
    round_of
    return (round_of,)


@app.cell(hide_code=True)
def _(get_group, keep, round_of, session, set_group, step, topic):
    mo.stop(step.value != CARDS)
    _groups = {group_name(one): one for one in session.groups}
    _now = get_group() if get_group() in _groups.values() else next(iter(_groups.values()))
    _group = mo.ui.radio(_groups, value=group_name(_now), label="Groep", inline=True, on_change=set_group)
    _mark = new_mark()
    _text = mo.ui.text_area(label="Eén gedachte per kaart", max_length=400, full_width=True, rows=3).form(
        submit_button_label="Leg de kaart neer",
        on_change=lambda text: keep(
            {
                "kind": "card",
                "session": session.id,
                "mark": _mark,
                "topic": topic.value,
                "round": round_of.value,
                "group": _now,
                "text": text or "",
            },
            done="De kaart ligt er.",
        ),
    )
    _cards = [one for one in session.cards.values() if one.topic == topic.value and one.round == round_of.value]
    mo.vstack([_group, _text, mo.md(f"*{NO_GUARANTEE}*"), mo.Html(cards_html(_cards))])
    return


@app.cell(hide_code=True)
def _(keep, session, step, topic):
    mo.stop(step.value != PILES)
    _cards = {
        f"{one.text} ({group_label(one.group)})": mark
        for mark, one in session.cards.items()
        if one.topic == topic.value
    }
    mo.stop(not _cards, mo.md("Er liggen nog geen kaarten om te stapelen."))
    _mark, _item = new_mark(), new_mark()
    _pile = (
        mo.md("## Wat hoort bij elkaar?\n\n" + "\n\n".join(f"{{c{at}}}" for at in range(len(_cards))) + "\n\n{name}")
        .batch(
            **{f"c{at}": mo.ui.checkbox(label=text) for at, text in enumerate(_cards)},
            name=mo.ui.text(label="Naam van het stapeltje", full_width=True, max_length=400),
        )
        .form(
            submit_button_label="Maak een stapel",
            on_change=lambda said: keep(
                {
                    "kind": "cluster",
                    "session": session.id,
                    "mark": _mark,
                    "item": _item,
                    "topic": topic.value,
                    "name": said["name"],
                    "cards": [mark for at, mark in enumerate(_cards.values()) if said[f"c{at}"]],
                },
                done="De stapel is gemaakt.",
            ),
        )
    )
    _remove = mo.ui.dropdown(_cards, label="Een kaart weghalen", full_width=True).form(
        submit_button_label="Haal weg",
        on_change=lambda what: keep(
            {"kind": "removed", "session": session.id, "what": what}, done="Weg. Er blijft alleen een merkteken."
        ),
    )
    mo.vstack([_pile, _remove])
    return


@app.cell(hide_code=True)
def _(keep, session, step, topic):
    mo.stop(step.value != PILES)
    _piles = [(one, dots) for one, dots in session.weighed() if one.topic == topic.value]
    mo.stop(not _piles)
    _names = {f"p{at}_{group}": (one, group) for at, (one, _) in enumerate(_piles) for group in session.groups}
    _lines = "\n\n".join(
        f"{{name{at}}} " + " ".join(f"{{p{at}_{group}}}" for group in session.groups) for at, _ in enumerate(_piles)
    )

    def _weigh(said):
        keep(
            *[
                {
                    "kind": "dots",
                    "session": session.id,
                    "cluster": one.item,
                    "group": group,
                    "dots": said[key] or 0,
                }
                for key, (one, group) in _names.items()
            ],
            done="De stippen zijn bewaard.",
        )

    mo.md(f"## Hoe zwaar weegt elke stapel?\n\n{_lines}").batch(
        **{
            f"name{at}": mo.ui.text(value=f"{one.name} ({dots})", disabled=True)
            for at, (one, dots) in enumerate(_piles)
        },
        **{
            key: mo.ui.text(
                value=str(session.dots[one.item, group].dots if (one.item, group) in session.dots else 0),
                max_length=2,
                label=f"{one.name}: {group_label(group)}",
            )
            for key, (one, group) in _names.items()
        },
    ).form(submit_button_label="Bewaar de stippen", on_change=_weigh)
    return


@app.cell(hide_code=True)
def _(keep, memory, session, step, topic):
    mo.stop(step.value != READ)
    _mine = {item: one for item, one in memory.readings.items() if one.figure == topic.value}
    _waiting = {
        one.text: item
        for item, one in _mine.items()
        if one.session < session.id or one.status is not ReadingStatus.CONCEPT
    }
    _groups = {group_name(one): one for one in session.groups}
    _fields = {
        "text": mo.ui.text_area(label="Zo lezen wij dit cijfer", max_length=400, full_width=True, rows=3),
        "dissent": mo.ui.text(label="Wat sommigen anders zien (mag leeg)", full_width=True, max_length=400),
    }
    _boxes = "Door welke groepen?\n\n" + "\n\n".join(f"{{{code}}}" for code in _groups.values())
    _mark, _item = new_mark(), new_mark()

    def _ticked():
        return {code: mo.ui.checkbox(value=True, label=name) for name, code in _groups.items()}

    def _read(said, item, status, words):
        keep(
            {
                "kind": "reading",
                "session": session.id,
                "mark": _mark,
                "item": item,
                "figure": topic.value,
                "status": status,
                "text": words,
                "groups": [code for code in _groups.values() if said[code]],
                "dissent": said["dissent"],
            },
            done="De lezing staat er als concept." if status == ReadingStatus.CONCEPT else "De lezing is vastgesteld.",
        )

    _new = (
        mo.md(f"## Een lezing voor dit cijfer\n\n{{text}}\n\n{_boxes}\n\n{{dissent}}")
        .batch(**_fields, **_ticked())
        .form(
            submit_button_label="Leg vast als concept",
            on_change=lambda said: _read(said, _item, ReadingStatus.CONCEPT.value, said["text"]),
        )
    )
    _parts = [_new]
    if _waiting:
        _adopt = (
            mo.md(f"## Wat vorige keer concept was\n\n{{item}}\n\n{{text}}\n\n{_boxes}\n\n{{dissent}}")
            .batch(
                **_ticked(),
                item=mo.ui.dropdown(_waiting, value=next(iter(_waiting)), label="Lezing", full_width=True),
                text=mo.ui.text_area(label="Andere woorden (leeg = zoals zij is)", full_width=True, rows=2),
                dissent=mo.ui.text(label="Wat sommigen anders zien (mag leeg)", full_width=True, max_length=400),
            )
            .form(
                submit_button_label="Stel vast",
                on_change=lambda said: _read(
                    said,
                    said["item"],
                    (ReadingStatus.REVISED if said["text"] else ReadingStatus.ADOPTED).value,
                    said["text"] or memory.readings[said["item"]].text,
                ),
            )
        )
        _parts.insert(0, _adopt)
    mo.vstack(_parts)
    return


@app.cell(hide_code=True)
def _(keep, session, step):
    mo.stop(step.value != AGREE)
    _mark, _item = new_mark(), new_mark()
    mo.md("## Wat spreken we af?\n\n{text}\n\n{owner}\n\n{due}").batch(
        text=mo.ui.text_area(label="Wat", max_length=400, full_width=True, rows=2),
        owner=mo.ui.text(label="Wie (een rol, geen naam)", full_width=True, max_length=60),
        due=mo.ui.date(value=session.opened.on + dt.timedelta(days=90), label="Voor wanneer"),
    ).form(
        submit_button_label="Leg de afspraak vast",
        on_change=lambda said: keep(
            {
                "kind": "promise",
                "session": session.id,
                "mark": _mark,
                "item": _item,
                **said,
                "due": said["due"].isoformat(),
            },
            done="De afspraak staat.",
        ),
    )
    return


@app.cell(hide_code=True)
def _(keep, memory, session, step):
    mo.stop(step.value != BETWEEN)
    _mark, _item = new_mark(), new_mark()
    _table = told.exchanges_table(memory, memory.exchanges.values())
    _lines = "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in _table.rows)
    _head = "| " + " | ".join(_table.columns) + " |\n" + "|---" * len(_table.columns) + "|\n"
    _form = (
        mo.md("## Naar beleid, of van beleid\n\n{what}\n\n{text}\n\n{owner}")
        .batch(
            what=mo.ui.radio(
                {one.label: one.value for one in ExchangeKind if one is not ExchangeKind.ANSWER},
                value=ExchangeKind.BOTTLENECK.label,
                label="Soort",
            ),
            text=mo.ui.text_area(label="Wat", max_length=400, full_width=True, rows=2),
            owner=mo.ui.text(label="Voor wie (een rol, geen naam)", full_width=True, max_length=60),
        )
        .form(
            submit_button_label="Leg vast",
            on_change=lambda said: keep(
                {"kind": "exchange", "session": session.id, "mark": _mark, "item": _item, **said},
                done="Het staat er, tussen praktijk en beleid.",
            ),
        )
    )
    mo.vstack([_form, mo.md(_head + _lines if _lines else "Er ligt nog niets tussen praktijk en beleid.")])
    return


@app.cell(hide_code=True)
def _(events, keep, session, step):
    mo.stop(step.value != MINUTES)
    _town = os.environ.get("WIJKBAAT_TOWN", "")
    _chapters = told.minutes(events, session.id)
    _status, _day = told.status_of(session), session.opened.on
    _close = mo.ui.date(value=_day + dt.timedelta(days=91), label="Volgende bijeenkomst").form(
        submit_button_label="Sluit de bijeenkomst",
        on_change=lambda day: keep(
            {"kind": "closed", "session": session.id, "next_on": day.isoformat()},
            done="Gesloten. Tot de volgende keer.",
        ),
    )
    _name = f"verslag-leerkring-{session.id}"
    mo.vstack(
        [
            _close if session.closed is None else mo.md(f"Gesloten. Volgende keer: {session.closed.next_on:%d-%m-%Y}."),
            mo.hstack(
                [
                    mo.download(
                        minutes_html(_town, _day, _status, _chapters).encode(), f"{_name}.html", label="Verslag (HTML)"
                    ),
                    mo.download(
                        lambda: minutes_pdf(_town, _day, _status, _chapters), f"{_name}.pdf", label="Verslag (PDF)"
                    ),
                ],
                justify="start",
                wrap=True,
            ),
            mo.iframe(minutes_html(_town, _day, _status, _chapters), height="700px"),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
