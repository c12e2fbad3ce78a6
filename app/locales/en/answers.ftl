# Answers on paper or by phone, entered by hand.

answers-open = Enter paper sheets
answers-open-of = Enter paper sheets of { $point }
answers-title = Enter paper sheets – { $point }
answers-lead = Copy each sheet as people have filled it in on paper, or as they have answered by phone. What was left open on the sheet stays “Left open”. The trail says who entered how many sheets of which day.
answers-when = Day and channel
answers-day = Day of the answers
answers-day-hint = As on the sheet, such as 24/11/2026; not after today. The next sheet keeps day and channel.
answers-bad-day = Day of the answers – write a day such as 24/11/2026, not after today.
answers-not-open = Day of the answers – the point took no answers on this day.
answers-other-unit = Day of the answers – on this day the point was of a unit outside of your part.
answers-channel = Answered by
answers-no-channel = Answered by – choose paper or phone.
answers-scale = “Not applicable” is for what the sheet says does not apply or has no result yet.
answers-na = Not applicable
answers-blank = Left open
answers-rest = What else is on the sheet
answers-stage = The citizen's business
answers-field = Field of service
answers-comment = Comment
answers-comment-hint = Optional. Leave out names and numbers of papers or telephones.
answers-send = Store sheet
answers-stored = The sheet is stored. Go on with the next one.
answers-known = This sheet was stored before and does not count again.
answers-differs = Not stored: another sheet was stored from this page, of { $day }. If this is one more, press “Store sheet” once more.
answers-busy = The system is busy, and the sheet is not stored. Wait a few seconds and press “Store sheet” once more.
answers-entered = { $n ->
    [one] One sheet entered in one go.
   *[other] { $n } sheets entered in one go.
}
