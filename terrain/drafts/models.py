"""The records of what is begun and not yet said, and of what others begin from."""

from terrain.drafts.draft import Draft
from terrain.drafts.template import Template, Use

__all__ = ["Draft", "Template", "Use"]
