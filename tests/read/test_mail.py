"""E-mail: the body's words, who sent them and when; what was not read is named."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from sayso.errors import Unreadable
from sayso.read.mail import read_mail
from sayso.spans import Span

BODY = "The harbour ministry said the bridge was “safe in every respect”.\n\n> It was not, said Ann Lee.\n"


def message(body: str = BODY, *, charset: str = "utf-8", cte: str = "8bit") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Dana Ostrél <desk@courier.example>"
    mail["To"] = "readers@courier.example"
    mail["Subject"] = "Bridge inquiry “opens” and a long subject that has to be folded over more than a single line"
    mail["Date"] = "Thu, 04 Mar 2021 08:15:00 +0100"
    mail.set_content(body, charset=charset, cte=cte)
    return mail


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_body_and_headers(cte: str, charset: str) -> None:
    mail = message(charset=charset, cte=cte)
    mail["List-Id"] = "Harbour Watch <harbour.lists.example>"
    reading = read_mail(mail.as_bytes())
    assert reading.text == BODY.rstrip("\n")
    assert (
        reading.title == "Bridge inquiry “opens” and a long subject that has to be folded over more than a single line"
    )
    assert (reading.author, reading.outlet) == ("Dana Ostrél", "Harbour Watch")
    assert reading.published == "2021-03-04T08:15:00+01:00"
    assert reading.notices == ()


def test_quoting_marks_are_markup() -> None:
    reading = read_mail(message().as_bytes())
    assert [span.of(reading.text) for span in reading.markup] == ["> "]
    assert reading.markup[0] == Span(reading.text.index(">"), reading.text.index("It was not"))


def test_plain_is_preferred_and_html_is_read_where_there_is_no_plain() -> None:
    page = "<html><body><p>The <b>HTML</b> body says that the bridge was closed.</p></body></html>"
    both = message()
    both.add_alternative(page, subtype="html")
    assert read_mail(both.as_bytes()).text == BODY.rstrip("\n")
    only = message()
    only.set_content(page, subtype="html")
    assert read_mail(only.as_bytes()).text == "The HTML body says that the bridge was closed."


def test_a_footer_beside_an_html_body_does_not_replace_it() -> None:
    mail = message()
    mail.set_content("<html><body><p>The bridge was closed, she said.</p></body></html>", subtype="html")
    mail.make_mixed()
    footer = EmailMessage()
    footer.set_content("You are on the list.")
    mail.attach(footer)
    assert read_mail(mail.as_bytes()).text == "The bridge was closed, she said.\n\nYou are on the list."


def test_attachments_are_named_not_read() -> None:
    mail = message()
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="map oné.pdf")
    mail.add_attachment("secret", filename="notes.txt")
    reading = read_mail(mail.as_bytes())
    assert [notice.message for notice in reading.notices] == ["attachment not read: map oné.pdf, notes.txt"]
    assert "secret" not in reading.text


def test_a_cut_off_message_is_read_with_a_notice() -> None:
    mail = message()
    mail.add_attachment(b"x" * 500, maintype="application", subtype="pdf", filename="map.pdf")
    reading = read_mail(mail.as_bytes()[:-300])
    assert "safe in every respect" in reading.text
    assert any("cut off" in notice.message for notice in reading.notices)


def test_flowed_lines_are_joined() -> None:
    head = b"From: a@b.example\r\nSubject: s\r\nContent-Type: text/plain; format=flowed\r\n\r\n"
    reading = read_mail(head + b"One line \r\nthat goes on.\r\nNext.\r\n> a \r\n> b\r\n>> deeper\r\n-- \r\nsig\r\n")
    assert reading.text == "One line that goes on.\nNext.\n> a b\n>> deeper\n-- \nsig"


def test_charset_that_is_not_true() -> None:
    head = b"From: a@b.example\nSubject: s\nContent-Type: text/plain; charset=us-ascii\n\n"
    reading = read_mail(head + "“No,” she said.".encode())
    assert reading.text == "“No,” she said."


@pytest.mark.parametrize("date", ["soon", "Thu, 99 Mar 2021 08:15:00 +0100", ""])
def test_a_date_that_is_none(date: str) -> None:
    reading = read_mail(f"From: a@b.example\nSubject: s\nDate: {date}\n\nWords.".encode())
    assert reading.published is None
    assert reading.author == "a@b.example"
    assert "is no date" in reading.notices[0].message


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"no headers here", "no mail headers"),
        (b"From: a@b.example\nSubject: s\n\n", "no readable text"),
        (b"From: a@b.example\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0K", "no readable"),
        (
            b"From a@b.example Thu Mar  4 08:15:00 2021\nFrom: a@b.example\n\n1\n\nFrom c@d Mar 2021\nFrom: c@d\n\n2",
            "several messages",
        ),
    ],
)
def test_what_is_no_message(raw: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_mail(raw)


def test_the_space_between_an_encoded_word_and_a_plain_one_is_kept() -> None:
    raw = message().as_bytes().replace(b"Subject: ", b"X-Old: ", 1)
    reading = read_mail(b"Subject: Statement =?utf-8?q?=E2=80=9Cno=E2=80=9D:?=\n ministry =?utf-8?q?=C3=A9?=\n" + raw)
    assert reading.title == "Statement “no”: ministry é"
