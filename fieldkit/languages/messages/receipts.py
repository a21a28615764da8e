"""What is said of receipts, of what may go and what has to stay, and of what a person asks for."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "receipt.not_ours": mark(
        "This receipt was made for another laptop. Nothing was changed here. "
        "Ask headquarters for the receipt of this laptop."
    ),
    "receipt.copied": mark(
        "Headquarters holds other records under this laptop's name, from number {number} or before: the laptop was "
        "copied, and both copies went on writing. Nothing is lost and nothing was changed. "
        "Tell your administrator: this laptop has to be enrolled again."
    ),
    "receipt.put_back": mark(
        "Headquarters holds {number} records of this laptop, and only {held} are here: the laptop was put back to "
        "an earlier day. What is here stays. Tell your administrator: this laptop has to be enrolled again."
    ),
}
