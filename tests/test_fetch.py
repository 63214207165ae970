"""Fetching a page: from real servers on this machine, which the test's network puts at public addresses."""

from __future__ import annotations

import gzip
import http.server
import ipaddress
import random
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readout.errors import FetchError, FileError
from readout.fetch import AT_ONCE, Page, addresses, allowed, asking, fetch
from readout.fetch.place import place_of
from readout.load import load

HTML = "<!doctype html><title>The bridge</title><p>“It holds,” said Ada Lovelace of the bridge. It was built in 2014."
Answer = Callable[["Handler"], None]


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as the test says, path by path."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Answer one request."""
        self.server.asked.append((self.path, dict(self.headers)))
        self.close_connection = True
        self.server.answers[self.path.partition("?")[0]](self)

    def give(self, body: bytes | str = HTML, status: int = 200, kind: str | None = "text/html", **headers: str) -> None:
        """Send a whole answer."""
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        if kind is not None:
            self.send_header("Content-Type", kind)
        for name, value in {"Content_Length": str(len(data)), **headers}.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """A server on a free port of this machine."""

    daemon_threads = True

    def __init__(self, answers: dict[str, Answer] | None = None) -> None:
        """Begin to serve."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers or {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is what these tests are about."""


@dataclass
class Net:
    """An internet of the test: names with addresses, addresses with servers, and a list of who was connected to."""

    names: dict[str, list[list[str]]]
    """For each name its addresses, as they are at the first question, the second, and so on."""
    servers: dict[str, Server] = field(default_factory=dict)
    opened: list[tuple[str, int]] = field(default_factory=list)

    def resolve(self, name: str, port: int) -> list[str]:
        """The addresses of a name; a literal is its own."""
        if name not in self.names:
            return addresses.resolve(name, port)
        answers = self.names[name]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def open_to(self, address: str, port: int, seconds: float) -> socket.socket:
        """Connect to the server that has this address."""
        self.opened.append((address, port))
        if address not in self.servers:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.servers[address].server_port), seconds)

    def fetch(self, url: str, **options: Any) -> Page:
        """Fetch from this internet, by the rules for the public one; time runs out only where a test says when."""
        return fetch(url, resolve=self.resolve, opener=self.open_to, **{"seconds": LONG, **options})


LONG = 120.0
"""Seconds that pass only where something hangs."""
PUBLIC, OTHER = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, Answer]], Server]]:
    """Start servers, and stop them at the end."""
    with ExitStack() as stack:

        def start(answers: dict[str, Answer]) -> Server:
            server = Server(answers)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            return server

        yield start


Serve = Callable[[dict[str, Answer]], Server]


def net(server: Server, name: str = "news.example") -> Net:
    """An internet with one server, at a public address."""
    return Net({name: [[PUBLIC]]}, {PUBLIC: server})


def to(place: str, status: int = 302) -> Answer:
    """An answer that leads on."""
    return lambda asked: asked.give("", status, Location=place)


def test_a_page_comes_with_its_address_and_a_name(serve: Serve) -> None:
    """The bytes as they are, the address where they were found, a name that `load` can go by."""
    server = serve({"/2016/the-bridge": lambda asked: asked.give(HTML)})
    page = net(server).fetch("  http://NEWS.example/2016/the-bridge?a=b#top \n")
    assert page == Page(HTML.encode(), "http://news.example/2016/the-bridge?a=b", "the-bridge.html")
    assert load(page.data, name=page.name, url=page.url).url == page.url


