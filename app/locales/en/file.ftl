# Words of the monthly report as a file for Word, Excel and CSV.

file-title = Report on measured satisfaction, { $month } – { $unit }
file-days = { $unit }, { $month } ({ $from } to { $to })
file-month-1 = January { $year }
file-month-2 = February { $year }
file-month-3 = March { $year }
file-month-4 = April { $year }
file-month-5 = May { $year }
file-month-6 = June { $year }
file-month-7 = July { $year }
file-month-8 = August { $year }
file-month-9 = September { $year }
file-month-10 = October { $year }
file-month-11 = November { $year }
file-month-12 = December { $year }
file-moment = { $time } on { $day }
file-simulated = Simulated data: made up by a machine for trying out, not opinions of citizens.
file-simulated-part = { $n } of { $to } responses are simulated, made up by a machine for trying out.
file-simulated-short = Simulated data
file-status-open = Preliminary figures up to { $to }: the month is not over.
file-status-due = Figures not yet sealed.

## Layout of official documents (Decree 30/2020/NĐ-CP)

file-nation = SOCIALIST REPUBLIC OF VIET NAM
file-motto = Independence - Freedom - Happiness
file-committee = People’s Committee
file-committee-of = People’s Committee of { $unit }
file-number = No: ……/BC-{ $code }
file-committee-code = UBND
file-place-day = { $place }, …… / …… / ……
file-kind = REPORT
file-about = Satisfaction of citizens and organisations with public administrative services, { $month }
file-recipients = To:
file-recipients-above = - { $unit } (to report);
file-recipients-blank = - ……………………;
file-recipients-kept = - Records.
file-signer = POSITION
file-signature = (Signature, seal or digital signature)
file-signer-name = Full name
file-appendix = Appendix
file-appendix-of = (To Report No ……/BC-{ $code } of …… by { $unit })

## Text

file-opening = Satisfaction of citizens and organisations was measured by questionnaire where administrative procedures are handled, with the question set of { $list } applied. { $unit } reports the results of { $month } ({ $from } to { $to }):
file-overall = Overall result
file-received = { $n ->
    [one] There was one response in the period
   *[other] There were { $n } responses in the period
}, { $to } of them with a comment (no comment is quoted here).
file-received-plain = { $n ->
    [one] There was one response in the period
   *[other] There were { $n } responses in the period
}; none has a comment.
file-received-none = There was no response in the period, so there are no figures.
file-version = { $n ->
    [one] To questionnaire { $code }: one response.
   *[other] To questionnaire { $code }: { $n } responses.
}
file-index = The satisfaction index for public administrative services is { $score } % (95% confidence interval { $low } to { $high }).
file-index-alone = The satisfaction index for public administrative services is { $score } %; there are too few figures for a confidence interval.
file-index-few = It is about fewer than 30 respondents and for reference only.
file-index-withheld = There are fewer than 5 respondents, so the satisfaction index for public administrative services is withheld.
file-index-none = There is no answer from which the satisfaction index for public administrative services could be computed.
file-best = Highest-rated component: { $high } ({ $score } %); lowest-rated: { $low } ({ $lowest } %).
file-not-sipas = This is a survey at the counter, not the SIPAS index published by the Ministry of Home Affairs.
file-change-rising = Since { $month } the index has risen by { $by } points (95% confidence interval of the change { $low } to { $high }).
file-change-falling = Since { $month } the index has fallen by { $by } points (95% confidence interval of the change { $low } to { $high }).
file-change-unclear = Since { $month } the index differs by { $by } points (95% confidence interval of the change { $low } to { $high }); there is not enough evidence to call it a rise or a fall.
file-change-insufficient = Against { $month }: not enough data to compare.
file-change-no-answers = Against { $month }: one of the two months has no response, so they cannot be compared.
file-change-other-questionnaire = Against { $month }: the two months use different questionnaires, so they are not compared.
file-change-overlap = Against { $month }: the two periods overlap, so they are not compared.
file-change-note = “Rising” or “falling” is said only where a change is unlikely to be chance (5 %, adjusted for the five components after Holm); otherwise it says “not enough evidence”.
file-results = Results by subject
file-change = Change and trend
file-groups = Results by stage, field and channel
file-after-month = Results by stage and field are given once the month is over.
file-data = Responses and quality of the data
file-proposals = Assessment and proposals
file-proposals-blank = (To be written by the unit before signing.)
file-end = This is the report of { $unit } on measured satisfaction, { $month }.
file-goal-none = No target was entered for what is measured at the counter.
file-goals-heading = Targets of the year
file-below-none = There are no units or points to compare.
file-population-says = { $dossiers } dossiers were handled this month; the response rate is { $percent } %. The formula n = N / (1 + N·e²) with e = { $error } % asks for { $needed } responses.
file-population-enough = There are enough.
file-population-missing = { $n ->
    [one] One response is missing.
   *[other] { $n } responses are missing.
}
file-population-none = No number of dossiers was entered for the month, so there is no response rate.
file-flag-few = Fewer than 30 responses: for reference only.
file-flag-too-good = Over 98 % satisfied with more than 100 responses: how they were collected should be looked into (the mark is proposed by this system).
file-break-questionnaire = From { $day } on another questionnaire is asked: not to be compared with before.
file-break-unit = The organisation changed on { $day }: not to be compared with before.
file-opened = The unit began on { $day }.
file-closed = The unit ended on { $day }.
file-predecessors = Continues: { $list }.
file-successors = Continued by: { $list }.
file-rest = The other items are in the Excel file.

