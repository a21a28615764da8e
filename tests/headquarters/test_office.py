"""Headquarters' keys: founded once, kept in two places, and only together able to certify."""

import pytest

from fieldkit.crypto.offline import OfflineKeys
from fieldkit.domain.errors import ForeignFault
from fieldkit.headquarters.faults import HeadquartersFault
from fieldkit.headquarters.office import OfficeKeys, certify_device, found_office
from fieldkit.sync.trust import (
    DeviceIdentity,
    accept_certificate,
    check_certificate,
    read_request,
    write_request,
)
from tests.sync.builder import Drawn

KEYS, STICK = found_office("Invented Border Service", Drawn("office"))
IDENTITY = DeviceIdentity.new("ab" * 16, Drawn("laptop"))
REQUEST = read_request(write_request(IDENTITY, KEYS.office, "Invented Post"))


def test_an_office_certifies_a_laptop_with_its_stick() -> None:
    certificate = certify_device(REQUEST, KEYS, STICK)
    assert accept_certificate(certificate.to_bytes(), KEYS.office, IDENTITY) == certificate
    check_certificate(certificate, KEYS.trust())
    with pytest.raises(ForeignFault, match=r"trust\.revoked"):
        check_certificate(certificate, KEYS.trust(frozenset({IDENTITY.device})))


def test_the_four_keys_differ_and_the_office_file_names_each() -> None:
    office = KEYS.office
    assert office.recipient == KEYS.bundles.recipient != office.recovery == STICK.recovery.recipient
    assert office.receipt_key == KEYS.receipts.public != office.certificate_key == STICK.certificates.public


def test_nothing_secret_of_the_stick_stays_in_the_vault() -> None:
    kept = KEYS.to_bytes()
    assert STICK.certificates.to_bytes().hex().encode() not in kept
    assert STICK.recovery.to_bytes().strip() not in kept
    assert "SECRET" not in repr(KEYS)


def test_the_keys_come_back_from_the_vault() -> None:
    again = OfficeKeys.from_bytes(KEYS.to_bytes())
    assert again.office == KEYS.office
    assert (again.bundles.recipient, again.receipts.public) == (KEYS.bundles.recipient, KEYS.receipts.public)
    for broken in (b"", b"{}", b'{"bundles":1,"format":1,"office":"","receipts":""}'):
        with pytest.raises(ForeignFault, match=r"headquarters\.keys_unreadable"):
            OfficeKeys.from_bytes(broken)


def test_another_offices_stick_certifies_nothing() -> None:
    _, other = found_office("Another Service", Drawn("other"))
    mixed = OfflineKeys(STICK.organisation, other.certificates, other.recovery)
    for stick in (other, mixed):
        with pytest.raises(HeadquartersFault, match=r"headquarters\.other_stick"):
            certify_device(REQUEST, KEYS, stick)


def test_a_request_to_another_office_is_not_certified() -> None:
    keys, stick = found_office("Another Service", Drawn("other"))
    with pytest.raises(ForeignFault, match=r"trust\.other_office"):
        certify_device(REQUEST, keys, stick)


def test_an_office_needs_a_name_that_can_be_shown() -> None:
    with pytest.raises(HeadquartersFault, match=r"trust\.name"):
        found_office("two\nlines", Drawn("office"))
