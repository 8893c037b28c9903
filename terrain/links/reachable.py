"""Which addresses of the network may be reached: those of the public Internet, and no others."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

WITH_AN_ADDRESS_INSIDE = [
    IPv6Network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
]
"""IPv6 networks whose addresses stand for an IPv4 address, which a gateway may reach."""

FOR_PROTOCOLS = [IPv4Network(each) for each in ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15")]
"""IPv4 networks that are nobody's place on the Internet (RFC 6890), of which Pythons do not all say so."""


def is_public(address: str) -> bool:
    """Whether this IP address is one of the public Internet: not private, of this machine or its network, of a
    provider's own (CGNAT), multicast, reserved, or one of those dressed as another."""
    try:
        found = ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found.is_site_local or any(found in each for each in WITH_AN_ADDRESS_INSIDE):
            return False
    elif any(found in each for each in FOR_PROTOCOLS):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved
