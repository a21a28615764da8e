"""What headquarters is told: when something is refused, and what each figure means."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "headquarters.keys_unreadable": mark(
        "The keys of this headquarters cannot be read from its vault. Nothing was changed. "
        "Open the newest backup of the vault."
    ),
    "headquarters.other_stick": mark(
        "This stick holds the offline keys of another office. No certificate was made. "
        "Put in the stick that was made when this headquarters was set up."
    ),
    "headquarters.for_training": mark(
        "The laptop of {post} is for work with real people, and this headquarters is for training. No certificate "
        "was made. It must be certified by the real headquarters."
    ),
    "headquarters.for_work": mark(
        "The laptop of {post} is for training, and this headquarters is real. No certificate was made, so that "
        "nothing invented is ever counted. Certify it at a headquarters for training."
    ),
    "headquarters.revoked": mark(
        "The laptop of {post} is no longer trusted here, for good. No certificate was made. If the laptop was "
        "found again, let it begin again with its data kept (Exchange, on that laptop): then it asks anew."
    ),
    "headquarters.not_its_record": mark(
        "The laptop of {post} says that it continues a record of another laptop, and cannot show that it wrote it. "
        "No certificate was made. Speak with the post by a way you trust."
    ),
    "headquarters.stream_taken": mark(
        "The laptop of {post} asks to write the record of another laptop. No certificate was made. Speak "
        "with the post by a way you trust: the laptop may be a copy, and must start afresh."
    ),
}

DEFINITIONS: dict[str, str] = {
    "figure.confirmed": mark(
        "Persons for whom a staff member confirmed or chose this category on this day, each counted once. It "
        "means that they may need what the category stands for, and no more."
    ),
    "figure.suggested": mark(
        "Persons for whom the answers led a rule to suggest this category on this day, each counted once, "
        "whether or not a staff member confirmed it."
    ),
    "figure.base": mark(
        "Interviews in which this could be known. Where it was not asked, or the person declined, nobody "
        "knows: that is not zero."
    ),
    "figure.section": mark(
        "Interviews in which this section was asked in full, was not asked or not in full, or in which the "
        "person declined it or a question in it."
    ),
    "figure.cases": mark("Persons of whom at least one finished interview or outcome is held here."),
    "figure.withheld": mark(
        "Entries that came without their content, because the person did not agree to share it with "
        "headquarters. What is in them is not counted here."
    ),
}

OF_ANSWERS: dict[str, str] = {
    "figure.answer": mark(
        "Persons who gave this answer in an interview that is sealed and that you may read, each counted once. "
        "Interviews that are sealed to others, or came without their content, are not counted here."
    ),
}
"""What the figures of sealed answers mean, for those who may read them."""
