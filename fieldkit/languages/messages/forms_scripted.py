"""What a scripted interview found in place of what its table expects, and what is wrong with such a table."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "script.file_unknown": mark(
        "A script is a table in a markdown file (.md), a CSV file or a workbook (.xlsx). Nothing was run."
    ),
    "script.columns_missing": mark(
        "The script has no row with the names of its columns. Write do, question, value and note above the steps."
    ),
    "script.no_steps": mark("The script has no steps. Write one in each row, such as answer, age, 34."),
    "script.step_unknown": mark(
        "{step} is no step. Steps are, for example, answer, clear, add row, expect value, expect shown."
    ),
    "script.step_unknown_meant": mark("{step} is no step. Perhaps {meant} was meant."),
    "script.question_missing": mark(
        "The step {step} needs a question. Write its name in the column question."
    ),
    "script.value_missing": mark("The step {step} needs a value. Write it in the column value."),
    "script.question_unknown": mark("The form has no question {question}."),
    "script.question_unknown_meant": mark("The form has no question {question}. Perhaps {meant} was meant."),
    "script.question_ambiguous": mark("{question} may mean several: {places}. Write more of the way to it."),
    "script.row_unsaid": mark("{repeat} has {count} rows. Say which one, for example {repeat}[2]/name."),
    "script.row_not_there": mark("{repeat} has no row {row}. It has {count}."),
    "script.no_repeat": mark("{question} is no repeat, so it has no rows."),
    "script.rows_fixed": mark("The form itself counts the rows of {question}; nobody can add one."),
    "script.not_asked": mark("{question} is not shown now, so nobody can answer it."),
    "script.not_answerable": mark("{question} can be read, not answered."),
    "script.not_offered": mark("{value} is not offered. Offered are: {offered}."),
    "script.refused": mark("The answer {value} is not accepted: {message}."),
    "script.no_date": mark("{value} is no date. Write it as 2026-11-21."),
    "script.language_unknown": mark("The form does not speak {value}. It speaks: {known}."),
    "script.value_is": mark("It is {got}."),
    "script.value_there": mark("It should be empty, and it is {got}."),
    "script.value_empty": mark("It is empty."),
    "script.is_hidden": mark("{question} is hidden."),
    "script.is_shown": mark("{question} is shown."),
    "script.is_optional": mark("{question} may stay empty."),
    "script.is_required": mark("{question} must be answered."),
    "script.choices_are": mark("Offered are: {got}."),
    "script.choice_offered": mark("{value} is offered."),
    "script.label_is": mark("It says: {got}."),
    "script.rows_are": mark("There are {got}."),
    "script.accepted": mark("The answer {got} is accepted."),
    "script.message_is": mark("It is refused in other words: {got}."),
    "script.unfinished": mark("The interview cannot be finished yet. In the way stand: {questions}."),
    "script.finished": mark("The interview can be finished."),
}