def test_the_server_learns_nothing_of_the_reader(serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No cookies, credentials, referrer or proxy, whatever the machine is set to; a redirect's cookies are dropped."""
    trap = serve({})
    for variable in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(variable, trap.url)
    (tmp_path / ".netrc").write_text("machine news.example login ada password secret\n", "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    server = serve(
        {
            "/a": lambda asked: asked.give("", 302, Location="/b", Set_Cookie="id=1; Path=/"),
            "/b": lambda asked: asked.give(HTML),
        }
    )
    net(server).fetch("http://news.example/a")
    assert not trap.asked
    for _, headers in server.asked:
        assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Accept-Language", "Connection"}
        assert headers["Host"] == "news.example"
        assert headers["User-Agent"].startswith("Readout/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(serve: Serve, status: int) -> None:
    """Relative, absolute, and in letters of any script."""
    server = serve(
        {
            "/": to("b/?x=1", status),
            "/b/": to("http://other.example/caf%C3%A9", status),
            "/caf%C3%A9": to("/é".encode().decode("latin-1"), status),
            "/%C3%A9": lambda asked: asked.give(HTML),
        }
    )
    web = Net({"news.example": [[PUBLIC]], "other.example": [[OTHER]]}, {PUBLIC: server, OTHER: server})
    assert web.fetch("http://news.example").url == "http://other.example/%C3%A9"
    assert web.opened == [(PUBLIC, 80), (PUBLIC, 80), (OTHER, 80), (OTHER, 80)]


def test_five_redirects_are_enough(serve: Serve) -> None:
    """Five are followed, six are not, and a circle ends."""
    server = serve({f"/{n}": to(f"/{n + 1}") for n in range(6)} | {"/6": lambda asked: asked.give(), "/r": to("/r")})
    assert net(server).fetch("http://news.example/1").url == "http://news.example/6"
    with pytest.raises(FetchError, match="from page to page without end"):
        net(server).fetch("http://news.example/0")
    with pytest.raises(FetchError, match="from page to page without end"):
        net(server).fetch("http://news.example/r")


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://inside.example/",
        "//10.0.0.1/",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(serve: Serve, place: str) -> None:
    """The address is checked after each redirect, and nothing is sent to it."""
    server = serve({"/": to(place)})
    web = Net({"news.example": [[PUBLIC]], "inside.example": [["192.168.1.1"]]}, {PUBLIC: server})
    with pytest.raises(FetchError, match="is not on the public internet"):
        web.fetch("http://news.example/")
    assert web.opened == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "place",
    ["file:///etc/passwd", "ftp://news.example/", "http://a:b@news.example/", "http://news.example:22/", "http://["],
)
def test_a_redirect_to_what_is_no_page_is_refused(serve: Serve, place: str) -> None:
    """Scheme, credentials and port are checked after each redirect too."""
    web = net(serve({"/": to(place)}))
    with pytest.raises(FetchError, match="leads on to an address that Readout does not open"):
        web.fetch("http://news.example/")
    assert web.opened == [(PUBLIC, 80)]


def test_a_name_that_changes_its_address_gains_nothing(serve: Serve) -> None:
    """What was checked is what is connected to; the name's next address is checked at its turn, and refused."""
    server = serve({"/": lambda asked: asked.give(HTML), "/again": to("/")})
    web = Net({"rebind.example": [[PUBLIC], ["127.0.0.1"]]}, {PUBLIC: server})
    assert web.fetch("http://rebind.example/").data == HTML.encode()
    assert web.opened == [(PUBLIC, 80)]
    web = Net({"rebind.example": [[PUBLIC], ["127.0.0.1"]]}, {PUBLIC: server})
    with pytest.raises(FetchError, match="is not on the public internet"):
        web.fetch("http://rebind.example/again")
    assert web.opened == [(PUBLIC, 80)]


@pytest.mark.parametrize("inner", ["10.0.0.1", "::1", "169.254.169.254", "not an address", ""])
def test_one_address_that_is_not_public_is_one_too_many(serve: Serve, inner: str) -> None:
    """A name is refused as a whole."""
    web = Net({"news.example": [[PUBLIC, inner]]}, {PUBLIC: serve({})})
    with pytest.raises(FetchError, match="is not on the public internet"):
        web.fetch("http://news.example/")
    assert not web.opened


def test_the_next_address_is_tried(serve: Serve) -> None:
    """Where one address of a name does not answer, another may."""
    web = Net({"news.example": [[OTHER, PUBLIC]]}, {PUBLIC: serve({"/": lambda asked: asked.give(HTML)})})
    assert web.fetch("http://news.example/").data
    assert web.opened == [(OTHER, 80), (PUBLIC, 80)]
    web.servers.clear()
    with pytest.raises(FetchError, match="does not answer"):
        web.fetch("http://news.example/")


HOSTILE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.255.255.254/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    "http://10.1.2.3/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://192.168.0.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://168.63.129.16/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::1]/",
    "http://[100::1]/",
    "http://[2001::1]/",
    "http://[2001:0:7f00:1:0:0:80ff:fffe]/",
    "http://[2001:db8::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[3fff::1]/",
    "http://[5f00::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://127.0.0.1.:80/",
    "http://127.0.0.1\\@example.org/",
    "http://example.org@127.0.0.1/",
    "http://example.org:80@127.0.0.1/",
    "http://@127.0.0.1/",
    "http://ada:secret@example.org/",
    "http://127.0.0.1#@example.org/",
    "http://127.0.0.1?@example.org/",
    "http://１２７.０.０.１/",
    "http://①②⑦.⓪.⓪.①/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "http://127。0。0。1/",
    "http://exa\nmple.org/",
    "http://example.org\r\nHost: inside/",
    "http://exam ple.org/",
    "http://%31%32%37.0.0.1/",
    "http://[fe80::1%25lo]/",
    "http://[::1/",
    "http://::1/",
    "http://:80/",
    "http:///etc/passwd",
    "http:/127.0.0.1/",
    "http:127.0.0.1",
    "http://",
    "http://.",
    "http://./",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:-1/",
    "http://127.0.0.1:0/",
    "http://127.0.0.1:22/",
    "http://example.org:25/",
    "http://example.org:6379/",
    "http://example.org:8501/",
    "http://example.org:0/",
    "//127.0.0.1/",
    "/etc/passwd",
    "file:///etc/passwd",
    "ftp://example.org/",
    "gopher://127.0.0.1:6379/_SET",
    "dict://127.0.0.1:11211/",
    "javascript:alert(1)",
    "data:text/html,<p>x",
    "view-source:http://127.0.0.1/",
    "jar:http://127.0.0.1!/",
    "unix:/run/docker.sock",
    "",
    " ",
    "example.org",
    "h\0ttp://example.org/",
    "http://\udcff/",
    "http://" + "a" * 300 + ".example/",
    "http://example.org/" + "a" * 5000,
    "http://xn--/",
    "http://xn--a.example/",
]


