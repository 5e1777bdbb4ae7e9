import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Rekenen met de MKBA")

with app.setup:
    import os

    import marimo as mo

    from data_contracts.errors import StudyError
    from mkba.binding.released_quantities import released_quantities
    from mkba.inputs.shipped import parameter_packs
    from mkba.what_if import WhatIf
    from notebooks.release_files import released_tables
    from notebooks.study_files import mkba_of, study_of
    from reports import what_if
    from reports.html.cards import picture_html, sentences_html, table_html


@app.cell(hide_code=True)
def _():
    mo.md("""
    # Rekenen met de MKBA

    Verschuif wat u anders ziet en kijk wat het met de uitkomst doet. Dezelfde rekenregels als het rapport, met de marge erbij.
    **Alles wat u hier ziet is een rekenvoorbeeld.**
    """)
    return


@app.cell(hide_code=True)
def _():
    try:
        tables = released_tables(os.environ.get("WIJKBAAT_RELEASE"))
        model = mkba_of()
        released = released_quantities(study_of()[1].design, tables)
    except StudyError as error:
        mo.stop(True, mo.md(f"**{error}**"))
    return model, released


@app.cell(hide_code=True)
def _(model):
    _years = max(one.years for one in model.alternatives)
    effect = mo.ui.slider(
        0, 200, 10, value=100, label="Effect, in % van wat gemeten is", show_value=True, full_width=True
    )
    price = mo.ui.slider(50, 150, 10, value=100, label="Prijzen, in % van de bron", show_value=True, full_width=True)
    years = mo.ui.slider(1, 20, 1, value=_years, label="Hoeveel jaar het doorgaat", show_value=True, full_width=True)
    discount = mo.ui.slider(
        -2, 3, 0.5, value=0, label="Discontovoet, procentpunt erbij", show_value=True, full_width=True
    )
    cashed = mo.ui.slider(
        0, 150, 10, value=100, label="Verzilverd, in % van de afspraak", show_value=True, full_width=True
    )
    mo.vstack([effect, price, years, discount, cashed])
    return cashed, discount, effect, price, years


@app.cell(hide_code=True)
def _(cashed, discount, effect, model, price, released, years):
    _standard = max(one.years for one in model.alternatives)
    what = WhatIf(
        effect.value / 100,
        price.value / 100,
        None if years.value == _standard else years.value,
        discount.value,
        cashed.value / 100,
    )
    shown = what_if.shown(model, parameter_packs(), released, what)
    return (shown,)


@app.cell(hide_code=True)
def _(shown):
    mo.vstack(
        [
            mo.Html(sentences_html(shown.sentences)),
            mo.Html(picture_html(" ".join(shown.sentences), shown.picture)),
            mo.Html(table_html(shown.purses, "")),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
