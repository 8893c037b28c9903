"""What people write, made safe: a short list of tags stays, what runs, styles or spies goes."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from terrain.web.markup import ATTRIBUTES, TAGS, clean, from_text, is_binary, is_empty, on_one_line, to_text

REL = ' rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>Bonjour</p><script>alert(1)</script>", "<p>Bonjour</p>"),
        ("<style>body{display:none}</style><p>a</p>", "<p>a</p>"),
        ('<p style="position:fixed" class="hero" id="main">a</p>', "<p>a</p>"),
        ('<p>a<img src="https://spy.example/p.gif" width="1" height="1"></p>', "<p>a</p>"),
        ('<p onclick="alert(1)" onmouseover=alert(2)>a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', f"<a{REL}>a</a>"),
        ('<a href=" JaVa\tScRiPt:alert(1)">a</a>', f"<a{REL}>a</a>"),
        ('<a href="data:text/html,<script>alert(1)</script>">a</a>', f"<a{REL}>a</a>"),
        ('<a href="https://a.example" target="_blank" ping="https://spy.example">a</a>', f'<a href="https://a.example"{REL}>a</a>'),
        ("<svg><script>alert(1)</script></svg><p>a</p>", "<p>a</p>"),
        ("<math><mtext>a</mtext></math><p>b</p>", "<p>b</p>"),
        ('<iframe src="https://spy.example"></iframe><p>a</p>', "<p>a</p>"),
        ('<form action="https://spy.example"><input name="password"><p>a</p></form>', "<p>a</p>"),
        ('<link rel=stylesheet href="https://spy.example"><meta http-equiv=refresh content="0"><p>a</p>', "<p>a</p>"),
        ("<!-- <script>alert(1)</script> --><p>a</p>", "<p>a</p>"),
        ("<video poster=https://spy.example><source src=x></video><p>a</p>", "<p>a</p>"),
    ],
)  # fmt: skip
def test_what_runs_styles_or_spies_goes_and_the_words_stay(written: str, kept: str) -> None:
    assert clean(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<div><b>fort</b> et <i>léger</i></div>", "<p><strong>fort</strong> et <em>léger</em></p>"),
        ("<h1>Titre</h1><del>faux</del><strike>faux</strike>", "<h2>Titre</h2><s>faux</s><s>faux</s>"),
        ('<ol start="3"><li>trois</li></ol>', '<ol start="3"><li>trois</li></ol>'),
        ('<a href="mailto:a@b.example">a</a>', f'<a href="mailto:a@b.example"{REL}>a</a>'),
        ('<a href="/people/3">a</a>', f'<a href="/people/3"{REL}>a</a>'),
        ("<pre>\n\n\ncode\n  et suite</pre>", "<pre>code\n  et suite</pre>"),
        ("<p>a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_what_an_editor_writes_stays_in_our_own_tags(written: str, kept: str) -> None:
    assert clean(written) == kept


pieces = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in sorted(TAGS)]),
    st.sampled_from([f"</{tag}>" for tag in sorted(TAGS)]),
    st.sampled_from("<div> </div> <b> </b> <script> </script> <svg> <style> <textarea> <form> <!-- -->".split()),
    st.sampled_from(['<a href="//a.example/?b=1&c=2">', "<a href=javascript:x>", "<td rowspan=2>", "<img onload=y>"]),
    st.sampled_from(["<p ", "<p onload=z>", "&amp;", "&lt;script&gt;", "&nbsp;", "\n", "\n\n"]),
    st.text(max_size=6),
)  # fmt: skip
html = st.lists(pieces, max_size=14).map("".join)


@example("<pre>\n\n\na</pre>")
@example("<pre><pre>\n\n")
@example("<a><table><a>")
@given(html)
def test_cleaning_twice_changes_nothing(written: str) -> None:
    once = clean(written)
    assert clean(once) == once


@given(html)
def test_nothing_is_left_but_the_tags_and_attributes_of_the_list(written: str) -> None:
    for tag, attributes in re.findall(r"<(\w+)((?:\s[^>]*)?)>", clean(written)):
        assert tag in TAGS
        names = set(re.findall(r'([\w-]+)="', re.sub(r'"[^"]*"', '""', attributes)))
        assert names <= ATTRIBUTES.get(tag, set()) | {"rel"}
    assert not re.search(r'href="\s*(?!https?:|mailto:|tel:)[a-z]+:', clean(written), re.IGNORECASE)


texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n"), max_size=60)


@given(texts)
def test_plain_text_is_clean_as_it_is(written: str) -> None:
    once = from_text(written)
    assert clean(once) == once.strip()


@given(texts)
def test_a_text_read_again_says_the_same(written: str) -> None:
    once = from_text(written)
    assert from_text(to_text(once)) == once


@given(texts)
def test_no_word_of_a_text_is_lost(written: str) -> None:
    assert to_text(from_text(written)).split() == written.split()


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("Un\n\n\n  \nDeux\nTrois", "<p>Un</p><p>Deux<br>Trois</p>"),
        ("Un\r\nDeux\r\n\r\nTrois", "<p>Un<br>Deux</p><p>Trois</p>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        (
            "Voir (https://a.example/b?c=1&d=2).",
            f'<p>Voir (<a href="https://a.example/b?c=1&amp;d=2"{REL}>https://a.example/b?c=1&amp;d=2</a>).</p>',
        ),
        ("javascript://a.example", "<p>javascript://a.example</p>"),
        ("", ""),
        ("  \n \n", ""),
    ],
)
def test_plain_text_becomes_paragraphs_lines_and_links(written: str, made: str) -> None:
    assert from_text(written) == made


def test_the_words_of_a_message_come_a_line_a_block() -> None:
    body = "<h2>Titre</h2><p>Un<br>deux</p><p>Trois &amp; quatre</p><ul><li>a</li><li>b</li></ul>"
    assert to_text(body) == "Titre\nUn\ndeux\n\nTrois & quatre\na\nb"


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u00a0", "\u200b\u200d\ufeff\u00ad", "\u3000"], ids=lambda each: repr(each)
)
def test_spaces_and_marks_that_do_not_show_are_nothing_to_read(text: str) -> None:
    assert is_empty(text)
    assert not is_empty(text + "…")


@pytest.mark.parametrize(
    "text", ["\x00", "PK\x03\x04", "a\x7f", "\ud800", "\uffff"], ids=lambda each: repr(each)
)
def test_what_no_text_holds_is_binary(text: str) -> None:
    assert is_binary(text)


@pytest.mark.parametrize("text", ["Ligne\n\tsuite\r\n", "👩🏽‍🔧 ça ira", "עברית العربية", "a\u202fb\u2028"])
def test_every_writing_of_the_world_is_text(text: str) -> None:
    assert not is_binary(text)


def test_on_one_line_french_spaces_stay() -> None:
    assert on_one_line("  Quoi\u202f?\n\nÀ  10\u00a0h\t30. ") == "Quoi\u202f? À 10\u00a0h 30."


def test_a_list_in_a_list_and_the_cells_of_a_row_do_not_run_together() -> None:
    assert (
        to_text("<ul><li>Film<ul><li>40</li><li>50</li></ul></li><li>Sonde</li></ul>")
        == "Film\n40\n50\n\n\nSonde"
    )
    assert to_text("<table><tr><th>Ligne</th><th>Film</th></tr><tr><td>4</td><td>40</td></tr></table>") == (
        "Ligne | Film\n4 | 40"
    )
    assert to_text("Selon<p>l’étude</p>") == "Selon\nl’étude"