## Tables

file-table = Table { $n }. { $title }
file-chart = Chart { $n }. { $title }
file-summary = Summary
file-components = Results by component
file-components-chart = Scores of the components, 0 to 100, with 95% confidence intervals
file-items = Results by question
file-drivers = What pulls the score down most
file-since-month = Compared with { $month } (the month before)
file-since-year = Compared with { $month } (a year before)
file-trend = Trend over thirteen months
file-trend-chart = Satisfaction index by month
file-goals = Targets for { $year }
file-below = Results by unit or point of service
file-stage = Results by stage of the procedure
file-field = Results by field
file-channel = Results by channel
file-population = Response rate and responses needed
file-quality = Quality of the data
file-flags = To be looked into
file-reliability = Reliability of the questionnaire
file-borders = Month with a change of organisation: before and after
file-correction = Responses that came after the seal
file-method = Method
file-summary-sheet = Summary
file-components-sheet = Components
file-items-sheet = Questions
file-drivers-sheet = Drivers
file-since-month-sheet = Month before
file-since-year-sheet = Year before
file-trend-sheet = Trend
file-goals-sheet = Targets
file-below-sheet = Ranks
file-stage-sheet = Stage
file-field-sheet = Field
file-channel-sheet = Channel
file-population-sheet = Sample size
file-quality-sheet = Quality
file-flags-sheet = Flags
file-reliability-sheet = Reliability
file-borders-sheet = Organisation
file-correction-sheet = Later responses
file-method-sheet = Method

file-code = Code
file-value = Value
file-low = 95% low
file-high = 95% high
file-arm-low = Score minus low end
file-arm-high = High end minus score
file-design-effect = Design effect
file-note = Note
file-kind-column = Kind
file-point = Point of service
file-month-column = Month
file-version-column = Questionnaire
file-na = N/A
file-answers-means = Persons by answer: 1 – Very dissatisfied; 2 – Dissatisfied; 3 – Neutral; 4 – Satisfied; 5 – Very satisfied. N/A: “Not applicable / No result yet”, not counted in the score.
file-codes = Columns { $list }: scores of the components with these codes in the table by component.
file-stage-note = The index of a stage is the mean of the components asked at that stage. Stages asked about some components only: { $list }.
file-shown-why = A figure about fewer than 5 people is withheld (“Under 5”), and so is another one (“Not published”) where it would let the first be worked out by subtraction. A figure about fewer than 30 people (small sample) has a star (*) in the Word and Excel files.
file-unmeasured = { $list }: not asked at the counter, so there are no figures.
file-gap = Gap to 100
file-weight = Weight
file-change-low = Change, low
file-change-high = Change, high
file-p = p (Holm)
file-target = Target
file-current = Result so far
file-projection = Full-year forecast
file-projection-low = Forecast, low
file-projection-high = Forecast, high
file-probability = Probability
file-goals-days = Result from { $from } to { $to }: { $n ->
    [one] one response
   *[other] { $n } responses
}.
file-source = Source
file-rank-low = Best rank
file-rank-high = Worst rank
file-rank-of = Ranked
file-closed-on = Ended on
file-stage-column = Stage
file-field-column = Field
file-channel-column = Channel
file-pairs = Pairs of answers
file-correlation = Correlation with the rest
file-all-components = The five components among each other
file-comments = Responses with a comment
file-clusters = Clusters (service points by day)
file-valid = Answers on the scale
file-not-applicable = Answers “Not applicable / No result yet”
file-simulated-count = Simulated responses
file-rate = Response rate (%)
file-needed = Responses needed (e = { $percent } %)
file-missing = Responses missing
file-needed-width = Responses needed for an interval of ±{ $n } points
file-before-unit = { $unit }, to { $to }
file-now = Within the borders and organisation of today
file-as-was = Within the borders and organisation of each day
file-sealed = As sealed
file-now-column = Now
file-too-few-later = Fewer than 5 responses came later, so no scores are given.
file-correction-says = { $n ->
    [one] One response came in after the seal.
   *[other] { $n } responses came in after the seal.
} The sealed figures stay as they are; the table says what they would be with these responses.
file-questionnaire = Questionnaire
file-legal = Method set by
file-rule = Scoring
file-formula = Formula
file-wording = Source of the wording
file-certainty = How sure the wording is
file-program-value = Hài lòng { $code }
file-trail = Last entry of the trail of changes at the seal
file-hash = SHA-256
file-hash-none = Not sealed
