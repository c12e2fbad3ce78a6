# The words of the monthly report, of the list of reports, and of two months side by side.

tab-report = Reports
simulated-report = The figures of this report were made by a machine to try the program; they are not opinions of citizens.

report-title = { $unit } – Report of { $month }
report-heading = Report of { $month }
report-running = { $unit } – Satisfaction report of { $month }
report-page = Page
report-month = Month
report-questionnaire = Questionnaire
report-version = Questionnaire { $code }: { $n } { $n ->
    [one] response
   *[other] responses
}

## Head and foot of the document (on paper alone)

report-not-sipas = (A survey at the counter; not the SIPAS index that the Ministry of Home Affairs publishes)

## State

report-status-open = Open
report-status-due = To be sealed
report-status-sealed = Sealed
report-status-broken = Not as sealed
report-status-corrected = Corrected
report-state-open = The month is not over: figures up to { $day }, which still change.
report-state-empty = Nobody answered in this month. A report is sealed only where a month has answers, or one of the twelve months before it.
report-state-due = The month is over; the report will be sealed within minutes, and figures may still change.
report-state-sealed = at { $time }; the figures do not change any more.
report-state-sealed-before = Sealed at { $time }; the sealed figures stay as they are, and answers that came later are stated in their own section.
report-state-corrected = { $n } more { $n ->
    [one] response
   *[other] responses
} came in after the seal: see the correction.
report-unit-opened = The unit began on { $day }, so the report counts from that day.
report-closed-on = ended on { $day }

## What can be done

report-actions = Download and print
report-file-docx = Download for Word
report-file-xlsx = Download for Excel
report-file-csv = CSV
report-file-json = JSON
report-file-stem = satisfaction-report
report-file-title = Satisfaction report – { $unit } – { $month }
report-print = Print or save as PDF
report-list = Other months

## Summary

report-clusters = Clusters (service points by day)
report-points = In short
report-partial = One component has no answers; the index is the mean of the others.
report-point-month = Since the month before ({ $month }: { $score }): { $by } points, 95% interval { $low } to { $high }; { $says }.
report-point-month-none = Since the month before ({ $month }): { $why }.
report-point-year = Since the same month of the year before ({ $month }: { $score }): { $by } points, 95% interval { $low } to { $high }; { $says }.
report-point-year-none = Since the same month of the year before ({ $month }): { $why }.
report-not-compared-no-answers = { $month } has no responses, so the two months cannot be compared
report-not-compared-other-questionnaire = the two months were asked with different questionnaires, so they cannot be compared
report-not-compared-overlap = the two periods overlap, so they cannot be compared
report-says-rising = a rise that is unlikely to be chance
report-says-falling = a fall that is unlikely to be chance
report-says-unclear = not enough evidence for a rise or a fall
report-point-goal = The target of { $year } is { $target }; the year to date stands at { $score } ({ $by } points); verdict: { $says }.
report-point-goal-none = The target of { $year } is { $target }; not enough data to compare.
report-point-extremes = Highest component: { $high } ({ $highest }); lowest: { $low } ({ $lowest }).
report-point-driver = What pulls the index down most: “{ $text }”; if everybody were satisfied with it, the index would gain { $by } points.

## Tables

report-design-effect = Design effect
report-answers = Answers
report-items-intro = Each item: the shares of the five answers (and their numbers from 1 to 5), its score with the 95% interval.
scale-1 = Very dissatisfied
scale-2 = Dissatisfied
scale-3 = Neutral
scale-4 = Satisfied
scale-5 = Very satisfied
report-change-heading = Change since the month before and the same month of the year before
report-since-month = Since the month before ({ $month })
report-since-year = Since the same month of the year before ({ $month })
report-baseline = Result of the year before
report-goals-heading = Targets
report-shares-heading = By channel, stage and field
report-by-channel = By channel
report-by-stage = By stage of the procedure
report-stage-filing = Filing
report-stage-result = Result received
report-stage-asking = Enquiry only
report-by-field = By field of service
report-no-interval = Responses by stage and field are counted by month, not by service point and day, so how much places and days differ is not known and there is no confidence interval.
report-stage-index = The index of a stage is the mean of the components that are asked at that stage.
report-unpublished = “Not published”: the figure is about fewer than 5 people, or it could be worked out from other figures, those of units below included.
report-small-sample = A figure about fewer than 30 people is marked “small sample”.
report-after-month = Known when the month is over.
report-not-said = Not said
channel-qr = QR code
channel-kiosk = Kiosk
channel-assisted = With help
channel-paper = Paper form
channel-phone = Telephone
report-trend-heading = The last thirteen months
report-trend-none = There are no responses in these months.
report-trend-line = Index of the month
report-trend-few = Month with a small sample
report-trend-withheld = Month with fewer than 5 persons
report-trend-columns = Responses of each month
report-trend-axis = The axis of the index does not start at 0.

