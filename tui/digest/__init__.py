"""The digest: the new papers in a few pages, shown, written or mailed. Never waits for a feed.

| file         | what                                                                    |
|--------------|-------------------------------------------------------------------------|
| papers.py    | `Digest` and its `Entry`s: what every format is made from               |
| select.py    | which papers are new, their order, why each is here                     |
| memory.py    | how far the last digest of the feeds, or of a query, went               |
| sentences.py | the first sentences of an abstract                                      |
| text.py      | 72 columns of plain text                                                |
| markdown.py  | the same as Markdown                                                    |
| html.py      | one column for mail programs; style.py has its colours                  |
| message.py   | the mail: both of them, and a Message-ID made from the content          |
| smtp.py      | one message to one server; what a failure means                         |
| secret.py    | the password, from the user's own program                               |
| outbox.py    | messages on their way: kept until taken, never sent twice               |
| sending.py   | `sheaf digest --send`: outbox, new digest, tries with back-off          |
| subscribe.py | "Subscribe": answers checked, `[mail]` written, a test sent             |

A digest is committed by its file in the outbox, which also says how far it went: from then on it
is sent once, whatever is interrupted. See `outbox` for the one instant in which it is not certain.
"""
