"""Remove records that are kept for some days only."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from home.services.task_results import task_results_prune
from translations.services.job_retention import jobs_prune


class Command(BaseCommand):
    """Thin: calls the services and prints what they did."""

    help = (
        "Remove files of the desk's jobs, old jobs, the worker's old tasks (e-mails among them) and expired sessions, "
        "as KEEP_JOB_FILES_DAYS, KEEP_JOBS_DAYS and KEEP_TASKS_DAYS say. run_scheduler calls it every day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Show the numbers and remove nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        pruned = jobs_prune(dry_run=options["dry_run"])
        tasks = task_results_prune(dry_run=options["dry_run"])
        if not options["dry_run"]:
            call_command("clearsessions")
        if options["verbosity"]:
            self.stdout.write(
                f"files: {pruned.files}, jobs given up: {pruned.given_up}, jobs: {pruned.jobs}, tasks: {tasks}"
            )
