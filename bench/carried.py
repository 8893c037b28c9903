"""What messages carry in the benchmarks' organisations: people named, pictures, links with what their pages tell."""

import random
from dataclasses import dataclass, field

from bench.company import Company, Space, moment, uid
from bench.copying import NULL, copy

NAMED, PICTURED, LINKED = 0.06, 0.04, 0.03
"""The shares of messages that name somebody, carry a picture, hold a link."""

TABLES = {
    "mentions": "conversations_mention",
    "files": "files_file",
    "attachments": "attachments_attachment",
    "previews": "links_preview",
}
REL = 'rel="noopener noreferrer nofollow"'


@dataclass
class Carried:
    """Collects the rows of what messages carry, in COPY's text, as the messages are written."""

    company: Company
    chance: random.Random
    mentions: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    previews: list[str] = field(default_factory=list)

    def by(self, message: int, at: float, author: int, space: Space) -> str:
        """What this message carries, told to the tables; returns the HTML that says it after its words."""
        chance, said, when = self.chance, "", moment(at)
        if chance.random() < NAMED:
            person = chance.choice(space.members)
            self.mentions.append(f"{len(self.mentions) + 1}\t{message}\t{person}\t{when}")
            said += f'<p><a href="/people/{person}" {REL}>@{self.company.names[person - 1]}</a></p>'
        if chance.random() < PICTURED:
            file = len(self.files) + 1
            self.files.append(
                f"{file}\t{uid(chance)}\t{author}\tphoto-{file}.jpg\timage/webp\t180000\t1600\t1200\t{NULL}"
                f"\tThe part on its bench\tt\t{when}"
            )
            self.attachments.append(f"{file}\t{message}\t{file}\t0")
        if chance.random() < LINKED:
            row = len(self.previews) + 1
            address = f"https://standards.example/{row}"
            self.previews.append(
                f"{row}\t{message}\t{address}\t0\tWhere safeguards stand\tWhat the standard asks, in short."
                f"\t{NULL}\t{when}\t{NULL}"
            )
            said += f'<p><a href="{address}" {REL}>{address}</a></p>'
        return said

    def write(self) -> None:
        """Bring it all in."""
        copy("conversations_mention", "id message_id person_id mentioned_at".split(), self.mentions)
        columns = "id uid uploader_id name type size width height page_count alt is_whole brought_at"
        copy("files_file", columns.split(), self.files)
        copy("attachments_attachment", "id message_id file_id place".split(), self.attachments)
        columns = "id message_id address place title sentence file_id fetched_at taken_away_at"
        copy("links_preview", columns.split(), self.previews)
