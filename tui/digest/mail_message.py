"""The digest as a mail: the same as text and as HTML, with a Message-ID made from the content.

All of it is ASCII: names, subject and texts are encoded, domains are in IDNA. Titles and addresses
are one clean line each, so that none of them can begin another header.
"""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import blake2b

from tui.config.mail_addresses import split_address
from tui.config.mail_section import MailSettings
from tui.core.text import clean_line, count_items, shorten
from tui.digest.entries import Digest
from tui.digest.html_mail import format_html
from tui.digest.plain_text import format_text

MAX_SUBJECT_LENGTH = 100
_DEFAULT_SENDER = Address("Sheaf", "sheaf", "localhost")


def compose_digest(digest: Digest, mail: MailSettings | None) -> EmailMessage:
    """Return the digest as a complete message; without `mail` it has no recipient."""
    first = digest.entries[0].title if digest.entries else f"since {digest.since}"
    subject = f"{count_items(digest.total, 'new papers')}: {first}"
    return _compose(subject, format_text(digest), format_html(digest), digest.created, mail)


def compose_test(mail: MailSettings, now: datetime) -> EmailMessage:
    """Return a short message that shows whether mail arrives."""
    text = "Mail from Sheaf works: the digest will reach you like this.\n\n"
    text += f"Written {now:%Y-%m-%d %H:%M:%S}.\n"
    return _compose("A test of Sheaf's digest", text, "", now, mail)


def _compose(
    subject: str, text: str, html: str, created: datetime, mail: MailSettings | None
) -> EmailMessage:
    sender = split_address(mail.sender) if mail else _DEFAULT_SENDER
    to = tuple(map(split_address, mail.to)) if mail else ()
    subject = shorten(clean_line(subject), MAX_SUBJECT_LENGTH)
    # A message that is sent again has the same ID, so that mail programs show it once.
    content = "\0".join((str(sender), *map(str, to), subject, text))
    digits = blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()
    message = EmailMessage(SMTP)
    message["Date"] = created
    message["From"] = sender
    if to:
        message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = f"<sheaf.{digits}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    if html:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        message.set_boundary(f"sheaf-{digits}")
    return message
