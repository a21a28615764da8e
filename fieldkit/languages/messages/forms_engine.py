"""What is told about a form that cannot be run, and about its expressions."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "form.too_large": mark(
        "This form is larger than {limit} MiB. Nothing was changed. Take pictures and long lists out of it, "
        "or put long lists into a CSV file beside it."
    ),
    "form.xml": mark(
        "This form is damaged in line {line}, so it cannot be read. Nothing was changed. Copy it again from "
        "where it was made, or convert it again from its XLSForm."
    ),
    "form.xml_entities": mark(
        "This form contains definitions that a form does not need and that can do harm. Nothing was changed. "
        "Ask the person who sent it for the XLSForm."
    ),
    "form.no_model": mark(
        "This file is no ODK form: it has no model. Nothing was changed. Choose the form's XLSForm or XForm file."
    ),
    "form.no_instance": mark(
        "This form has no list of its answers, so nothing could be recorded. Nothing was changed. Convert it "
        "again from its XLSForm."
    ),
    "form.bind_nowhere": mark(
        "The form has a rule for {path}, but no question is there. The rule does nothing. Look for a question "
        "that was renamed or taken out."
    ),
    "form.control_nowhere": mark(
        "The form shows a question for {path}, but has no place for its answer. The question is not shown. "
        "Convert the form again from its XLSForm."
    ),
    "form.too_many_parts": mark(
        "The form, or a list beside it, has more than {limit} parts, which no interview needs. Nothing was "
        "changed. Leave out what is not asked and try again."
    ),
    "form.file_missing": mark(
        "The form needs the file {file}, which is not beside it. Lists from this file stay empty. Add the file "
        "and import the form again."
    ),
    "form.list_unreadable": mark(
        "The file {file} cannot be read as a list, or nothing is in it: its questions will have no answers to "
        "choose. Save it as CSV in UTF-8 with a first row of column names, and import the form again."
    ),
    "form.partly_nowhere": mark(
        "This date may be known in part, and {wanted} should say how much of it is known. That works only at a "
        "question of type date with a hidden text of that name in the same group; the date is asked whole. Add the "
        "text, or take the column out."
    ),
    "form.list_column_missing": mark(
        "The list {list} has no column {wanted}, which the form takes its answers from, so that nothing in it "
        "can be chosen. Give the column that name and import the form again."
    ),
    "form.no_node": mark(
        "The program asked for a question that this form does not have. Your answers are safe. Close the "
        "interview and open it again."
    ),
    "expression.syntax": mark(
        "The formula for {what} of {path} cannot be read from character {at} on. Nothing was changed. Look for a "
        "missing bracket or quotation mark there."
    ),
    "expression.too_long": mark(
        "The formula for {what} of {path} has {length} characters; {limit} are possible. Nothing was changed. "
        "Split it over several calculate questions."
    ),
    "expression.too_deep": mark(
        "The formula for {what} of {path} has more than {limit} brackets inside one another. Nothing was changed. "
        "Split it over several calculate questions."
    ),
    "expression.too_much_work": mark(
        "A formula of the form searches in its own searches and takes too long. What it decides stays as it was. "
        "Split it over several calculate questions."
    ),
    "expression.unknown_function": mark(
        "The formula for {what} of {path} uses {name}(), which is not a function of forms. Nothing was changed. "
        "Correct the name."
    ),
    "expression.arguments": mark(
        "The formula for {what} of {path} gives {given} values to {name}(), which takes another number of them. "
        "Nothing was changed. Correct the formula."
    ),
    "expression.cycle": mark(
        "Some questions are calculated from one another in a circle: {steps}. Nothing was changed. Take one of "
        "them out of the circle."
    ),
    "expression.pattern": mark(
        "The pattern {pattern} of a regex() cannot be read. The answer is not checked with it. Correct the pattern "
        "in the form."
    ),
    "expression.digest": mark(
        "A digest() asks for the method {method}, which does not exist. Its value stays empty. Correct the form."
    ),
    "expression.not_nodes": mark(
        "A formula gives a value where a question is needed. Its value stays empty. Correct the form."
    ),
    "expression.not_supported": mark(
        "A formula uses {name}(), which this program cannot do yet. Its value stays empty."
    ),
    "expression.not_in_rules": mark(
        "A rule asks for the time, for chance or for a place in a form; rules may only ask for the names of the "
        "codebook. The rule was not used. Correct the rule."
    ),
}
