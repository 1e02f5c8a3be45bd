"""One message to one server; certificates are verified, and a failure says whether to try again."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress

from tui.config import MailSettings
from tui.core.errors import SheafError
from tui.core.text import clean_line, shorten

TIMEOUT = 30.0
"""Seconds to wait for each answer of the server."""
PARTING = 2.0
"""Seconds to wait for its farewell, when it has taken the message."""
SELF = "[127.0.0.1]"
"""How we name ourselves, as other mail programs do: the machine's name is nobody's business."""
_LONGEST_ANSWER = 200


class SendError(SheafError):
    """A message was not taken, by anybody."""

    def __init__(self, words: str, *, again: bool, at_all: bool = False) -> None:
        super().__init__(words)
        self.again = again
        """Whether it may be different in a moment."""
        self.at_all = at_all
        """Whether the server would take no other message either."""


def send_message(
    mail: MailSettings,
    password: str,
    sender: str,
    to: Sequence[str],
    data: bytes,
    accepted: Callable[[Sequence[str]], None],
    context: ssl.SSLContext | None = None,
    timeout: float = TIMEOUT,
) -> dict[str, str]:
    """Hand a message to the server, which then answers for it; NotSent if it does not take it.

    `accepted` is called with the addresses it was taken for, in the moment it was. Returns those
    that were refused, and why. `context` is for tests: others trust what the system trusts.
    """
    client = _connected(mail, password, context or ssl.create_default_context(), timeout)
    try:
        try:
            refused = client.sendmail(sender, list(to), data)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise _not_sent(error, mail, password, at_all=False) from None
        accepted([each for each in to if each not in refused])
    finally:
        _part(client)
    return {each: _answer(code, text, password) for each, (code, text) in refused.items()}


def _connected(
    mail: MailSettings, password: str, context: ssl.SSLContext, timeout: float
) -> smtplib.SMTP:
    """A connection, protected and logged in as the config says. NotSent."""
    client: smtplib.SMTP | None = None
    try:
        if mail.security == "tls":
            client = smtplib.SMTP_SSL(
                mail.server, mail.port, SELF, timeout=timeout, context=context
            )
        else:
            client = smtplib.SMTP(mail.server, mail.port, SELF, timeout=timeout)
        client.ehlo_or_helo_if_needed()
        if mail.security == "starttls":
            client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
        if mail.user:
            client.login(mail.user, password)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        if client is not None:
            client.close()
        raise _not_sent(error, mail, password, at_all=True) from None
    return client


def _part(client: smtplib.SMTP) -> None:
    """Say goodbye; what it answers changes nothing."""
    with suppress(smtplib.SMTPException, OSError):
        if client.sock is not None:
            client.sock.settimeout(PARTING)
        client.quit()
    client.close()


def _not_sent(error: Exception, mail: MailSettings, password: str, *, at_all: bool) -> SendError:
    """What happened, in words, without anything secret."""

    def failed(words: str, again: bool) -> SendError:
        return SendError(f"{mail.server}: {words}", again=again, at_all=at_all)

    match error:
        case smtplib.SMTPRecipientsRefused():
            answers = [
                f"{each}: {_answer(code, text, password)}"
                for each, (code, text) in error.recipients.items()
            ]
            again = any(code < 500 for code, _ in error.recipients.values())
            return failed("; ".join(answers), again)
        case smtplib.SMTPAuthenticationError(smtp_code=code, smtp_error=text):
            words = _answer(code, text, password)
            return failed(f"does not let {mail.user} log in: {words}", code < 500)
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
            return failed(_answer(code, text, password), code < 500)
        case smtplib.SMTPNotSupportedError() if "STARTTLS" in str(error):
            return failed("offers no STARTTLS, and nothing is sent readable for everybody", False)
        case smtplib.SMTPNotSupportedError():
            return failed("offers no way to log in; leave out user where none is needed", False)
        case smtplib.SMTPServerDisconnected() if isinstance(error.__context__, TimeoutError):
            return failed("does not answer", True)
        case smtplib.SMTPException():
            return failed("ended the connection", True)
        case ssl.SSLCertVerificationError():
            return failed(f"its certificate is not trusted: {error.verify_message}", False)
        case ssl.SSLError():
            words = f"no TLS at port {mail.port}; security or port may be another"
            return failed(words, False)
        case socket.gaierror():
            return failed("not found; the name is wrong or there is no network", True)
        case TimeoutError():
            return failed("does not answer", True)
        case OSError():
            return failed(error.strerror or "the connection failed", True)
        case UnicodeEncodeError():
            return failed("user and password must be ASCII to log in", False)
        case _:
            return failed("cannot be asked this way", False)


def _answer(code: int, text: bytes | str, password: str) -> str:
    """The server's words on one line, not too many; a password it repeats is left out."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if password:
        said = said.replace(password, "…")
    return shorten(clean_line(f"{code} {said}" if code > 0 else said), _LONGEST_ANSWER)
