import ipaddress

import pytest

from adgen_pipeline.downloads.addresses import is_odd_number, kind_of_forbidden


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("::1", "loopback"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("fd12:3456::1", "private"),
        ("fec0::1", "private"),
        ("192.0.2.1", "private"),
        ("198.18.0.1", "private"),
        ("2001:db8::1", "private"),
        ("169.254.169.254", "link-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("0.0.0.0", "unspecified"),
        ("::", "unspecified"),
        ("0.1.2.3", "private"),
        ("100.64.0.1", "carrier-grade NAT"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::127.0.0.1", "reserved"),
        ("4000::1", "reserved"),
        ("64:ff9b:1::7f00:1", "reserved"),
        ("2001:0:5ef5:79fd:0:59d:a0e0:cf1", "private"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:169.254.169.254", "link-local"),
        ("64:ff9b::7f00:1", "loopback"),
        ("64:ff9b::a9fe:a9fe", "link-local"),
        ("2002:7f00:1::", "loopback"),
        ("2002:a00:1::", "private"),
    ],
)
def test_addresses_that_are_not_on_the_internet(address: str, kind: str) -> None:
    """Each is called what it is, also when an IPv4 address hides in an IPv6 one."""
    assert kind in str(kind_of_forbidden(address))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_public_addresses(address: str) -> None:
    """These may be connected to, the ones that an IPv6-only network makes of IPv4 addresses (NAT64) too."""
    assert ipaddress.ip_address(address) and kind_of_forbidden(address) is None


@pytest.mark.parametrize(
    ("host", "odd"),
    [
        *[(host, True) for host in ("2130706433", "0177.0.0.1", "127.1", "0x7f000001", "0x7f.1", "a.1", "1.2.3.4.")],
        *[(host, False) for host in ("127.0.0.1", "::1", "a.example", "1.example", "0xa.example", "4chan")],
    ],
)
def test_numbers_that_only_some_take_for_an_address(host: str, odd: bool) -> None:
    """A host whose last label is a number is an address, and there is one way to spell that."""
    assert is_odd_number(host) is odd
