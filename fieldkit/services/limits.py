"""Numbers of days in force at this desk, with who set them (`content.limits`)."""

from fieldkit.content import limits, regions
from fieldkit.content.limits import Days, Limit
from fieldkit.services import retention
from fieldkit.services.vault import OpenVault


def of(vault: OpenVault, limit: Limit) -> Days | None:
    """The number that counts here; None where nobody set one. Raises ContentFault."""
    folder = vault.content[0]
    held = limits.load(folder, vault.codebook, regions.region_id(folder))
    return held.of(limit, retention.country(vault))
