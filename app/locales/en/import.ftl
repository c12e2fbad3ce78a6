# Files in, targets and dossiers.

admin-import = Import
admin-targets = Targets
admin-dossiers = Dossiers

## Files in and out

import-title = Import a file
import-lead = Upload an Excel workbook (XLSX) or a CSV file. First the file is read and you see what it would change; nothing is written yet. Then you confirm, and all of it is written at once.
import-upload-heading = Choose a file
import-kind = What the file holds
import-kind-units = units
import-kind-points = points
import-kind-dossiers = dossiers
import-kind-targets = targets
import-file = File
import-file-hint = XLSX or CSV, at most { $size } MB and { $rows } rows.
import-look = Preview
import-no-kind = Choose what the file holds.
import-no-file = Choose a file.
import-too-large = The file is larger than { $size } MB and is not taken. Split it, or have it imported on the server by “hailong import”.
import-done = { $n ->
    [one] One change was written: { $table }.
   *[other] { $n } changes were written: { $table }.
}
import-download-heading = Download what is there
import-download-text = You can change these files and import them again. They hold your part of the organisation alone.
import-download-of = Download { $table } as { $format }
import-columns-heading = The columns of a file
import-columns-text = The first line names the columns, spelled as below, in any order. Of a workbook the sheet with the name of its content (such as targets) is read, or else the first. Days are 01/07/2025 or 2025-07-01; numbers may have a decimal comma. A CSV file split by commas takes days as 2025-07-01 and a decimal point alone.
import-columns-units = Optional: public. predecessors are codes of units split by |.
import-columns-points = Where code is empty, a new one is made.
import-columns-dossiers = month is 2026-01 or 01/2026.
import-columns-targets = Optional: actual, actual_date, source, goal, goal_text; a column that is missing stays as it was. index is sipas, par, ddci or dti; the row of a whole index has the code total.
import-plan-title = Preview: { $table }
import-plan-heading = What this file would do
import-plan-file = File: { $name }
import-plan-nothing = The file says what is there already: nothing to write.
import-added = Added
import-changed = Changed
import-unchanged = Unchanged
import-refused = Faults
import-confirm = { $n ->
    [one] Write one change
   *[other] Write { $n } changes
}
import-confirm-note = Writes exactly what is shown below, or nothing. Each change is kept in the trail under your name.
import-moved = Nothing was written: the data has changed since you saw the preview, or the file is another one. This is a new preview.
import-refused-heading = What is wrong with the file
import-refused-text = Nothing was written. Mend the following and upload the file again.
import-rows-heading = Changes
import-line = Line
import-line-of = Line { $n }
import-column = Column
import-whole-line = whole line
import-why = Why
import-what = What
import-adds = Added
import-changes = Changed
import-about = Entry
import-new-code = new code, made when written
import-difference = Content
import-more = And { $n } more.
import-again-heading = Upload again
import-back = Back to the import

## What is wrong with a file

