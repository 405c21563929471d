"""Work that takes longer than a request should."""

from django_tasks import task

# Tasks that an earlier release has stored bear this name.
from home.tasks import mail_task

__all__ = ["desk_job_task", "mail_task"]


@task()
def desk_job_task(job_id: int) -> None:
    """Do one job of the desk."""
    from translations.services.jobs import job_run

    job_run(job_id=job_id)
