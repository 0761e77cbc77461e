"""`flask events`: events that their consumers could not deal with."""

import click

from cchc_portal import audit, wiring
from cchc_portal.cli.refusals import Group, refusals_in_words

group = Group("events", help="Events set aside: list, retry.")


@group.command("set-aside")
@refusals_in_words
def list_set_aside() -> None:
    """List the events that were set aside, one a line: when, consumer, event, thing, kind of error.

    Example: flask --app wsgi events set-aside
    """
    for aside in audit.set_aside():
        event = aside.event
        thing = f"{event.subject_kind} {event.subject_id}"
        click.echo(
            f"{aside.at:%Y-%m-%d %H:%M}Z  {aside.consumer}  {event.id} {event.name}  {thing}  {aside.reason}"
        )


@group.command("retry")
@refusals_in_words
def retry() -> None:
    """Hand the events that were set aside to their consumers again, once the cause is mended.

    Example: flask --app wsgi events retry
    """
    through, stuck = wiring.retry_set_aside()
    click.echo(f"Đã xử lý {through} sự kiện; còn {stuck} sự kiện chưa xử lý được.")
    if stuck:
        raise click.ClickException("Còn sự kiện chưa xử lý được; nhật ký ghi rõ vì sao.")
