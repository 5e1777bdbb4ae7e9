"""Open questions as a person reads them who will answer them in a file."""

from __future__ import annotations

from pipelines.init.questions import Question, Talk, shown


def questions_text(talk: Talk) -> str:
    """Everything that must be answered first, as a file with replies would name it."""
    number = len(talk.open)
    head = (
        f"{number} {'vraag moet' if number == 1 else 'vragen moeten'} eerst beantwoord worden. Zet de antwoorden in "
        "een YAML-bestand, per regel de naam van de vraag met het antwoord, en geef dat op met --answers:"
    )
    example = f"\nBijvoorbeeld:\n    {example_reply(talk.open[0])}" if number else ""
    return f"{head}\n\n{shown(talk.open, talk.wrong)}{example}"


def example_reply(question: Question) -> str:
    """How a line that answers the question looks; the choice is the reader's."""
    if question.parts:
        each = ", ".join(f"'{part}': ..." for part in question.parts)
        return f"{question.name}: {{{each}}}"
    return f"{question.name}: [..., ...]" if question.several else f"{question.name}: ..."
