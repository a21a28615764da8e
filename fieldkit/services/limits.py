"""Numbers of days in force at this desk, with who set them (`content.limits`)."""

import json

from fieldkit.content import limits, regions
from fieldkit.content.limits import Days, Limit, Limits
from fieldkit.services import retention
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_days


def of(vault: OpenVault, limit: Limit) -> Days | None:
    """The number that counts here; None where nobody set one. Raises ContentFault."""
    return table(vault).of(limit, retention.country(vault))


def table(vault: OpenVault) -> Limits:
    """All numbers in force here. Raises ContentFault."""
    folder = vault.content[0]
    return limits.load(folder, vault.codebook, regions.region_id(folder))


def of_posts(vault: OpenVault, limit: Limit) -> dict[str, Days]:
    """At headquarters: the numbers of posts that told which country they are in, by their streams; a post that told
    two countries has none of them."""
    held, found = table(vault), {}
    for stream, countries in queries_days.told_settings(vault.database, retention.COUNTRY).items():
        days = held.of(limit, str(json.loads(countries[0]))) if len(set(countries)) == 1 else None
        if days is not None:
            found[stream] = days
    return found
