# The words of the interface. Citizens are addressed plainly; short sentences.

app-name = Hài lòng
language-name = English
simulated = Simulated data.
simulated-citizen = This is a trial: answers do not count towards real results.

## The citizen's form

respond-title = Your opinion
respond-heading = Are you satisfied with the service here?
respond-why = What you say helps this office to serve people better. There are { $n } questions; they take about { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}. You may skip any of them.
privacy-lead = Anonymous.
privacy-text = We keep only the day, the service point, the language and what you choose or write here. We keep no name, phone number, device address or time of day.
stage-legend = What brought you here?
stage-filing = I am submitting an application
stage-result = I have received a result
stage-asking = I only asked for information
more-items = Answer more ({ $n } questions, optional)
more-field = Answer more (optional)
field-label = Which field was your business about?
field-none = Choose a field
comment-label = Is there anything you would like to add?
comment-hint = Optional. Please do not write anyone’s name, document numbers or phone numbers.
send = Send answers
footer-code = Code of this service point:
footer-method = Questions according to

error-title = Not sent: { $title }
error-heading = Not sent yet. Please check:
error-kept = Everything you chose is still here.
too-often-heading = Too many answers one after the other
too-often-text = Your answers are still here. Please wait { $seconds } seconds and press “Send answers” again.
busy-heading = The system is busy
busy-text = Your answers are still here. Please wait a few seconds and press “Send answers” again.

## Why something was refused, also for the API

problem-at = { $at } – { $problem }
problem-not-a-uuid = The number of this form is not valid. Please open the page again.
problem-unknown-questionnaire = There is no such questionnaire.
problem-unknown-form = There is no such form.
problem-unknown-item = There is no such question on this form.
problem-not-an-answer = Please choose one of the answers given.
problem-no-answer = You have not answered anything yet. Please answer at least one question.
problem-unknown-stage = Please choose one of the three options.
problem-too-long = This text is too long. Please shorten it.
problem-control-character = This text has characters that cannot be read. Please write it again.
problem-unknown-language = This language is not available.
problem-not-seconds = This number of seconds is not valid.
problem-unknown-field = There is no such field.
problem-wrong-type = This value is of the wrong type.
problem-twice = This field was sent twice.
problem-not-a-day = This is not a valid day.
problem-end-before-start = The first day must not be after the last day.
problem-unknown-channel = There is no such channel.

note-withheld = Withheld: fewer than 5 people answered, or it could be worked out from other figures
note-no-answers = No answers yet
note-not-measured = Not measured
note-partial = A component without answers is missing
note-few = Small sample: fewer than 30 people answered
note-no-interval = Fewer than 10 clusters (service points by day) or 30 answers: too few for an interval

## The page of thanks

thanks-heading = Thank you!
thanks-stored = Your answers have been stored.
thanks-kept-first = This form had been sent before. Your first answers are kept; the later ones do not count.
thanks-use = They will help this office to serve people better.
thanks-close = You can close this page now.
thanks-kiosk = This page returns to the start by itself in a few seconds, for the next person.
thanks-start = Start again

## Notices

skip = To the main content
notice-home = To the start page
notice-unknown-point-heading = This service point was not found
notice-unknown-point-text = The code you opened is not in the system. Please scan the QR code again, or go to the start page and type the code printed below it.
notice-closed-point-heading = This point no longer takes answers
notice-closed-point-text = This service point has stopped taking answers. Please scan the QR code that is now at the counter. Thank you.
notice-revoked-code-heading = This code has been replaced
notice-revoked-code-text = The service point still takes answers, by another code. Please scan the QR code that is now at the counter. Thank you.
notice-not-found-heading = There is no such page
notice-not-found-text = The address is wrong, or the page has moved.
notice-unauthorized-heading = Sign-in needed
notice-unauthorized-text = This page is for officials who were given access. Please sign in, or ask the administrator of your unit.
notice-revoked-display-heading = The link of this screen has been revoked
notice-revoked-display-text = Please ask the administrator of the unit for a new one.
notice-forbidden-heading = Outside what you may see
notice-forbidden-text = Your access does not cover this unit or action.
notice-loopback-only-heading = Not open to the outside yet
notice-loopback-only-text = There is no account or key yet, so this page is answered on the server itself alone. The administrator makes the first account with “hailong account add”.
notice-bad-request-heading = What was sent could not be read
notice-bad-request-text = Please go back, reload the page and send it again.
notice-bad-address-heading = Something in the address is missing or wrong
notice-bad-address-text = Please check the month, the days or the format in the address, or go back.
notice-end-before-start-heading = The first day must not be after the last day
notice-end-before-start-text = Please go back and choose the days again.
notice-cross-site-heading = The form was sent from another site
notice-cross-site-text = To prevent forgery, only forms sent from this very page are accepted. Please scan the QR code at the counter again.
notice-too-large-heading = Too long
notice-too-large-text = Please go back, shorten your text and send it again.
notice-file-too-large-heading = The file is too large
notice-file-too-large-text = The file was not taken and nothing was written. Split it, or have it imported on the server by “hailong import”.
notice-busy-heading = The system is busy
notice-busy-text = Many people are using it right now. Please wait a few seconds and try again.
notice-too-often-heading = Sent too often
notice-too-often-text = Please wait a moment and try again.
notice-slow-heading = What was sent came too slowly
notice-slow-text = The connection may have been interrupted. Please go back and send it again.
notice-not-as-sealed-heading = The report is not as it was sealed
notice-not-as-sealed-text = The stored report is not the one that was sealed, so no figure is shown. Please have the administrator run hailong audit verify.
notice-internal-heading = Something went wrong
notice-internal-text = The fault has been logged and will be looked into. Please try again in a few minutes.
notice-method-not-allowed-heading = This page does not accept that
notice-method-not-allowed-text = Please open the page again from the start.

