"""What is told to the author of a form; the place (sheet, row, column) is shown before the sentence."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "form.refused": mark(
        "This form cannot be used yet: {count} things must be mended first. Nothing was changed. "
        "Mend them in the form and choose the file again."
    ),
    "form.file_empty": mark("This file is empty. Nothing was changed. Choose the file of the form again."),
    "form.file_too_large": mark(
        "This file is larger than the {limit} MiB that a form may have. Nothing was changed. Take "
        "pictures and long lists out of it, or put long lists into a CSV file beside it."
    ),
    "form.file_encrypted": mark(
        "This file is locked with a password, so it cannot be read. Nothing was changed. Save it "
        "without a password and choose it again."
    ),
    "form.file_old_excel": mark(
        "This is a file of an old spreadsheet format (.xls). Nothing was changed. Repair a copy of it, or "
        "open it in your spreadsheet program and save it as .xlsx."
    ),
    "form.file_unknown": mark(
        "This is no form that the program knows. Nothing was changed. Choose an XLSForm (.xlsx) "
        "or an ODK form (.xml)."
    ),
    "form.repair_needs_spreadsheet": mark(
        "Only a spreadsheet (.xlsx) can be repaired. Nothing was changed. Repair the form from which this file "
        "was made, and convert it again."
    ),
    "form.file_damaged": mark(
        "This file is damaged or was cut short. Nothing was changed. Copy it again from where it was made."
    ),
    "form.file_no_workbook": mark(
        "This file is no spreadsheet, or it is damaged inside. Nothing was changed. Open it in "
        "your spreadsheet program and save it as .xlsx."
    ),
    "form.file_too_many_entries": mark(
        "This file holds more than {limit} parts; a form has about twenty. Nothing was changed. "
        "Save the sheets survey, choices and settings in a new file."
    ),
    "form.file_unpacks_too_large": mark(
        "This file unpacks to more than {limit} MiB. Nothing was changed. Save the sheets survey, "
        "choices and settings in a new file."
    ),
    "form.file_too_many_rows": mark(
        "The sheets have {count} rows; at most {limit} can be read. Nothing was changed. Delete "
        "the empty rows below the last question, or put long lists into a CSV file."
    ),
    "form.file_unsafe": mark(
        "This file holds instructions that no spreadsheet program writes, so it was not opened. "
        "Nothing was changed. Ask the sender how it was made."
    ),
    "form.file_encoding": mark(
        "The text of this file is not written in UTF-8. Nothing was changed. Save it again with "
        "the encoding UTF-8."
    ),
    "form.file_no_tables": mark(
        "No table with the name survey was found in this file. Write the name of each sheet above its table."
    ),
    "form.took_too_long": mark(
        "Reading this form took longer than {seconds} seconds and was stopped. Nothing was "
        "changed. Put long lists of choices into a CSV file beside the form."
    ),
    "form.converter_stopped": mark(
        "Reading this form failed inside the program. Nothing was changed. Send the empty form to "
        "those who look after the program."
    ),
    "form.converter_says": mark("The form cannot be read as it stands. The converter says: {reason}"),
    "form.survey_sheet_missing": mark(
        "There is no sheet with the name survey. The file has these sheets: {found}. Give the "
        "sheet with the questions the name survey."
    ),
    "form.survey_sheet_misspelled": mark(
        "There is no sheet with the name survey, but one with the name {sheet}. Rename it to survey."
    ),
    "form.sheet_misspelled": mark(
        "There is no sheet with the name {sheet}, but something like it: {candidates}. Rename it, "
        "or begin its name with _ if it is not part of the form."
    ),
    "form.survey_empty": mark("The survey sheet holds no questions. Write one question in each row."),
    "form.header_missing": mark(
        "The first row of this sheet is empty. Put the names of the columns into row 1."
    ),
    "form.column_missing": mark("The column {column} is missing. Add it in the first row."),
    "form.columns_missing": mark("These columns are missing: {missing}. Add them in the first row."),
    "form.column_twice": mark("The columns {other} and {column} mean the same. Keep one of them."),
    "form.column_written_twice": mark("The column {column} is there twice. Keep one of them."),
    "form.column_misspelled": mark(
        "The column {column} is not known and is not read. Perhaps {meant} was meant."
    ),
    "form.choice_column_name": mark(
        "The column {column} has a space in its name and is not read. Write it with _ in place of the space."
    ),
    "form.too_many_columns": mark(
        "This row has more than {limit} columns. Delete what stands to the right of the last column."
    ),
    "form.cell_error": mark(
        "This cell shows the spreadsheet error {value}. Write the text itself in place of the formula."
    ),
    "form.disabled_column": mark(
        "Rows with yes in this column are left out. Delete them, or use the column relevant."
    ),
    "form.row_skipped": mark(
        "This row has neither type nor name and is left out. Delete it if it is not needed."
    ),
    "form.id_missing": mark(
        "The form has no form_id, so the name of the file is used. Give it a form_id in the sheet "
        "settings; it must stay the same in every version."
    ),
    "form.id_twice": mark(
        "The form has both form_id and id_string. Only form_id is read; delete the other column."
    ),
    "form.public_key": mark(
        "This form has a public_key: its answers would be locked so that nobody at this desk can "
        "read, correct or refer on them, by a method that does not notice changes. Delete the "
        "public_key; this program seals all data itself."
    ),
    "form.namespace_missing": mark(
        "This column uses the prefix {prefix}, which the form does not explain. Write it into the column "
        'namespaces of the sheet settings, for example {prefix}="https://example.org/{prefix}".'
    ),
    "form.default_language_unknown": mark(
        "The default language {value} is none of the form's languages ({known}). Write it exactly "
        "as in the columns, for example behind label."
    ),
    "form.file_name_as_form_name": mark(
        "The name of the form must begin with a letter and hold only letters, numbers, _, - and "
        "full stops. Change it in the sheet settings."
    ),
    "form.type_missing": mark(
        "This row has no type. Write what kind of question it is, for example text or select_one."
    ),
    "form.type_unknown": mark("The type {type} is not known. Choose one from the list at xlsform.org."),
    "form.type_unknown_meant": mark("The type {type} is not known. Perhaps {meant} was meant."),
    "form.type_of_old_phones": mark("The type {type} was for old phones and stays empty. Delete the row."),
    "form.name_missing": mark(
        "This question of the type {type} has no name. Give it a short name without spaces."
    ),
    "form.name_missing_here": mark("This row has no name. Give it a short name without spaces."),
    "form.name_bad": mark(
        "The name {name} cannot be used: a name begins with a letter and holds only letters, "
        "numbers, _, - and full stops. Write {better}, for example."
    ),
    "form.name_not_allowed": mark(
        "This name cannot be used: a name begins with a letter and holds only letters, numbers, "
        "_, - and full stops. Change it."
    ),
    "form.name_reserved": mark("The name {name} is kept for the form's own data. Choose another name."),
    "form.name_reserved_meta": mark("The name meta is kept for the form's own data. Choose another name."),
    "form.name_twice": mark(
        "The name {name} is used in row {first} of the same group already. Give one of them another name."
    ),
    "form.name_twice_in_group": mark(
        "The name {value} is used in this group already. Give one of them another name."
    ),
    "form.name_nearly_twice": mark(
        "The names {name} and {other} (row {first}) differ only in capital letters. Give one of "
        "them another name."
    ),
    "form.name_nearly_twice_in_group": mark(
        "The name {value} differs from another one only in capital letters. Give one of them another name."
    ),
    "form.repeat_name_twice": mark(
        "The repeat {name} has the name of the repeat in row {first}. Give one of them another name."
    ),
    "form.repeat_name_twice_in_form": mark(
        "Another repeat has the name {value} already. Give one of them another name."
    ),
    "form.repeat_named_as_form": mark(
        "The repeat {value} has the name of the whole form. Give it another name."
    ),
    "form.repeat_without_label": mark(
        "This repeat has no label, so people cannot see what a row of it is. Write a label."
    ),
    "form.stray_space": mark(
        "There is a space too much around or inside {value}. It was left out; delete it in the form."
    ),
    "form.invisible_character": mark(
        "This cell holds a character that cannot be seen: {value}. Delete the text and type it again."
    ),
    "form.group_not_closed": mark(
        "The {kind} {name} begins here and never ends. Add a row with end {kind} after its last question."
    ),
    "form.end_without_begin": mark(
        "Here a {kind} ends that never began. Delete the row, or add a row with begin {kind} "
        "before its first question."
    ),
    "form.end_of_other": mark(
        "Here a {kind} ends, but the {opened} {name} from row {first} is still open. Write end "
        "{opened} first."
    ),
    "form.end_alone": mark(
        "Here a {type} ends that never began. Delete the row, or add a row with begin {type}."
    ),
    "form.begin_alone": mark("The {type} {name} begins here and never ends. Add a row with end {type}."),
    "form.calculation_missing": mark(
        "The calculation {name} has nothing to calculate. Write it into the column calculation."
    ),
    "form.calculation_missing_here": mark(
        "This row has nothing to calculate. Write it into the column calculation."
    ),
    "form.label_missing": mark(
        "The question {name} has neither label nor hint, so people would see nothing. Write a label."
    ),
    "form.image_missing": mark("The question {name} has a big-image but no image. Add the image."),
    "form.reference_to_one_of": mark(
        "The name {name} is used by several questions, so nobody can tell which one is meant. "
        "Give each its own name."
    ),
    "form.trigger_hidden": mark(
        "The question {name} waits for a change of {hidden}, which people never see. "
        "Name a question they see."
    ),
    "form.search_in_file": mark(
        "The question {name} takes its choices from a file and searches as well. Use one of the two."
    ),
    "form.search_mixed": mark(
        "The list of the question {name} is searched here and shown whole elsewhere. Use two lists."
    ),
    "form.file_twice": mark(
        "Two different files beside the form would have the name {file}. Give one of them another name."
    ),
    "form.audit_name": mark("A row of the type audit has no name of its own. Empty the column name."),
    "form.choices_sheet_missing": mark(
        "There is no sheet with the name choices, but questions with choices. Add it with the "
        "columns list_name, name and label."
    ),
    "form.external_choices_missing": mark(
        "There is no sheet with the name external_choices, but a question that needs it. Add it, "
        "or use select_one."
    ),
    "form.external_without_filter": mark(
        "A question of this type needs a choice_filter. Write one, or use select_one."
    ),
    "form.choice_without_list": mark(
        "This choice belongs to no list and is not read. Write the name of its list into list_name."
    ),
    "form.choice_without_name": mark("This choice has no name. Write a short name, for example yes."),
    "form.choice_without_label": mark("This choice has no label, so people cannot read it. Write a label."),
    "form.choice_twice": mark(
        "The list {list} has the choice {name} twice: here and in row {first}. Delete one of the "
        "rows, or give one of them another name."
    ),
    "form.choice_twice_in_list": mark(
        "This list has a choice with the same name already. Delete one of the rows, or give one "
        "of them another name."
    ),
    "form.choice_name_with_space": mark(
        "The choice {name} of the list {list} has a space in its name, but more than one choice "
        "of this list can be given. Write _ in place of the space."
    ),
    "form.choice_file_ending": mark(
        "The choices of {file} cannot be read: the file's name must end with .csv, .xml or "
        ".geojson. Write it with its ending."
    ),
    "form.list_missing": mark("There is no list {list} in the sheet {choices_sheet}. Add its choices there."),
    "form.list_missing_meant": mark(
        "There is no list {list} in the sheet {choices_sheet}. Perhaps {meant} was meant."
    ),
    "form.list_not_there": mark("There is no list {list} in the sheet of choices. Add its choices there."),
    "form.list_not_named": mark(
        "A question of the type {type} needs the name of its list of choices. Write it behind, "
        "for example: {type} yes_no."
    ),
    "form.loop_without_list": mark(
        "A loop needs the name of a list of choices. Write it behind: begin loop over yes_no."
    ),
    "form.or_other_with_filter": mark(
        "or_other and a choice_filter cannot stand together. Add a choice other to the list and a "
        "text question after it."
    ),
    "form.or_other_in_languages": mark(
        "or_other adds its choice in English only. Add a choice other with its translations to "
        "the list, and a text question after it."
    ),
    "form.table_list_filter": mark(
        "A table of choices (table-list) cannot have a choice_filter. Delete one of them."
    ),
    "form.table_list_mixed": mark(
        "All questions of a table of choices (table-list) need the same list; here are {one} and "
        "{other}. Use one of them."
    ),
    "form.reference_unknown": mark(
        "There is no question with the name {name}. Write the name as it stands in the column name."
    ),
    "form.reference_unknown_meant": mark(
        "There is no question with the name {name}. Perhaps {meant} was meant."
    ),
    "form.reference_leads_nowhere": mark(
        "There is no question with the name {q}. Write the name as it stands in the column name."
    ),
    "form.reference_ambiguous": mark(
        "The name {name} is used by {count} questions, so nobody can tell which one is meant. "
        "Give each its own name."
    ),
    "form.reference_to_several": mark(
        "The name {q} is used by several questions, so nobody can tell which one is meant. Give "
        "each its own name."
    ),
    "form.reference_malformed": mark(
        "{value} is not written as a reference. Write a dollar sign, then the name of the "
        "question in curly brackets, without spaces."
    ),
    "form.reference_not_closed": mark(
        "A reference is not written as it must be. Write a dollar sign, then the name of the "
        "question in curly brackets, without spaces."
    ),
    "form.references_need_comma": mark("Several references stand side by side. Write a comma between them."),
    "form.curly_quotes": mark(
        "This cell has curly quotation marks, as word processors make them. They were read as "
        "straight ones; replace them in the form."
    ),
    "form.foreign_quotes": mark(
        "The mark {value} cannot stand in an expression. Use straight quotation marks."
    ),
    "form.parameters_unreadable": mark(
        "The parameters cannot be read. Write them as name=value, with a space between them."
    ),
    "form.parameters_unknown": mark(
        "The parameter {rejected} is not known for this type. These are: {accepted}."
    ),
    "form.parameter_number": mark("The parameter {name} needs a whole number."),
    "form.parameter_truth": mark("The parameter {name} can only be true or false."),
    "form.seed_without_randomize": mark("The parameter seed needs randomize=true beside it."),
    "form.seed_not_number": mark("The parameter seed needs a number or a reference to a question."),
    "form.audio_quality": mark("The quality of a recording can only be voice-only, low, normal or external."),
    "form.geo_parameter": mark(
        "A parameter of this place question cannot be read. The converter says: {reason}"
    ),
    "form.range_not_number": mark("The parameter {name} of a range must be a number."),
    "form.range_zero": mark("The parameter {name} of a range must not be 0."),
    "form.range_step_too_large": mark(
        "The parameter {name} is larger than the whole range from start to end. Make it smaller."
    ),
    "form.range_not_multiple": mark("The parameter {name} must be a multiple of step."),
    "form.range_outside": mark("The parameter {name} must lie between start and end."),
    "form.range_labels_missing": mark(
        "The list named by tick_labelset is not in the sheet choices. Add it there."
    ),
    "form.range_labels_two": mark(
        "With the appearance no-ticks, tick_labelset needs exactly two choices: start and end."
    ),
    "form.range_labels_numbers": mark(
        "The names of the choices in tick_labelset must be numbers that the range can take."
    ),
    "form.range_appearance": mark(
        "tick_interval, placeholder and tick_labelset do not go with this appearance. Delete one of them."
    ),
    "form.entity_columns": mark(
        "These columns of the sheet entities are not known: {columns}. Check how they are written."
    ),
    "form.entity_declaration": mark(
        "What the form says about entities does not fit together. The converter says: {reason}"
    ),
    "form.entity_name": mark("This name cannot be used for an entity. The converter says: {reason}"),
    "form.entity_twice": mark("Two entities have the same list_name. Give one of them another name."),
    "form.entity_unnamed": mark("An entity has no list_name. Write one."),
    "form.expression_unreadable": mark(
        "This expression cannot be read from character {position} on. Check brackets, quotation marks "
        "and commas before it."
    ),
    "form.expression_too_large": mark(
        "This expression is longer or deeper than can be read (limit {limit}). Divide it: put parts of it "
        "into questions of the type calculate."
    ),
    "form.picture": mark(
        "This question takes a picture. Never of a person, a face or an injury: it can be used to find "
        "people. Say in the hint what may be in it, or delete the question."
    ),
    "form.path_unknown": mark(
        "The expression asks for {name}, which is no question of this form. Check how it is written."
    ),
    "form.function_unknown": mark(
        "The function {name} is not known here. Check how it is written, or calculate it in another way."
    ),
    "form.function_unknown_meant": mark("The function {name} is not known here. Perhaps {meant} was meant."),
    "form.arguments": mark("The function {name} was given {count} values. It needs {expected}."),
    "form.cycle": mark(
        "These values wait for each other in a circle: {names}. Take one of them out of the "
        "other's expression."
    ),
    "form.never_shown": mark(
        "The question {name} is never shown: its condition can never be true. Correct the condition, or delete "
        "the question."
    ),
    "form.group_never_shown": mark(
        "The group {name} and all that is in it are never shown: its condition can never be true. Correct the "
        "condition, or delete the group."
    ),
    "form.never_accepted": mark(
        "No answer to {name} is ever accepted: its constraint can never be true. Correct the constraint."
    ),
    "form.required_notice": mark(
        "{name} can only be read, and must be answered: nobody can finish this form. Take required away, or "
        "write when it is shown."
    ),
    "form.value_not_offered": mark(
        "The expression asks whether {name} is {value}, which is no choice of its list. Write the name of a choice."
    ),
    "form.value_not_offered_meant": mark(
        "The expression asks whether {name} is {value}, which is no choice of its list. Perhaps {meant} was meant."
    ),
    "form.filter_column_unknown": mark(
        "The choice_filter asks for {column_name}, which is no column of the list {list}: nothing is ever offered. "
        "Write the name of a column."
    ),
    "form.filter_column_unknown_meant": mark(
        "The choice_filter asks for {column_name}, which is no column of the list {list}: nothing is ever offered. "
        "Perhaps {meant} was meant."
    ),
    "form.function_of_one": mark(
        "The function {name} is known to {only}, not to every program for ODK forms. Elsewhere the form may stop "
        "or calculate nothing."
    ),
    "form.function_elsewhere": mark(
        "The function {name} belongs to {only}; ODK forms do not have it. Calculate it in another way."
    ),
    "form.pattern_open": mark(
        "The pattern {pattern} means the whole text here and on phones, and any part of it in browsers. Begin it "
        "with ^ and end it with $."
    ),
    "form.appearance_of_one": mark(
        "The appearance {appearance} is known to {only}; elsewhere the question is shown in its plain form."
    ),
    "form.appearance_meant": mark("The appearance {appearance} is not known. Perhaps {meant} was meant."),
    "form.action_of_one": mark("{name} is done by {only} only; elsewhere its value stays empty."),
    "form.language_incomplete": mark(
        "{count} texts have no translation into {language}; the first is in row {first}. People "
        "will see another language there, marked as such. Add the translations."
    ),
    "form.language_incomplete_in_form": mark(
        "{count} texts have no translation into {language}; the first belongs to {first}. People "
        "will see another language there, marked as such. Add the translations."
    ),
    "form.no_language_named": mark(
        "The texts do not say in which language they are. Write it behind the column, for example "
        "label::Français (fr)."
    ),
    "form.language_without_tag": mark(
        "The language {language} has no short sign, so direction and fonts can only be guessed. "
        "Write it with its sign, for example Français (fr)."
    ),
    "form.type_not_yet": mark(
        "Questions of the type {type} cannot be answered in this version of the program: "
        "{missing}. Delete the question, or collect the form with another program until then."
    ),
    "form.appearance_not_yet": mark(
        "The appearance {appearance} is not there yet in this version; the question is shown in "
        "its plain form."
    ),
    "form.records_in_background": mark(
        "The form asks to record the talk in the background. That is never done here: nobody is recorded without "
        "seeing it, and voices are not kept. The value stays empty. Delete the row background-audio."
    ),
    "form.action_not_yet": mark("{name} is not done yet in this version; the value stays empty."),
    "form.verdict_word": mark(
        '"{word}" sounds like a verdict about a person. A survey asks and refers; it never '
        "decides who somebody is. Write what the person needs, or what was seen and heard."
    ),
    "form.score": mark(
        '"{word}" looks like a score or a level of risk. People are not ranked here. Write which '
        "need leads to which help."
    ),
    "form.biometric": mark(
        "This question takes a picture, a recording or a measure of the body ({word}). Nothing of "
        "the kind is kept here: it can be used to find people. Delete the question."
    ),
    "form.no_way_to_decline": mark(
        "This question must be answered, and none of its choices lets the person decline. Make it "
        'not required, or add a choice such as "does not want to say".'
    ),
    "form.sensitive_outside_gate": mark(
        "This question asks about {word}. Such questions are asked only in private, through a "
        "suitable interpreter. Put it into a group of its own that is relevant only after a "
        "question whether the place is private."
    ),
    "po.unreadable": mark(
        "The translations in {language}/{name} cannot be read, so nothing was built. Mend the file: it must "
        "be a gettext file in UTF-8."
    ),
}
