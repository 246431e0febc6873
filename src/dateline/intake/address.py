"""Which addresses a URL may lead to: public ones, unless the user allows their own network."""

import ipaddress
import queue
import socket
import threading

from dateline.errors import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Addresses that carry an IPv4 address, or are translated to one on the way: 6to4, Teredo, NAT64.
_CARRIERS = tuple(
    ipaddress.ip_network(network)
    for network in ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")
)


def refusal(address: str, *, allow_private: bool) -> str | None:
    """Return why an address may not be connected to, or null if it may.

    Only addresses of the public network pass, after the IANA registers of special addresses; with
    `allow_private` loopback, private and shared (carrier-grade NAT) addresses too.
    """
    found: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if found.is_multicast:
        return "a multicast address"
    if found.is_unspecified or (found.version == 4 and int(found) >> 24 == 0):
        return "an address of no machine"
    if found.is_loopback:
        return None if allow_private else "an address of this machine"
    if any(found.version == network.version and found in network for network in _CARRIERS):
        return "an address that stands for another one"
    if found.is_link_local:
        return "a link-local address"
    if found.version == 4 and found.is_reserved:
        return "a reserved address"
    if not found.is_global or getattr(found, "is_site_local", False):
        return None if allow_private else "an address of a private network or for special use"
    return None


def checked_addresses(host: str, port: int, *, seconds: float, allow_private: bool) -> list[str]:
    """Return the addresses of a host, all of them checked; raise InputError if one may not be connected to.

    The caller connects to what is returned and asks for no name again, so that a name that changes its address
    in between leads nowhere else.
    """
    addresses = _resolved(host, port, seconds)
    for address in addresses:
        reason = refusal(address, allow_private=allow_private)
        if reason is not None:
            hint = "" if allow_private else "; if that is your own network, allow it with --allow-private"
            raise InputError(f"leads to {address}, {reason}, which is not fetched{hint}")
    return addresses


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """Look a name up, in a thread of its own, since a lookup knows no time limit."""
    answer: queue.Queue[list[str] | OSError | UnicodeError] = queue.Queue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        result = answer.get(timeout=max(seconds, 0.01))
    except queue.Empty:
        raise InputError(f"the name {host} was not found within {seconds:.0f} seconds; try again") from None
    if isinstance(result, Exception) or not result:
        raise InputError(f"the name {host} was not found; check the URL and the network")
    return result
