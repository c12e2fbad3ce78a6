# Words of the pages of targets, analysis and method.

tabs = Pages of this unit
simulated-targets = What is measured on this page was made up by a machine for trying out; what was entered names its source.
simulated-sheet = The codes on this page lead to forms for trying out: answers do not count towards real results.
tab-board = Board
tab-targets = Targets
tab-analysis = Analysis
method-link = How figures are computed, and their limits
chance-least = below 1%
chance-most = above 99%

## Target review

targets-title = { $unit } – Targets for { $year }
targets-heading = Target review { $year }
targets-year = Year
targets-row = Subject
targets-max = Highest score
targets-baseline = Result { $year }
targets-target = Target { $year }
targets-current = Result so far
targets-result = Result { $year }
targets-true = Probability that the true value so far reaches the target: { $percent }.
targets-broken = Figures before and after { $list } cannot be compared directly: the way of measuring or the borders changed.
targets-gap = Gap
targets-projection = Full-year forecast
targets-verdict = Verdict
targets-trend = 13 months
targets-trend-title = Score by month: { $list }
targets-rank = Rank
targets-rank-of = rank { $n } of { $to }
targets-rank-now = rank { $n }
targets-rank-tied = tied { $n }
place = { $n } of { $to } ({ $low } to { $high })
targets-inherited = of { $unit }, { $year }
targets-entered = entered, { $day }
targets-entered-undated = entered, no date given
targets-published = published: { $score } ({ $day })
targets-published-undated = published: { $score } (no date given)
targets-not-entered = Not entered
targets-chance = probability: { $percent }
targets-goal = Goal in the text of the plan:
targets-goal-differs = The text says { $stated }, the table { $target }.
targets-source = Source:
targets-no-target = The unit has no target of its own for this year.
targets-outlook = If the months to come are like those so far, the year will be about { $about }, between { $low } and { $high }. Probability of meeting the target: { $percent }.
verdict-met = Met
verdict-missed = Not met
verdict-likely = Likely to be met
verdict-unclear = Unclear
verdict-unlikely = Unlikely to be met
verdict-insufficient = Not enough data
index-sipas = SIPAS – Satisfaction of people and organisations
index-par = PAR INDEX – Public administration reform
index-ddci = DDCI – Local competitiveness
index-dti = DTI – Digital transformation

finding-heading = What does not add up in the table
finding-note = Note on the table
finding-components = { $list }, { $names }: the table says { $stated }; the mean of the components is { $computed }.
finding-stated-groups = { $list }, { $names }: the table says { $stated }; the mean of the two groups as stated is { $computed }.
finding-recomputed-groups = { $list }, { $names }: the table says { $stated }; the mean of the groups recomputed from their components is { $computed }.
finding-sum = { $list }, { $names }: the table says { $stated }; the fields add up to { $computed }.
finding-ten-means = { $list }, { $names }: the table says { $stated }; ten times the mean of the criteria is { $computed }.
finding-increment = { $list }, { $names }: the table says { $stated }, a gain of { $low }; most rows gain { $high }, so { $computed } may be meant – perhaps a slip of the pen.
finding-row = row { $code } – { $names }
finding-holds = { $list }: the totals follow from the rows of the table.
finding-mended = With these likely slips mended, the whole table adds up.
finding-no-weights = Groups { $names } cannot be recomputed from their indicators: no weights are published.
finding-kept = What was entered is kept as it stands in the document.

rules-heading = Both scoring rules
rules-why = The same responses, scored in two ways. No public document says which of them the Ministry of Home Affairs uses.

targets-method-verdict = “Likely to be met” means a probability of at least 80%, “unlikely” one of at most 20%, “unclear” anything between, and also a figure entered while the year still runs. “Met” and “not met” are said only once the year is over. “Not enough data” where there is no target, nothing entered, or too few responses for an interval. The marks of 80% and 20% are proposed by this system.
targets-method-projection = The forecast assumes that the months to come have as many responses and the same results as those so far; no trend, no season.
why-not-sipas = This is not the SIPAS index published by the Ministry of Home Affairs: that one asks households drawn at random, this one people who have just come for a procedure and answer of their own accord. The two may differ.

## Analysis

