"""A person's deadlines as a calendar (RFC 5545), one whole day each."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from cchc_portal.core.clock import now
from cchc_portal.notifications.subjects import title_of
from cchc_portal.tasks.models import Task

REFRESH = timedelta(hours=4)
CALLS = timedelta(hours=-15)  # at nine on the day before


def written(tasks: Iterable[Task], *, name: str, host: str, base: str = "") -> bytes:
    """Return the calendar file of some tasks with a deadline.

    Args:
        tasks: with item, letter and unit.
        name: what the calendar is called.
        host: the portal's name, for the ids of events; they stay the same as long as it does.
        base: address under which the portal is opened; empty for no links.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//CCHC portal//vi")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, {"value": "DURATION"})
    for task in tasks:
        calendar.add_component(_event(task, host, base))
    return bytes(calendar.to_ical())


def _event(task: Task, host: str, base: str) -> Event:
    letter = task.item.directive
    event = Event()
    event.add("uid", f"task-{task.id}@{host}")
    event.add("dtstamp", now())  # of this file, as the standard has it: a deadline may have moved since
    event.add("dtstart", task.due_on)
    event.add("summary", title_of(task))
    words = [f"{letter.code} {letter.title}".strip(), f"Mục {task.item.code}", task.unit.name]
    event.add("description", "\n".join(words))
    event.add("transp", "TRANSPARENT")  # a deadline does not make one busy
    event.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title_of(task))
    alarm.add("trigger", CALLS)
    event.add_component(alarm)
    if base:
        event.add("url", f"{base.rstrip('/')}/tasks/{task.id}")
    return event
