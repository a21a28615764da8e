"""Metadata that a form fills in itself (`jr:preload`): when, who, which device.

The device and the person come from the caller; what is not known stays empty. Nothing is asked of the system.
"""

import uuid
from collections.abc import Mapping

from fieldkit.forms.expressions.environment import Environment


def preload_value(preload: tuple[str, str], env: Environment, properties: Mapping[str, str]) -> str | None:
    """The value at the start, or None when the node keeps what it has."""
    kind, parameter = preload
    match kind:
        case "uid":
            return f"uuid:{uuid.UUID(bytes=env.randomness.bytes(16), version=4)}"
        case "timestamp":
            return env.now().isoformat(timespec="milliseconds") if parameter == "start" else None
        case "date":
            return env.now().date().isoformat() if parameter == "today" else None
        case "property":
            return property_of(parameter, properties)
        case _:
            return None


_OTHER_NAMES = {"deviceid": "deviceID", "phonenumber": "phoneNumber", "subscriberid": "subscriberID"}


def property_of(name: str, properties: Mapping[str, str]) -> str | None:
    """What is known of the device or the person, under any of the names that forms use."""
    value = properties.get(name)
    return value if value is not None else properties.get(_OTHER_NAMES.get(name, ""))
