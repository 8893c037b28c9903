"""The records of notices."""

from terrain.notices.notice import Notice as Notice