def untouched(address: str, port: int, seconds: float) -> socket.socket:
    """A way to connect that must not be taken."""
    raise AssertionError(f"a connection was opened to {address}, port {port}")


def offline(name: str, port: int) -> list[str]:
    """The addresses of a name where no name server can be reached."""
    if name.endswith((".example", ".invalid")) or name == "example.org":
        raise socket.gaierror
    return addresses.resolve(name, port)


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_addresses_are_refused_before_a_connection(url: str) -> None:
    """Whatever the spelling: a sentence, nothing opened, and the sentence shows no address of the network inside."""

    with pytest.raises(FetchError) as caught:
        fetch(url, resolve=offline, opener=untouched)
    assert str(caught.value).endswith((".", "article."))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "public", "private"),
    [
        ("8.8.8.8", True, True),
        ("93.184.215.14", True, True),
        ("172.32.0.1", True, True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True, True),
        ("2a00:1450:4001:81d::200e", True, True),
        ("::ffff:8.8.8.8", True, True),
        ("64:ff9b::8.8.8.8", True, True),
        ("127.0.0.1", False, True),
        ("::1", False, True),
        ("::ffff:127.0.0.1", False, True),
        ("10.0.0.1", False, True),
        ("192.168.178.1", False, True),
        ("100.64.0.1", False, True),
        ("fd12:3456::1", False, True),
        ("169.254.169.254", False, False),
        ("::ffff:169.254.169.254", False, False),
        ("100.100.100.200", False, False),
        ("fd00:ec2::254", False, False),
        ("fe80::1%lo", False, False),
        ("0.0.0.0", False, False),
        ("::", False, False),
        ("224.0.0.1", False, False),
        ("ff02::1", False, False),
        ("255.255.255.255", False, False),
        ("2002:808:808::1", False, False),
        ("localhost", False, False),
    ],
)
def test_which_addresses_may_be_asked(address: str, public: bool, private: bool) -> None:
    """Public ones; this machine and private networks where that is said; clouds' metadata and multicast never."""
    assert addresses.may_be_asked(address, private=False) is public
    assert addresses.may_be_asked(address, private=True) is private


