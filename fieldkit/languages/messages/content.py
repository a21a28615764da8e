"""What is said when a table of content or the source of a leaflet is not what it should be."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "content.missing_file": mark(
        "The file {file} is missing or cannot be read. Nothing of this content was taken in and no record "
        "was changed. Install the program or the pack again."
    ),
    "content.too_long": mark(
        "The file {file} is longer than any such file should be, so it was not read. Nothing was changed. "
        "Ask whoever made it for a shorter one."
    ),
    "content.not_text": mark(
        "The file {file} is not text in UTF-8. Nothing of it was taken in. Save it again as “CSV UTF-8” "
        "or as UTF-8 text."
    ),
    "content.columns": mark(
        "The first row of {file} should be “{expected}” and is “{found}”. Nothing of it was taken in. "
        "Give the columns these names, in this order."
    ),
    "content.row_length": mark(
        "Row {row} of {file} has {found} cells instead of {expected}. Nothing of the file was taken in. "
        "Look for a missing or an extra comma, or for a quotation mark that does not close."
    ),
    "content.bad_row": mark(
        "Row {row} of {file} cannot be read. Nothing of the file was taken in. Look for a quotation mark "
        "that does not close, in this row or in one above it."
    ),
    "content.empty_cell": mark(
        "Row {row} of {file} has nothing in the column “{column}”. Nothing of the file was taken in. Fill "
        "the cell or remove the row."
    ),
    "content.duplicate": mark(
        "“{value}” stands in row {first} of {file} and again in row {row}, column “{column}”. Nothing of "
        "the file was taken in. Give one of them another name or remove it."
    ),
    "content.unknown_name": mark(
        "Row {row} of {file} has “{value}” in the column “{column}”, and nothing here has this name. "
        "Nothing of the file was taken in. Correct the spelling, or add the name to its own table first."
    ),
    "content.unknown_chapter": mark(
        "The module “{module}” covers a chapter “{chapter}”, and the booklet has none of this name. "
        "Nothing was taken in. Correct the name in coverage.csv."
    ),
    "content.nobody_comes": mark(
        "The practice case in {file} says of nobody that they come. Nothing of the file was taken in. Add rows of "
        "the kind “person” that tell of an invented person."
    ),
    "content.sample_protocol": mark(
        "Row {row} of {file} is an invented protocol in a real table, or a real one among the invented (column "
        "“{column}”). Nothing of the file was taken in. Move the row, or correct the cell."
    ),
    "content.rule_and_agreement": mark(
        "Row {row} of {file} asks for agreement and names a rule that takes its place (column “{column}”). "
        "Nothing of the file was taken in. Keep one of the two."
    ),
    "content.field_not_for_recipient": mark(
        "Row {row} of {file} lets “{value}” go to somebody who may not receive it by the table of facts (column "
        "“{column}”). Nothing of the file was taken in. Remove the field, or change who may receive it."
    ),
    "content.bad_number": mark(
        "Row {row} of {file} has “{value}” in the column “{column}”; it should be a whole number from 0. "
        "Nothing of the file was taken in. Correct the cell or leave it empty."
    ),
    "content.bad_hours": mark(
        "Row {row} of {file} has “{value}” in the column “{column}”; a time is written in hours (48, or 48 h) or "
        "in days (3 d). Nothing of the file was taken in. Correct the cell or leave it empty."
    ),
    "content.bad_date": mark(
        "Row {row} of {file} has “{value}” in the column “{column}”; a date is written 2026-11-21. "
        "Nothing of the file was taken in. Correct the cell or leave it empty."
    ),
    "content.never_suggested": mark(
        "Row {row} of {file} has a rule for {value} in the column “{column}”. No rule may suggest it, "
        "because silence is not safety; only a person can choose it. Nothing of the file was taken in. "
        "Remove the row."
    ),
    "content.too_many_rows": mark(
        "{file} goes on after row {row}; a table of rules has at most {limit} (column “{column}”). "
        "Nothing of the file was taken in. Remove rules that are not used."
    ),
    "content.long_expression": mark(
        "The condition in row {row} of {file}, column “{column}”, is longer than {limit} characters. "
        "Nothing of the file was taken in. Make two rules of it."
    ),
    "content.broken_expression": mark(
        "The condition in row {row} of {file}, column “{column}”, cannot be read. Nothing of the file was "
        "taken in. Check that each bracket and each quotation mark closes, and that names are written as "
        "${{name}}."
    ),
    "content.half_review": mark(
        "Row {row} of {file} names a reviewer without a day, or a day without a reviewer (column "
        "“{column}”). Nothing of the file was taken in. Fill both cells, or leave both empty if no lawyer "
        "has read the text."
    ),
    "content.step_order": mark(
        "Row {row} of {file} is step {value} where step {expected} should come (column “{column}”). Nothing of the "
        "file was taken in. Number the steps of each pathway and place from 1, in order, without a gap."
    ),
    "content.one_region": mark(
        "Row {row} of {file} should be the only one and have an id of small letters, digits and _ in the column "
        "“{column}”. Nothing of the file was taken in. A pack holds one region: make another pack for another one."
    ),
    "content.number_in_region": mark(
        "Row {row} of {file} has a telephone number in the column “{column}”. Nothing of the file was taken in. "
        "Contacts belong to the directory, where somebody verifies them; take the number out here."
    ),
    "content.hidden_place": mark(
        "Row {row} of {file} has an address in the column “{column}” although it is marked as hidden. "
        "Nothing of the file was taken in. Remove the address, or mark it as not hidden."
    ),
    "content.consulate": mark(
        "Row {row} of {file}: a consulate needs its country in the column “{column}”, and nothing else has one. "
        "Nothing of the file was taken in. Mend the row."
    ),
    "leaflet.unknown": mark(
        "There is no leaflet {id} here. Nothing was printed. Choose one from the list, or ask for the "
        "pack that has it."
    ),
    "leaflet.too_long": mark(
        "The leaflet file {file} is longer than {limit} bytes, so it was not read. Nothing was printed. "
        "Install the program or the pack again."
    ),
    "leaflet.not_text": mark(
        "The leaflet file {file} cannot be read as UTF-8 text. Nothing was printed. Save it again as UTF-8."
    ),
    "leaflet.front_matter": mark(
        "The head of the leaflet {file} is not right near line {line}. Nothing was printed. It has id, "
        "title, version, date, groups and reviewed_by_lawyer, in this order, between two lines “---”; the "
        "id is the name of the file."
    ),
    "leaflet.box_open": mark(
        "In line {line} of the leaflet {file} a box begins inside another one, does not end, or has a "
        "name that is not known. Nothing was printed. A box begins with “::: box” or “::: careful” and "
        "ends with “:::”."
    ),
    "leaflet.no_id": mark(
        "The text in line {line} of the leaflet {file} has no id at its end. Nothing was printed. Write "
        "one, such as {{#who_helps}}."
    ),
    "leaflet.markup": mark(
        "Line {line} of the leaflet {file} has a sign or a word that leaflets do not use. Nothing was "
        "printed. Only **bold**, {{{{contact}}}} and, after the id, critical, law and insert=name are "
        "known."
    ),
    "leaflet.same_id": mark(
        "Two texts of the leaflet {file} have the id “{id}”. Nothing was printed. Give one of them "
        "another id."
    ),
    "leaflet.fixed_table": mark(
        "The table {file} is not as it should be. Nothing was printed. Its columns are id, text, comment "
        "and critical, and every row has four cells."
    ),
    "leaflet.fixed_missing": mark(
        "The table {file} has no sentence “{id}”, which every leaflet needs. Nothing was printed. Add the "
        "row."
    ),
}