import-bad-at = line { $line }, column { $column }: { $why }
import-bad-at-line = line { $line }: { $why }
import-bad-unknown-column = this column is not part of the format
import-bad-column-twice = this column stands twice
import-bad-column-missing = this column is missing
import-bad-unreadable = the file cannot be read: { $why }
import-bad-workbook = the workbook cannot be read; save it as .xlsx without a password
import-bad-unpacked = the workbook is larger than { $most } MB when opened; save it as CSV
import-bad-too-many = the file has more than { $most } rows; split it
import-bad-cell-error = the cell holds the error { $cell }
import-bad-no-heading = the cell “{ $cell }” is in a column without a name
import-bad-width = has { $n } cells, not { $wanted } as the first line
import-bad-not-utf8 = is not UTF-8
import-bad-empty = must not be empty
import-bad-long = is longer than { $most } characters
import-bad-control = has a control character
import-bad-code = “{ $cell }”: a code has letters without accents, digits, dots, hyphens and underscores
import-bad-choice = “{ $cell }” is none of: { $all }
import-bad-day = “{ $cell }” is not a day YYYY-MM-DD; workbooks and CSV files split by semicolons also take dd/MM/yyyy
import-bad-month = “{ $cell }” is not a month YYYY-MM
import-bad-number = “{ $cell }” is not a number
import-bad-whole = “{ $cell }” is not a whole number
import-bad-year = “{ $cell }” is not a year
import-bad-flag = “{ $cell }” is not true or false
import-bad-before = is before { $column }
import-bad-twice = stands twice in the file
import-bad-revoked = the code was taken back and is not used again
import-bad-no-unit = there is no unit “{ $cell }”
import-bad-outside = “{ $cell }” is outside of your part of the organisation
import-bad-answered = the unit has answers up to { $day } and cannot end before that
import-bad-own-predecessor = a unit cannot be its own predecessor
import-bad-predecessor-circle = by way of its predecessors the unit would continue itself
import-bad-below-itself = the unit lies below itself
import-bad-point-code = “{ $cell }” is not a code that the program could have made
import-bad-range = is not between 0 and { $number }
import-bad-future = lies in the future
import-bad-rank = a rank is between 1 and the number of those ranked
import-bad-known-row = there is a row with this code
import-bad-no-removal = what was entered can be changed, not removed
import-bad-differs = this id is known with other content
import-bad-no-point = there is no point “{ $cell }”
import-bad-moment = “{ $cell }” is not a day YYYY-MM-DD or RFC 3339
import-bad-closed = the point is not open on { $day }
import-bad-unit-ended = the unit of the point does not exist on { $day }
import-bad-no-questionnaire = there is no questionnaire for this day
import-bad-answer-id = “{ $cell }” is not a UUID
import-bad-answer-questionnaire = there is no questionnaire “{ $cell }”
import-bad-answer-item = the questionnaire has no such item
import-bad-answer-value = “{ $cell }” must be 1 to 5, na or empty
import-bad-answer-none = there is no answer
import-bad-answer-stage = “{ $cell }” must be filing, result, asking or empty
import-bad-answer-long = is too long
import-bad-answer-other = “{ $cell }” is not valid

## Names of columns

column-code = Code
column-parent = Parent unit
column-unit = Unit
column-year = Year
column-index = Index
column-month = Month
column-handled = Dossiers handled
column-kind = Kind
column-name = Name
column-channel = Channel
column-valid-from = In being from
column-valid-to = In being to
column-open-from = Open from
column-open-to = Open to
column-predecessors = Predecessors
column-public = Board is public
column-max = Highest number of points
column-baseline = Result of the year before
column-baseline-rank = Rank of the year before
column-rank-of = Out of
column-target = Target
column-actual = Result
column-actual-date = Published on
column-source = Source
column-goal = Goal of the text
column-goal-text = Text quoted

## Targets and dossiers entered by hand

entry-targets-title = Targets
entry-dossiers-title = Dossiers
entry-units-heading = Choose a unit
entry-targets-heading = Targets of { $year }
entry-targets-lead = Enter the result of the year before, the target, and the result once it is published. Numbers are kept to the digit.
entry-targets-none = There is no table of this year yet. Import a file, or add rows below.
entry-review = See the target review
entry-open = Enter targets and results
entry-row = Row
entry-max = at most { $max } points
entry-rank = rank { $n }/{ $to } in the year before
entry-of = { $column }: { $row }
entry-save = Save changes
entry-save-of = Save changes of { $table }
entry-saved = Saved.
entry-refused = Not saved: see what is said below the fields.
entry-moved = Not saved: somebody else has just changed these figures. What you typed is still here; where it differs, what is stored stands below. Look again, then save.
entry-now = stored: { $value }
entry-now-empty = stored: nothing
entry-new-heading = Add a row
entry-new-send = Add the row
entry-code-hint = The code within the index, such as II.1; the row of the whole index is total.
entry-dossiers-heading = Dossiers of { $year }
entry-dossiers-lead = Dossiers handled in each month, to be compared with the responses that came in.
entry-dossiers-none = This year has not begun.
entry-history-heading = History of changes
entry-history-none = No changes yet.
entry-before-after = { $before } → { $after }
entry-empty = (empty)
entry-yes = yes
entry-no = no
