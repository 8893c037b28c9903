"""What is begun and not yet said: drafts kept on the server, what is published later, templates that others reuse.

They belong to one person, whatever the device, and nobody else can find them.
Nothing here awaits anybody’s approval: what is ready is published by its author, now or at the hour they chose.
"""
