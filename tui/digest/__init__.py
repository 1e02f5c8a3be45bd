"""The digest: the new papers on a few pages, printed, written to a file or mailed.

`make_digest` finds the papers that are new since the last digest; a format function turns them into
text. A digest to be mailed is put into the outbox together with its coverage, which says where the
next one begins. From then on it is sent, and sent once, even if Sheaf is interrupted anywhere. It
is sent again only if the answer of the mail server is lost, or if the machine fails before the
answer is logged. No feed is fetched here.

    selection.py         make_digest: the new papers, the best first, with the reasons for each
    coverage.py          Coverage: up to which paper a digest went
    entries.py           Digest and DigestEntry, from which all formats are made
    sentences.py         the first sentences of an abstract
    plain_text.py        as plain text, 72 columns wide
    markdown_text.py     as Markdown
    html_mail.py         as HTML for mail programs
    mail_message.py      as a mail with text and HTML, with a Message-ID made from the content

    outbox.py            messages that wait until a server has accepted them
    sending.py           `sheaf digest --send`: the outbox, the new digest, retries
    smtp.py              one message to one server, and the meaning of a failure
    password_command.py  the password, from a program that the user names
    mail_setup.py        questions that set up `[mail]`, and a test message
"""