analysis-title = { $unit } – Analysis
analysis-heading = Analysis
analysis-choose = Other days, or a unit to compare with
analysis-with = Compare with
analysis-with-none = No comparison
change-heading = Change since the period before
change-now = { $list }: { $n } responses.
change-against = Compared with { $list }.
change-before = Before
change-after = Now
change-by = Change
change-says = Conclusion
change-no-answers = One side has no responses, so nothing can be compared.
change-other-questionnaire = Both sides use different questionnaires, so they are not compared.
change-overlap = Both sides overlap, so they are not compared.
difference-heading = Compared with { $unit }
difference-other = Unit compared with
difference-own = This unit
direction-rising = Rising
direction-falling = Falling
direction-higher = Higher
direction-lower = Lower
direction-unclear = Not enough evidence
direction-none = Not enough data
p = p = { $score }
p-least = p < 0.001
drivers-heading = What pulls the score down most
drivers-why = The last column is what the index would gain if everybody were satisfied with the item (gap to 100 times weight). It is arithmetic, not a cause.
drivers-gain = Could gain
drivers-rest = See the other items
ranks-heading = Ranks: { $names }
ranks-why = Only service points and units with at least { $n } responses have a rank. The range says how certain the rank is (95% confidence).
ranks-place = Rank
ranks-range = Range of ranks
ranks-tied = tied { $n }
ranks-none = Too few responses
population-heading = Responses against dossiers handled
population-none = No number of dossiers is known for this period, so there is no response rate.
population-months = Months with a number of dossiers: { $list }
population-dossiers = Dossiers handled
population-rate = Response rate
population-error = Responses needed by the formula of QĐ 1383 (e = { $percent }%)
population-width = Responses needed for an interval of ±{ $n } points
population-enough = { $n } – enough
population-missing = { $n } – { $to } missing
population-corrected = Interval corrected for the number of dossiers
population-part = Only responses of units and months with a number of dossiers count here; the rest of the period has none.
population-why = Responses needed by n = N / (1 + N·e²), from training material of 2013 on the method of QĐ 1383/QĐ-BNV. The corrected interval is for reference beside the plain one, since respondents are volunteers.
instrument-heading = Reliability of the questionnaire
instrument-why = This reads the single responses of the twelve months that are over, so it is computed only on request.
instrument-compute = Compute the reliability of the questionnaire
instrument-none = No responses in the twelve months that are over.
instrument-of = { $list }: { $n } responses.
instrument-all = The five components among each other: Cronbach’s alpha { $score }, on { $n } pairs of answers of the short form.
instrument-all-few = The five components among each other: fewer than 100 pairs of answers.
instrument-alpha = Cronbach’s alpha
instrument-correlation = Correlation with the rest
instrument-few = Below 100 pairs
instrument-pairs = { $n } pairs
instrument-responses = { $n } responses
instrument-means = Cronbach’s alpha says whether questions measure the same thing: the closer to 1, the more consistent. Within a component only responses count that answered two or more of its questions (folded part, full form, paper), so these are volunteers. Between components the short form is used. A component that could gain much and goes with the others is what drives the score of the unit most. Below 100 pairs nothing is shown; months below 100 responses are left out.
analysis-method-change = “Rising” or “falling” is said only where a change is unlikely to be chance (5%, adjusted for the five components after Holm). Otherwise the page says “not enough evidence”.

## Method

method-title = How figures are computed, and their limits
method-what = What the figure is about
method-what-asked = People answer at the counter or soon after. Each short form asks one question of each component; the questions rotate evenly, so that together they are the whole official questionnaire.
method-estimand = The score estimates how this period’s visitors rate these counters. Lasting differences between counters are not sampling error. Respondents are volunteers: an interval cannot make up for those who did not answer and may think otherwise.
method-score = From answers to the index
method-score-rules = There are two ways to score a question: the share of “Satisfied” and “Very satisfied”, or the mean of the five-step scale as a percentage. No public document says which of them the Ministry of Home Affairs uses.
method-score-decimals = Nothing is rounded on the way; what is shown has two decimals, halves rounded up.
method-interval = Intervals
method-interval-how = Answers of one point on one day resemble each other, so each point and day is a cluster. The variance is that between clusters (Taylor linearisation), the 95% interval follows Student’s t. Questions of a cluster are taken together, so their correlation is not lost.
method-interval-when = Below 10 clusters or 30 answers there is no interval. Where all answers are alike the interval is Wilson’s, which takes answers as independent and may be narrower than it should be.
method-interval-coverage = Checked by simulation with day effects and rotating questions: between 93 and 97 of 100 intervals hold the true value. Where counters differ for good, the interval is wider than it need be.
method-target = Targets and forecast
method-target-entered = Figures entered from documents and figures computed stand side by side; what was entered is never overwritten. Figures before and after 2022, and before and after 01/07/2025, are not joined, since the way of measuring or the borders changed.
method-compare = Comparisons, ranks, sample size
method-rank = Ranks are given among units of one kind with enough responses; scores that are shown alike are a tie. The range of ranks is simulated from a fixed seed, so the same figures always give the same result.
method-population = Where the number of dossiers is known, the analysis gives the response rate, the responses needed and how many are missing. The interval corrected for a finite population stands beside the plain one, never instead.
method-instrument = Reliability of the questionnaire
method-shown = What is not shown
method-shown-why = A figure about fewer than 5 people is withheld (“Under 5”), and so is another one (“Not published”) where it would let the first be worked out by subtraction. Below 30 people a figure is marked “small sample”.
method-legal = Sources
method-legal-open = The equal weights of components and groups were checked against published tables. The formula of a single question, in the annex, is not public, so it is a choice of the questionnaire.

## Print sheet

tab-sheet = QR codes
sheet-title = { $unit } – QR codes to print
sheet-heading = QR codes of the points of service
sheet-text = Open points of service: { $n }, a label each. Print in true size (100%), not fitted to the page.
sheet-none = This unit has no open point of service.
sheet-loopback = The address in the codes is that of this machine: they work on this machine alone. Please tell an administrator before printing.
sheet-plain = The address in the codes begins with http://: the answers of citizens are not encrypted on their way.
sheet-layout = Size of the labels
sheet-print = Print
sheet-file = Download the file
sheet-how = Cut along the thin marks at the edges and in the middle. Without the button, press Ctrl+P.
layout-a4-1 = A4, one label
layout-a4-2 = A4, two labels
layout-a4-4 = A4, four labels
layout-a4-8 = A4, eight labels
layout-a5 = A5
layout-a6 = A6
layout-sticker = Small stickers (12 on A4)
label-scan = Scan to rate the service you received
label-privacy = No app to install. The form takes no names.
label-simulated = Simulated data
