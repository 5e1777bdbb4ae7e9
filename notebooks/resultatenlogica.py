import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="Resultatenlogica")

with app.setup:
    import os

    import marimo as mo

    from data_contracts.errors import StudyError
    from data_contracts.vocabulary.logic import PURPOSE
    from data_contracts.yaml_file import read_text
    from indicators.results_logic.drawing.reading_aloud import read_aloud
    from indicators.results_logic.tree.growing import with_step
    from notebooks.forms.tree import step_form
    from notebooks.release_files import released_tables
    from notebooks.study_files import study_of, tree_of
    from reports import tree_told
    from reports.html.cards import status_html, table_html


@app.cell(hide_code=True)
def _():
    mo.md(f"# Resultatenlogica\n\nLinks staat wat teams doen, rechts waarom. Elke pijl is een aanname. {PURPOSE}")
    return


@app.cell(hide_code=True)
def _():
    try:
        tables = released_tables(os.environ.get("WIJKBAAT_RELEASE"))
        tree = tree_of()
        text = read_text(study_of()[0] / "results_logic.yaml")
    except StudyError as error:
        mo.stop(True, mo.md(f"**{error}**"))
    return tables, text, tree


@app.cell(hide_code=True)
def _(tables, tree):
    mo.vstack(
        [
            mo.Html(
                f'<div tabindex="0" role="region" aria-label="Tekening van de boom" style="overflow-x:auto">{tree_told.drawing(tree, tables)}</div>'
            ),
            mo.md("## Waar hapert het?\n\n" + "\n".join(f"- {line}" for line in tree_told.diagnosis_lines(tables))),
            mo.accordion({"Lees de boom voor": mo.md("\n\n".join(read_aloud(tree)))}),
        ]
    )
    return


@app.cell(hide_code=True)
def _(tree):
    node = mo.ui.dropdown(
        {one.title: one.id for one in tree.nodes}, value=tree.nodes[0].title, label="Stap", full_width=True
    )
    _links = {f"{tree.node(one.node_from).title} → {tree.node(one.node_to).title}": one.id for one in tree.links}
    link = mo.ui.dropdown(_links, value=next(iter(_links), None), label="Verband", full_width=True)
    return link, node


@app.cell(hide_code=True)
def _(link, node, tables, tree):
    _link = next((one for one in tree.links if one.id == link.value), None)
    mo.vstack(
        [
            node,
            mo.Html(
                table_html(tree_told.node_table(tree, tables, node.value), "Bij deze stap hoort nog geen indicator.")
            ),
            link,
            mo.Html(table_html(tree_told.link_table(tree, _link))) if _link else mo.md("Er is nog geen verband."),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    get_grown, set_grown = mo.state("")
    get_told, set_told = mo.state("")
    return get_grown, get_told, set_grown, set_told


@app.cell(hide_code=True)
def _(set_grown, set_told, text, tree):
    def propose(said):
        try:
            set_grown(
                with_step(text, "results_logic.yaml", said["above"], said["title"], said["assumption"], said["months"])
            )
            set_told("Het voorstel staat klaar. Geef het aan de onderzoeker; de boom zelf is niet veranderd.")
        except StudyError as error:
            set_told(str(error))

    grow_form = step_form(tree, propose)
    grow_form
    return grow_form, propose


@app.cell(hide_code=True)
def _(get_grown, get_told):
    _said = mo.Html(status_html(get_told()))
    _file = mo.download(get_grown().encode(), "results_logic.voorstel.yaml", label="Voorstel voor de boom")
    mo.vstack([_said, *([_file] if get_grown() else [])])
    return


if __name__ == "__main__":
    app.run()
