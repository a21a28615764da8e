"""The person's own yes to a consulate (R-131, R-167, N-088).

1. A yes is for one country, and is asked last: while anything else stops a contact, a question could only press
   somebody. What was answered is kept all the same.
2. A no that was ever said counts, whatever is said later.
3. What a yes opens, the locks say (`domain.locks`, rule 7): never the person's own countries, nor an unknown one.
"""

from typing import Any

from fieldkit.content.codebook import Codebook
from fieldkit.content.directory import Service
from fieldkit.content.texts import Translations
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.services.case_file import CASE, read_case
from fieldkit.services.directory import all_services
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.projections import standing

_RECIPIENT = "consulate/"


def recipient(country: str) -> str:
    """Under what the answer about the consulate of a country is kept."""
    return f"{_RECIPIENT}{country}"


def record_answer(vault: OpenVault, case: str, country: str, *, agreed: bool) -> None:
    """Keep what the person said about the consulate of a country.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `measure.country`.
    """
    vault.demand(Action.PLAN_MEASURE)
    read_case(vault.journal, case)
    demand_country(vault, country)
    told: dict[str, Any] = {"recipient": recipient(country), "agreed": agreed}
    vault.journal.append(
        actor=vault.person.id, subject=subject(CASE, case), kind="agreement.recorded", payload=told
    )


def demand_country(vault: OpenVault, country: str) -> None:
    """Raise DeskFault `measure.country` unless it is a country of the codebook."""
    if all(country != one.name for one in vault.codebook.lists["countries"] if one.parent == "country"):
        raise DeskFault("measure.country")


def answers(vault: OpenVault, case: str, country: str) -> tuple[bool, ...]:
    """What the person said so far about the consulate of a country; each answer once (rule 2)."""
    field = f"agreement/{recipient(country)}"
    held = standing(vault.database, subject(CASE, case), field)
    return tuple(dict.fromkeys(value.value is True for value in held))


def listed(vault: OpenVault, country: str = "") -> tuple[Service, ...]:
    """The consulates of the directory, all or those of one country."""
    held = (one for one in all_services(vault) if one.is_consulate)
    return tuple(one for one in held if not country or one.country == country)


def name_of(codebook: Codebook, recipient: str, words: Translations) -> str:
    """Any recipient of an agreement in words; a consulate by its country."""
    if not recipient.startswith(_RECIPIENT):
        return codebook.recipient_name(recipient, words)
    country = codebook.choice_label("countries", recipient.removeprefix(_RECIPIENT), words)
    kind = codebook.choice_label("service_kinds", "consulate", words)
    return f"{kind}: {country}"
