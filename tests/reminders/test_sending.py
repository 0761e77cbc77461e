"""Mail to a real server: one that works, is down, slow, refuses, drops, or talks nonsense."""

import socket
import ssl
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from sqlalchemy import select

from cchc_portal import audit, wiring
from cchc_portal.accounts.models import Role, Unit, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.directives.models import State as LetterState
from cchc_portal.notifications.consumers import tell
from cchc_portal.notifications.models import Notification
from cchc_portal.reminders import letters, operations, queries, sending
from cchc_portal.reminders.models import Channel, Delivery, Reminder, State
from cchc_portal.reminders.post import smtp
from cchc_portal.tasks.models import State as TaskState
from cchc_portal.tasks.models import Task
from tests import databases
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.reminders import clock_at
from tests.factories.searches import make_search
from tests.factories.tasks import make_task
from tests.reminders.conftest import Mailbox

TUESDAY = date(2023, 3, 14)
OddServer = Callable[[Callable[[socket.socket], None]], str]


@pytest.fixture
def unit(app: Flask) -> Unit:
    return make_unit(name="Tư pháp - Hộ tịch")


@pytest.fixture
def member(unit: Unit) -> User:
    return make_user(unit=unit, email="canbo@example.vn", full_name="Cán bộ Hộ tịch")


def due_task(unit: Unit, day: date = TUESDAY, *, summary: str = "Rà soát thủ tục", **columns: object) -> Task:
    letter = make_directive(number="124", symbol="UBND-NV")
    letter.items[0].summary = summary
    task = make_task(item=letter.items[0], unit=unit, **columns)
    task.deadline_on = task.due_on = day
    task.deadline_source = "internal"
    db.session.commit()
    return task


def come_by(day: date = TUESDAY, clock: str = "07:00") -> None:
    """Let the worker's clock come by."""
    db.session.commit()
    with clock_at(day, clock):
        sending.remind_people()
    db.session.expire_all()


def mails() -> list[Delivery]:
    query = select(Delivery).where(Delivery.channel == Channel.MAIL).order_by(Delivery.id)
    return list(db.session.scalars(query))


def states() -> list[State]:
    return [delivery.state for delivery in mails()]


def test_a_digest_comes_once_in_text_and_html(unit: Unit, member: User, mailbox: Mailbox) -> None:
    due_task(unit, summary="Rà soát 98% <thủ tục>")
    due_task(unit, TUESDAY - timedelta(days=2), summary="Báo cáo quý I")  # two working days over

    for clock in ("06:59", "07:00", "07:01", "12:00", "19:00"):
        come_by(clock=clock)

    (mail,) = mailbox.received
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert mail["Subject"] == "Nhắc việc: 2 nhiệm vụ, 1 quá hạn"
    assert (mail["To"], mail["From"].addresses[0].addr_spec) == (
        "Cán bộ Hộ tịch <canbo@example.vn>",
        "cchc@example.vn",
    )
    assert mail["Message-ID"] == f"<{mails()[0].message_id}@example.vn>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "- Rà soát 98% <thủ tục>\n  Hạn: 14/03/2023 (hôm nay); Tư pháp - Hộ tịch\n" in text.replace(
        "\r\n", "\n"
    )
    assert "Công văn 124/UBND-NV, mục 1: Triển khai kế hoạch" in text
    assert "https://cchc.example.vn/reminders/mine" in text
    assert "Rà soát 98% &lt;thủ tục&gt;" in html
    assert text.index("Báo cáo quý I") < text.index("Rà soát")
    assert states() == [State.SENT]


def test_a_digest_speaks_the_persons_language(unit: Unit, member: User, mailbox: Mailbox) -> None:
    member.locale = "en"
    make_user(unit=unit, email="khac@example.vn")
    due_task(unit)

    come_by()

    english, vietnamese = (mailbox.to(address)[0]["Subject"] for address in (member.email, "khac@example.vn"))
    assert (english, vietnamese) == ("Reminder: 1 tasks are due soon", "Nhắc việc: 1 nhiệm vụ sắp đến hạn")


def test_the_portal_tells_as_well_in_one_line(unit: Unit, member: User, mailbox: Mailbox) -> None:
    due_task(unit)
    due_task(unit, summary="Báo cáo")

    come_by()
    wiring.deliver()
    db.session.expire_all()

    told = db.session.scalars(select(Notification).where(Notification.user_id == member.id)).all()
    assert [(one.kind, one.title) for one in told] == [("reminder", "Rà soát thủ tục; Báo cáo")]
    assert member.unread_count == 1


