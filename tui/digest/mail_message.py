"""The digest as a mail: text and HTML of the same, and a Message-ID made from the content.

All of it is ASCII: names, subject and text are encoded, domains are in IDNA. Nothing in it can end
a header: titles and addresses are one clean line each, and `email` refuses what is not.
"""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import blake2b

from tui.config import MailSettings
from tui.config.mail_addresses import split_address
from tui.core.text import clean_line, shorten
from tui.digest.content import Digest, counted
from tui.digest.html_mail import format_html
from tui.digest.plain_text import format_text

LONGEST_SUBJECT = 100
NOBODY = Address("Sheaf", "sheaf", "localhost")
"""Who writes where the config does not say."""


def compose_digest(digest: Digest, mail: MailSettings | None) -> EmailMessage:
    """The digest as a complete message; without `mail` to nobody in particular."""
    first = digest.entries[0].title if digest.entries else f"since {digest.since}"
    subject = f"{counted(digest.total, 'new paper')}: {first}"
    return _composed(subject, format_text(digest), format_html(digest), digest.made, mail)


def compose_test(mail: MailSettings, now: datetime) -> EmailMessage:
    """A few words that show whether mail arrives."""
    words = "This is how the digest will reach you: mail from Sheaf works."
    made = f"{words}\n\nWritten {now:%Y-%m-%d %H:%M:%S}.\n"
    return _composed("A test of Sheaf's digest", made, "", now, mail)


def _composed(
    subject: str, plain: str, page: str, made: datetime, mail: MailSettings | None
) -> EmailMessage:
    sender = split_address(mail.sender) if mail else NOBODY
    to = tuple(map(split_address, mail.to)) if mail else ()
    subject = shorten(clean_line(subject), LONGEST_SUBJECT)
    content = "\0".join((str(sender), *map(str, to), subject, plain))
    digits = blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()
    composed = EmailMessage(SMTP)
    composed["Date"] = made
    composed["From"] = sender
    if to:
        composed["To"] = to
    composed["Subject"] = subject
    composed["Message-ID"] = f"<sheaf.{digits}@{sender.domain}>"
    composed["Auto-Submitted"] = "auto-generated"
    composed.set_content(plain, cte="quoted-printable")
    if page:
        composed.add_alternative(page, subtype="html", cte="quoted-printable")
        composed.set_boundary(f"sheaf-{digits}")
    return composed
