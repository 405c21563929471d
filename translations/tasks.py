"""Work that takes longer than a request should."""

from django_tasks import task


@task()
def desk_job_task(job_id: int) -> None:
    """Do one job of the desk."""
    from translations.services.jobs import job_run

    job_run(job_id=job_id)
