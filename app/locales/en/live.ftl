# The live board, and the screen in a hall.

live-on = Live
live-connecting = Connecting
live-lost = Connection lost, trying again
live-back = Connected again, the figures move on.
live-revoked = The link of this screen has been revoked.
live-signed-out = The session has ended, please sign in again.
live-said = Satisfaction index: { $score }. { $n } { $n ->
    [one] response
   *[other] responses
} so far.

today-heading = Today
today-now = Today, so far
today-weekday-column = Against earlier { $weekday }s (whole days)
today-alone = It is { $weekday }, with { $n } { $n ->
    [one] response
   *[other] responses
} so far. There is no { $weekday } of the last four weeks to compare with.
today-usual = { $n } { $n ->
    [one] response
   *[other] responses
} so far. A { $weekday } of the last { $weeks } weeks with answers had about { $mean } in the whole day.
today-usual-score = { $n } { $n ->
    [one] response
   *[other] responses
} so far, index { $score }. A { $weekday } of the last { $weeks } weeks with answers had about { $mean } in the whole day, with an index from { $low } to { $high }.
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
hours-heading = Responses by the hour
hour = { $hour }:00
hour-short = { $hour }h
hour-column = Hour
hours-unknown = not known
hours-unknown-why = Hatched: not known. The moment of an answer is kept nowhere, so it is counted only since the program was started.

usual-heading = Below the usual level
usual-unknown = Not enough answers to compare.
usual-none = Of { $n } that could be compared, none is below its own usual level.
usual-recent = Last 7 days
usual-usual = Usual
usual-change = Difference
usual-means = Seven days from { $recent_from } to { $recent_to } against the twelve weeks before ({ $before_from } – { $before_to }). Only what is hardly chance is named (level 5%, after Holm). This comparison is proposed by this system.

trend-break-questionnaire = From { $day } on another questionnaire is asked: not to be compared with the days before.
trend-break-unit = The organisation changed on { $day }: not to be compared with the days before.

tv-index = Satisfaction of citizens
tv-simulated = Simulated data
tv-not-sipas = A survey at the counter, not the SIPAS index of the Ministry.
tv-empty = No answer yet in this period.
tv-responses = { $n } responses