## Quality of the data

report-quality-heading = Comments and quality of the data
report-comments = { $n } { $n ->
    [one] response has
   *[other] responses have
} a comment. The report counts them and quotes none.
report-comments-none = No response has a comment.
report-share = { $n } ({ $percent } %)
report-not-applicable = Answers “Not applicable / no result so far”
report-simulated = Simulated responses
report-flags = To be looked into
report-flag-few = Fewer than 30 responses in the whole month: the figures are a hint, no more.
report-flag-too-good = { $unit }: a score above { $score } on more than { $n } responses. Results that are nearly perfect are a reason to look at how responses were collected (a mark proposed by this system).
report-pairs = Pairs
report-reliability-none = Cronbach’s alpha is computed when the month is closed, on a hundred responses or more.

## Correction, borders

report-correction-heading = Correction
report-correction-more = After the report was sealed, { $n } more { $n ->
    [one] response
   *[other] responses
} of this month came in (entered late or imported). The sealed figures stay as they are; below are those of now.
report-dossiers-heading = Dossiers entered after the seal
report-dossiers-added = When the report was sealed, no number of dossiers handled in the month was known; now it is { $dossiers }. Against this number the response rate is { $percent } %; for an error of { $error } %, { $needed } responses are needed.
report-dossiers-changed = When the report was sealed, { $sealed } dossiers had been handled in the month; now it is { $dossiers }. Against this number the response rate is { $percent } %; for an error of { $error } %, { $needed } responses are needed.
report-dossiers-enough = There are enough responses.
report-dossiers-missing = { $n } responses are missing.
report-late = The figures of { $month } here include { $n } responses that came in after the report of that month was sealed, so they are not the sealed ones.
report-correction-responses = Questionnaire { $code }: { $low } responses when sealed, { $high } now.
report-correction-few = Fewer than 5 came in, so the figures of now are not shown: they would give single answers away.
report-correction-some = “–” under “Now”: fewer than five have answered since, so the new score is not given yet.
report-as-sealed = As sealed
report-as-now = Now
report-borders-heading = Under old and new borders
report-borders-why = Units were rearranged within the month. This report counts by the unit of the day of the answer; the table sets side by side the old units, this unit, and the points that belong to it today.
report-borders-column = Unit
report-borders-before = { $unit } (until { $day })
report-borders-own = { $unit } (unit of the day)
report-borders-now = { $unit } (its points of today)

## Method

report-method-heading = Method and legal ground
report-formula = Formula: an item is the share or mean named above; a component is the plain mean of its items; the index is the plain mean of the components.
report-source = Source of the wordings:
report-program = Version of the program
report-made-at = Made at
report-sealed-at = Sealed at
report-sealed-by = Who or what sealed it
report-closed-by-person = By somebody in charge of reports, ahead of the automatic hour
report-closed-by-schedule = Automatically, at the hour that is set
report-closed-by-late = Automatically, after the due date
report-hash = SHA-256 of the sealed report
report-seal-why = The hash is that of the sealed JSON: download it, compute its SHA-256, and the same must come out.

## List

reports-title = { $unit } – Monthly reports
reports-heading = Monthly reports
reports-why = One report a month. When the month is over it is sealed and never changes; responses that come in late stand beside it as a correction.
reports-none = There is no month with a report so far.
reports-months = Months
reports-month = { $month }
reports-status = State
reports-sealed-at = at { $time }
reports-sealed-before = sealed at { $time }
reports-more = { $n } more after the seal
reports-files = Download
reports-file-of = of { $month }
reports-file-docx = Word
reports-file-xlsx = Excel
reports-file-csv = CSV
reports-file-json = JSON
reports-delivery = Closing and recipients of reports
reports-mails = Mail
reports-mails-sent = { $n } sent
reports-mails-queued = { $n } waiting
reports-mails-failed = { $n } not sent

## Two months

compare-title = { $unit } – { $low } and { $high } side by side
compare-heading = { $low } and { $high } side by side
compare-choose = Compare two months
compare-before = From
compare-after = To
compare-show = Compare
compare-same = The two months are the same; please choose another.
compare-as-now = This page is as of now and includes responses that came in after the seal.
