# Units, points, and the first steps.

admin-units = Units
admin-points = Service points
audit-act-point-revoke = Code of a point revoked
audit-act-point-reissue = Point given a new code
sheet-one = The label of one point: { $point }. Print in true size (100%), not fitted to the page.
sheet-all = Print the labels of all points of the unit
home-start = The service is not fully set up yet.

## Used by several

office-saved = Saved.
office-import = Is there a list in a file? Import it
units-bad-name = A name may not be empty and has at most 200 characters.
units-bad-code = A code has only letters without accents, digits, dots and hyphens; at most 64 characters.
units-code-taken = A unit has this code already.
units-no-kind = Please choose a kind of unit.
units-no-unit = Please choose a unit of your part that still exists.
units-not-a-day = Please give a day in the right form, such as 2026-07-01.
units-bad-order = The last day may not be before the first.
units-bad-kin = A unit cannot be chosen: it is outside of your part, has ended, or two units would continue each other.
units-answered = There are answers up to { $day }, so the last day may not be before that.
units-mistyped = The name typed is another one. Nothing was changed.
points-no-channel = Please choose how answers come in.
office-typed = Type “{ $name }” to confirm

## Units

units-title = Units
units-lead = The units of your part. A unit is never deleted, it ends on a day: its results can still be read.
units-none = There is no unit yet.
units-name = Name
units-kind = Kind
units-kind-none = Choose a kind
units-valid = Exists
units-valid-always = no dates given
units-valid-from = from { $from }
units-valid-to = until { $to }
units-valid-both = from { $from } until { $to }
units-ended = ended
units-not-yet = not yet
units-public = Public
units-public-yes = Public
units-public-no = Internal
units-points = Open points
units-points-of = { $n ->
    [one] { $n } open point of { $unit }
   *[other] { $n } open points of { $unit }
}
units-add-heading = Add a unit
units-add-send = Add the unit
units-parent = Part of
units-parent-hint = The highest unit is made with the first account, or imported from a file.
units-code = Code
units-code-hint = Stands in addresses and files, and cannot be changed later. Left empty, it is made from the name.
units-from = First day
units-from-hint = Optional; needed where a unit is new after a merger or a split.
units-public-label = Public: anyone may read the board without signing in
units-kin-open = Continues older units (merger, split)
units-predecessors = This unit continues
units-predecessors-hint = Once an older unit has ended, people with a role there have it here; its results and targets can be read here.

unit-code = Code
unit-above = The unit above
unit-board = Board
unit-points = Service points
unit-change-heading = Name, kind and publicity
unit-change-send = Save
unit-kin-heading = Mergers and splits
unit-kin-before = Continues: { $units }
unit-kin-before-none = It continues no other unit.
unit-kin-after = Continued by: { $units }
unit-kin-none = There is no other unit in your part yet.
unit-kin-open = Change which units it continues
unit-kin-send = Save
unit-close-heading = End the unit
unit-close-text = After a merger, a split or a dissolution. The next page says what will change before anything is done.
unit-close-open = End this unit
unit-reopen-text = The unit has ended or will end ({ $day }). Without this day it and its open points go on; units below do not change with it.
unit-reopen-send = Let it exist on

close-title = End { $unit }
close-what-heading = What will change
close-what-points = { $n ->
    [0] The unit has no open points.
    [one] { $n } open point of the unit takes no more answers after the last day; whoever scans the code is told so. To keep a printed code, move the point to another unit first.
   *[other] { $n } open points of the unit take no more answers after the last day; whoever scans a code is told so. To keep printed codes, move the points to another unit first.
}
close-what-kept = All answers, boards, reports and targets are kept as they are.
close-what-rights = People with a role in this unit have it in the units chosen below that continue it.
close-what-below = Units below that still exist: { $n } ({ $units }). Unless you tick the box below, they go on.
close-last = Last day
close-last-hint = The unit ends when this day is over.
close-below = End the units below on the same day
close-successors = Continued by
close-successors-hint = Optional. A new unit has to be added first to be found here.
close-send = End the unit
close-back = Do not end it, go back

## Points

points-title = Service points
points-lead = Each point (a counter, a kiosk, a desk) has a QR code of its own. Choose a unit to open, change or close points.
points-none = There is no unit in your part yet.
points-of-title = Service points – { $unit }
points-of-none = This unit has no points yet.
points-name = Name
points-name-hint = Printed on the label, such as “Quầy 3 – Hộ tịch, chứng thực”.
points-code = Code
points-old-code = Old code { $code }, revoked on { $day }
points-channel = Answers come by
points-channel-none = Choose a way
points-state = State
points-state-open = Open
points-state-open-until = Open until { $day }
points-state-not-yet = Not yet open, opens on { $day }
points-state-closed = Closed, took answers until { $day }
points-state-unit = Closed with its unit
points-from = Opens on
points-from-hint = Optional; left empty, it is open at once.
points-open-heading = Open a new point
points-open-text = The code is made by the program.
points-open-send = Open the point
points-ended = The unit has ended, so no point can be opened.
points-sheet = Print the QR codes of the unit

