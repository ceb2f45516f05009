"""What may be asked for: no address of this machine or its network, however it is written."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import Unreadable
from sayso.fetch import fetch, is_public
from sayso.fetch.addresses import Address, address, redirected
from sayso.fetch.exchange import resolve

CLOSED = [
    *("127.0.0.1", "127.255.0.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1"),  # noqa: S104 - nothing binds
    *("169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.7", "198.18.0.1", "198.51.100.1", "203.0.113.9"),
    *("224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "ff0e::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:4136:e378::1", "100::1"),
    *("", "localhost", "1", "0x7f.1"),  # no addresses at all
]


@pytest.mark.parametrize("number", CLOSED)
def test_addresses_that_are_not_of_the_open_internet(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["198.41.0.4", "1.1.1.1", "2001:500:2::c", "::ffff:198.41.0.4", "64:ff9b::c629:4"])
def test_addresses_of_the_open_internet(number: str) -> None:
    assert is_public(number)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_as_open_as_by_itself(inner: object) -> None:
    assert is_public(f"::ffff:{inner}") == is_public(f"64:ff9b::{inner}") == is_public(str(inner))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "１２７.0.0.1",
    ],
)
def test_every_way_to_write_this_machine_is_refused_before_it_is_connected_to(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connected(*_: object, **__: object) -> socket.socket:
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", connected)
    with pytest.raises(Unreadable, match=r"(127\.0\.0\.1|::1), no address of the open internet, so it is not asked"):
        fetch(f"http://{host}/", max_bytes=1000)


def test_names_are_looked_up_by_the_system() -> None:
    assert resolve("127.0.0.1", 80) == ("127.0.0.1",)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://pier.example/a", "only addresses that begin with https:// or http://"),
        ("file:///etc/passwd", "only addresses that begin with"),
        ("www.pier.example/a", "only addresses that begin with"),
        ("https:///a", "is no web address"),
        ("http://pier.example:99999/", "is no web address"),
        ("http://[::1/", "is no web address"),
        ("http://[fe80::1%25eth0]/", "is no web address"),
        ("http://pier.example/a b", "is no web address"),
        ("http://pier.example/a\r\nX: y", "is no web address"),
        ("http://" + "a" * 70 + ".example/", "is no web address"),
    ],
)
def test_what_is_no_web_address(url: str, why: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(why)):
        address(url)


@pytest.mark.parametrize(
    "url", ["https://ann:secret@pier.example/a", "https://secret@pier.example/", "ftp://a:secret@b"]
)
def test_credentials_are_neither_sent_nor_repeated(url: str) -> None:
    with pytest.raises(Unreadable) as raised:
        address(url)
    assert "secret" not in str(raised.value)


def test_an_address_as_it_is_sent() -> None:
    assert str(address("HTTPS://Pier.Example:443/a/ü?q=é#top")) == "https://pier.example/a/%C3%BC?q=%C3%A9"
    assert str(address("http://bücher.example")) == "http://xn--bcher-kva.example/"
    assert address("http://[2001:500:2::c]:8080/").authority == "[2001:500:2::c]:8080"


def test_where_a_redirect_leads() -> None:
    assert str(redirected(address("http://pier.example/a/b"), "../c")) == "http://pier.example/c"
    assert str(redirected(address("http://pier.example/"), "https://www.pier.example/")) == "https://www.pier.example/"
    with pytest.raises(Unreadable, match="not encrypted"):
        redirected(address("https://pier.example/"), "http://pier.example/")
    with pytest.raises(Unreadable, match="only addresses that begin with"):
        redirected(address("https://pier.example/"), "file:///etc/passwd")


@given(st.text() | st.text("htps:/[]@.%?#0123456789ax\\ "))
def test_whatever_is_typed_or_sent_is_an_address_or_is_refused(text: str) -> None:
    typed: list[Callable[[], Address]] = [
        lambda: address(text),
        lambda: address(f"http://{text}"),
        lambda: redirected(address("http://a.b"), text),
    ]
    for asked in typed:
        try:
            found = asked()
        except Unreadable:
            continue
        assert str(found).isascii()
        assert not set(str(found)) & set(" \r\n\t")
        assert address(str(found)) == found
