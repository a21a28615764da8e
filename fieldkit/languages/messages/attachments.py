"""Sentences for files that are attached to answers, and for what comes with a form."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "attach.closed": mark(
        "In a protection interview no picture, sound or film is kept: a face, an injury or a voice can put a "
        "person in danger. Nothing was attached. Leave the question out, or write down what matters in words."
    ),
    "attach.empty": mark("This file is empty. Nothing was attached. Choose another file."),
    "attach.too_large": mark(
        "This file is larger than {limit} MB. Nothing was attached. Choose a smaller one, or make it smaller first."
    ),
    "attach.not_image": mark(
        "This file is not a picture, whatever its name says. Nothing was attached. Choose a picture."
    ),
    "attach.not_audio": mark(
        "This file holds no sound, whatever its name says. Nothing was attached. Choose a sound file."
    ),
    "attach.not_video": mark(
        "This file is not a film, whatever its name says. Nothing was attached. Choose a film."
    ),
    "attach.picture_kind": mark(
        "Pictures of this kind cannot be read here. Nothing was attached. Save the picture as JPEG or PNG, and "
        "choose that file."
    ),
    "attach.picture_damaged": mark(
        "This picture is damaged or not whole. Nothing was attached. Choose another one."
    ),
    "attach.picture_huge": mark(
        "This picture has too many points to be opened on this laptop. Nothing was attached. Make it smaller "
        "first, or choose another one."
    ),
    "form.media_too_large": mark(
        "The pictures, sounds and films beside this form are larger than {limit} MB together, or one of them is. "
        "Nothing was changed. Make them smaller, or leave some out."
    ),
    "form.archive_damaged": mark(
        "This archive is damaged, locked with a password, or holds far more than a form needs. Nothing was "
        "changed. Pack the form and its files into a new one."
    ),
    "form.archive_without_form": mark(
        "There is no form, or more than one, in this archive. Nothing was changed. Put one XLSForm or XForm and "
        "its files into it."
    ),
}
