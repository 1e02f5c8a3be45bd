"""The digest: the new papers on a few pages, printed, written to a file or mailed.

`make_digest` finds the papers that are new since the last digest; a format function turns them into
text. To be mailed, a digest is put into the outbox together with its coverage, which says where the
next one begins. From then on it is sent, and only once, whatever is interrupted (`outbox.py` names
the one exception). No feed is fetched here.

    selection.py         make_digest: the new papers, the best first, and why each is in it
    coverage.py          up to which paper a digest went
    content.py           Digest and DigestEntry: what all formats are made from
    sentences.py         the first sentences of an abstract
    plain_text.py        as plain text, 72 columns wide
    markdown_text.py     as Markdown
    html_mail.py         as HTML for mail programs
    mail_message.py      as a mail with text and HTML, with a Message-ID made from the content

    outbox.py            messages that wait until a server has accepted them
    sending.py           `sheaf digest --send`: the outbox, the new digest, retries
    smtp.py              one message to one server, and what a failure means
    password_command.py  the password, from a program of the user's
    mail_setup.py        questions that set up `[mail]`, and a test message
"""