@pytest.mark.parametrize("day", [date(2023, 3, 11), date(2023, 3, 12), date(2023, 1, 23), date(2023, 5, 3)])
def test_on_free_days_nothing_goes(unit: Unit, member: User, mailbox: Mailbox, day: date) -> None:
    due_task(unit, day)

    come_by(day)

    assert (mailbox.received, mails()) == ([], [])


def test_a_saturday_worked_is_a_day_like_others(unit: Unit, member: User, mailbox: Mailbox) -> None:
    due_task(unit, date(2024, 5, 4))

    come_by(date(2024, 5, 4))

    assert len(mailbox.received) == 1


def test_quiet_when_nothing_is_due(unit: Unit, member: User, mailbox: Mailbox) -> None:
    due_task(unit, TUESDAY + timedelta(days=5))
    due_task(unit, state=TaskState.REPORTED)

    come_by()

    assert (mailbox.received, db.session.scalars(select(Delivery)).all()) == ([], [])


def test_a_worker_that_was_down_catches_up_by_day_but_not_at_night(
    unit: Unit, member: User, mailbox: Mailbox
) -> None:
    due_task(unit)
    come_by(TUESDAY - timedelta(days=1), "19:00")

    come_by(TUESDAY - timedelta(days=1), "18:59")
    mailbox.received.clear()
    come_by(clock="19:00")
    at_night = len(mailbox.received)
    come_by(TUESDAY + timedelta(days=1), "15:30")

    assert (at_night, len(mailbox.received)) == (0, 1)
    taken = select(Reminder.step).where(Reminder.channel == Channel.MAIL).order_by(Reminder.id)
    assert db.session.scalars(taken).all() == [-1, 0]


def test_a_clock_that_goes_back_doubles_nothing(unit: Unit, member: User, mailbox: Mailbox) -> None:
    due_task(unit)

    for clock in ("08:30", "07:00", "07:30", "08:30"):
        come_by(clock=clock)

    assert len(mailbox.received) == 1


def test_whoever_wants_no_mail_or_has_no_address_gets_none(
    unit: Unit, member: User, mailbox: Mailbox
) -> None:
    operations.choose_mail(member, by=member, wants_digest=False, wants_each=False)
    make_user(unit=unit)
    due_task(unit)

    come_by()

    assert (mailbox.received, mails()) == ([], [])
    assert len(db.session.scalars(select(Reminder)).all()) == 2


def test_without_a_server_reminders_stay_on_the_portal(app: Flask, unit: Unit, member: User) -> None:
    due_task(unit)

    come_by()

    assert [one.channel for one in db.session.scalars(select(Delivery))] == [Channel.APP]


def test_a_server_that_is_down_gets_the_mail_later_once(unit: Unit, member: User, mailbox: Mailbox) -> None:
    due_task(unit)
    mailbox.stop()

    come_by()
    waiting, error = states(), mails()[0].error
    come_by(clock="07:00")  # within the pause: nothing is tried
    attempts = mails()[0].attempts
    mailbox.start()
    for clock in ("07:02", "07:03", "09:00"):
        come_by(clock=clock)

    assert (waiting, "Refused" in error, attempts) == ([State.PENDING], True, 1)
    assert (len(mailbox.received), states()) == (1, [State.SENT])


def test_a_server_that_is_down_for_days_gets_one_digest_with_everything(
    unit: Unit, member: User, mailbox: Mailbox
) -> None:
    due_task(unit, summary="Việc thứ nhất")
    due_task(unit, TUESDAY + timedelta(days=1), summary="Việc thứ hai")
    mailbox.stop()
    come_by()
    come_by(clock="12:00")
    mailbox.start()

    come_by(TUESDAY + timedelta(days=1))

    (mail,) = mailbox.received
    text = mail.get_body(("plain",)).get_content()
    assert ("Việc thứ nhất" in text, "Việc thứ hai" in text, states()) == (True, True, [State.SENT])


