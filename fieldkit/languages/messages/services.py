"""Sentences for the verbs of the desk: opening, interviewing, referring, exchanging."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "vault.name_missing": mark(
        "The place has no name yet. Nothing was created. Enter the name of the post or the office."
    ),
    "vault.person_missing": mark(
        "The first account has no name yet. Nothing was created. "
        "Enter a first name or a function; it is visible at the sign-in."
    ),
    "vault.weak_phrase": mark(
        "This phrase is too easy to guess. Nothing was created. "
        "Take the six words that are offered, or a longer phrase."
    ),
    "vault.offline_folder_missing": mark(
        "A headquarters needs a place for its offline key file, and none was chosen. Nothing was created. "
        "Choose a folder on a stick that is kept locked away."
    ),
    "vault.offline_file_exists": mark(
        "The folder already holds an offline key file ({file}). Nothing was created and that file was not touched. "
        "Choose another folder or another stick."
    ),
    "case.unknown": mark(
        "This case is not in this vault. Nothing was changed. Go back to the list of people."
    ),
    "directory.name_missing": mark(
        "A service needs a name, and a neutral name for papers. Nothing was saved. Enter both."
    ),
    "directory.invented": mark(
        "This is an invented entry for training. Nothing was saved. Enter a service that people can reach."
    ),
    "directory.consulate": mark(
        "A consulate is entered with its country, and for no need: nobody is referred there. Nothing was saved. "
        "Choose the country and take the needs away, or choose another kind of help."
    ),
    "directory.not_in_list": mark(
        "One of these words is not in the lists of this version. Nothing was saved. Choose from the lists."
    ),
    "directory.hidden_place": mark(
        "The address of this service is kept secret, so no place may be entered for it. Nothing was saved. "
        "Leave the place empty, or turn the protection of the address off."
    ),
    "enrol.no_office": mark(
        "This post does not know its headquarters yet. Nothing was changed. "
        "Read the office file of your headquarters first and compare the words."
    ),
    "enrol.other_office": mark(
        "This post already belongs to {name}, and this file is from another organisation. Nothing was changed. "
        "Ask your headquarters before you go on."
    ),
    "enrol.not_headquarters": mark(
        "Only a headquarters can do this, and this vault is a field post. Nothing was changed. "
        "Do it on the laptop of the headquarters."
    ),
    "enrol.not_a_post": mark(
        "Only a field post can do this, and this vault is a headquarters. Nothing was changed. "
        "Do it on the laptop of the post."
    ),
    "exchange.not_enrolled": mark(
        "This post is not enrolled yet, so nobody could open what it sends. Nothing was written. "
        "Read the office file, send the device request and read the certificate that comes back."
    ),
    "exchange.no_folder": mark(
        "The chosen folder is not there. Nothing was written. Put the stick in and choose the folder again."
    ),
    "exchange.journal_broken": mark(
        "The records of this vault do not fit together: something was changed from outside. Nothing was sent. "
        "Keep this laptop as it is and call your headquarters."
    ),
    "exchange.disk_full": mark(
        "There is not enough room on the stick or disk. Nothing was written. "
        "Make room or take another stick, and export again."
    ),
    "exchange.disk_failed": mark(
        "The stick or disk could not be read or written. Your records are safe in the vault. "
        "Put the stick in again, or take another one, and try again."
    ),
    "exchange.stick_gone": mark(
        "The stick could not be written any more. {written} files on it are whole and count; {left} are left. "
        "Your records are safe in the vault. Put the stick in again, or another one, and export: the rest goes on."
    ),
    "bundle.not_a_file": mark(
        "This is not a file that can be a bundle: a folder, a link, or far too large. Nothing was imported. "
        "Choose a file that ends in .fkb, as the post exported it."
    ),
    "form.built_in_id": mark(
        "This form calls itself {form}, as a form of this program does. Nothing was changed. "
        "Give it another form_id on the settings sheet and choose it again."
    ),
    "form.unknown": mark("This form is not in this vault. Nothing was changed. Choose a form from the list."),
    "form.version_unknown": mark(
        "The version of the form with which this interview began is not here any more. The answers are kept. "
        "Ask the person who looks after forms to install that version again."
    ),
    "form.not_built": mark(
        "The built-in forms have not been made yet. No record was changed. "
        "Run the set-up again, then start fieldkit."
    ),
    "form.on_paper_only": mark(
        "This form is filled in on paper only. Print it blank and give it to the person. Nothing is kept here."
    ),
    "form.not_for_role": mark(
        "Your role may not open this form; it is for specially trained staff. Nothing was changed. "
        "Ask for somebody with that training."
    ),
    "intake.no_draft": mark(
        "This unfinished interview is not among yours: it was finished, removed, or belongs to somebody else. "
        "Nothing was changed. Choose one from your list."
    ),
    "intake.not_finished": mark(
        "Some questions still need an answer ({count}). All answers so far are saved. "
        "Answer them, or mark them as skipped or declined, and finish again."
    ),
    "intake.section_closed": mark(
        "This part stays closed for now. All answers so far are saved. It opens when the questions on agreement "
        "are answered, and private questions open in a private place with a suitable interpreter."
    ),
    "gate.agreement_first": mark(
        "This part opens when the person was told what must be written down, and answered who may see the answers."
    ),
    "gate.no_private_place": mark(
        "Private questions wait for a place where nobody else can hear. Find one, or plan them for later."
    ),
    "gate.interpreter_not_said": mark(
        "Private questions open when it is written down who interprets. Answer that question first."
    ),
    "gate.unsuitable_interpreter": mark(
        "Private questions wait for another interpreter: never a companion, a child or another arrival. "
        "Plan them for later."
    ),
    "gate.interpreter_refused": mark(
        "The person does not want this interpreter. Nobody asks why. Private questions wait for another one."
    ),
    "gate.no_undertaking": mark(
        "Private questions wait until the interpreter has promised to keep everything secret. "
        "Ask the interpreter, or plan them for later."
    ),
    "intake.unknown_section": mark(
        "This part is not in the form. All answers so far are saved. Choose a part from the list."
    ),
    "refer.no_specific_need_not_allowed": mark(
        "“No specific need” cannot be chosen: not every part was asked in private, with a suitable interpreter and "
        "in checked text. Nothing was changed. Choose “Screen again”."
    ),
    "refer.reason_missing": mark("A reason is needed. Nothing was changed. Write it in a few words."),
    "refer.unknown": mark(
        "This referral is not in this vault. Nothing was printed. Choose one from the list of the case."
    ),
    "refer.unknown_category": mark(
        "This is not in the list of outcomes. Nothing was changed. Choose one from the list."
    ),
    "refer.unknown_service": mark(
        "This service is not in the directory of this vault. Nothing was kept. Choose one from the list."
    ),
    "refer.child_is_handed_over": mark(
        "Child protection is called whoever says no. Nothing was kept. Listen to the child, write down what the "
        "child says, and call the next number if nobody answers."
    ),
    "refer.declined": mark(
        "The person said no to this referral, so there is no paper for it. Nothing was printed. "
        "The person may come back and ask again."
    ),
    "refer.not_safe_to_carry": mark(
        "It is not safe for the person to carry this paper. Nothing was printed. "
        "Tell the number and the place by word of mouth."
    ),
    "refer.invented_contact": mark(
        "This contact is invented, for training. Nothing was printed. Enter real contacts in the directory first."
    ),
    "rules.never_suggested": mark(
        "The rule {rule} would suggest {category}, which no rule may suggest. It was not used. "
        "Tell the person who looks after the content pack."
    ),
}
