"""Readout behind nginx, as docs/newsroom.md says it: TLS, a path, WebSockets, and the login through all of them."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, expect
from serving import ROOT, _port, running, settle

pytestmark = pytest.mark.browser
GUIDE = ROOT / "docs" / "newsroom.md"
AUTH = """
[auth]
redirect_uri = "https://localhost:{tls}/readout/oauth2callback"
client_id = "readout"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"

[access]
correct = ["*@paper.example"]
"""
FRAME = """
daemon off;
user root;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {servers}
}}
"""


def status(address: str, **headers: str) -> int | None:
    """What a server answers; None where there is none."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30, context=context) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return int(answer.code)
    except OSError:
        return None


@pytest.fixture(scope="module")
def proxied(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose readers log in, behind nginx; gives its public address."""
    del browser  # without one there is nothing to do
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        if os.environ.get("READOUT_BROWSER") == "required":
            pytest.fail("no nginx found: `apt-get install nginx-light`")
        pytest.skip("no nginx found: `apt-get install nginx-light`")
    folder = tmp_path_factory.mktemp("proxy")
    own, tls = _port(), _port()
    key = ["-keyout", f"{folder}/tls.key", "-out", f"{folder}/tls.crt", "-days", "2", "-subj", "/CN=localhost"]
    making = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", *key]
    subprocess.run(making, check=True, capture_output=True)
    (servers,) = re.findall(r"```nginx\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    for said, here in {
        "listen 443 ssl": f"listen 127.0.0.1:{tls} ssl",
        "server_name news.example": "server_name localhost news.example",
        "/etc/readout/tls": f"{folder}/tls",
        "http://127.0.0.1:8501": f"http://127.0.0.1:{own}",
    }.items():
        assert said in servers
        servers = servers.replace(said, here)
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, servers=servers), "utf-8")
    people = [User(sub="desk", claims={"email": "desk@paper.example", "email_verified": True})]
    serving = [sys.executable, "-m", "readout", "serve", "--port", str(own), "--prefix", "readout"]
    with run_server_in_thread(user_claims=people) as provider:
        auth = folder / "auth.toml"
        auth.write_text(AUTH.format(tls=tls, provider=provider.server_port), "utf-8")
        command = [*serving, "--auth", str(auth), "--home", str(folder / "home"), "--allow-host", "news.example"]
        ready = f"http://127.0.0.1:{own}/readout/_stcore/ready"
        secrets = {"READOUT_CLIENT_SECRET": "of the provider", "READOUT_COOKIE_SECRET": "c" * 40}
        with (
            running(command, lambda: bool(status(ready)), ROOT, **secrets),
            running(
                [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")],
                lambda: bool(status(f"https://127.0.0.1:{tls}/")),
            ),
        ):
            yield f"https://localhost:{tls}/readout/"


def test_a_page_loads_through_a_proxy(browser: Browser, proxied: str) -> None:
    """Nothing is missing below the path; the login leads back to it, and a click reaches the server and the library."""
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(proxied)
    settle(page)
    page.get_by_role("button", name="Log in").click()
    page.get_by_placeholder("sub").fill("desk")
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.wait_for_url(f"{proxied}**")
    settle(page)
    expect(page.get_by_text("Logged in as desk@paper.example")).to_be_visible()
    star = page.locator(".st-key-text").get_by_role("button", name="Star")
    star.click()
    expect(star).to_have_text("★ Starred")
    assert page.evaluate("document.fonts.check('1rem Literata')")
    row = page.locator(".st-key-text .row").nth(7)
    row.evaluate("(row) => row.scrollIntoView({ block: 'start' })")
    page.wait_for_function("() => localStorage.getItem('readout stopped')")
    with page.expect_response("**/readout/stopped") as stopped:
        page.get_by_test_id("stSidebarNav").get_by_role("link", name="Tone", exact=True).click()
    assert stopped.value.status == 204
    page.wait_for_url(f"{proxied}tone**")
    settle(page)
    assert not failed
    login = [cookie for cookie in context.cookies() if str(cookie.get("name")).startswith("_streamlit_user")]
    assert login
    assert all(cookie.get("secure") and cookie.get("httpOnly") for cookie in login)
    context.close()


def test_a_proxy_opens_no_door(proxied: str) -> None:
    """Hosts are what they are, whatever is said to be forwarded; metrics are closed, readiness is told."""
    assert status(proxied) == 200
    assert status(proxied, Host="news.example") == 200
    assert status(proxied, Host="evil.example") == 403
    assert status(proxied, Host="evil.example", **{"X-Forwarded-Host": "localhost"}) == 403
    assert status(proxied, **{"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "10.0.0.1"}) == 200
    assert status(proxied, Origin="https://evil.example") == 403
    assert status(f"{proxied}_stcore/metrics") == 404
    assert status(f"{proxied}_stcore/ready") == 200
    assert status(f"{proxied}_stcore/health") == 200