def test_a_server_that_is_down_for_longer_than_mail_is_kept_still_gets_the_last_digest(
    unit: Unit, member: User, mailbox: Mailbox
) -> None:
    due_task(unit, TUESDAY + timedelta(days=7))
    mailbox.stop()
    for days in (0, 1, 2, 3, 6):
        come_by(TUESDAY + timedelta(days=days), "12:00")
    mailbox.start()

    come_by(TUESDAY + timedelta(days=7), "09:00")

    assert (len(mailbox.received), states()) == (1, [State.SENT])


def close(task: Task) -> None:
    letter = task.item.directive
    letter.state, letter.closed_at = LetterState.CLOSED, now()


def test_nobody_is_reminded_of_a_letter_that_is_closed(unit: Unit, member: User, mailbox: Mailbox) -> None:
    close(due_task(unit))
    close(due_task(unit, TUESDAY - timedelta(days=2)))

    come_by()

    assert (mailbox.received, db.session.scalars(select(Delivery)).all()) == ([], [])


def test_what_waits_about_a_letter_closed_meanwhile_is_not_sent(
    unit: Unit, member: User, mailbox: Mailbox
) -> None:
    task = due_task(unit)
    mailbox.stop()
    come_by()
    close(task)
    mailbox.start()

    come_by(clock="09:00")

    assert (mailbox.received, states()) == ([], [State.DROPPED])


def test_what_is_done_meanwhile_is_not_sent(unit: Unit, member: User, mailbox: Mailbox) -> None:
    task = due_task(unit)
    mailbox.stop()
    come_by()
    task.state, task.closed_at = TaskState.CANCELLED, now()
    mailbox.start()

    come_by(clock="09:00")

    assert (mailbox.received, states()) == ([], [State.DROPPED])


def test_who_was_disabled_while_mail_waited_gets_none(unit: Unit, member: User, mailbox: Mailbox) -> None:
    due_task(unit)
    mailbox.stop()
    come_by()
    member.disabled_at = now()
    mailbox.start()

    come_by(clock="09:00")

    assert (mailbox.received, states()) == ([], [State.DROPPED])


def test_who_chose_otherwise_while_mail_waited_gets_none(unit: Unit, member: User, mailbox: Mailbox) -> None:
    due_task(unit)
    mailbox.stop()
    come_by()
    operations.choose_mail(member, by=member, wants_digest=False, wants_each=True)
    mailbox.start()

    come_by(clock="09:00")

    assert (mailbox.received, states()) == ([], [State.DROPPED])


def test_mail_is_not_sent_at_night_even_if_it_waited(unit: Unit, member: User, mailbox: Mailbox) -> None:
    due_task(unit)
    mailbox.stop()
    come_by()
    mailbox.start()

    come_by(clock="20:00")

    assert (mailbox.received, states()) == ([], [State.PENDING])


@pytest.mark.parametrize(
    ("said", "state", "arrives"),
    [
        ("550 5.1.1 Không có người này", State.FAILED, False),
        ("452 4.2.2 Hộp thư đầy", State.PENDING, True),
    ],
)
def test_one_refused_recipient_holds_up_nobody(
    unit: Unit,
    member: User,
    mailbox: Mailbox,
    said: str,
    state: State,
    arrives: bool,  # noqa: FBT001
) -> None:
    make_user(unit=unit, email="khac@example.vn")
    due_task(unit)
    mailbox.answers = {member.email: said}

    come_by()
    first = (states(), mails()[0].error, len(mailbox.to("khac@example.vn")))
    mailbox.answers = {}
    come_by(clock="09:00")

    assert first == ([state, State.SENT], said, 1)
    assert len(mailbox.to(member.email)) == arrives
    assert len(mailbox.to("khac@example.vn")) == 1


@pytest.mark.parametrize(("said", "state"), [("554 rejected", State.FAILED), ("451 later", State.PENDING)])
def test_a_refused_message_is_kept_or_given_up(
    unit: Unit, member: User, mailbox: Mailbox, said: str, state: State
) -> None:
    due_task(unit)
    mailbox.data_answers = [said]

    come_by()

    assert (states(), mails()[0].error, mailbox.received) == ([state], said, [])


