"""Emoji: which text is one, of however many code points, and finding one by what it shows, in either language."""

import re
from functools import lru_cache
from typing import Any

import emoji

from terrain.conversations.naming import folded

MOST = 60
COMMON = tuple(
    "😀 😄 😂 🙂 😉 😍 🤔 😮 😢 😅 🥳 🤝 👏 🙌 💪 👌 🤞 👋 ✅ ❌ ⚠️ ❓ ❗ 💯 🔥 ⭐ 🚀 🎯 🏆 ☕ 🥐 🍰 🌱 🌧️ ☀️ 🔧 🛠️ ⚙️"
    " 📦 🚚 🏭 📈 📉 📅 ⏰ 📷 📞 💬 🔍 📎 🔒 🎂 💐 🚲 🐈 🍀 ♻️ 🧪 🩹 🫶".split()
)
"""Those that are shown before one has said what one looks for."""

USED_AT_WORK = {
    "☕": "café pause",
    "🙏": "merci thanks",
    "👏": "bravo",
    "🎉": "bravo fête party",
    "👍": "oui d’accord ok yes",
    "❤️": "amour love",
    "👀": "je regarde looking",
    "💡": "idée idea",
    "📌": "retenir keep",
    "✅": "fait done",
    "⚠️": "attention danger warning",
    "🔧": "réparer repair outil",
    "🚚": "livraison delivery",
    "🎂": "anniversaire",
}
"""Words by which people look for some of them, in both languages, that their names do not have."""

_tones = {chr(code) for code in range(0x1F3FB, 0x1F400)}


def is_emoji(text: str) -> bool:
    """Whether this is one emoji and nothing else: a family, a flag or a skin tone are one too."""
    return emoji.is_emoji(text)


def found(words: str) -> list[str]:
    """The emoji in one of whose names each of these words begins a word, at most 60; the common ones for no words."""
    wanted = folded(words).split()
    if not wanted:
        return list(COMMON)
    near = [
        (len(said), sign)
        for sign, said in _names()
        if all(any(name.startswith(word) for name in said) for word in wanted)
    ]
    return [sign for _, sign in sorted(near)][:MOST]


def named(sign: str, language: str) -> str:
    """What an emoji shows, in words of this language: "wrench", "clé à molette"."""
    emoji.config.load_language("fr")
    told = emoji.EMOJI_DATA.get(sign, {})
    return re.sub(r"[:_]", " ", str(told.get(language) or told.get("en", ""))).strip()


@lru_cache(maxsize=1)
def _names() -> list[tuple[str, frozenset[str]]]:
    """Every emoji without a skin tone, and the words of its names, in French, in English, and those used at work."""
    emoji.config.load_language("fr")
    return [
        (sign, frozenset(folded(" ".join([*_said(told), USED_AT_WORK.get(sign, "")])).split()))
        for sign, told in emoji.EMOJI_DATA.items()
        if told["status"] == emoji.STATUS["fully_qualified"] and not _tones & set(sign)
    ]


def _said(told: dict[str, Any]) -> list[str]:
    names = [told["en"], *told.get("alias", ()), told.get("fr", "")]
    return [re.sub(r"[:_-]", " ", name) for name in names]
