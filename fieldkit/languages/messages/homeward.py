"""What is said when something goes from headquarters to a post, or cannot."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "outbox.no_post": mark(
        "No trusted laptop is known for this. Nothing was written. "
        "Import a bundle of the post first, or choose another post."
    ),
    "outbox.revoked": mark(
        "The laptop of {post} is not trusted any more, so nothing is sealed to it. Nothing was written. "
        "When the post has a new laptop, certify it and write this again."
    ),
    "outbox.no_text": mark(
        "There is no text yet, or it is longer than {limit} characters. Nothing was written. "
        "Write what the post should know in a few sentences."
    ),
    "outbox.no_referral": mark(
        "This referral is not held here, so its result cannot be told. Nothing was written. "
        "Import the post's newest bundle, and choose the referral from the list."
    ),
    "home.hole": mark(
        "Entries {first} to {last} that headquarters sent before are missing. Nothing was taken in yet. "
        "Take in the earlier file first, or ask headquarters to send everything again."
    ),
    "home.no_task": mark(
        "This task is done already, or is not in this vault. Nothing was changed. Go back to the list."
    ),
    "home.not_asked": mark(
        "Nobody asked this person about {recipient} before. Nothing was changed. "
        "Ask in an interview, where what is shared is explained."
    ),
}
