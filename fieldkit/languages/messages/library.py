"""What is said when leaflets, local inserts, talks, translations and recorded clips cannot be kept or made."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "inserts.no_name": mark("The place has no name yet. Nothing was kept. Write how people here call it."),
    "inserts.no_day": mark(
        "It is not said until when this holds. Nothing was kept. Choose the last day on which it may be "
        "printed."
    ),
    "inserts.past_day": mark(
        "This day is past. Nothing was kept. Ask whether it is still so, then write a later day."
    ),
    "inserts.too_long": mark(
        "This is longer than {limit} characters and would not fit its line. Nothing was kept. Write it "
        "shorter."
    ),
    "inserts.unknown": mark("No leaflet asks for “{name}”. Nothing was kept. Choose a line of the list."),
    "sketches.picture": mark(
        "This is no small picture in greys, of at most {side} points a side. Nothing was kept. Draw it on the "
        "sheet, or choose a smaller picture."
    ),
    "sketches.no_words": mark(
        "The way is not said in words yet. Nothing was kept. Write it for those who cannot see the drawing."
    ),
    "counselling.no_topic": mark("No topic is chosen. Nothing was kept. Choose what you talked about."),
    "counselling.no_language": mark(
        "No language is chosen. Nothing was kept. Choose the language of the talk."
    ),
    "counselling.too_long": mark(
        "This is longer than {limit} characters. Nothing was kept yet. Write down what is needed to help,"
        " and no more."
    ),
    "counselling.nobody_there": mark(
        "Nobody is counted. Nothing was kept. Write how many people there were."
    ),
    "counselling.too_many": mark(
        "More than {limit} people are counted at once. Nothing was kept. Look at the numbers again."
    ),
    "counselling.no_comment": mark(
        "There is no comment yet. Nothing was kept. Write what the reader said, or choose whether it was "
        "understood."
    ),
    "runs.nothing": mark(
        "None of these leaflets has text in one of these languages. Nothing was begun. Choose another "
        "language or another leaflet."
    ),
    "runs.copies": mark("Between 1 and {most} copies can be made. Nothing was begun. Write another number."),
    "runs.one_waits": mark(
        "An earlier run is not finished. Nothing new was begun. Let it go on, or give up what is left of it."
    ),
    "runs.none": mark("Nothing is left to do: the run is over or was given up. What came out stays."),
    "runs.folder_gone": mark(
        "The folder cannot be written to any more. Every file that stands there is whole; the rest waits."
        " Put the stick back in, then go on."
    ),
    "runs.printer_gone": mark(
        "The printer “{printer}” is not there any more. What was printed is printed; the rest waits. "
        "Connect it and go on, or give up the rest and choose another printer."
    ),
    "review.placeholder": mark(
        "This translation does not keep what is filled in or a number. It is never shown or printed, and "
        "cannot be marked as reviewed: English stands there instead. Put {missing} back in."
    ),
    "review.no_reviewer": mark(
        "A translation is reviewed by somebody with a name. Nothing was marked. Write who read it."
    ),
    "review.empty": mark(
        "There is no translation to review here. Nothing was marked. Translate the paragraph first."
    ),
    "review.unknown": mark("This paragraph is not in the leaflets of this version. Nothing was changed."),
    "clips.text_missing": mark(
        "This section has no text in that language, so nothing can be read aloud. Nothing was kept."
    ),
    "clips.no_sound": mark(
        "Nothing was recorded. Nothing was kept. Look whether the microphone is on, and try again."
    ),
    "clips.too_long": mark(
        "A clip is one section of a leaflet, and this one is longer than {minutes} minutes. Nothing was "
        "kept. Record the section again, alone."
    ),
}