## The start page

home-what = People say what they think right at the counter; the office sees the result and does better.
home-code-heading = Tell us about the service you received
home-code-label = Code printed below the QR
home-code-hint = Ten letters and digits, capital or small.
home-code-send = Open the form
home-boards-heading = See results
home-ended = (ended)
home-boards-none = No unit has made its results public. Officials sign in to read them.
home-method = The questions follow the Ministry of Home Affairs’ method of measuring satisfaction. The results here come from a survey at the counter; they are not the SIPAS index published by the Ministry.

## The board

simulated-board = The figures on this page were made by a machine for trial use; they are not real opinions.
board-title = { $unit } – Satisfaction index
board-path = Units above
board-index-heading = Index of satisfaction with the delivery of public administrative services (survey at the counter)
board-not-sipas = This is not the SIPAS index published by the Ministry of Home Affairs.
board-further = Further on this page
board-place = the service point
board-freshness = Figures as of { $time } on { $day }
board-just-now = just now
board-minutes = {"{n}"} min ago
board-hours = {"{n}"} h ago
board-closed = This unit ended on { $day }. Its figures are kept for reference.
board-successors = Now:
board-predecessors = Continues:
kind-province = Province
kind-department = Department
kind-district = District
kind-commune = Commune
kind-vertical = Vertical agency
kind-centre = Public administrative service centre
kind-branch = Branch
kind-reception = One-stop reception

period = Period
period-dates = { $from } to { $to }
period-one-day = { $from }
period-month = This month
period-last-month = Last month
period-days = 30 days
period-year = This year
period-final-month = Last month of the unit
period-final-days = Its last 30 days
period-final-year = Its last year
period-from = From
period-to = To
period-choose = Other dates
period-show = Show
rule = Scoring
rule-top2 = Share satisfied
rule-mean5 = Mean score
rule-top2-means = Share of the answers “Satisfied” and “Very satisfied”, in per cent.
rule-mean5-means = Mean of the five-point scale, brought to 100.

board-range = About { $about }, between { $low } and { $high } (95% confidence).
board-no-range = Too few answers to say how sure this is.
range = from { $low } to { $high }
range-column = 95% interval
board-responses = Responses in the period
board-today = Responses today
board-partial = Nobody has answered about: { $names }. The index is computed from the other components.
board-other-versions = The period also holds { $n } responses to the questionnaire { $code }. The two questionnaires differ, so they are not mixed.
board-overall-unmeasured = Group I (policy) is not asked at counters, so there is no index of both groups.

withheld = Fewer than 5 people answered
withheld-short = Under 5
none = No answers yet
unpublished = Not published, so that another figure cannot be worked out
unpublished-short = Not published
none-short = None yet
few = small sample
withheld-means = Fewer than 5 people answered, or it could be worked out from other figures: withheld, so that nobody’s opinion is revealed.
few-means = Fewer than 30 people answered: the figure may still change a lot.
none-means = Nobody has answered yet: not known, which is not zero.
legend = Legend
tints = Shade by score
tint-1 = below 50
tint-2 = 50 to below 65
tint-3 = 65 to below 80
tint-4 = 80 to below 90
tint-5 = 90 and above
persons = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
see-table = See the numbers

components-heading = The five components
components-desc = Horizontal bars on a scale from 0 to 100. { $list }
components-column = Component
items-heading = Item by item
items-intro = For each item: its score, the shares of the five answers, and how many people answered.
items-column = Item
distribution = Shares of the five answers
share = { $label }: { $n } ({ $percent }%)
not-applicable = Not applicable
persons-column = People
score-column = Score

trend-heading = The last thirty days
trend-heading-to = Thirty days up to { $day }
trend-none = No answers on these days.
trend-desc = Index of each day from { $from } to { $to }. Lowest { $low }, highest { $high }, latest { $last }.
trend-desc-empty = From { $from } to { $to } no day has enough people who answered.
trend-point = { $day }: { $score } ({ $n ->
    [one] { $n } response
   *[other] { $n } responses
})
trend-line = Index of the day
trend-few = Day with a small sample
trend-withheld = Day with fewer than 5 people
trend-columns = Responses per day
day-column = Day
responses-column = Responses
index-column = Index

parts-heading = Units and service points below
parts-heading-units = Units below
parts-heading-points = Service points
parts-none = There are no units or service points yet.
parts-name = Name
parts-scroll = Results by unit and service point
parts-sort = Choose a column heading to sort by it.

method-heading = How to read these figures
method-index = The index is the plain mean of the five components; a component is the plain mean of its items. The answer “Not applicable / No result yet” does not count.
method-release = Today’s number of responses rises with each one sent; today’s scores move only in blocks of 5 responses per point, so that nobody’s answers can be guessed.
method-source = Questionnaire { $code }, according to
