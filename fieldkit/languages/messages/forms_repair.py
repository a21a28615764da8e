"""What was changed in the repaired copy of a form, and why it could be changed without guessing."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "repair.sheet_name": mark("The sheet got the name under which forms are read."),
    "repair.header_row": mark("The row with the names of the columns was moved to the top of the sheet."),
    "repair.column": mark("The column got the name that forms use."),
    "repair.column_spare": mark(
        "The column said nothing that {other} does not say; its name was taken away."
    ),
    "repair.column_twice": mark("Two columns had this name; the second got one of its own."),
    "repair.language": mark("One language was written in several ways; it is written in one now."),
    "repair.default_language": mark("The default language is written as in the columns now."),
    "repair.namespace": mark("Columns of another server need this line."),
    "repair.spaces": mark("Spaces that do not belong there, or characters that nobody sees, were taken out."),
    "repair.cell_error": mark("An error of the spreadsheet stood in a cell that no form reads."),
    "repair.form_id": mark("The form_id got underscores in place of spaces and signs."),
    "repair.form_id_missing": mark(
        "The form had no form_id. It was made of the title or of the name of the file."
    ),
    "repair.name": mark(
        "Names hold letters, digits, underscores, hyphens and full stops only, without accents."
    ),
    "repair.name_missing": mark("There was no name. Give it a better one if you read the data by names."),
    "repair.name_reserved": mark("This name is kept for something else in every form."),
    "repair.name_twice": mark("Row {first} has this name too. This one got a name of its own."),
    "repair.reference_follows": mark("The reference follows the new name."),
    "repair.reference": mark("There was no question with this name, and only one that can have been meant."),
    "repair.reference_marks": mark("References are written with a dollar sign and curly brackets."),
    "repair.row_twice": mark("The row was the same as row {first}. It was emptied."),
    "repair.list_name": mark("The list is spelled in one way now."),
    "repair.list_name_above": mark("The choice had no list. It belongs to the list of the row above."),
    "repair.type": mark("The type is spelled as forms need it."),
    "repair.kobo": mark(
        "Scores and ranks of KoBo became a group of questions that choose from the same list."
    ),
    "repair.truth": mark("Yes and no are written yes and no."),
    "repair.end_alone": mark("This end closed nothing. The row was emptied."),
    "repair.end_missing": mark("{name} was not closed. A row that closes it was put in behind this one."),
    "repair.end_kind": mark("This end closes {name}, which is of the other kind."),
    "repair.quotes": mark("Quotation marks and signs of word processors became plain ones."),
    "repair.expression": mark("The expression could not be read as it was written; it says the same now."),
    "repair.bare_word": mark(
        "A word stood without marks: text needs quotation marks, a question a dollar sign and curly brackets."
    ),
    "repair.filter_column": mark("The column of the choices is spelled as in its sheet now."),
    "repair.choice_name_missing": mark("The choice had no name. It was made of its text."),
    "repair.choice_name": mark("Names of choices of which several can be chosen hold no spaces."),
    "repair.choice_twice": mark(
        "The list {list} has this name in row {first} too, with another text. This one got a name of its own; "
        "expressions ask for both. Check that both are wanted."
    ),
    "repair.choice_row_twice": mark("The choice was the same as in row {first}. The row was emptied."),
    "repair.choice_text": mark("The text was taken over from row {other}, which has the same choice."),
    "repair.choices_may_repeat": mark(
        "The list {list} has names that come again under another filter. The settings allow it now."
    ),
    "repair.value": mark("The value is spelled as the choice that is offered."),
    "repair.value_follows": mark("The expression follows the new name of a choice."),
    "repair.parameters": mark("Parameters are written name=value, with a space between them."),
    "repair.label_missing": mark("People would have seen nothing here. The name is shown; write a text."),
    "repair.old_format": mark("The old spreadsheet format was exchanged for the present one."),
    "repair.written_anew": mark(
        "The workbook could not be opened with its colours. The copy holds the form's sheets alone."
    ),
}
