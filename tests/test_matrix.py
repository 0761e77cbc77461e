"""Who gets where: every address, every role, on things of one's own and of others.

One line per method, address and things that are treated alike. The marks stand, in this order, for

    somebody signed out · a colleague of another unit · the head of the author's unit · a member of
    the council · the Office · a leader · an administrator · the author

and mean: + let in · s sent to sign in · 3 not allowed (403) · 4 there is nothing (404) · 9 too late (409).
An address that is not named here fails the test.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import chain, islice, repeat
from secrets import token_urlsafe

import pytest
from flask import Flask, current_app, url_for
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cchc_portal.accounts import operations
from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.models import Role, SignIn, User
from cchc_portal.accounts.sheets import Row
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import Kind, State
from cchc_portal.reminders.models import Channel
from cchc_portal.reminders.models import State as Delivered
from cchc_portal.searches.models import Sharing
from cchc_portal.tasks.models import Extension
from cchc_portal.tasks.models import State as TaskState
from tests import databases
from tests.factories.accounts import PASSWORD, make_unit, make_user
from tests.factories.comments import make_comment, make_report
from tests.factories.directives import address_to, make_citation, make_directive, make_letter_file
from tests.factories.follow_up import make_view
from tests.factories.holidays import make_holiday
from tests.factories.imports import make_batch
from tests.factories.initiatives import make_attachment, make_initiative, make_nomination
from tests.factories.notifications import make_notification
from tests.factories.reminders import make_calendar, make_reminder, make_rule
from tests.factories.reports import make_template
from tests.factories.search import make_synonym
from tests.factories.searches import make_search
from tests.factories.storage import keep_file
from tests.factories.tasks import make_evidence, make_task

MATRIX = """
POST   accounts.change_password     -                                        s + + + + + + +
POST   accounts.choose_language     -                                        + + + + + + + +
GET    accounts.colleagues          -                                        s + + + + + + +
GET    accounts.me                  -                                        s + + + + + + +
GET    accounts.password            -                                        s + + + + + + +
POST   accounts.sign_in             -                                        + + + + + + + +
GET    accounts.sign_in_page        -                                        + + + + + + + +
POST   accounts.sign_out            -                                        s + + + + + + +
DELETE accounts.sign_out_browser    sign-in                                  s 4 4 4 4 4 4 +
POST   accounts.sign_out_browser    sign-in                                  s 4 4 4 4 4 4 +
DELETE accounts.sign_out_everywhere -                                        s + + + + + + +
POST   accounts.sign_out_everywhere -                                        s + + + + + + +
GET    admin.account                account                                  s 4 4 4 4 4 + 4
GET    admin.accounts               -                                        s 4 4 4 4 4 + 4
POST   admin.add_function           unit                                     s 4 4 4 4 4 + 4
GET    admin.choose_sheet           -                                        s 4 4 4 4 4 + 4
POST   admin.close_unit             unit                                     s 4 4 4 4 4 + 4
POST   admin.correct_account        account                                  s 4 4 4 4 4 + 4
POST   admin.correct_function       unit                                     s 4 4 4 4 4 + 4
POST   admin.correct_unit           unit                                     s 4 4 4 4 4 + 4
POST   admin.end_function           unit                                     s 4 4 4 4 4 + 4
GET    admin.events                 -                                        s 4 4 4 4 4 + 4
POST   admin.found_unit             -                                        s 4 4 4 4 4 + 4
GET    admin.function               unit                                     s 4 4 4 4 4 + 4
POST   admin.grant_role             account                                  s 4 4 4 4 4 + 4
POST   admin.import_sheet           sheet                                    s 4 4 4 4 4 + 4
GET    admin.index                  -                                        s 4 4 4 4 4 + 4
DELETE admin.lock                   account                                  s 4 4 4 4 4 + 4
POST   admin.lock                   account                                  s 4 4 4 4 4 + 4
PUT    admin.lock                   account                                  s 4 4 4 4 4 + 4
POST   admin.move_members           unit                                     s 4 4 4 4 4 9 4
GET    admin.new_account            -                                        s 4 4 4 4 4 + 4
GET    admin.new_unit               -                                        s 4 4 4 4 4 + 4
POST   admin.open_account           -                                        s 4 4 4 4 4 + 4
POST   admin.reset_password         account                                  s 4 4 4 4 4 + 4
DELETE admin.revoke_role            account                                  s 4 4 4 4 4 + 4
POST   admin.revoke_role            account                                  s 4 4 4 4 4 + 4
GET    admin.sheet                  sheet                                    s 4 4 4 4 4 + 4
GET    admin.sheet_template         -                                        s 4 4 4 4 4 + 4
GET    admin.unit                   unit                                     s 4 4 4 4 4 + 4
GET    admin.units                  -                                        s 4 4 4 4 4 + 4
POST   admin.upload_sheet           -                                        s 4 4 4 4 4 + 4
GET    assets.file                  -                                        + + + + + + + +
POST   comments.answer              comment                                  s + + + + + + +
POST   comments.answer              comment-below-withdrawn                  s 4 4 4 9 9 4 4
GET    comments.answer_form         comment                                  s + + + + + + +
GET    comments.answer_form         comment-below-withdrawn                  s 4 4 4 + + 4 4
POST   comments.change              comment                                  s 3 3 3 3 3 3 +
POST   comments.change              comment-below-withdrawn                  s 4 4 4 3 3 4 4
DELETE comments.delete              comment                                  s 3 3 3 3 3 3 +
DELETE comments.delete              comment-below-withdrawn                  s 4 4 4 3 3 4 4
PATCH  comments.edit                comment                                  s 3 3 3 3 3 3 +
PATCH  comments.edit                comment-below-withdrawn                  s 4 4 4 3 3 4 4
GET    comments.edit_form           comment                                  s 3 3 3 3 3 3 +
GET    comments.edit_form           comment-below-withdrawn                  s 4 4 4 3 3 4 4
GET    comments.index               draft                                    s 4 4 4 4 4 4 +
GET    comments.index               submitted,published                      s + + + + + + +
GET    comments.index               nomination,withdrawn                     s 4 4 4 + + 4 +
GET    comments.one                 comment                                  s + + + + + + +
GET    comments.one                 comment-below-withdrawn                  s 4 4 4 + + 4 4
GET    comments.deletion            comment                                  s 3 3 3 3 3 3 +
GET    comments.deletion            comment-below-withdrawn                  s 4 4 4 3 3 4 4
POST   comments.report              comment                                  s + + + + + + 3
POST   comments.report              comment-below-withdrawn                  s 4 4 4 3 3 4 4
GET    comments.report_form         comment                                  s + + + + + + 3
GET    comments.report_form         comment-below-withdrawn                  s 4 4 4 3 3 4 4
GET    comments.reports             -                                        s 4 4 4 + 4 4 4
POST   comments.settle              comment                                  s 3 3 3 + 3 3 3
POST   comments.settle              comment-below-withdrawn                  s 4 4 4 + 3 4 4
POST   comments.write               draft                                    s 4 4 4 4 4 4 9
POST   comments.write               submitted,published                      s + + + + + + +
POST   comments.write               nomination,withdrawn                     s 4 4 4 9 9 4 9
PUT    directives.acknowledge       letter                                   s 3 + 3 3 3 3 +
PUT    directives.acknowledge       letter-draft                             s 4 4 4 3 3 4 4
POST   directives.acknowledge       letter                                   s 3 + 3 3 3 3 +
POST   directives.acknowledge       letter-draft                             s 4 4 4 3 3 4 4
POST   directives.amend             letter                                   s 3 3 3 + + 3 3
POST   directives.amend             letter-draft                             s 4 4 4 3 3 4 4
POST   directives.amend             letter-closed                            s 3 3 3 3 3 3 3
GET    directives.amendment         letter                                   s 3 3 3 + + 3 3
GET    directives.amendment         letter-draft                             s 4 4 4 3 3 4 4
GET    directives.amendment         letter-closed                            s 3 3 3 3 3 3 3
POST   directives.attach            letter                                   s 3 3 3 + + 3 3
POST   directives.attach            letter-draft                             s 4 4 4 + + 4 4
POST   directives.attach            letter-closed                            s 3 3 3 3 3 3 3
GET    directives.chain             letter,letter-closed                     s + + + + + + +
GET    directives.chain             letter-draft                             s 4 4 4 + + 4 4
POST   directives.close             letter                                   s 3 3 3 + + 3 3
POST   directives.close             letter-draft                             s 4 4 4 9 9 4 4
POST   directives.close             letter-closed                            s 3 3 3 9 9 3 3
GET    directives.closure           letter                                   s 3 3 3 + + 3 3
GET    directives.closure           letter-draft                             s 4 4 4 3 3 4 4
GET    directives.closure           letter-closed                            s 3 3 3 3 3 3 3
POST   directives.correct           letter                                   s 3 3 3 3 3 3 3
POST   directives.correct           letter-draft                             s 4 4 4 + + 4 4
GET    directives.correction        letter                                   s 3 3 3 3 3 3 3
GET    directives.correction        letter-draft                             s 4 4 4 + + 4 4
DELETE directives.detach            letter                                   s 3 3 3 + + 3 3
DELETE directives.detach            letter-draft                             s 4 4 4 + + 4 4
DELETE directives.detach            letter-closed                            s 3 3 3 3 3 3 3
POST   directives.detach            letter                                   s 3 3 3 + + 3 3
POST   directives.detach            letter-draft                             s 4 4 4 + + 4 4
POST   directives.detach            letter-closed                            s 3 3 3 3 3 3 3
GET    directives.directive         letter                                   s + + + + + + +
GET    directives.directive         letter-draft                             s 4 4 4 + + 4 4
DELETE directives.discard           letter                                   s 9 9 9 9 9 9 9
DELETE directives.discard           letter-draft                             s 4 4 4 + + 4 4
POST   directives.discard           letter                                   s 9 9 9 9 9 9 9
POST   directives.discard           letter-draft                             s 4 4 4 + + 4 4
POST   directives.enter_number      letter                                   s 3 3 3 + + 3 3
POST   directives.enter_number      letter-draft                             s 4 4 4 3 3 4 4
POST   directives.enter_outgoing    -                                        s 3 3 3 + + 3 3
GET    directives.file              letter,letter-closed                     s + + + + + + +
GET    directives.file              letter-draft                             s 4 4 4 + + 4 4
POST   directives.import_           -                                        s 3 3 3 + + 3 3
GET    directives.import_page       -                                        s 3 3 3 + + 3 3
GET    directives.index             -                                        s + + + + + + +
POST   directives.issue             letter                                   s 9 9 9 9 9 9 9
POST   directives.issue             letter-draft                             s 4 4 4 + + 4 4
GET    directives.item              letter                                   s + + + + + + +
GET    directives.item              letter-draft                             s 4 4 4 + + 4 4
GET    directives.original          letter                                   s + + + + + + +
GET    directives.outgoing          -                                        s 3 3 3 + + 3 3
GET    directives.receipts          letter,letter-closed                     s + + + + + + +
GET    directives.receipts          letter-draft                             s 4 4 4 + + 4 4
POST   directives.relate            letter,letter-closed                     s 3 3 3 + + 3 3
POST   directives.relate            letter-draft                             s 4 4 4 + + 4 4
DELETE directives.unrelate          letter,letter-closed                     s 3 3 3 + + 3 3
DELETE directives.unrelate          letter-draft                             s 4 4 4 + + 4 4
POST   directives.unrelate          letter,letter-closed                     s 3 3 3 + + 3 3
POST   directives.unrelate          letter-draft                             s 4 4 4 + + 4 4
GET    directives.versions          letter,letter-closed                     s + + + + + + +
GET    directives.versions          letter-draft                             s 4 4 4 + + 4 4
GET    directives.original          letter-draft                             s 4 4 4 + + 4 4
GET    follow_up.calendar           -                                        s + + + + + 3 +
GET    follow_up.cell               letter                                   s + + + + + 3 +
GET    follow_up.cell               letter-draft                             s 4 4 4 + + 3 4
POST   follow_up.change_view        view                                     s 4 4 4 4 4 3 +
POST   follow_up.change_view        view-shared                              s 3 3 3 3 3 3 +
GET    follow_up.coverage           -                                        s + + + + + 3 +
GET    follow_up.document           -                                        s + + + + + 3 +
GET    follow_up.index              -                                        s + + + + + 3 +
GET    follow_up.of_letter          letter                                   s + + + + + 3 +
GET    follow_up.of_letter          letter-draft                             s 4 4 4 + + 3 4
DELETE follow_up.remove_view        view                                     s 4 4 4 4 4 3 +
DELETE follow_up.remove_view        view-shared                              s 3 3 3 + + 3 +
POST   follow_up.save_view          -                                        s + + + + + 3 +
GET    follow_up.spreadsheet        -                                        s + + + + + 3 +
GET    follow_up.view               view                                     s 4 4 4 4 4 3 +
GET    follow_up.view               view-shared                              s + + + + + 3 +
GET    follow_up.views              -                                        s + + + + + 3 +
POST   following.change             draft                                    s 4 4 4 4 4 4 +
POST   following.change             submitted,published                      s + + + + + + +
POST   following.change             nomination,withdrawn                     s 4 4 4 3 3 4 +
PUT    following.follow             draft                                    s 4 4 4 4 4 4 +
PUT    following.follow             submitted,published                      s + + + + + + +
PUT    following.follow             nomination,withdrawn                     s 4 4 4 3 3 4 +
GET    following.show               draft                                    s 4 4 4 4 4 4 +
GET    following.show               submitted,published                      s + + + + + + +
GET    following.show               nomination,withdrawn                     s 4 4 4 + + 4 +
DELETE following.unfollow           draft                                    s 4 4 4 4 4 4 +
DELETE following.unfollow           submitted,published                      s + + + + + + +
DELETE following.unfollow           nomination,withdrawn                     s 4 4 4 3 3 4 +
GET    health.alive                 -                                        + + + + + + + +
GET    health.ready                 -                                        + + + + + + + +
POST   holidays.add                 -                                        s 3 3 3 + + 3 3
POST   holidays.correct             holiday                                  s 4 4 4 + + 4 4
GET    holidays.holiday             holiday                                  s 4 4 4 + + 4 4
GET    holidays.index               -                                        s + + + + + + +
DELETE holidays.remove              holiday                                  s 4 4 4 + + 4 4
POST   holidays.remove              holiday                                  s 4 4 4 + + 4 4
GET    imports.batch                batch                                    s 4 4 4 + + 4 4
POST   imports.choose_columns       batch                                    s 4 4 4 + + 4 4
POST   imports.confirm              batch                                    s 4 4 4 + + 4 4
GET    imports.index                -                                        s 3 3 3 + + 3 3
GET    imports.progress             batch                                    s 4 4 4 + + 4 4
POST   imports.undo                 batch                                    s 4 4 4 9 9 4 4
POST   imports.upload               -                                        s 3 3 3 + + 3 3
GET    home.index                   -                                        s + + + + + + +
POST   initiatives.accept           draft                                    s 4 4 4 4 4 4 3
POST   initiatives.accept           submitted,returned,published             s 3 3 3 3 3 3 3
POST   initiatives.accept           nomination,withdrawn                     s 4 4 4 3 3 4 3
POST   initiatives.accept           application                              s 3 3 3 + + 3 3
POST   initiatives.attach           draft                                    s 4 4 4 4 4 4 +
POST   initiatives.attach           submitted,published                      s 3 3 3 3 3 3 3
POST   initiatives.attach           returned                                 s 3 3 3 3 3 3 +
POST   initiatives.attach           nomination,withdrawn                     s 4 4 4 3 3 4 3
GET    initiatives.attachments      draft                                    s 4 4 4 4 4 4 +
GET    initiatives.attachments      submitted,published                      s 3 3 3 3 3 3 3
GET    initiatives.attachments      returned                                 s 3 3 3 3 3 3 +
GET    initiatives.attachments      nomination,withdrawn                     s 4 4 4 3 3 4 3
DELETE initiatives.confirm          draft                                    s 4 4 4 4 4 4 3
DELETE initiatives.confirm          submitted,returned,published             s 3 3 3 3 3 3 3
DELETE initiatives.confirm          nomination                               s 4 4 4 3 3 4 +
DELETE initiatives.confirm          withdrawn                                s 4 4 4 3 3 4 3
POST   initiatives.confirm          draft                                    s 4 4 4 4 4 4 3
POST   initiatives.confirm          submitted,returned,published             s 3 3 3 3 3 3 3
POST   initiatives.confirm          nomination                               s 4 4 4 3 3 4 +
POST   initiatives.confirm          withdrawn                                s 4 4 4 3 3 4 3
PUT    initiatives.confirm          draft                                    s 4 4 4 4 4 4 3
PUT    initiatives.confirm          submitted,returned,published             s 3 3 3 3 3 3 3
PUT    initiatives.confirm          nomination                               s 4 4 4 3 3 4 +
PUT    initiatives.confirm          withdrawn                                s 4 4 4 3 3 4 3
GET    initiatives.confirmation     draft                                    s 4 4 4 4 4 4 3
GET    initiatives.confirmation     submitted,returned,published             s 3 3 3 3 3 3 3
GET    initiatives.confirmation     nomination                               s 4 4 4 3 3 4 +
GET    initiatives.confirmation     withdrawn                                s 4 4 4 3 3 4 3
GET    initiatives.deleted          draft,submitted,returned,published,nomination,withdrawn s 4 4 4 4 4 4 4
GET    initiatives.deleted          binned                                   s 4 4 4 4 4 4 +
DELETE initiatives.deletion         draft,submitted,returned,published,nomination,withdrawn s 4 4 4 4 4 4 4
DELETE initiatives.deletion         binned                                   s 4 4 4 4 4 4 +
POST   initiatives.deletion         draft                                    s 4 4 4 4 4 4 +
POST   initiatives.deletion         submitted,returned,published             s 3 3 3 3 3 3 3
POST   initiatives.deletion         nomination,withdrawn                     s 4 4 4 3 3 4 3
POST   initiatives.deletion         binned                                   s 4 4 4 4 4 4 4
PUT    initiatives.deletion         draft                                    s 4 4 4 4 4 4 +
PUT    initiatives.deletion         submitted,returned,published             s 3 3 3 3 3 3 3
PUT    initiatives.deletion         nomination,withdrawn                     s 4 4 4 3 3 4 3
PUT    initiatives.deletion         binned                                   s 4 4 4 4 4 4 4
DELETE initiatives.detach           draft                                    s 4 4 4 4 4 4 +
DELETE initiatives.detach           submitted,published                      s 3 3 3 3 3 3 3
DELETE initiatives.detach           returned                                 s 3 3 3 3 3 3 +
DELETE initiatives.detach           nomination,withdrawn                     s 4 4 4 3 3 4 3
POST   initiatives.detach           draft                                    s 4 4 4 4 4 4 +
POST   initiatives.detach           submitted,published                      s 3 3 3 3 3 3 3
POST   initiatives.detach           returned                                 s 3 3 3 3 3 3 +
POST   initiatives.detach           nomination,withdrawn                     s 4 4 4 3 3 4 3
GET    initiatives.download         draft                                    s 4 4 4 4 4 4 +
GET    initiatives.download         submitted,returned,published             s + + + + + + +
GET    initiatives.download         nomination,withdrawn                     s 4 4 4 + + 4 +
GET    initiatives.download         binned                                   s 4 4 4 4 4 4 4
GET    initiatives.draft            draft,submitted,returned,published,nomination,withdrawn s 4 4 4 4 4 4 +
GET    initiatives.draft            binned                                   s 4 4 4 4 4 4 4
GET    initiatives.facets           -                                        s + + + + + + +
GET    initiatives.index            -                                        s + + + + + + +
GET    initiatives.new              -                                        s + + + + + 3 +
GET    initiatives.of_item          letter                                   s + + + + + + +
GET    initiatives.of_item          letter-draft                             s 4 4 4 + + 4 4
POST   initiatives.publish          draft                                    s 4 4 4 4 4 4 3
POST   initiatives.publish          submitted                                s 3 3 3 + + 3 3
POST   initiatives.publish          returned,published,application           s 3 3 3 3 3 3 3
POST   initiatives.publish          nomination,withdrawn                     s 4 4 4 3 3 4 3
POST   initiatives.return_          draft                                    s 4 4 4 4 4 4 3
POST   initiatives.return_          submitted,application                    s 3 3 3 + + 3 3
POST   initiatives.return_          returned,published                       s 3 3 3 3 3 3 3
POST   initiatives.return_          nomination                               s 4 4 4 + + 4 3
POST   initiatives.return_          withdrawn                                s 4 4 4 3 3 4 3
GET    initiatives.return_page      draft                                    s 4 4 4 4 4 4 3
GET    initiatives.return_page      submitted                                s 3 3 3 + + 3 3
GET    initiatives.return_page      returned,published                       s 3 3 3 3 3 3 3
GET    initiatives.return_page      nomination                               s 4 4 4 + + 4 3
GET    initiatives.return_page      withdrawn                                s 4 4 4 3 3 4 3
POST   initiatives.save             draft                                    s 4 4 4 4 4 4 +
POST   initiatives.save             submitted,published                      s 3 3 3 3 3 3 3
POST   initiatives.save             returned                                 s 3 3 3 3 3 3 +
POST   initiatives.save             nomination,withdrawn                     s 4 4 4 3 3 4 3
GET    initiatives.show             draft                                    s 4 4 4 4 4 4 +
GET    initiatives.show             submitted,returned,published             s + + + + + + +
GET    initiatives.show             nomination,withdrawn                     s 4 4 4 + + 4 +
GET    initiatives.show             binned                                   s 4 4 4 4 4 4 4
POST   initiatives.start            -                                        s + + + + + 3 +
POST   initiatives.submit           draft                                    s 4 4 4 4 4 4 +
POST   initiatives.submit           submitted,published                      s 3 3 3 3 3 3 3
POST   initiatives.submit           returned                                 s 3 3 3 3 3 3 +
POST   initiatives.submit           nomination,withdrawn                     s 4 4 4 3 3 4 3
GET    initiatives.versions         draft                                    s 4 4 4 4 4 4 +
GET    initiatives.versions         submitted,returned,published             s + + + + + + +
GET    initiatives.versions         nomination,withdrawn                     s 4 4 4 + + 4 +
POST   initiatives.withdraw         draft                                    s 4 4 4 4 4 4 3
POST   initiatives.withdraw         submitted,returned                       s 3 3 3 3 3 3 +
POST   initiatives.withdraw         published                                s 3 3 3 3 3 3 3
POST   initiatives.withdraw         nomination                               s 4 4 4 3 3 4 +
POST   initiatives.withdraw         withdrawn                                s 4 4 4 3 3 4 3
GET    initiatives.withdrawal       draft                                    s 4 4 4 4 4 4 3
GET    initiatives.withdrawal       submitted,returned                       s 3 3 3 3 3 3 +
GET    initiatives.withdrawal       published                                s 3 3 3 3 3 3 3
GET    initiatives.withdrawal       nomination                               s 4 4 4 3 3 4 +
GET    initiatives.withdrawal       withdrawn                                s 4 4 4 3 3 4 3
GET    notifications.bell           -                                        + + + + + + + +
GET    notifications.index          -                                        s + + + + + + +
POST   notifications.read           notification                             s 4 4 4 4 4 4 +
POST   notifications.read_all       -                                        s + + + + + + +
POST   notifications.switch         -                                        s + + + + + + +
GET    notifications.switches       -                                        s + + + + + + +
POST   reminders.add_rule           -                                        s 4 4 4 + + 4 4
POST   reminders.answer             reminder                                 s 4 4 4 4 4 4 +
GET    reminders.answer_page        reminder                                 s 4 4 4 4 4 4 +
POST   reminders.calendar           -                                        s + + + + + + +
DELETE reminders.calendar           -                                        s + + + + + + +
POST   reminders.choose             -                                        s + + + + + + +
GET    reminders.choices            -                                        s + + + + + + +
DELETE reminders.end_rule           reminder-rule                            s 4 4 4 + + 4 4
POST   reminders.end_rule           reminder-rule                            s 4 4 4 + + 4 4
GET    reminders.feed_of            calendar                                 + + + + + + + +
GET    reminders.feed_of            calendar-of-nobody                       4 4 4 4 4 4 4 4
GET    reminders.index              -                                        s 4 4 4 + + 4 4
GET    reminders.letter             late-unit                                s 4 4 4 + + 4 4
GET    reminders.mine               -                                        s + + + + + + +
GET    reminders.schedule           -                                        s 4 4 4 + + 4 4
GET    reminders.of_task            task-open                                s 4 + 4 + + 4 +
POST   reminders.resend             delivery-failed                          s 4 4 4 + + 4 4
POST   reminders.resend             reminder-delivery                        s 4 4 4 9 9 4 4
POST   reminders.urge               late-unit                                s 4 4 4 + + 4 4
GET    reminders.urging             unit                                     s 4 4 4 + + 4 4
POST   replication.decline          draft                                    s 4 4 4 4 4 4 3
POST   replication.decline          submitted                                s 3 3 3 3 9 3 3
POST   replication.decline          published                                s 3 3 3 3 + 3 3
POST   replication.decline          nomination,withdrawn                     s 4 4 4 3 9 4 3
GET    replication.index            -                                        s + + + + + + +
GET    replication.non_selection    draft                                    s 4 4 4 4 4 4 3
GET    replication.non_selection    submitted                                s 3 3 3 3 9 3 3
GET    replication.non_selection    published                                s 3 3 3 3 + 3 3
GET    replication.non_selection    nomination,withdrawn                     s 4 4 4 3 9 4 3
GET    replication.of_initiative    draft                                    s 4 4 4 4 4 4 +
GET    replication.of_initiative    submitted,published                      s + + + + + + +
GET    replication.of_initiative    nomination,withdrawn                     s 4 4 4 + + 4 +
POST   replication.select           draft                                    s 4 4 4 4 4 4 3
POST   replication.select           submitted                                s 3 3 3 3 9 3 3
POST   replication.select           published                                s 3 3 3 3 + 3 3
POST   replication.select           nomination,withdrawn                     s 4 4 4 3 9 4 3
GET    replication.selection        draft                                    s 4 4 4 4 4 4 3
GET    replication.selection        submitted                                s 3 3 3 3 9 3 3
GET    replication.selection        published                                s 3 3 3 3 + 3 3
GET    replication.selection        nomination,withdrawn                     s 4 4 4 3 9 4 3
POST   reports.change_letterhead    -                                        s 3 3 3 + + 3 3
GET    reports.letterhead           -                                        s 3 3 3 + + 3 3
GET    reports.register             -                                        s + + + + + + +
POST   reports.replace_template     template                                 s 3 3 3 + + 3 3
GET    reports.sample               template                                 s 3 3 3 + + 3 3
GET    reports.template             template                                 s 3 3 3 + + 3 3
GET    reports.template_file        template                                 s 3 3 3 + + 3 3
GET    reports.template_version     template                                 s 3 3 3 + + 3 3
GET    reports.templates            -                                        s 3 3 3 + + 3 3
POST   reports.use_shipped          template                                 s 3 3 3 + + 3 3
GET    search.results               -                                        s + + + + + + +
GET    search.similar               -                                        s + + + + + + +
GET    search.similar_to            draft                                    s 4 4 4 4 4 4 +
GET    search.similar_to            submitted,published                      s + + + + + + +
GET    search.similar_to            nomination,withdrawn                     s 4 4 4 + + 4 +
GET    search.suggestions           -                                        s + + + + + + +
POST   synonyms.add                 -                                        s 3 3 3 + + 3 3
POST   synonyms.correct             synonym                                  s 4 4 4 + + 4 4
GET    synonyms.index               -                                        s + + + + + + +
DELETE synonyms.remove              synonym                                  s 4 4 4 + + 4 4
POST   synonyms.remove              synonym                                  s 4 4 4 + + 4 4
GET    synonyms.synonym             synonym                                  s 4 4 4 + + 4 4
GET    search_statistics.index      -                                        s 3 3 3 + + 3 3
POST   searches.change              search                                   s 4 4 4 4 4 4 +
POST   searches.change              search-of-unit                           s 4 3 4 4 4 4 +
POST   searches.change_alert        search                                   s 4 4 4 4 4 4 +
POST   searches.change_alert        search-of-unit                           s 4 + 4 4 4 4 +
GET    searches.document            -                                        s + + + + + + +
GET    searches.spreadsheet         -                                        s + + + + + + +
GET    searches.table               -                                        s + + + + + + +
GET    searches.index               -                                        s + + + + + + +
DELETE searches.remove              search                                   s 4 4 4 4 4 4 +
DELETE searches.remove              search-of-unit                           s 4 3 4 4 4 4 +
POST   searches.save                -                                        s + + + + + + +
GET    searches.search              search                                   s 4 4 4 4 4 4 +
GET    searches.search              search-of-unit                           s 4 + 4 4 4 4 +
DELETE searches.unwatch             search                                   s 4 4 4 4 4 4 +
DELETE searches.unwatch             search-of-unit                           s 4 + 4 4 4 4 +
PUT    searches.watch               search                                   s 4 4 4 4 4 4 +
PUT    searches.watch               search-of-unit                           s 4 + 4 4 4 4 +
GET    static                       -                                        + + + + + + + +
POST   tasks.ask_extension         task-open                                s 3 + 3 + + 3 +
POST   tasks.ask_extension         task-reported                            s 3 9 3 9 9 3 9
POST   tasks.ask_extension         task-binned                              s 4 4 4 4 4 4 4
POST   tasks.assign                letter                                   s 3 3 3 + + 3 3
POST   tasks.assign                letter-draft                             s 3 3 3 9 9 3 3
POST   tasks.cancel                task-open                                s 3 3 3 + + 3 3
POST   tasks.cancel                task-verified                            s 3 3 3 9 9 3 3
POST   tasks.cancel                task-binned                              s 4 4 4 4 4 4 4
GET    tasks.cancellation          task-open                                s 3 3 3 + + 3 3
GET    tasks.cancellation          task-verified                            s 3 3 3 9 9 3 3
GET    tasks.cancellation          task-binned                              s 4 4 4 4 4 4 4
POST   tasks.complete              task-verified                            s 3 3 3 + + 3 3
POST   tasks.complete              task-open                                s 3 3 3 9 9 3 3
POST   tasks.complete              task-binned                              s 4 4 4 4 4 4 4
GET    tasks.completion            task-verified                            s 3 3 3 + + 3 3
GET    tasks.completion            task-open                                s 3 3 3 9 9 3 3
GET    tasks.completion            task-binned                              s 4 4 4 4 4 4 4
GET    tasks.deadline              task-open                                s 3 3 3 + + 3 3
GET    tasks.deadline              task-reported                            s 3 3 3 9 9 3 3
GET    tasks.deadline              task-binned                              s 4 4 4 4 4 4 4
POST   tasks.decide_extension      task-asked                               s 3 3 3 + + 3 3
POST   tasks.decide_extension      task-binned                              s 4 4 4 4 4 4 4
GET    tasks.decision              task-asked                               s 3 3 3 + + 3 3
GET    tasks.decision              task-binned                              s 4 4 4 4 4 4 4
GET    tasks.details               task-open                                s 3 + 3 + + 3 +
GET    tasks.details               task-reported                            s 3 + 3 + + 3 +
GET    tasks.details               task-binned                              s 4 4 4 4 4 4 4
GET    tasks.evidence              task-open                                s + + + + + + +
GET    tasks.evidence              task-binned                              s 4 4 4 4 4 4 4
GET    tasks.extension             task-open                                s 3 + 3 + + 3 +
GET    tasks.extension             task-reported                            s 3 9 3 9 9 3 9
GET    tasks.extension             task-binned                              s 4 4 4 4 4 4 4
GET    tasks.index                 -                                        s + + + + + + +
POST   tasks.keep_details          task-open                                s 3 + 3 + + 3 +
POST   tasks.keep_details          task-reported                            s 3 + 3 + + 3 +
POST   tasks.keep_details          task-binned                              s 4 4 4 4 4 4 4
POST   tasks.name_person           task-open                                s 3 + 3 + + 3 3
POST   tasks.name_person           task-reported                            s 3 9 3 9 9 3 3
POST   tasks.name_person           task-binned                              s 4 4 4 4 4 4 4
GET    tasks.naming                task-open                                s 3 + 3 + + 3 3
GET    tasks.naming                task-reported                            s 3 9 3 9 9 3 3
GET    tasks.naming                task-binned                              s 4 4 4 4 4 4 4
GET    tasks.new                   letter                                   s 3 3 3 + + 3 3
GET    tasks.new                   letter-draft                             s 3 3 3 9 9 3 3
POST   tasks.note                  task-open                                s 3 + 3 + + 3 +
POST   tasks.note                  task-reported                            s 3 9 3 9 9 3 9
POST   tasks.note                  task-binned                              s 4 4 4 4 4 4 4
GET    tasks.note_page             task-open                                s 3 + 3 + + 3 +
GET    tasks.note_page             task-reported                            s 3 9 3 9 9 3 9
GET    tasks.note_page             task-binned                              s 4 4 4 4 4 4 4
GET    tasks.of_item               letter                                   s + + + + + + +
GET    tasks.of_item               letter-draft                             s 4 4 4 + + 4 4
GET    tasks.of_letter             letter                                   s + + + + + + +
GET    tasks.of_letter             letter-draft                             s 4 4 4 + + 4 4
POST   tasks.report                task-open                                s 3 + 3 + + 3 +
POST   tasks.report                task-reported                            s 3 9 3 9 9 3 9
POST   tasks.report                task-binned                              s 4 4 4 4 4 4 4
GET    tasks.report_page           task-open                                s 3 + 3 + + 3 +
GET    tasks.report_page           task-reported                            s 3 9 3 9 9 3 9
GET    tasks.report_page           task-binned                              s 4 4 4 4 4 4 4
POST   tasks.return_               task-reported                            s 3 3 3 + + 3 3
POST   tasks.return_               task-open                                s 3 3 3 9 9 3 3
POST   tasks.return_               task-binned                              s 4 4 4 4 4 4 4
GET    tasks.return_page           task-reported                            s 3 3 3 + + 3 3
GET    tasks.return_page           task-open                                s 3 3 3 9 9 3 3
GET    tasks.return_page           task-binned                              s 4 4 4 4 4 4 4
POST   tasks.set_deadline          task-open                                s 3 3 3 + + 3 3
POST   tasks.set_deadline          task-reported                            s 3 3 3 9 9 3 3
POST   tasks.set_deadline          task-binned                              s 4 4 4 4 4 4 4
GET    tasks.show                  task-open                                s + + + + + + +
GET    tasks.show                  task-binned                              s 4 4 4 4 4 4 4
POST   tasks.start                 task-open                                s 3 + 3 + + 3 +
POST   tasks.start                 task-reported                            s 3 9 3 9 9 3 9
POST   tasks.start                 task-binned                              s 4 4 4 4 4 4 4
GET    tasks.verification          task-reported                            s 3 3 3 + + 3 3
GET    tasks.verification          task-open                                s 3 3 3 9 9 3 3
GET    tasks.verification          task-binned                              s 4 4 4 4 4 4 4
POST   tasks.verify                task-reported                            s 3 3 3 + + 3 3
POST   tasks.verify                task-open                                s 3 3 3 9 9 3 3
POST   tasks.verify                task-binned                              s 4 4 4 4 4 4 4
PUT    votes.cast                   draft                                    s 4 4 4 4 4 4 9
PUT    votes.cast                   submitted,published                      s + + + + + 3 3
PUT    votes.cast                   nomination,withdrawn                     s 4 4 4 9 9 4 9
POST   votes.change                 draft                                    s 4 4 4 4 4 4 9
POST   votes.change                 submitted,published                      s + + + + + 3 3
POST   votes.change                 nomination,withdrawn                     s 4 4 4 9 9 4 9
GET    votes.show                   draft                                    s 4 4 4 4 4 4 +
GET    votes.show                   submitted,published                      s + + + + + + +
GET    votes.show                   nomination,withdrawn                     s 4 4 4 + + 4 +
DELETE votes.take_back              draft                                    s 4 4 4 4 4 4 9
DELETE votes.take_back              submitted,published                      s + + + + + 3 3
DELETE votes.take_back              nomination,withdrawn                     s 4 4 4 9 9 4 9
GET    votes.voters                 draft                                    s 4 4 4 4 4 4 +
GET    votes.voters                 submitted,published                      s + + + + + + +
GET    votes.voters                 nomination,withdrawn                     s 4 4 4 + + 4 +
"""

ENDPOINTS = sorted({line.split()[1] for line in MATRIX.strip().splitlines()})

FORMS: Mapping[str, Mapping[str, str]] = {
    "accounts.change_password": {"current": PASSWORD, "new": "mot cau khac de nho"},
    "accounts.choose_language": {"locale": "en"},
    "accounts.sign_in": {"username": "khong-co", "password": PASSWORD},
    "comments.answer": {"body": "Đồng ý."},
    "comments.change": {"body": "Đồng ý."},
    "comments.edit": {"body": "Đồng ý."},
    "comments.report": {"reason": "Không phù hợp."},
    "comments.write": {"body": "Rất hữu ích."},
    "directives.amend": {
        "kind": "Công văn",
        "direction": "incoming",
        "priority": "0",
        "subject": "triển khai",
        "items-0-code": "1",
        "items-0-text": "Triển khai.",
        "reason": "Ghi sai trích yếu.",
    },
    "directives.close": {"reason": "Đã xong."},
    "directives.detach": {"_method": "DELETE"},
    "directives.relate": {"relation": "căn cứ", "number": "76/NQ-CP"},
    "directives.unrelate": {"_method": "DELETE"},
    "directives.correct": {"kind": "Công văn", "items-0-code": "1", "items-0-text": "Triển khai."},
    "directives.discard": {"_method": "DELETE"},
    "directives.enter_number": {"number": "124", "day": "2"},
    "directives.import_": {"text": "Về việc triển khai kế hoạch."},
    "synonyms.add": {"phrases": "ABC\nánh bình minh"},
    "synonyms.correct": {"phrases": "ABD\nánh bình dương"},
    "holidays.add": {"first": "2042-01-01", "kind": "off", "name": "Nghỉ bão"},
    "holidays.correct": {"first": "2042-01-02", "kind": "off", "name": "Nghỉ bão"},
    "follow_up.change_view": {"name": "Tuần này"},
    "follow_up.save_view": {"name": "Quá hạn", "query": "due=overdue"},
    "searches.change": {"name": "Tuần này", "sharing": "private"},
    "searches.save": {"name": "Mã QR", "query": "q=ma+qr", "sharing": "private"},
    "initiatives.confirm": {"reason": "Chưa làm xong."},
    "initiatives.detach": {"_method": "DELETE"},
    "initiatives.save": {"revision": "1", "title": "Trả kết quả tại nhà"},
    "initiatives.submit": {"revision": "1", "title": "Trả kết quả tại nhà"},
    "initiatives.return_": {"reason": "Bổ sung số liệu."},
    "initiatives.start": {"title": "Trả kết quả tại nhà", "kind": "model", "entry_mode": "propose"},
    "initiatives.withdraw": {"reason": "Gửi nhầm."},
    "reminders.add_rule": {"timing": "before", "days": "21", "audience": "head"},
    "replication.decline": {"reason": "Chưa đủ số liệu."},
    "tasks.ask_extension": {"until": "31/12/2099", "reason": "Chờ số liệu."},
    "tasks.cancel": {"reason": "Không cần nữa."},
    "tasks.decide_extension": {"decision": "grant"},
    "tasks.note": {"text": "Đã rà soát."},
    "tasks.report": {"text": "Đã xong."},
    "tasks.return_": {"reason": "Thiếu phụ lục."},
    "tasks.set_deadline": {"due_on": "31/12/2099"},
}  # what is sent, so that refusals are about the person and not about an empty form

Params = Mapping[str, object]


def of(state: State, author: User) -> Params:
    initiative = make_initiative(state=state, by=author)
    return {"initiative_id": initiative.id, "attachment_id": make_attachment(initiative).id}


def binned(author: User) -> Params:
    return {
        "initiative_id": make_initiative(state=State.DRAFT, by=author, deleted_at=now()).id,
        "attachment_id": 1,
    }


def application(author: User) -> Params:
    return {"initiative_id": make_initiative(kind=Kind.INITIATIVE, by=author).id}


def nomination(author: User) -> Params:
    initiative = make_nomination(of=author)
    return {"initiative_id": initiative.id, "attachment_id": make_attachment(initiative).id}


def comment(state: State, author: User) -> Params:
    written = make_comment(make_initiative(state=state), by=author)
    make_report(written)
    return {"comment_id": written.id}


def letter(state: LetterState, author: User) -> Params:
    made = make_directive(state=state, file=keep_file(), file_name="cong-van.pdf")
    address_to(made, author.unit)
    added = make_citation(made, number="01-NQ/TU", by=author)
    return {
        "directive_id": made.id,
        "code": "1",
        "unit_id": make_unit().id,
        "file_id": make_letter_file(made).id,
        "citation_id": added.id,
    }


def search(author: User, *, sharing: Sharing) -> Params:
    return {"search_id": make_search(author, name=token_urlsafe(8), sharing=sharing).id}


def view(author: User, *, shared: bool) -> Params:
    return {"view_id": make_view(author, name=token_urlsafe(8), shared=shared).id}


def account(_author: User) -> Params:
    somebody = make_user()
    return {"user_id": somebody.id, "grant_id": somebody.grants[0].id}


def sheet(_author: User) -> Params:
    row = Row(1, {"username": "canbo.moi", "full_name": "Cán bộ mới"}, {})
    kept = operations.keep_sheet([row], by=accounts.holding(Role.ADMIN)[0], file_name="ds.xlsx")
    db.session.commit()
    return {"sheet_id": kept.id}


def unit(_author: User) -> Params:
    made = make_unit(functions=("Hộ tịch",))
    return {"unit_id": made.id, "function_id": made.functions[0].id}


def task(state: TaskState, author: User, *, is_asked: bool = False) -> Params:
    made = make_task(unit=author.unit, state=state, days=5)
    if is_asked:
        db.session.add(Extension(task=made, wanted_on=today(), reason="Chờ.", asked_by=author))
    return {"task_id": made.id, "evidence_id": make_evidence(made).id}


def task_of_a_letter_in_the_bin(author: User) -> Params:
    made = make_task(unit=author.unit)
    made.item.directive.deleted_at = now()
    return {"task_id": made.id, "evidence_id": make_evidence(made).id}


def sign_in(author: User) -> Params:
    row = SignIn(user=author, token_hash=token_urlsafe(), expires_at=now() + timedelta(hours=1))
    db.session.add(row)
    db.session.commit()
    return {"sign_in_id": row.id}


def delivery(state: Delivered, author: User) -> Params:
    return {"delivery_id": make_reminder(author, channel=Channel.MAIL, state=state).delivery_id}


def template(_author: User) -> Params:
    return {"kind": "letter", "version_id": make_template().id}


THINGS: Mapping[str, Callable[[User], Params]] = {
    "-": lambda _author: {"name": next(iter(current_app.extensions["assets"])), "filename": "icons.svg"},
    "account": account,
    "sheet": sheet,
    "unit": unit,
    "late-unit": lambda author: {"unit_id": make_task(unit=author.unit, days=-1).unit_id},
    "sign-in": sign_in,
    "batch": lambda _author: {"batch_id": make_batch().id},
    "template": template,
    "synonym": lambda _author: {"synonym_id": make_synonym().id},
    "holiday": lambda _author: {"holiday_id": make_holiday().id},
    "reminder": lambda author: {"reminder_id": make_reminder(author).id},
    "delivery-failed": partial(delivery, Delivered.FAILED),
    "reminder-delivery": partial(delivery, Delivered.SENT),
    "reminder-rule": lambda _author: {"rule_id": make_rule().id},
    "calendar": lambda author: {"token": make_calendar(author)},
    "calendar-of-nobody": lambda _author: {"token": token_urlsafe()},
    "notification": lambda author: {"notification_id": make_notification(author).id},
    "letter": partial(letter, LetterState.ISSUED),
    "letter-draft": partial(letter, LetterState.DRAFT),
    "letter-closed": partial(letter, LetterState.CLOSED),
    "search": partial(search, sharing=Sharing.PRIVATE),
    "search-of-unit": partial(search, sharing=Sharing.UNIT),
    "view": partial(view, shared=False),
    "view-shared": partial(view, shared=True),
    **{state.value: partial(of, state) for state in State},
    "binned": binned,
    "application": application,
    "nomination": nomination,
    "comment": partial(comment, State.PUBLISHED),
    "task-open": partial(task, TaskState.NOT_STARTED),
    "task-reported": partial(task, TaskState.REPORTED),
    "task-verified": partial(task, TaskState.VERIFIED),
    "task-asked": partial(task, TaskState.NOT_STARTED, is_asked=True),
    "task-binned": task_of_a_letter_in_the_bin,
    "comment-below-withdrawn": partial(comment, State.WITHDRAWN),
}


@pytest.fixture
def author(app: Flask) -> User:
    """Give the person who made the things of the matrix."""
    return make_user(full_name="Tác giả")


@pytest.fixture
def open_browsers(
    author: User, client: FlaskClient, client_of: Callable[[User], FlaskClient]
) -> Callable[[], Iterator[FlaskClient]]:
    """Give a way to open the browsers of the people of the matrix, in the order of the marks."""
    others = [make_user(role) for role in (Role.REVIEWER, Role.OFFICE, Role.LEADER, Role.ADMIN)]
    people = [make_user(), make_user(Role.DEPT_HEAD, unit=author.unit), *others, author]
    return lambda: chain([client], map(client_of, people))


def test_matrix_names_every_address(app: Flask) -> None:
    ours = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in _added_by_tests(app)]
    there = {(method, rule.endpoint) for rule in ours for method in rule.methods or ()}

    named = {(method, endpoint) for method, endpoint, _thing, _marks in lines()}
    assert named == {(method, endpoint) for method, endpoint in there if method not in {"HEAD", "OPTIONS"}}


def _added_by_tests(app: Flask) -> set[str]:
    return {
        name
        for name, view in app.view_functions.items()
        if not view.__module__.startswith(("cchc_portal", "flask"))
    }


def test_matrix_tries_every_address_of_an_initiative_on_a_foreign_draft(app: Flask) -> None:
    about_one = {rule.endpoint for rule in app.url_map.iter_rules() if "initiative_id" in rule.arguments}

    assert about_one == {endpoint for _method, endpoint, thing, _marks in lines() if thing == "draft"}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_address_lets_in_whom_the_matrix_says(
    endpoint: str, app: Flask, author: User, open_browsers: Callable[[], Iterator[FlaskClient]]
) -> None:
    expected = of_endpoint(endpoint)

    seen = {
        (method, thing): " ".join(
            mark(browser.open(place, method=method, data=FORMS.get(endpoint)))
            for browser, place in zip(
                open_browsers(), places(app, endpoint, method, thing, author), strict=False
            )
        )
        for method, thing in expected
    }

    assert seen == expected


@databases.on("postgresql")
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_address_works_on_postgresql_too(
    endpoint: str, app: Flask, author: User, open_browsers: Callable[[], Iterator[FlaskClient]]
) -> None:
    """Asked by the first who is let in: who else is does not depend on the database."""
    open_to = {key: marks.split().index("+") for key, marks in of_endpoint(endpoint).items() if "+" in marks}

    seen = {
        (method, thing): mark(
            next(islice(open_browsers(), person, None)).open(
                next(places(app, endpoint, method, thing, author)), method=method, data=FORMS.get(endpoint)
            )
        )
        for (method, thing), person in open_to.items()
    }

    assert seen == dict.fromkeys(open_to, "+")


def of_endpoint(endpoint: str) -> dict[tuple[str, str], str]:
    """Return method and thing -> marks of an endpoint."""
    return {(method, thing): marks for method, name, thing, marks in lines() if name == endpoint}


def places(app: Flask, endpoint: str, method: str, thing: str, author: User) -> Iterator[str]:
    """Yield where one after the other goes: to a thing of one's own, or to one for all who only look."""

    def make() -> str:
        return address(app, endpoint, THINGS[thing](author))

    return repeat(make()) if method == "GET" else iter(make, "")


def lines() -> Iterator[tuple[str, str, str, str]]:
    """Yield method, endpoint, thing and marks of everything that is tried."""
    for line in MATRIX.strip().splitlines():
        method, endpoint, things, *marks = line.split()
        yield from ((method, endpoint, thing, " ".join(marks)) for thing in things.split(","))


def address(app: Flask, endpoint: str, params: Params) -> str:
    """Return the address of an endpoint, given more parameters than it takes."""
    wanted = {name for rule in app.url_map.iter_rules(endpoint) for name in rule.arguments}
    with app.test_request_context():
        return url_for(endpoint, **{name: value for name, value in params.items() if name in wanted})


def mark(answer: TestResponse) -> str:
    """Return what an answer says about being let in."""
    answer.close()
    if answer.status_code == 401 or (answer.status_code == 303 and answer.location.startswith("/sign-in?")):
        return "s"
    return {403: "3", 404: "4", 409: "9"}.get(answer.status_code, "+" if answer.status_code < 500 else "!")