@pytest.mark.parametrize(
    "email",
    [
        "khong-phai-dia-chi",
        "a@b\r\nBcc: x@y.vn",
        "hai@a.vn, ba@b.vn",
        "người@ví-dụ.vn",
        "<a@b.vn>",
        "a b@c.vn",
    ],
)
def test_what_is_no_address_gets_no_mail_and_injects_nothing(
    unit: Unit, member: User, mailbox: Mailbox, email: str
) -> None:
    member.email = email
    make_user(unit=unit, email="khac@example.vn")
    due_task(unit)

    come_by()

    assert states() == [State.FAILED, State.SENT]
    assert [message["Bcc"] for message in mailbox.received] == [None]


def test_line_ends_in_names_and_titles_stay_out_of_headers(
    app: Flask, unit: Unit, member: User, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    member.full_name = "Cán bộ\r\nBcc: la@example.vn"
    monkeypatch.setitem(app.config, "CCHC_OFFICE_NAME", "UBND\nX-Evil: 1")
    due_task(unit, summary="Rà soát\r\nSubject: khác")

    come_by()

    (mail,) = mailbox.received
    assert (mail["Bcc"], mail["X-Evil"], mail.get_all("Subject")) == (
        None,
        None,
        ["Nhắc việc: 1 nhiệm vụ sắp đến hạn"],
    )


def greet_and_drop(line: socket.socket) -> None:
    line.sendall(b"220 hello\r\n")
    line.recv(100)
    line.close()


def drop_within_data(line: socket.socket) -> None:
    file = line.makefile("rwb")
    for said in (b"220 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"):
        file.write(said)
        file.flush()
        file.readline()
    line.shutdown(socket.SHUT_RDWR)
    line.close()


def talk_nonsense(line: socket.socket) -> None:
    line.sendall(b"\x00\xff\xfe<html>" * 500 + b"\r\n")


def talk_without_end(line: socket.socket) -> None:
    while True:
        line.sendall(b"220-and so on\r\n" * 1000)


@pytest.mark.parametrize("treat", [greet_and_drop, drop_within_data, talk_nonsense, talk_without_end])
def test_odd_servers_keep_the_mail_waiting_until_one_takes_it(
    app: Flask,
    unit: Unit,
    member: User,
    mailbox: Mailbox,
    odd_server: OddServer,
    treat: Callable[[socket.socket], None],
) -> None:
    due_task(unit)
    app.config["CCHC_MAIL_URL"] = odd_server(treat)
    begun = time.monotonic()

    come_by()
    took, waiting = time.monotonic() - begun, states()
    app.config["CCHC_MAIL_URL"] = mailbox.url
    come_by(clock="09:00")
    come_by(clock="10:00")

    assert (took < 10, waiting) == (True, [State.PENDING])
    assert (len(mailbox.received), states()) == (1, [State.SENT])


@databases.on("sqlite")  # it takes its ten seconds
@pytest.mark.parametrize("drip", [b"", b"2"], ids=["silent", "dripping"])
def test_a_slow_server_is_left_within_ten_seconds(
    app: Flask, unit: Unit, member: User, mailbox: Mailbox, odd_server: OddServer, drip: bytes
) -> None:
    def be_slow(line: socket.socket) -> None:
        for _ in range(60):
            line.sendall(drip)
            time.sleep(0.5)

    due_task(unit)
    app.config["CCHC_MAIL_URL"] = odd_server(be_slow)
    db.session.commit()
    begun = time.perf_counter()

    with clock_at(TUESDAY):
        sending.remind_people()
    took = time.perf_counter() - begun

    assert (took < 10.5, states()) == (True, [State.PENDING])


def test_a_password_never_goes_over_an_open_line(
    app: Flask, unit: Unit, member: User, mailbox: Mailbox
) -> None:
    due_task(unit)
    host = socket.gethostname()
    app.config["CCHC_MAIL_URL"] = f"smtp://user:bi-mat@{host}:{mailbox.port}"

    come_by()

    assert states() == [State.PENDING]
    assert "bi-mat" not in mails()[0].error


def test_a_certificate_nobody_vouches_for_is_refused(
    app: Flask, unit: Unit, member: User, mailbox: Mailbox, tmp_path: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    mailbox.stop()
    mailbox.start(tls_context=context, require_starttls=True)
    due_task(unit)

    come_by()

    assert (mailbox.received, states()) == ([], [State.PENDING])
    assert "CERTIFICATE_VERIFY_FAILED" in mails()[0].error


def test_a_certificate_that_is_vouched_for_is_taken(
    app: Flask,
    unit: Unit,
    member: User,
    mailbox: Mailbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context, pair = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), self_signed(tmp_path)
    context.load_cert_chain(pair)
    monkeypatch.setenv("SSL_CERT_FILE", str(pair))
    mailbox.stop()
    mailbox.start(tls_context=context, require_starttls=True)
    app.config["CCHC_MAIL_URL"] = f"smtp://localhost:{mailbox.port}"
    due_task(unit)
    db.session.commit()

    with clock_at(TUESDAY):
        sending.remind_people()
    db.session.expire_all()

    assert (len(mailbox.received), states()) == (1, [State.SENT])


def self_signed(folder: Path) -> Path:
    """Write a certificate of localhost with its key, signed by itself, valid for long."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "pair.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return path


def test_mail_into_a_folder(app: Flask, unit: Unit, member: User, mailbox: Mailbox, tmp_path: Path) -> None:
    due_task(unit)
    app.config["CCHC_MAIL_URL"] = f"file://{tmp_path}/mail"

    come_by()

    (kept,) = (tmp_path / "mail").iterdir()
    assert b"To: " in kept.read_bytes()
    assert states() == [State.SENT]


def test_each_notice_goes_by_mail_only_to_who_asked(unit: Unit, member: User, mailbox: Mailbox) -> None:
    other = make_user(unit=unit, email="khac@example.vn")
    wiring.deliver()
    operations.choose_mail(member, by=member, wants_digest=True, wants_each=True)
    audit.record("task.opened", on=due_task(unit, TUESDAY + timedelta(days=90)), by=make_user(Role.OFFICE))
    db.session.commit()
    wiring.deliver()

    come_by()
    come_by(clock="07:30")

    (mail,) = mailbox.received
    assert mail["Subject"] == "Bộ phận của bạn được giao nhiệm vụ theo công văn “Triển khai kế hoạch”"
    assert (len(mailbox.to(member.email)), len(mailbox.to(other.email))) == (1, 0)


def test_a_mail_that_cannot_be_written_holds_up_no_other(
    app: Flask, unit: Unit, member: User, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(unit=unit, email="khac@example.vn")
    due_task(unit)
    written, broken = sending.letters.write, member.id

    def write(delivery: Delivery) -> object:
        if delivery.user_id == broken:
            raise RuntimeError("a template with a mistake")
        return written(delivery)

    monkeypatch.setattr(sending.letters, "write", write)

    come_by()

    assert (states(), len(mailbox.received)) == ([State.FAILED, State.SENT], 1)


def test_a_long_digest_names_the_first_and_counts_the_rest(
    unit: Unit, member: User, mailbox: Mailbox
) -> None:
    letter = make_directive(items=53)
    for item in letter.items:
        item.summary = f"Việc số {item.code}."
        task = make_task(item=item, unit=unit)
        task.deadline_on = task.due_on = TUESDAY
        task.deadline_source = "internal"
    db.session.commit()

    come_by()

    text = mailbox.received[0].get_body(("plain",)).get_content()
    assert (text.count("Việc số"), "… và 3 nhiệm vụ khác" in text) == (50, True)


def test_an_urging_comes_in_one_mail_even_to_who_wants_each_notice(
    unit: Unit, member: User, mailbox: Mailbox
) -> None:
    operations.choose_mail(member, by=member, wants_digest=True, wants_each=True)
    with clock_at(TUESDAY, "10:00"):
        due_task(unit)
        urging = operations.urge(unit, by=make_user(Role.OFFICE), by_mail=True, words="Làm ngay\n<b>")
        db.session.commit()
        wiring.deliver()

    come_by(clock="20:00")  # what a person sends goes at once, at night as well

    (mail,) = mailbox.received
    assert mail["Subject"] == "Đôn đốc thực hiện 1 nhiệm vụ"
    assert (
        f"{urging.by.full_name} đôn đốc Tư pháp - Hộ tịch thực hiện:"
        in mail.get_body(("plain",)).get_content()
    )
    assert "&lt;b&gt;" in mail.get_body(("html",)).get_content()


def test_who_wants_each_notice_and_no_digest_gets_the_reminder_as_a_notice(
    unit: Unit, member: User, mailbox: Mailbox
) -> None:
    operations.choose_mail(member, by=member, wants_digest=False, wants_each=True)
    due_task(unit)
    come_by()
    wiring.deliver()

    come_by(clock="07:01")

    assert [mail["Subject"] for mail in mailbox.received] == [
        "Việc sắp đến hạn, đến hạn và quá hạn của bạn: Rà soát thủ tục"
    ]


def test_a_killed_sender_leaves_the_mail_to_the_next_after_a_while(
    unit: Unit, member: User, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        pass

    def die(*_args: object) -> None:
        raise KilledError

    due_task(unit)
    with monkeypatch.context() as killed:
        killed.setattr(smtp.Line, "send", die)
        with pytest.raises(KilledError):
            come_by()
    db.session.rollback()
    held, message_id = states(), mails()[0].message_id
    come_by(clock="07:01")
    within_lease = len(mailbox.received)
    come_by(clock="07:03")

    assert (held, within_lease, len(mailbox.received)) == ([State.SENDING], 0, 1)
    assert (states(), mailbox.received[0]["Message-ID"]) == ([State.SENT], f"<{message_id}@example.vn>")


def test_what_a_killed_sender_held_overnight_becomes_part_of_the_next_digest(
    unit: Unit, member: User, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    due_task(unit, summary="Việc thứ nhất")
    due_task(unit, TUESDAY + timedelta(days=1), summary="Việc thứ hai")
    come_by(clock="18:58")
    for delivery in mails():  # as if killed while it was sending
        delivery.state, delivery.sent_at = State.SENDING, None
    mailbox.received.clear()

    come_by(TUESDAY + timedelta(days=1))
    come_by(TUESDAY + timedelta(days=1), "07:05")

    (mail,) = mailbox.received
    text = mail.get_body(("plain",)).get_content()
    assert ("Việc thứ nhất" in text, "Việc thứ hai" in text, states()) == (True, True, [State.SENT])


def test_a_slow_server_gets_the_rest_in_the_next_minute(
    unit: Unit, member: User, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(unit=unit, email="khac@example.vn")
    due_task(unit)
    monkeypatch.setattr(sending, "BUDGET_SECONDS", -1)

    come_by()
    first = len(mailbox.received)
    come_by(clock="07:01")

    assert (first, len(mailbox.received)) == (1, 2)


def test_mail_into_the_log_says_nothing_of_what_is_in_it(
    app: Flask, unit: Unit, member: User, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    due_task(unit)
    app.config["CCHC_MAIL_URL"] = "console:"

    come_by()

    said = capsys.readouterr()
    assert ("Rà soát" in said.err + said.out, states()) == (False, [State.SENT])


def test_mail_is_given_up_after_days_and_says_why(unit: Unit, member: User, mailbox: Mailbox) -> None:
    due_task(unit)
    mailbox.answers = {member.email: "452 4.2.2 full"}
    come_by()
    for delivery in mails():
        delivery.created_at -= timedelta(days=5)

    come_by(clock="09:00")

    assert (states(), mails()[0].error) == ([State.FAILED], "452 4.2.2 full")


@pytest.mark.parametrize("number", [1, 3])
def test_a_day_is_written_with_the_same_queries_for_many_tasks(
    unit: Unit, member: User, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    for _ in range(number):
        due_task(unit)
    db.session.expunge_all()

    with clock_at(TUESDAY):
        queries = count_queries(lambda: operations.remind(by_mail=True))
    db.session.commit()

    keeping_order = 1 if db.engine.dialect.name == "postgresql" else 0
    assert queries == 20 + keeping_order


def test_new_matches_of_saved_searches_stand_in_the_digest_and_are_no_mail_of_their_own(
    app: Flask, member: User
) -> None:
    with clock_at(TUESDAY):
        search = make_search(member, name="Mã QR")
        event = audit.record("saved_search.matched", on=search, by=None, to=member.id, titles=search.name)
        tell([db.session.get_one(audit.Event, event.id)])
        operations.choose_mail(member, by=member, wants_digest=True, wants_each=True)
        db.session.commit()
        digests = [one for one in operations.remind(by_mail=True) if one.channel is Channel.MAIL]
        db.session.commit()
        message = letters.write(digests[0])
        again = operations.remind(by_mail=True)

    assert [one.user_id for one in digests] == [member.id]
    assert message["Subject"] == "Có mục mới khớp với tìm kiếm đã lưu"
    assert "- Mã QR" in message.get_body(("plain",)).get_content()
    assert queries.unsent_notices() == []
    assert again == []