point-opened = The point is open. Its code is { $code }.
point-replaced = The old code is revoked. The new code is { $code }: please print a new label and put it up at the counter.
point-sheet = Print the QR code of this point
point-page = The citizens' page
point-old-heading = Revoked codes
point-change-heading = Change the point
point-unit = Unit
point-unit-note = When a point moves to another unit, answers already given stay with the old one; the printed code still works.
point-change-send = Save
point-close-heading = Close the point
point-close-text = After the last day, whoever scans the code is told that the point takes no more answers. It can be opened again with the same code.
point-last = Last day
point-last-hint = Today: it closes when the day is over. Yesterday: it closes at once.
point-close-send = Close the point
point-reopen-heading = Open the point again
point-reopen-text = The point takes answers again, by the code that was printed.
point-reopen-send = Open again
point-revoke-heading = Replace the code
point-revoke-text = When the code was copied, spread or abused. The next page says what will change before anything is done.
point-revoke-open = Revoke the code and issue a new one

revoke-title = Replace the code of { $point }
revoke-what-heading = What will change
revoke-what-old = The code { $code } ends at once and is never used again: every label printed with it must go. Whoever scans it is told to scan the new one at the counter.
revoke-what-new = The point gets a new code; please print the label and put it up right afterwards.
revoke-what-kept = The point stays one: all answers, figures, charts and reports go on, and the board has one row for it.
revoke-send = Revoke the code and issue a new one
revoke-back = Do not replace it, go back

## The beginning

start-title = First steps
start-lead = From an empty database to the first QR label. The state is read from the database; what is done is ticked off by itself.
start-done = All that is needed is done.
start-state-done = Done
start-state-missing = Missing
start-state-optional = Optional
start-administrator-heading = First administrator
start-administrator-done = { $n ->
    [one] { $n } administrator can sign in.
   *[other] { $n } administrators can sign in.
}
start-administrator-missing = Nobody can sign in yet. On the server, run this command with the real name and unit, then open the one-time link that it prints to set a password:
start-administrator-new = The command makes the highest unit as well. --unit is its code, which cannot be changed later.
start-administrator-invited = Invited, but without a password yet: { $n }.
start-administrator-link = People
start-second-heading = Second step at sign-in
start-second-done = Every administrator uses the second step, or has to.
start-second-missing = { $n ->
    [0] Once there are administrators, require the second step of each.
   *[other] Administrators who neither use the second step nor have to: { $n }. An administrator can read and change everything, so a password alone is not safe enough.
}
start-second-own = Set it up for my account
start-second-link = Require it on the page of people
start-units-heading = Units
start-units-done = { $n ->
    [one] { $n } unit exists.
   *[other] { $n } units exist.
}
start-units-missing = Add the units below the highest one, or import the whole list from a file.
start-points-heading = Service points
start-points-done = { $n ->
    [one] { $n } point takes answers.
   *[other] { $n } points take answers.
}
start-points-missing = Open at least one point: a counter, a kiosk or a desk.
start-address-heading = Public address
start-address-done = The codes lead to an address that other machines can open.
start-address-missing = The codes lead to this server itself, which no citizen's phone can open. Before labels are printed, set the public address of the service and start it anew, such as:
start-sheet-heading = QR labels
start-sheet-done = The print sheet has been opened.
start-sheet-missing = Print the labels with the QR codes and put them up at the counters.
start-sheet-link = Print sheet
start-dossiers-heading = Dossiers
start-dossiers-done = Numbers of dossiers have been entered.
start-dossiers-missing = The number of dossiers handled each month tells what part of the citizens has answered, and how many answers are needed.
start-dossiers-link = Dossiers
start-targets-heading = Targets
start-targets-done = There is a table of targets.
start-targets-missing = Enter last year's results and this year's targets to compare them with what is measured.
start-targets-link = Targets
start-mail-heading = Reports by mail
start-mail-done = Somebody is sent the monthly reports.
start-mail-missing = Monthly reports can be sent by mail: set HAILONG_SMTP_URL and HAILONG_MAIL_FROM for the service, then add recipients.
start-mail-link = Recipients of reports
start-import-link = Import from a file