@settings(deadline=None, max_examples=500)
@given(st.ip_addresses())
@example(ipaddress.ip_address("224.0.0.1"))
def test_public_is_a_part_of_global(address: addresses.Address) -> None:
    """Nothing that Python's own table calls private is public here, nor is any IPv6 address that carries it."""
    if not address.is_global or address.is_multicast:
        assert not addresses.is_public(address)
    if isinstance(address, ipaddress.IPv4Address):
        for carrier in (f"::ffff:{address}", f"64:ff9b::{address}"):
            assert addresses.is_public(ipaddress.ip_address(carrier)) == addresses.is_public(address)


def test_this_machine_by_its_public_address_is_told() -> None:
    """A connection whose two ends have one address leads home."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.create_connection(listening.getsockname()) as connection,
    ):
        assert asking.leads_home(connection)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=60), st.text(max_size=60).map("http://".__add__), st.from_regex(r"https?://.*")))
def test_garbage_is_no_address(url: str) -> None:
    """Nothing but a `FetchError` comes out of any string, with a network that has nobody in it."""

    def nobody(name: str, port: int) -> list[str]:
        raise socket.gaierror

    with pytest.raises(FetchError):
        fetch(url, resolve=nobody, opener=untouched)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=80))
def test_garbage_to_lead_on_to_is_no_address(onward: str) -> None:
    """A redirect to any string gives a place or a `FetchError`, and the place has a target that is safe to send."""
    place = place_of("http://news.example/a/b")
    try:
        found = place_of(place.joined(onward.encode("utf-8", "replace").decode("latin-1")))
    except FetchError:
        return
    assert found.target.isascii()
    assert not set(found.target + found.authority) & set(" \r\n\t")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "a name and a password"),
        (402, "to be paid"),
        (403, "does not show this page to programs"),
        (404, "has no page at this address. Check the address"),
        (410, "taken this page down"),
        (418, "answer 418"),
        (429, "asked too often. Try again later"),
        (451, "for legal reasons"),
        (500, "trouble of its own .error 500.. Try again later"),
        (503, "trouble of its own .error 503.. Try again later"),
        (304, "answer 304"),
        (204, "answer 204"),
        (206, "answer 206"),
    ],
)
def test_each_refusal_has_its_sentence(serve: Serve, status: int, words: str) -> None:
    """What the server said, in words."""
    server = serve({"/": lambda asked: asked.give("" if status in (204, 304) else HTML, status)})
    with pytest.raises(FetchError, match=f"The server news.example .*{words}"):
        net(server).fetch("http://news.example/")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("image/png", "a picture"),
        ("video/mp4", "a film"),
        ("audio/mpeg", "a recording"),
        ("application/json; charset=utf-8", "JSON"),
        ("application/x-ndjson", "JSON Lines"),
        ("text/csv", "a table"),
        ("application/rss+xml", "a feed"),
        ("application/feed+json", "a feed"),
        ("application/zip", "a packed file"),
        ("text/css", "something else"),
        ("x/" + "y" * 500, "something else"),
    ],
)
def test_what_is_no_article_is_refused_by_its_type(serve: Serve, kind: str, words: str) -> None:
    """Before its body is read."""
    server = serve({"/": lambda asked: asked.give(b"x", kind=kind)})
    with pytest.raises(FetchError, match=f"has .*{words}.*at this address"):
        net(server).fetch("http://news.example/")


@pytest.mark.parametrize("kind", ["application/xml", "text/xml", "text/html", "text/plain", None])
def test_a_feed_is_refused_whatever_its_server_calls_it(serve: Serve, kind: str | None) -> None:
    """As plain XML or as a page, it is a feed; a page that is XML is a page."""
    feed = "<?xml version='1.0'?><rss version='2.0'><channel><item><title>A</title></item></channel></rss>"
    xhtml = f"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>{HTML.partition('>')[2]}</p></html>"
    server = serve({
        "/feed": lambda asked: asked.give(feed, kind=kind),
        "/a.xml": lambda asked: asked.give(xhtml, kind=kind),
    })  # fmt: skip
    page = net(server).fetch("http://news.example/feed")
    with pytest.raises(FileError, match=r"is a feed \(RSS\), a list of articles\. Open the articles that it lists"):
        load(page.data, name=page.name, url=page.url)
    page = net(server).fetch("http://news.example/a.xml")
    assert load(page.data, name=page.name, url=page.url).title


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/", "text/html", "news.example.html"),
        ("/a/the-bridge/", "text/html; charset=utf-8", "the-bridge.html"),
        ("/story.php", "text/html", "story.html"),
        ("/story.htm", "text/html", "story.htm"),
        ("/v1.2-of-it", "text/html", "v1.2-of-it.html"),
        ("/report.PDF", "application/pdf", "report.PDF"),
        ("/download", "application/pdf", "download.pdf"),
        ("/report.docx", "application/octet-stream", "report.docx"),
        ("/caf%C3%A9", "TEXT/HTML", "café.html"),
        ("/..%2F..%2Fetc%2Fpasswd", "text/plain", "etc-passwd.txt"),
        ("/nothing", None, "nothing"),
        ("/nonsense", "nonsense;;;=", "nonsense.txt"),
    ],
)
def test_the_name_says_what_kind_of_file_it_is(serve: Serve, path: str, kind: str | None, name: str) -> None:
    """The path's last part, safe as a file name, with the suffix of the server's type."""
    server = serve({path: lambda asked: asked.give(b"Words of an article.", kind=kind)})
    assert net(server).fetch(f"http://news.example{path}").name == name


@pytest.mark.parametrize(
    ("kind", "data", "out"),
    [
        ("text/html; charset=windows-1251", "Мост стоит".encode("cp1251"), "Мост стоит".encode()),
        ('text/html; charset="Shift_JIS"', "橋は".encode("shift_jis"), "橋は".encode()),
        ("text/html; charset=latin-1", "é".encode(), "é".encode()),
        ("text/html; charset=punycode", b"\xe9a", "éa".encode()),
        ("text/html; charset*=utf-8''%ff", b"\xe9a", b"\xe9a"),
        ("text/html", b"\xe9a", b"\xe9a"),
        ("application/pdf; charset=latin-1", b"%PDF-\xe9", b"%PDF-\xe9"),
        ("text/plain; charset=latin-1", b"\xe9\1\2\3\4\5", b"\xe9\1\2\3\4\5"),
    ],
)
def test_an_encoding_that_only_the_server_says_is_not_lost(serve: Serve, kind: str, data: bytes, out: bytes) -> None:
    """A text that is not UTF-8 becomes UTF-8; what is UTF-8 stays, whatever is said of it."""
    server = serve({"/": lambda asked: asked.give(data, kind=kind)})
    assert net(server).fetch("http://news.example/").data == out


def test_what_is_packed_is_unpacked(serve: Serve) -> None:
    """Gzip and deflate, and nothing that was not asked for."""
    raw = zlib.compressobj(wbits=-15)
    server = serve(
        {
            "/gzip": lambda asked: asked.give(gzip.compress(HTML.encode()), Content_Encoding="gzip"),
            "/deflate": lambda asked: asked.give(zlib.compress(HTML.encode()), Content_Encoding="Deflate"),
            "/raw": lambda asked: asked.give(raw.compress(HTML.encode()) + raw.flush(), Content_Encoding="deflate"),
            "/br": lambda asked: asked.give(b"x", Content_Encoding="br"),
            "/twice": lambda asked: asked.give(b"x", Content_Encoding="gzip, gzip"),
            "/broken": lambda asked: asked.give(b"not gzip", Content_Encoding="gzip"),
            "/cut": lambda asked: asked.give(b"abc", Content_Length="100"),
        }
    )
    web = net(server)
    for path in ("gzip", "deflate", "raw"):
        assert web.fetch(f"http://news.example/{path}").data == HTML.encode()
    for path in ("br", "twice"):
        with pytest.raises(FetchError, match="packed in a way"):
            web.fetch(f"http://news.example/{path}")
    for path in ("broken", "cut"):
        with pytest.raises(FetchError, match="broke off"):
            web.fetch(f"http://news.example/{path}")


def test_an_empty_page_is_said(serve: Serve) -> None:
    """Nothing is no page."""
    with pytest.raises(FetchError, match="sent an empty page"):
        net(serve({"/": lambda asked: asked.give(" \n")})).fetch("http://news.example/")


def endless(asked: Handler) -> None:
    """A page without an end."""
    asked.send_response(200)
    asked.send_header("Content-Type", "text/html")
    asked.end_headers()
    while True:
        asked.wfile.write(b"words " * 10_000)


def chunked(asked: Handler) -> None:
    """The same in chunks."""
    asked.send_response(200)
    asked.send_header("Content-Type", "text/html")
    asked.send_header("Transfer-Encoding", "chunked")
    asked.end_headers()
    while True:
        asked.wfile.write(b"ea60\r\n" + b"words " * 10_000 + b"\r\n")


def test_ten_megabytes_are_enough(serve: Serve) -> None:
    """A page that says it is larger, one that is, one without an end; ten megabytes to the byte still come."""
    server = serve(
        {
            "/says": lambda asked: asked.give(b"x", Content_Length="10000001"),
            "/is": lambda asked: asked.give(bytes(10_000_001), Content_Length=""),
            "/endless": endless,
            "/chunked": chunked,
            "/just": lambda asked: asked.give(b"x" * 10_000_000),
        }
    )
    web = net(server)
    for path in ("says", "is", "endless", "chunked"):
        with pytest.raises(FetchError, match="more than 10 MB"):
            web.fetch(f"http://news.example/{path}")
    assert len(web.fetch("http://news.example/just").data) == 10_000_000
    with pytest.raises(FetchError, match=r"more than 0\.001 MB"):
        web.fetch("http://news.example/just", most=1000)


def test_a_bomb_is_not_unpacked(serve: Serve) -> None:
    """A gigabyte in a megabyte, in one stream and in many, is given up at ten megabytes and never in memory."""
    packer = zlib.compressobj(9, wbits=31)
    megabytes = [packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)]
    bomb = megabytes[0] + megabytes[1] * 999
    members = gzip.compress(bytes(10_000_000)) * 20
    server = serve(
        {
            "/one": lambda asked: asked.give(bomb, Content_Encoding="gzip"),
            "/many": lambda asked: asked.give(members, Content_Encoding="gzip"),
        }
    )
    for path in ("one", "many"):
        tracemalloc.start()
        with pytest.raises(FetchError, match="more than 10 MB"):
            net(server).fetch(f"http://news.example/{path}")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 40_000_000


class Dripping:
    """A server that sends its answer byte by byte, from any point of it on, for a minute."""

    def __init__(self, first: bytes, drip: bytes) -> None:
        """Begin to serve; without a drip, never answer."""
        self._first, self._drip = first, drip
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.server_port = self._listening.getsockname()[1]
        self.hung_up = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        connection, _ = self._listening.accept()
        with self._listening, connection:
            try:
                connection.settimeout(60)
                connection.sendall(self._first)
                for _ in range(600):
                    if not self._drip and not connection.recv(65536):
                        break
                    connection.sendall(self._drip)
                    time.sleep(0.1)
            except OSError:
                pass
            self.hung_up.set()


@pytest.mark.parametrize(
    ("url", "first", "drip"),
    [
        ("http://news.example/", b"", b""),
        ("http://news.example/", b"", b"H"),
        ("http://news.example/", b"HTTP/1.1 200 OK\r\n", b"x"),
        ("http://news.example/", b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"),
        ("http://news.example/", b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        ("http://news.example/", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
        ("http://news.example/", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        ("http://news.example/", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
        ("http://news.example/", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"", mtime=0)),
        ("https://news.example/", b"", b""),
        ("https://news.example/", b"\x16\x03\x03\x40\x00", b"\x02"),
    ],
)
def test_a_server_that_drips_does_not_get_more_time(url: str, first: bytes, drip: bytes) -> None:
    """The whole fetch ends while head, body or handshake still drips, and its connection ends with it."""
    server = Dripping(first, drip)
    web = Net({"news.example": [[PUBLIC]]}, {PUBLIC: server})  # type: ignore[dict-item]
    for seconds in (0.2, 1, 5):  # on a busy machine the first may be over before there is a connection
        with pytest.raises(FetchError, match=f"did not come within {seconds} seconds"):
            web.fetch(url, seconds=seconds)
        over()
        if web.opened:
            break
    assert server.hung_up.wait(LONG)


def over() -> None:
    """Wait until no page is on its way."""
    for thread in threading.enumerate():
        if thread.name == "fetch":
            thread.join(LONG)
            assert not thread.is_alive()


def test_names_and_connections_that_take_too_long_are_given_up() -> None:
    """The time runs from the first question on; a name that is found too late is not asked for its page."""
    opened, given_up = threading.Event(), threading.Event()

    def slow(name: str, port: int) -> list[str]:
        assert given_up.wait(LONG)
        return [PUBLIC]

    def opening(address: str, port: int, seconds: float) -> socket.socket:
        opened.set()
        raise ConnectionRefusedError

    with pytest.raises(FetchError, match="did not come within"):
        fetch("http://news.example/", seconds=0.1, resolve=slow, opener=opening)
    given_up.set()
    over()
    assert not opened.is_set()


def holding(serve: Serve) -> tuple[Net, threading.Semaphore, threading.Event]:
    """A network with a page that is held back: it counts who asked for it, and gives it to all when it is told to."""
    held, go_on = threading.Semaphore(0), threading.Event()

    def hold(asked: Handler) -> None:
        held.release()
        go_on.wait(LONG)
        asked.give()

    return net(serve({"/slow": hold, "/": lambda asked: asked.give()})), held, go_on


def test_only_so_many_pages_are_fetched_at_once(serve: Serve) -> None:
    """One more than the limit waits, is told so when its time is over, and gets its page once a place is free."""
    web, held, go_on = holding(serve)
    with ThreadPoolExecutor(AT_ONCE) as readers:
        slow = [readers.submit(web.fetch, "http://news.example/slow") for _ in range(AT_ONCE)]
        assert all(held.acquire(timeout=LONG) for _ in slow)
        with pytest.raises(FetchError, match="Other pages are on their way"):
            web.fetch("http://news.example/", seconds=0.1)
        go_on.set()
        assert web.fetch("http://news.example/").data == HTML.encode()
        assert all(page.result().data == HTML.encode() for page in slow)


def test_pages_of_one_reader_keep_nobody_else_waiting(serve: Serve) -> None:
    """While all that a reader may fetch at once is on its way, another reader gets a page."""
    web, held, go_on = holding(serve)
    with ThreadPoolExecutor(AT_ONCE) as tabs:
        slow = [tabs.submit(web.fetch, "http://news.example/slow", reader="one") for _ in range(AT_ONCE)]
        try:
            assert all(held.acquire(timeout=LONG) for _ in range(2))
            assert web.fetch("http://news.example/", reader="other").data == HTML.encode()
            assert not held.acquire(blocking=False), "a third page of the first reader is on its way"
        finally:
            go_on.set()
        assert all(page.result().data == HTML.encode() for page in slow)


@pytest.mark.parametrize("seed", range(30))
def test_garbage_from_a_server_is_a_sentence(seed: int) -> None:
    """Bytes of every kind for an answer: a page or a `FetchError`, nothing else."""
    chance = random.Random(seed)
    heads = [
        b"",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 302 \r\nLocation: http://[\r\n\r\n",
        b"HTTP/1.1 302 \r\nLocation: \xff\xfe\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200,
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000,
        b"\x15\x03\x03\0\2\2\x28",
    ]
    data = heads[seed % len(heads)] + chance.randbytes(chance.randrange(200))
    server = Once(data)
    web = Net({"news.example": [[PUBLIC]]}, {PUBLIC: server})  # type: ignore[dict-item]
    for url in ("http://news.example/", "https://news.example/"):
        with suppress(FetchError):
            assert web.fetch(url, seconds=3).data


class Once:
    """A server that answers every connection with the same bytes, whatever it is asked."""

    def __init__(self, data: bytes) -> None:
        """Begin to serve."""
        self._data = data
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.server_port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        for _ in range(8):
            connection, _ = self._listening.accept()
            with connection:
                try:
                    connection.recv(65536)
                    connection.sendall(self._data)
                    connection.shutdown(socket.SHUT_WR)
                    connection.recv(65536)
                except OSError:
                    continue


def test_a_server_that_is_not_there_is_said() -> None:
    """No such name, nobody at the port."""
    with pytest.raises(FetchError, match=r"There is no server nowhere\.invalid to be found"):
        fetch("http://nowhere.invalid/", resolve=offline)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(FetchError, match="does not answer"):
        fetch(f"http://127.0.0.1:{port}/", private=True)


def test_this_machine_is_asked_where_that_is_said(serve: Serve) -> None:
    """With `private` a page on the loopback opens, at any port, through the real network."""
    server = serve({"/a": lambda asked: asked.give(HTML)})
    assert fetch(f"{server.url}/a", private=True).data == HTML.encode()
    with pytest.raises(FetchError, match="asks for port"):
        fetch(f"{server.url}/a")


@pytest.mark.parametrize(
    ("said", "means"),
    [(None, "off"), ("", "off"), ("off", "off"), ("on", "on"), (" ON ", "on"), ("private", "private"), ("1", "off")],
)
def test_fetching_is_off_unless_switched_on(monkeypatch: pytest.MonkeyPatch, said: str | None, means: str) -> None:
    """READOUT_FETCH says it in a word; any other word leaves it off."""
    monkeypatch.delenv("READOUT_FETCH", raising=False)
    if said is not None:
        monkeypatch.setenv("READOUT_FETCH", said)
    assert allowed() == means


def secured(server: Server, folder: Path, name: str) -> Path:
    """Have a server speak TLS, with a certificate for a name that it signed itself; gives the certificate's file."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    subprocess.run(
        [
            *command,
            "-subj",
            f"/CN={name}",
            "-addext",
            f"subjectAltName=DNS:{name}",
            "-out",
            certificate,
            "-keyout",
            key,
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return certificate


@pytest.mark.skipif(which("openssl") is None, reason="openssl makes the certificate")
def test_a_certificate_is_for_the_name_and_not_the_address(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the page is what the server has to prove, by an authority that the system trusts."""
    server = serve({"/": lambda asked: asked.give(HTML)})
    certificate = secured(server, tmp_path, "news.example")
    web = Net({"news.example": [[PUBLIC]], "other.example": [[PUBLIC]]}, {PUBLIC: server})
    with pytest.raises(FetchError, match="can't prove that it is who it says it is"):
        web.fetch("https://news.example/")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert web.fetch("https://news.example/").data == HTML.encode()
    assert web.opened[-1] == (PUBLIC, 443)
    with pytest.raises(FetchError, match="can't prove that it is who it says it is"):
        web.fetch("https://other.example/")
