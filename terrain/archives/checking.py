"""Finds out which lines come in, once all are read: each once, naming only what comes in too."""

from terrain.archives.refusing import LEFT_OUT, NOWHERE
from terrain.archives.waiting import COLUMNS, ask, do

ONCE = {
    "membership": ("space, person", "this person is a member of this space by line"),
    "join_request": ("space, person", "this person asks to join this space on line"),
    "conversation": ("uid", "a conversation of this id stands on line"),
    "message": ("uid", "a message of this id stands on line"),
    "reaction": ("message, person, emoji", "this person's reaction stands on line"),
    "following": ("conversation, person", "this person follows this conversation by line"),
}
NAMES = {
    "membership": {"space": "space", "person": "person"},
    "join_request": {"space": "space", "person": "person"},
    "conversation": {"space": "space", "author": "person"},
    "message": {"conversation": "conversation", "author": "person"},
    "reaction": {"message": "message", "person": "person"},
    "following": {"conversation": "conversation", "person": "person"},
    "edit": {"message": "message"},
}


def check() -> None:
    """Write beside each line that does not come in why it does not; and beside each that is here already, its row."""
    for name in NAMES:
        do(f"create unique index on arriving_{name} (line)")
        _look_at(name)
    for name in ONCE:
        _each_once(name)
    for name in ("membership", "join_request", "conversation", "message"):
        _named_is_there(name)
    _replies_follow_what_they_answer()
    _conversations_have_their_first_message()
    _messages_follow_their_conversation()
    for name in ("reaction", "following", "edit"):
        _named_is_there(name)
    for name in ("conversation", "message"):
        known = f"update arriving_{name} a set pk = h.id from conversations_{name} h"
        if do(f"{known} where h.uid = a.uid and a.why is null"):
            _look_at(name)


def _look_at(name: str) -> None:
    """Let PostgreSQL know what is in a table of lines; the long text of messages tells it nothing."""
    columns = [column for column in COLUMNS[name] if column != "html"]
    do(f"analyze arriving_{name} (line, why, {', '.join(columns)})")


def skipped() -> dict[int, str]:
    """The lines that do not come in, and why."""
    return {
        line: why
        for name in NAMES
        for line, why in ask(f"select line, why from arriving_{name} where why is not null")
    }


def _each_once(name: str) -> None:
    """Of lines that say the same thing, the first that is well by itself counts; the others name nothing any more."""
    same, sentence = ONCE[name]
    forget = {"conversation": ", id = null", "message": ", id = null, conversation = null"}.get(name, "")
    do(
        f"""
        update arriving_{name} a set why = coalesce(a.why, %s || ' ' || d.first || ' already'){forget}
        from (
            select line, row_number() over same as n, first_value(line) over same as first from arriving_{name}
            where ({same}) in (select {same} from arriving_{name} group by {same} having count(*) > 1)
            window same as (partition by {same} order by why is not null, line)
        ) d
        where a.line = d.line and d.n > 1
        """,
        sentence,
    )


def _named_is_there(name: str) -> None:
    for field, target in NAMES[name].items():
        do(
            f"""
            update arriving_{name} a set why = 'its {field} “' || a.{field} || '” ' || d.said
            from (
                select a.line, case when t.line is null then '{NOWHERE}'
                    else '{LEFT_OUT} (line ' || t.line || ')' end as said
                from arriving_{name} a left join arriving_{target} t on t.id = a.{field}
                where a.why is null and a.{field} is not null and (t.line is null or t.why is not null)
            ) d
            where a.line = d.line
            """
        )


def _replies_follow_what_they_answer() -> None:
    """A reply comes in with what it answers, in the same conversation, or not at all; nor what answers it in turn."""
    do(
        f"""
        update arriving_message a set why = 'its reply_to “' || a.reply_to || '” ' || d.said
        from (
            select a.line, case when t.line is null then '{NOWHERE}' when t.line = a.line then 'is itself'
                when t.why is not null then '{LEFT_OUT} (line ' || t.line || ')'
                else 'is of another conversation (line ' || t.line || ')' end as said
            from arriving_message a left join arriving_message t on t.id = a.reply_to
            where a.why is null and a.reply_to is not null
                and (t.line is null or t.line = a.line or t.why is not null or t.conversation <> a.conversation)
        ) d
        where a.line = d.line
        """
    )
    if not ask("select from arriving_message where why is not null limit 1"):
        return
    do("create index on arriving_message (reply_to) where why is null")
    do(
        f"""
        with recursive lost(line, id, before) as (
            select line, id, 0 from arriving_message where why is not null and id is not null
            union all
            select a.line, a.id, l.line from lost l join arriving_message a on a.reply_to = l.id and a.why is null
        )
        update arriving_message a
        set why = 'its reply_to “' || a.reply_to || '” {LEFT_OUT} (line ' || l.before || ')'
        from lost l where a.line = l.line and l.before > 0
        """
    )


def _conversations_have_their_first_message() -> None:
    do(
        f"""
        update arriving_conversation c
        set why = case when f.line is null then 'none of its messages is in this archive'
            else 'its first message {LEFT_OUT} (line ' || f.line || ')' end
        from arriving_conversation h left join (
            select distinct on (c.line) c.line as conversation, m.line, m.why
            from arriving_conversation c join arriving_message m on m.conversation = c.id
            order by c.line, m.number, coalesce(m.at, c.at), m.line
        ) f on f.conversation = h.line
        where c.line = h.line and h.why is null and (f.line is null or f.why is not null)
        """
    )


def _messages_follow_their_conversation() -> None:
    do(
        f"""
        update arriving_message m
        set why = 'its conversation “' || m.conversation || '” {LEFT_OUT} (line ' || c.line || ')'
        from arriving_conversation c
        where c.id = m.conversation and c.why is not null and m.why is null
        """
    )
