"""Words of headquarters' pages of figures: what each page, table and column is called, and what it means."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "figures.crossed": mark(
        "This table would show a pathway or a nationality beside a post, so that single people could be "
        "found. It was not made, and nothing was changed. Tell your coordinator that a page is wrong."
    ),
}

PAGES: dict[str, tuple[str, str]] = {
    "overview": (
        mark("Overview"),
        mark(
            "Flows, routes, reasons, pathways, needs and gaps on one page. Each table stands on another page too."
        ),
    ),
    "referred": (
        mark("Referrals: what became of them"),
        mark("Did people reach the service, do they still wait, did they not want it, how long did it take."),
    ),
    "asked": (
        mark("Asked or not, post by post"),
        mark(
            "How far the first talk goes at each post. A post that asks less may lack time, rooms or languages."
        ),
    ),
    "persons": (
        mark("Persons, broken down"),
        mark(
            "Persons by month, post, age, country, language, education, work and pathway, beside their sex."
        ),
    ),
    "flows": (
        mark("On the way, and from far away"),
        mark("Where people are on their journey, and what people from other continents told."),
    ),
    "back": (
        mark("Coming back"),
        mark(
            "How people came back, whether they had been away before, and what would help. Nobody is blamed."
        ),
    ),
    "movement": (
        mark("Routes and groups"),
        mark(
            "People on the move and groups that came, counted at places. They are not the people of our cases."
        ),
    ),
    "places": (
        mark("Places compared"),
        mark("What each reception place has and lacks, from its newest sheet."),
    ),
    "unmet": (
        mark("Needs that were not met"),
        mark("What people asked for and did not get, as far as it was written down."),
    ),
    "signs": (
        mark("Persons with indicators of trafficking"),
        mark(
            "It is not known how many people are exploited. These are persons in whose talks signs were found."
        ),
    ),
    "whole": (
        mark("How whole the data are"),
        mark("What was asked, what is missing, and days that cannot be right."),
    ),
    "monthly": (
        mark("Monthly report"),
        mark(
            "Persons whose case was opened in one month, and the referrals made in it: for a post or for all."
        ),
    ),
    "held": (
        mark("What is held here"),
        mark("Which kinds of records are held, how many, and since when. No person and no text."),
    ),
}
"""Pages in their order: title, and one sentence on what it answers."""

MONTHLY_TEXT: dict[str, str] = {
    "month": mark("Report for {month}."),
    "persons": mark("Persons: {count}. Women and girls: {women}. Men and boys: {men}."),
    "children": mark("Under 18: {children}. Perhaps under 18, treated as children: {perhaps}."),
    "referrals": mark(
        "Referrals: {count}. Help was given: {helped}. Waiting: {waiting}. Overdue: {overdue}. Not wanted: "
        "{declined}."
    ),
    "need": mark("Could not be met: {need}. Persons: {count}, of {all} who told it."),
}
"""The sentences of a monthly report (R-175)."""

TABLES: dict[str, tuple[str, str]] = {
    "referrals_by_post": (
        mark("Referrals by post"),
        mark(
            "Each referral stands in one column. The post is the one that opened the case. A person who "
            "was referred twice counts twice."
        ),
    ),
    "referrals_by_service": (
        mark("Referrals by service"),
        mark("The same referrals by the service they were made to."),
    ),
    "days_referrals_by_post": (
        mark("Days until somebody heard, by post"),
        mark(
            "Half of the referrals of which anything was heard took this many days or fewer. What is "
            "still open is not in it, so it looks better than it is."
        ),
    ),
    "days_referrals_by_service": (
        mark("Days until somebody heard, by service"),
        mark("The same by the service."),
    ),
    "delays": (
        mark("Hours until the talk and the referral"),
        mark(
            "Half of the people waited this many hours or fewer. Whoever still waits, or whose arrival was not "
            "written down, is not in it."
        ),
    ),
    "section": (
        "",
        mark(
            "Talks in which this part was asked in full, was not asked or not in full, or in which the "
            "person declined it or a question in it."
        ),
    ),
    "phases": (
        mark("Where people are on their way"),
        mark(
            "Persons by what they answered last. Nobody is asked before leaving: the posts stand at "
            "borders. Where nobody was asked the other columns are not zero."
        ),
    ),
    "profile": (
        "",
        mark(
            "Persons in whose talk this question has its place. Where several answers can be given, the "
            "rows do not add up."
        ),
    ),
    "ways": (
        mark("In which direction"),
        mark(
            "People counted by trained monitors, by the way they went. Somebody who passes twice counts twice."
        ),
    ),
    "routes": (
        mark("From where to where"),
        mark(
            "People counted by monitors, by the country they came from and the country they said they go "
            "to. No price, no name and nobody who told of it is in these sheets."
        ),
    ),
    "moving_reasons": (
        mark("Why they move"),
        mark("People in groups that named this reason. A group can name several."),
    ),
    "moving_means": (
        mark("How they travel"),
        mark("People in groups that travel this way. A group can name several."),
    ),
    "moving_needs": (
        mark("What they need"),
        mark("People in groups that named this need. A group can name several."),
    ),
    "groups": (
        mark("Groups that came"),
        mark("People in groups, as they were counted when they came. About is enough for these sheets."),
    ),
    "group_dangers": (
        mark("Among them"),
        mark("As it was reported. Of the dead and missing nobody knows all: the true number is higher."),
    ),
    "moved_on": (
        mark("Moved on or sent back: were they asked first?"),
        mark("Groups, and the people in them, by whether needs and protection were asked about before."),
    ),
    "moved_on_why": (
        mark("Why they were not asked before"),
        mark("Groups by the reason that was written down. A group can have several."),
    ),
    "places_missing": (
        mark("What is missing where"),
        mark(
            "From the newest sheet of each place. A place is a post and a kind of place; the names people"
            " write stay in the sheets."
        ),
    ),
    "places_full": (
        mark("How full places are"),
        mark("Beds, people and staff on the day of the sheet. Who could not be helped is an estimate."),
    ),
    "places_have": (
        mark("At how many places"),
        mark("Places where a thing is there, is not there, or where the question was left out."),
    ),
    "urgent_needs": (
        mark("Urgent needs"),
        mark(
            "Persons who told a need, also in doubt, by what somebody wrote down about it. A person "
            "stands in the row of each need."
        ),
    ),
    "ledger": (
        mark("Help that was offered"),
        mark("Persons by kind of help and the best that became of the offer."),
    ),
    "not_given": (
        mark("Needed and not given at the first desk"),
        mark("Persons for whom the officer wrote that this help was needed and could not be given."),
    ),
    "without_answer": (
        mark("Referrals without an answer"),
        mark("Of these referrals nobody has heard anything. Where no target time is set, none is overdue."),
    ),
    "gaps": (
        mark("What was missing at places"),
        mark("Places whose newest sheet says that this was missing in the seven days before."),
    ),
    "interpreters_by_post": (
        mark("Interpreters who were missing, by post"),
        mark(
            "Talks by who interpreted. Where somebody else interpreted because nobody suitable was there, private "
            "questions waited. A post that sent no talk told nothing: that is not zero."
        ),
    ),
    "interpreters_by_language": (
        mark("Interpreters who were missing, by language"),
        mark("The same talks by the language in which the person was spoken to."),
    ),
    "signs_by_kind": (
        mark("Kinds of signs"),
        mark(
            "Persons by the rule that found a sign. A person can have several. A sign leads to help; it proves "
            "nothing."
        ),
    ),
    "by_post": (mark("By post"), mark("Persons by the post that opened the case, beside their sex.")),
    "by_month": (
        mark("By month"),
        mark("Persons by the month in which the case was opened, beside their sex."),
    ),
    "by_age": (mark("By age group"), mark("Whoever may be a child is counted apart and treated as a child.")),
    "by_nationality": (
        mark("By nationality"),
        mark("As the person says it. It says nothing about their needs."),
    ),
    "by_origin": (mark("By country where the journey began"), mark("As the person says it.")),
    "by_destination": (
        mark("By country they want to reach"),
        mark("As the person says it. Most people are not asked; that is not zero."),
    ),
    "by_language": (
        mark("By language"),
        mark("Somebody who speaks several stands in each row: rows do not add up."),
    ),
    "by_education": (mark("By education"), mark("Asked in the profile only. Most people are not asked.")),
    "by_work": (
        mark("By work before"),
        mark("Asked in the profile only. Somebody who did several kinds stands in each row."),
    ),
    "by_reason": (
        mark("Why people left"),
        mark(
            "Reasons that people named, as far as they may be told. Somebody who named several stands in each "
            "row. A reason decides nothing."
        ),
    ),
    "by_pathway": (
        mark("By pathway"),
        mark(
            "Persons for whom a rule or a person found a pathway. Somebody can stand in several rows. Persons "
            "with indicators of trafficking have a page of their own; a pathway that would give somebody away "
            "is not here."
        ),
    ),
    "held": (
        mark("Kinds of records"),
        mark(
            "Records by their age. A talk that was corrected counts once. What is sealed for some people stands "
            "in no row of its own."
        ),
    ),
    "signs_by_sex": (mark("By sex"), mark("Persons with indicators, each once in a row.")),
    "signs_by_age": (
        mark("By age"),
        mark(
            "Persons with indicators by age group. Whoever may be a child is counted apart and treated as a child."
        ),
    ),
    "signs_by_time": (
        mark("Days until the referral"),
        mark("From the day on which a sign was found to the first referral for it that the person wanted."),
    ),
    "signs_by_form": (
        mark("By form of exploitation"),
        mark(
            "What people told of it stays at the posts. What is sealed for headquarters stands under "
            "Figures of sealed answers, for those who may read it."
        ),
    ),
    "whole_by_post": (
        mark("Talks by post"),
        mark("A talk counts by the worst of its sections: declined, else not asked, else asked in full."),
    ),
    "whole_by_form": (
        mark("Talks by form"),
        mark("The same talks by the form with which they were led."),
    ),
    "missing": (
        mark("Answers that are missing"),
        mark("Persons of whom this answer is not here: it was not asked, was declined, or is not known."),
    ),
    "impossible": (
        mark("Days and ages to look at"),
        mark(
            "Talks with a day or an age that can hardly be right. They are counted as they are: small "
            "numbers stay, because they say nothing about persons."
        ),
    ),
}
"""Tables: title (none where the subject is the title), and what the numbers mean."""

ROWS_ARE: dict[str, str] = {
    "post": mark("Post"),
    "language": mark("Language"),
    "service": mark("Service"),
    "answer": mark("Answer"),
    "way": mark("Direction"),
    "route": mark("Route"),
    "how_came": mark("How they came"),
    "what": mark("What"),
    "place": mark("Place"),
    "thing": mark("What"),
    "need": mark("Need"),
    "help": mark("Kind of help"),
    "category": mark("Pathway"),
    "form": mark("Form"),
    "month": mark("Month"),
    "country": mark("Country"),
    "record": mark("Kind of record"),
}
"""The heading of the first column."""

WORDS: dict[str, str] = {
    "all": mark("All"),
    "persons": mark("Persons"),
    "groups": mark("Groups"),
    "places": mark("Places"),
    "answered": mark("Answered"),
    "asked": mark("Asked"),
    "not_asked": mark("Not asked"),
    "declined": mark("Declined"),
    "declined_referral": mark("Declined"),
    "not_known": mark("Not known"),
    "helped": mark("Arrived: help was given"),
    "not_helped": mark("Arrived: help was not given"),
    "known_there": mark("Arrived: they know of it"),
    "overdue": mark("Overdue"),
    "waiting": mark("Waits for an answer"),
    "share_arrived": mark("Arrived, of 100 that were wanted"),
    "median_days": mark("Days (median)"),
    "hours_to_talk": mark("From arrival to the first talk"),
    "hours_to_referral": mark("From the talk to the first referral"),
    "before_leaving": mark("Before leaving"),
    "women": mark("Women"),
    "men": mark("Men"),
    "girls": mark("Girls"),
    "boys": mark("Boys"),
    "not_apart": mark("Not told apart"),
    "children_alone": mark("Children alone"),
    "injured": mark("Need first aid"),
    "died": mark("Died, as reported"),
    "missing_people": mark("Missing, as reported"),
    "nothing_written": mark("Nothing was written"),
    "nothing": mark("nothing"),
    "moving_reasons": mark("Why they move"),
    "moving_means": mark("How they travel"),
    "moving_needs": mark("What they need"),
    "day": mark("Day of the sheet"),
    "missing_site_places": mark("Rooms and ways missing"),
    "missing_site_stock": mark("Not in store"),
    "missing_site_people": mark("Nobody to be had"),
    "lacked": mark("Was missing in seven days"),
    "site_beds": mark("Can sleep here"),
    "site_people_now": mark("People here"),
    "site_staff": mark("Staff"),
    "site_not_helped": mark("Could not be helped"),
    "there": mark("There"),
    "not_there": mark("Not there"),
    "not_told": mark("Not told"),
    "interpreter_there": mark("Suitable, or nobody was needed"),
    "interpreter_missing": mark("Nobody suitable was there"),
    "way_not_written": mark("Not written down"),
    "met": mark("Met"),
    "not_met": mark("Could not be met"),
    "received": mark("Received"),
    "not_wanted": mark("Not wanted"),
    "only_offered": mark("Only offered"),
    "kinds_of_signs": mark("Kinds of signs"),
    "by_a_rule": mark("Found by a rule"),
    "by_a_person": mark("Found by a person, without a rule"),
    "forms_of_exploitation": mark("Forms of exploitation"),
    "same_day": mark("On the same day"),
    "days_3": mark("1 to 3 days"),
    "week": mark("4 to 7 days"),
    "later": mark("Later"),
    "no_referral": mark("No referral yet"),
    "arrived_later": mark("Arrived after the talk"),
    "arrived_long_ago": mark("Arrived more than ten years before"),
    "talk_to_come": mark("Talk on a day still to come"),
    "too_old": mark("Older than 110 years"),
    "no_answer": mark("No answer here"),
    "last_year": mark("Last 12 months"),
    "year_before": mark("The year before"),
    "longer_ago": mark("Longer ago"),
    "since": mark("Oldest from"),
    "held_persons": mark("Persons"),
    "held_referrals": mark("Referrals"),
    "held_help": mark("Help that was offered"),
    "held_papers": mark("Papers that were issued"),
    "held_informed": mark("Information that was given"),
}
"""The fixed words of rows and columns."""

NEEDS: dict[str, str] = {
    "urgent_labour": mark("A baby is coming"),
    "urgent_medical": mark("A doctor or a nurse"),
    "urgent_child_alone": mark("Somebody who takes care of the child"),
    "urgent_safety": mark("A safer place, away from others"),
    "urgent_water": mark("Water"),
    "urgent_food": mark("Food"),
    "urgent_shelter": mark("A place to rest or sleep"),
    "urgent_clothing": mark("Clothes or a blanket"),
}
"""Urgent needs, in the words of the desk (`ui.presenters.waiting`)."""

MEANINGS: dict[str, str] = {
    "helped": mark("The service gave the help, as the post or headquarters heard."),
    "not_helped": mark("The person reached the service and did not get the help."),
    "known_there": mark("The service knows of the person. What became of it is not known yet."),
    "declined_referral": mark(
        "The person did not want it, at once or later. It has no consequence for anybody."
    ),
    "declined": mark("The person did not want to answer. That has no consequence for anybody."),
    "overdue": mark("The target time has passed and nobody has heard anything."),
    "waiting": mark("Nobody has heard anything. The target time has not passed, or none is set."),
    "share_arrived": mark(
        "Of a hundred referrals that were not declined, those of which the service at least knows. Shown "
        "only where no number of the row is hidden."
    ),
    "median_days": mark("Half of them took this many days or fewer."),
    "asked": mark("All of it was asked."),
    "not_asked": mark("It was not asked, or not all of it. Nobody knows the answer: that is not zero."),
    "no_answer": mark("It was not asked, was declined, or is not known. It is no answer of its own."),
    "not_known": mark("It was asked, and the person did not know."),
    "before_leaving": mark("The posts send nothing on this: nobody asks it there."),
    "not_apart": mark("People of whom the sheet does not say whether they are women, men, girls or boys."),
    "not_met": mark("Somebody wrote why it could not be met."),
    "interpreter_missing": mark(
        "A companion, a child or another arrival interpreted, or somebody whom the person did not want."
    ),
    "nothing_written": mark("Nobody wrote whether it was met."),
    "by_a_person": mark("A staff member chose the pathway, and no rule had found a sign."),
    "no_referral": mark("No referral for it was made yet."),
    "died": mark("Reported by survivors and rescuers. The true number is higher."),
    "missing_people": mark("Reported by survivors and rescuers. The true number is higher."),
}
"""What a row or column means beyond its name."""

GAPS: dict[str, str] = {
    "hidden": mark("hidden"),
    "not told": mark("not told"),
    "not asked": mark("not asked"),
    "empty": "–",
}
"""What stands in a cell without a number."""

GAP_MEANINGS: dict[str, str] = {
    "hidden": mark(
        "Fewer than {limit}, or a number that would give such a small one away. So nobody can be found "
        "behind it. Do not ask a post for it by telephone to pass it on."
    ),
    "not told": mark("The posts do not send this. Nothing is guessed."),
    "not asked": mark("Nobody was asked. That is not zero."),
    "empty": mark("There is nothing to count."),
}

HANDED_OUT = mark(
    "Numbers from 1 to {most} are hidden, with others beside them, so that nobody can work them out. Hand"
    " the same table out once a month at most: two tables a day apart can give one person away."
)
"""Stands under every page of figures, on screen and paper."""
