"""The region of this post: its content in force, and the steps that count here (R-041, R-049, R-185).

1. A region comes with a signed pack. A vault made for training may choose one of those that come with the program
   (`content.regions`); nowhere else do they serve, because nobody has reviewed them (`protection.md` 10, 11).
2. Without a region the steps for every place serve; they say too that nobody has reviewed them.
3. A built-in form of one region is offered only where that region is in force.
"""

from fieldkit.content import codebook as codebooks
from fieldkit.content import provenance, regions, steps
from fieldkit.content.codebook import Codebook
from fieldkit.content.provenance import Provenance
from fieldkit.content.regions import Actor, Region
from fieldkit.content.steps import Procedures, ProcedureStep
from fieldkit.domain.access import Action
from fieldkit.domain.shelf import Folder
from fieldkit.files import resources
from fieldkit.services import retention
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault


def here(vault: OpenVault) -> Region | None:
    """The region in force; None without one. Raises ContentFault."""
    return regions.load(vault.content[0], vault.codebook)


def shipped(codebook: Codebook) -> tuple[Region, ...]:
    """The regions that come with the program: samples, for training and as a beginning. Raises ContentFault."""
    return regions.shipped(resources(), codebook)


def choose(vault: OpenVault, region: str) -> None:
    """Let a shipped region serve in a vault for training; an empty one lets none serve (rule 1).

    Raises DeskFault `region.not_training`, `region.unknown`; PersonFault `access.not_allowed`.
    """
    vault.demand(Action.IMPORT_FORM)
    if not vault.training:
        raise DeskFault("region.not_training")
    if region and region not in regions.shipped_ids(resources()):
        raise DeskFault("region.unknown")
    vault.packs.choose_sample(region)
    vault.content_changed()


def is_sample(vault: OpenVault) -> bool:
    """Whether the region in force is one of those that come with the program."""
    return vault.packs.in_force is None and vault.packs.sample != ""


def procedures(vault: OpenVault) -> Procedures:
    """All steps in force here. Raises ContentFault."""
    folder: Folder = vault.content[0]
    own = steps.load(folder, vault.codebook, regions.region_id(folder))
    return own.over(steps.load(resources(), codebooks.load(resources())))


def steps_of(vault: OpenVault, category: str) -> tuple[ProcedureStep, ...]:
    """The steps of a pathway at this post, in order, those for every place where nobody wrote others (rule 2)."""
    return procedures(vault).of(category, retention.country(vault))


def bodies(vault: OpenVault, actor: str, category: str = "") -> tuple[Actor, ...]:
    """Who has a part of a procedure here, by the region's map of bodies (R-049); none without a region."""
    region = here(vault)
    return region.actors_for(actor, retention.country(vault), category) if region else ()


def place_name(region: Region | None, about: Provenance, codebook: Codebook) -> str:
    """The id of the text that names a jurisdiction: the region, a country of the codebook; empty for everywhere."""
    if region is not None and about.jurisdiction == region.id:
        return f"region/{region.id}/name"
    known = provenance.jurisdictions(codebook) - {provenance.EVERYWHERE}
    return f"list/countries/{about.jurisdiction}" if about.jurisdiction in known else ""
