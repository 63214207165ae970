"""Which addresses of the internet may be asked."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a name, for a port."""

_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given out to public networks."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        (
            "168.63.129.16/32",  # a public number that Azure's machines find their host's own services under
            "192.0.0.0/24",  # protocols, and Oracle's metadata
            "192.88.99.0/24",  # relays of 6to4
            "2001::/23",  # Teredo and other protocols
            "2002::/16",  # 6to4
            "3fff::/20",  # documentation
        ),
    )
)
"""What older releases of `ipaddress` hold for public, and relics that carry another address within them."""
_OWN = tuple(
    map(
        ipaddress.ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7"),
    )
)
"""This machine and the networks of homes and offices."""
_METADATA = tuple(map(ipaddress.ip_address, ("100.100.100.200", "fd00:ec2::254", "fd20:ce::254")))
"""Where clouds give their machines' secrets, of the addresses within `_OWN`; most clouds have a link-local one."""


def resolve(name: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them.

    Raises:
        OSError: if it has none.
    """
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def may_be_asked(address: str, *, private: bool) -> bool:
    """Whether a page may be fetched from an address.

    Args:
        address: as `resolve` gives it.
        private: whether this machine and private networks may be asked too.
    """
    try:
        plain = _carried(ipaddress.ip_address(address))
    except ValueError:
        return False
    return is_public(plain) or (private and plain not in _METADATA and _lies_in(plain, _OWN))


def is_public(address: Address) -> bool:
    """Whether an address belongs to a public network, so that whoever can ask it from here can do so from anywhere."""
    address = _carried(address)
    if isinstance(address, ipaddress.IPv6Address) and address not in _UNICAST:
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_link_local
        and not address.is_unspecified
        and not _lies_in(address, _NOT_PUBLIC)
    )


def _carried(address: Address) -> Address:
    """The IPv4 address that an IPv6 address leads to where it does, else itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _lies_in(address: Address, networks: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
