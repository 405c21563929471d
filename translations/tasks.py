"""Work that takes longer than a request should."""

from django_tasks import task


@task()
def desk_job_task(job_id: int) -> None:
    """Do one job of the desk."""
    from translations.services.jobs import job_run

    job_run(job_id=job_id)


@task()
def mail_task(address: str, subject: str, text: str, html: str) -> None:
    """Send one e-mail, with an HTML part unless ``html`` is empty. A failure stays with the task, which is logged."""
    from wagtail.admin.mail import send_mail

    send_mail(subject, text, [address], html_message=html or None)
