import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Verkennen met de leerkring")

with app.setup:
    import os

    import marimo as mo

    from data_contracts.errors import StudyError
    from data_contracts.vocabulary.logic import PURPOSE
    from notebooks.release_files import released_figures, released_tables
    from reports import explore
    from reports.content.change.figures import share_figure
    from reports.html.report import figure_html


@app.cell(hide_code=True)
def _():
    mo.md(f"""
    # Verkennen met de leerkring

    Kies een onderwerp en een groep. Raad eerst samen wat u verwacht. Onthul daarna het cijfer.

    {PURPOSE}
    """)
    return


@app.cell(hide_code=True)
def _():
    _place = mo.cli_args().get("publicatie") or os.environ.get("WIJKBAAT_RELEASE")
    try:
        tables = released_tables(_place, os.environ.get("WIJKBAAT_TEAM"))
    except StudyError as error:
        mo.stop(True, mo.md(f"**{error}**"))
    figures = released_figures(_place)
    return figures, tables


@app.cell(hide_code=True)
def _(tables):
    subject = mo.ui.dropdown(explore.subjects(tables), value=next(iter(explore.subjects(tables))), label="Onderwerp")
    moments = mo.ui.dropdown(explore.moments(tables), value=next(iter(explore.moments(tables))), label="Momenten")
    slice_of = mo.ui.dropdown(explore.slices(tables), value=next(iter(explore.slices(tables))), label="Verdeling")
    return moments, slice_of, subject


@app.cell(hide_code=True)
def _(slice_of, tables):
    _groups = explore.groups(tables, slice_of.value)
    group = mo.ui.dropdown(_groups, value=next(iter(_groups)), label="Groep")
    return (group,)


@app.cell(hide_code=True)
def _(group, moments, slice_of, subject):
    choice = explore.Choice(*subject.value, slice_of.value, group.value, *moments.value)
    _pairs = ([subject, moments], [slice_of, group])
    mo.vstack([mo.hstack(one, justify="start", wrap=True) for one in _pairs])  # a phone has room for one
    return (choice,)


@app.cell(hide_code=True)
def _(choice):
    choice  # with a new choice this form is empty again: the figure hides until the circle has guessed
    guess = mo.ui.radio(explore.GUESSES, label="Wat verwacht u?").form(submit_button_label="Onthul", bordered=True)
    guess
    return (guess,)


@app.cell(hide_code=True)
def _(choice, guess, tables):
    mo.stop(guess.value is None, mo.md("*Kies eerst wat u verwacht en druk op Onthul.*"))
    row = explore.row_of(tables, choice)
    hidden = explore.why_hidden(row)
    mo.stop(bool(hidden), mo.md(hidden))
    shown = share_figure(explore.compared(row, choice))
    answer = explore.expected_and_seen(guess.value, row) + explore.beside(tables, choice)
    others = explore.side_by_side(tables, choice)
    return answer, others, shown


@app.cell(hide_code=True)
def _(answer, choice, figures, others, shown):
    mo.vstack(
        [
            mo.md(f"## {answer}"),
            mo.iframe(figure_html(shown), height="560px"),
            mo.md(explore.in_report(figures, choice, shown)),
            # Folded: what the circle has not guessed yet stays out of sight until it asks for it.
            *[
                mo.accordion(
                    {"De andere leefgebieden ernaast": mo.iframe(figure_html(share_figure(one)), height="900px")}
                )
                for one in (others,)
                if one
            ],
            mo.md("""
            ### Praat erover

            1. Wat zien we?
            2. Wat doet het met ons?
            3. Hoe kan dat? Welke andere verklaring is er?
            4. Wat gaan we doen, en wanneer kijken we weer?
            """),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
