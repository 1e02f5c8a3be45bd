"""One message to one mail server, with a checked certificate; errors say whether to try again."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress

from tui.config.mail_section import MailSettings
from tui.core.errors import SheafError
from tui.core.text import clean_line, shorten

TIMEOUT = 30.0
"""Seconds to wait for each answer of the server."""
QUIT_TIMEOUT = 2.0
"""Seconds to wait for the answer to QUIT after the server has accepted the message."""
LOCAL_NAME = "[127.0.0.1]"
"""The name in EHLO, as other mail programs send it: the name of the machine is private."""
_MAX_ANSWER_LENGTH = 200


class SendError(SheafError):
    """A message was accepted for no address."""

    def __init__(self, message: str, *, temporary: bool, all_messages: bool = False) -> None:
        super().__init__(message)
        self.temporary = temporary
        """Whether a retry may succeed."""
        self.all_messages = all_messages
        """Whether the server would not accept other messages either."""


def send_message(
    mail: MailSettings,
    password: str,
    sender: str,
    to: Sequence[str],
    data: bytes,
    log_accepted: Callable[[Sequence[str]], None],
    context: ssl.SSLContext | None = None,
    timeout: float = TIMEOUT,
) -> dict[str, str]:
    """Send a message. Return the addresses that the server refused, and why.

    `log_accepted` is called with the other addresses the moment the server has accepted the
    message. `timeout` is in seconds. Raises SendError if all addresses are refused.
    """
    client = _connect(mail, password, context or ssl.create_default_context(), timeout)
    try:
        try:
            refused = client.sendmail(sender, list(to), data)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise _send_error(error, mail, password, all_messages=False) from None
        log_accepted([each for each in to if each not in refused])
    finally:
        _quit(client)
    return {each: _answer(code, text, password) for each, (code, text) in refused.items()}


def _connect(
    mail: MailSettings, password: str, context: ssl.SSLContext, timeout: float
) -> smtplib.SMTP:
    """Return a connection, secured and logged in as the settings say. Raises SendError."""
    client: smtplib.SMTP | None = None
    try:
        if mail.security == "tls":
            client = smtplib.SMTP_SSL(
                mail.server, mail.port, LOCAL_NAME, timeout=timeout, context=context
            )
        else:
            client = smtplib.SMTP(mail.server, mail.port, LOCAL_NAME, timeout=timeout)
        client.ehlo_or_helo_if_needed()
        if mail.security == "starttls":
            client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
        if mail.user:
            client.login(mail.user, password)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        if client is not None:
            client.close()
        raise _send_error(error, mail, password, all_messages=True) from None
    return client


def _quit(client: smtplib.SMTP) -> None:
    """End the connection; the answer does not matter."""
    with suppress(smtplib.SMTPException, OSError):
        if client.sock is not None:
            client.sock.settimeout(QUIT_TIMEOUT)
        client.quit()
    client.close()


def _send_error(
    error: Exception, mail: MailSettings, password: str, *, all_messages: bool
) -> SendError:
    """Return an error that says what happened, without the password."""

    def make_error(message: str, temporary: bool) -> SendError:
        return SendError(
            f"{mail.server}: {message}", temporary=temporary, all_messages=all_messages
        )

    match error:
        case smtplib.SMTPRecipientsRefused():
            answers = [
                f"{each}: {_answer(code, text, password)}"
                for each, (code, text) in error.recipients.items()
            ]
            temporary = any(code < 500 for code, _ in error.recipients.values())
            return make_error("; ".join(answers), temporary)
        case smtplib.SMTPAuthenticationError(smtp_code=code, smtp_error=text):
            answer = _answer(code, text, password)
            return make_error(f"does not let {mail.user} log in: {answer}", code < 500)
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
            return make_error(_answer(code, text, password), code < 500)
        case smtplib.SMTPNotSupportedError() if "STARTTLS" in str(error):
            return make_error("offers no STARTTLS; mail is not sent unencrypted", False)
        case smtplib.SMTPNotSupportedError():
            return make_error("offers no login; leave out user if it needs none", False)
        case smtplib.SMTPServerDisconnected() if isinstance(error.__context__, TimeoutError):
            return make_error("does not answer", True)
        case smtplib.SMTPException():
            return make_error("ended the connection", True)
        case ssl.SSLCertVerificationError():
            return make_error(f"its certificate is not trusted: {error.verify_message}", False)
        case ssl.SSLError():
            message = f"does not speak TLS at port {mail.port}; check security and port"
            return make_error(message, False)
        case socket.gaierror():
            return make_error("not found; the name is wrong or there is no network", True)
        case TimeoutError():
            return make_error("does not answer", True)
        case OSError():
            return make_error(error.strerror or "the connection failed", True)
        case UnicodeEncodeError():
            return make_error("user and password must be ASCII to log in", False)
        case _:
            return make_error("cannot be used with these settings", False)


def _answer(code: int, text: bytes | str, password: str) -> str:
    """Return an answer of the server as one line; a password that it repeats is left out."""
    answer = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if password:
        answer = answer.replace(password, "…")
    return shorten(clean_line(f"{code} {answer}" if code > 0 else answer), _MAX_ANSWER_LENGTH)
