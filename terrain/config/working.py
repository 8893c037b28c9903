"""The worker: does what was left to be done, one job after the other, also what a dead worker had begun.

Started by `terrain up`; on another machine: `python -m terrain.config.working`.
"""

import asyncio
import os

import django

LOST_AFTER = 60
"""Seconds between two looks for jobs whose worker died."""


async def work() -> None:
    """Work until told to stop; a job that does not end within 4 seconds is then left to the next worker."""
    from procrastinate.contrib.django import app  # Django has to be set up first

    async with app.open_async():
        rescue = asyncio.create_task(_take_over())
        await app.run_worker_async(concurrency=1, delete_jobs="successful", shutdown_graceful_timeout=4)
        rescue.cancel()


async def _take_over() -> None:
    from procrastinate.contrib.django import app

    while True:
        for job in await app.job_manager.get_stalled_jobs():
            await app.job_manager.retry_job(job)
        await asyncio.sleep(LOST_AFTER)


def main() -> None:
    """Set Django up, and work with the worker's own connections in the place of Django's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terrain.config.settings")
    django.setup()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()):
        asyncio.run(work())


if __name__ == "__main__":
    main()
