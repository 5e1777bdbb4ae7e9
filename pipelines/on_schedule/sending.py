"""The roads by which an alert leaves: a mail server and webhooks, both named in the environment of this machine.

WIJKBAAT_SMTP            smtp://naam:wachtwoord@server:587 (STARTTLS), smtps://...:465, or a server on this machine
WIJKBAAT_MAIL_FROM       the sender
WIJKBAAT_WEBHOOK_<NAME>  an https address that takes {"text": ...}; http only on this machine
"""

from __future__ import annotations

import http.client
import json
import os
import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from data_contracts.errors import StudyError
from data_contracts.expected import Told

SMTP, MAIL_FROM, WEBHOOK = "WIJKBAAT_SMTP", "WIJKBAAT_MAIL_FROM", "WIJKBAAT_WEBHOOK_"
PATIENCE = 20.0  # seconds for one server to answer
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def require_road(told: Told, environment: Mapping[str, str] = os.environ) -> None:
    """StudyError when this machine does not know how to reach somebody; nothing is sent."""
    if told.mail is not None:
        _mail_server(environment)
        _sender(environment)
    else:
        _webhook(told, environment)


def send(told: Told, subject: str, text: str, environment: Mapping[str, str] = os.environ) -> None:
    """Bring it to one mailbox or webhook; OSError, HTTPException or SMTPException where that does not succeed."""
    if told.mail is not None:
        _mail(told.mail, subject, text, environment)
    else:
        _post(_webhook(told, environment), f"{subject}\n{text}")


def _mail(to: str, subject: str, text: str, environment: Mapping[str, str]) -> None:
    server = _mail_server(environment)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = _sender(environment), to, subject
    message.set_content(text)
    secure = ssl.create_default_context()
    host = str(server.hostname)
    with (
        smtplib.SMTP_SSL(host, server.port or 465, timeout=PATIENCE, context=secure)
        if server.scheme == "smtps"
        else smtplib.SMTP(host, server.port or 587, timeout=PATIENCE)
    ) as connection:
        if server.scheme == "smtp" and host not in _THIS_MACHINE:
            connection.starttls(context=secure)
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)


def _post(address: SplitResult, text: str) -> None:
    """Redirects are not followed: an alert goes where the machine's owner said, or nowhere."""
    host, is_safe = str(address.hostname), address.scheme == "https"
    made = http.client.HTTPSConnection if is_safe else http.client.HTTPConnection
    connection = made(host, address.port, timeout=PATIENCE)
    try:
        place = (address.path or "/") + (f"?{address.query}" if address.query else "")
        body = json.dumps({"text": text}, ensure_ascii=False).encode("utf-8")
        connection.request("POST", place, body, {"Content-Type": "application/json; charset=utf-8"})
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise http.client.HTTPException(f"code {status}")


def _mail_server(environment: Mapping[str, str]) -> SplitResult:
    server = urlsplit(environment.get(SMTP, ""))
    if server.scheme not in ("smtp", "smtps") or not server.hostname:
        raise StudyError(
            f"Deze machine kent geen mailserver. Zet {SMTP} in de omgeving, bijvoorbeeld smtp://mail.gemeente.nl:587."
        )
    return server


def _sender(environment: Mapping[str, str]) -> str:
    sender = environment.get(MAIL_FROM, "")
    if "@" not in sender:
        raise StudyError(
            f"Er is geen afzender voor mail. Zet {MAIL_FROM} in de omgeving, met een adres van de gemeente."
        )
    return sender


def _webhook(told: Told, environment: Mapping[str, str]) -> SplitResult:
    name = f"{WEBHOOK}{told.webhook}"
    address = urlsplit(environment.get(name, ""))
    is_safe = address.scheme == "https" or (address.scheme == "http" and address.hostname in _THIS_MACHINE)
    if not address.hostname or not is_safe:
        raise StudyError(
            f"Deze machine kent webhook {told.webhook} niet. Zet {name} in de omgeving, met een https-adres."
        )
    return address
