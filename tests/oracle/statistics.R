# Figures against which the tests hold the program's comparisons, outlooks and reliabilities: what R's
# survey package (Lumley), pt, p.adjust, cov and cor say. Nothing here is the program's own formula.
#
#   apt-get install r-base-core r-cran-survey r-cran-jsonlite
#   Rscript tests/oracle/statistics.R > tests/oracle/statistics.json
#
# Differences: pairs of samples, A before and B after, made as in intervals.R. A cluster is one point
# on one day with an effect of its own; most responses answer one item of each component, drawn at
# random, a few all 16. The JSON gives each item's counts [n1..n5] in each cluster.
# Outlooks: a score as it stands, its target, and the share of the period that is still to come.
# Reliability: single responses of persons who tend to be pleased or not. Three of four are short forms
# (one item of each component); one in four of these volunteered other items too.
#
# What each figure is stands in `definitions` below and in the JSON. 12 significant digits.

suppressPackageStartupMessages(library(survey))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

components <- list(
  A = paste0("A", 1:3), B = paste0("B", 1:4), C = paste0("C", 1:3),
  D = paste0("D", 1:3), E = paste0("E", 1:3)
)
items <- unlist(components, use.names = FALSE)
of <- substr(items, 1, 1)

# One value for each item from one for each component, where any is named.
by_item <- function(named, otherwise) unname(ifelse(of %in% names(named), named[of], otherwise))

one_of_each <- function() items %in% vapply(components, function(of) sample(of, 1), "")

# Answers 1..5 to how content a person is with each item.
answer_to <- function(felt) findInterval(felt, c(-2.1, -1.4, -0.6, 0.6)) + 1

# Value of an answer, 0..1.
value <- function(answer, rule) if (rule == "top2") (answer >= 4) + 0 else answer / 5

## Differences

# A data frame of responses: cluster (1..) and an answer 1..5 or NA to each item. `level` is what the
# two samples of a pair share: how well each item does. `shift` moves a component's answers; none of
# its answers is below `least`; the cluster `silent` has no answers.
sample_of <- function(level, sizes, shift = c(), least = c(), silent = 0) {
  rows <- lapply(seq_along(sizes), function(cluster) {
    effect <- rnorm(1, 0, 0.4) + setNames(rnorm(5, 0, 0.25), names(components))
    t(replicate(sizes[cluster], {
      asked <- one_of_each() | runif(1) < 0.05
      applies <- runif(length(items)) > ifelse(of == "E", 0.15, 0.04)
      felt <- level + by_item(shift, 0) + effect[of] + rnorm(1, 0, 0.5) + rnorm(length(items))
      answer <- pmax(answer_to(felt), by_item(least, 1))
      answer[!asked | !applies | cluster == silent] <- NA
      answer
    }))
  })
  answers <- as.data.frame(do.call(rbind, rows))
  names(answers) <- items
  data.frame(cluster = rep(seq_along(sizes), sizes), answers)
}

# Two samples of `clusters` clusters each, around 8 responses in a cluster.
pair_of <- function(seed, clusters, a = list(), b = list()) {
  set.seed(seed)
  level <- rnorm(length(items), 0, 0.3)
  sample <- function(n, more) do.call(sample_of, c(list(level, pmax(rpois(n, 8), 1)), more))
  list(a = sample(clusters[1], a), b = sample(clusters[2], b))
}

everywhere <- function(shift) setNames(rep(shift, 5), names(components))

pairs <- list(
  no_change = pair_of(201, c(36, 40)),
  # About 8 points under top2, as drawn.
  rise = pair_of(242, c(40, 34), b = list(shift = everywhere(0.33))),
  # 12 clusters with answers and one without.
  few_clusters = pair_of(203, c(13, 30), a = list(silent = 5), b = list(shift = c(A = 0.7, D = -0.5))),
  # C has no variance after; D has none before under top2, but has one under mean5.
  without_variance = pair_of(204, c(30, 26), a = list(least = c(D = 4)), b = list(least = c(C = 5)))
)

answered <- function(sample) sample[rowSums(!is.na(sample[items])) > 0, ]

# Score and variance (0..1) of each component and of the group, and the number of clusters.
estimates <- function(sample, rule) {
  answers <- answered(sample)
  valid <- !is.na(answers[items])
  y <- replace(value(as.matrix(answers[items]), rule), !valid, 0)
  m <- valid + 0
  colnames(y) <- paste0("y", items)
  colnames(m) <- paste0("m", items)
  design <- svydesign(ids = ~cluster, weights = ~1, data = data.frame(answers["cluster"], y, m))
  clusters <- degf(design) + 1
  # The program gives no figure below these; no item is without answers.
  stopifnot(clusters == length(unique(answers$cluster)), clusters >= 10, colSums(m) > 0)

  sides <- function(letter) reformulate(paste0(letter, items))
  ratios <- svyratio(sides("y"), sides("m"), design, covmat = TRUE)
  mean_of <- function(weights) {
    names(weights) <- paste0("y", names(weights), "/m", names(weights))
    stat <- svycontrast(ratios, weights)
    list(score = as.vector(coef(stat)), variance = as.vector(SE(stat))^2)
  }
  weights_of <- lapply(components, function(of) setNames(rep(1 / length(of), length(of)), of))
  parts <- lapply(names(components), function(name) {
    part <- mean_of(weights_of[[name]])
    n <- sum(valid[, components[[name]]])
    stopifnot(n >= 30)
    # What is below this is residue of rounding.
    if (part$variance < 1e-12) {
      ends <- suppressWarnings(prop.test(part$score * n, n, correct = FALSE)$conf.int)
      part$variance <- (diff(as.vector(ends)) / 2 / qnorm(0.975))^2
    }
    part
  })
  group <- mean_of(unlist(lapply(unname(weights_of), `/`, length(components))))
  stopifnot(group$variance > 1e-12)
  list(figures = c(setNames(parts, names(components)), list(group = group)), clusters = clusters)
}

difference <- function(a, b, clusters_a, clusters_b) {
  points <- 100 * (b$score - a$score)
  se <- 100 * sqrt(a$variance + b$variance)
  df <- (a$variance + b$variance)^2 /
    (a$variance^2 / (clusters_a - 1) + b$variance^2 / (clusters_b - 1))
  half <- qt(0.975, df) * se
  list(
    score_a = a$score, score_b = b$score, variance_a = a$variance, variance_b = b$variance,
    clusters_a = clusters_a, clusters_b = clusters_b, difference = points, df = df,
    low = points - half, high = points + half, p = 2 * pt(-abs(points / se), df)
  )
}

differences <- function(pair, rule) {
  a <- estimates(pair$a, rule)
  b <- estimates(pair$b, rule)
  all <- Map(difference, a$figures, b$figures, a$clusters, b$clusters)
  parts <- all[names(components)]
  holm <- p.adjust(vapply(parts, `[[`, 0, "p"), "holm")
  list(components = Map(c, parts, p_holm = holm), group = all$group)
}

clusters_of <- function(sample) {
  unname(lapply(split(sample, sample$cluster), function(rows) lapply(rows[items], tabulate, 5)))
}

pair_json <- function(name) {
  pair <- pairs[[name]]
  json(list(
    name = name, clusters_a = clusters_of(pair$a), clusters_b = clusters_of(pair$b),
    top2 = differences(pair, "top2"), mean5 = differences(pair, "mean5")
  ))
}

## Outlooks

outlooks <- data.frame(
  score = c(0.72, 0.72, 0.681, 0.8, 0.55, 0.985, 0.03, 0.7625),
  variance = c(0.0009, 0.0009, 0.00064, 0.0004, 0.0025, 0.0002, 0.0009, 0.00012),
  clusters = c(40, 40, 12, 25, 10, 30, 15, 400),
  remaining = c(0.5, 1, 0.25, 0.75, 0.9, 0.6, 0.8, 0.3),
  target = c(75, 75, 70, 80, 70, 95, 10, 75)
)

outlook <- function(score, variance, clusters, remaining, target) {
  # Upper tails by name, since 1 - pt() loses the digits of small ones.
  above <- function(variance) {
    pt((target / 100 - score) / sqrt(variance), clusters - 1, lower.tail = FALSE)
  }
  half <- qt(0.975, clusters - 1) * sqrt(remaining * variance)
  ends <- pmin(pmax(100 * (score + c(-1, 1) * half), 0), 100)
  list(
    score = score, variance = variance, clusters = clusters, remaining = remaining, target = target,
    reached = above(variance), low = ends[1], high = ends[2], probability = above(remaining * variance)
  )
}

outlook_json <- function(row) json(do.call(outlook, outlooks[row, ]))

## Reliability

# A matrix of responses: form, answers and how each item came to be answered, as in the JSON. `person`
# is how much persons differ in all they answer, `part` in each component; `apart` are items of which
# neither says anything.
responses_of <- function(seed, n, person, part, apart = c()) {
  set.seed(seed)
  level <- rnorm(length(items), 0, 0.3)
  t(replicate(n, {
    full <- runif(1) < 0.25
    asked <- one_of_each() | full
    # Volunteers do not answer all that is left.
    volunteered <- !asked & runif(1) < 0.25 & runif(length(items)) < 0.85
    liking <- rnorm(1, 0, person) + setNames(rnorm(5, 0, part), names(components))
    felt <- level + ifelse(items %in% apart, 0, liking[of]) + rnorm(length(items))
    answer <- as.character(answer_to(felt))
    answer[runif(length(items)) < ifelse(of == "E", 0.15, 0.04)] <- "n"
    answer[asked & runif(length(items)) < 0.06 | !asked & !volunteered] <- "."
    way <- ifelse(asked, "a", ifelse(volunteered, "v", "."))
    c(if (full) "full" else "short", paste(answer, collapse = ""), paste(way, collapse = ""))
  }))
}

sets <- list(
  ordinary = responses_of(301, 480, person = 0.7, part = 0.5),
  # Persons differ little, and B3 has nothing to do with the rest of B.
  weak = responses_of(302, 640, person = 0.35, part = 0.4, apart = "B3")
)

# Columns with a value or NA: Cronbach's alpha from pairwise covariances.
alpha_of <- function(values) {
  k <- ncol(values)
  covariances <- cov(values, use = "pairwise.complete.obs")
  v <- mean(diag(covariances))
  c <- mean(covariances[upper.tri(covariances)])
  together <- crossprod(!is.na(values))
  list(
    k = k, covariance = c, variance = v, alpha = k * c / (v + (k - 1) * c),
    pairs = min(together[upper.tri(together)])
  )
}

# Each column against the mean of the others in the same row.
rest_of <- function(values) {
  lapply(setNames(nm = colnames(values)), function(name) {
    rest <- rowMeans(values[, colnames(values) != name], na.rm = TRUE)
    both <- !is.na(values[, name]) & !is.na(rest)
    list(r = cor(values[both, name], rest[both]), n = sum(both))
  })
}

reliability <- function(responses, rule) {
  split_up <- function(column) do.call(rbind, strsplit(responses[, column], ""))
  answer <- split_up(2)
  asked <- split_up(3) == "a"
  answer[!answer %in% 1:5] <- NA
  values <- value(matrix(as.numeric(answer), ncol = length(items)), rule)
  colnames(values) <- items

  by_component <- lapply(components, function(of) {
    several <- values[rowSums(!is.na(values[, of])) >= 2, of]
    c(alpha_of(several), list(items = rest_of(several)))
  })
  short <- responses[, 1] == "short"
  only <- replace(values, !asked, NA)[short, ]
  stopifnot(vapply(components, function(of) all(rowSums(asked[short, items %in% of]) == 1), NA))
  # No more than one is there, so its value is the maximum.
  between <- vapply(components, function(of) do.call(pmax, c(as.data.frame(only[, of]), na.rm = TRUE)),
    numeric(sum(short))
  )
  list(
    components = by_component,
    between = c(alpha_of(between), list(components = rest_of(between)))
  )
}

set_json <- function(name) {
  json(list(
    name = name, responses = sets[[name]],
    top2 = reliability(sets[[name]], "top2"), mean5 = reliability(sets[[name]], "mean5")
  ))
}

json <- function(value) jsonlite::toJSON(value, auto_unbox = TRUE, digits = I(12), na = "null")

source <- sprintf(
  "tests/oracle/statistics.R, R %s, survey %s", getRversion(), packageVersion("survey")
)
definitions <- list(
  value = "top2: 1 from answer 4 on, else 0; mean5: answer / 5",
  differences = list(
    unit = "score and variance 0..1; difference, low and high in percentage points",
    design = paste(
      "clusters as PSUs, one stratum, weights 1, no fpc; clusters_a, clusters_b = C = those with a",
      "valid answer to any item, for every figure; the case few_clusters has one without any"
    ),
    score = paste(
      "component: mean of its items' ratios sum y / sum m (svyratio); group: mean of the components;",
      "covariances carried"
    ),
    without_variance = paste(
      "a component's variance of zero is replaced, in variance_a or variance_b and all that follows,",
      "by ((high - low) / 2 / qnorm(0.975))^2 of Wilson's interval, 0..1, of its score on the number",
      "of valid answers of all its items, with freedom C - 1 as always; the group's is its own"
    ),
    df = "Welch-Satterthwaite: (va + vb)^2 / (va^2 / (Ca - 1) + vb^2 / (Cb - 1))",
    interval = "difference b - a -+ qt(0.975, df) * 100 sqrt(va + vb), not cut",
    p = "two-sided, t with df; p_holm: p.adjust holm over the five components"
  ),
  outlooks = list(
    unit = "score, variance and remaining 0..1; target, low and high in percent",
    reached = "1 - pt((target / 100 - score) / sqrt(variance), clusters - 1)",
    projection = "score -+ qt(0.975, clusters - 1) sqrt(remaining * variance), cut at 0 and 100",
    probability = "1 - pt((target / 100 - score) / sqrt(remaining * variance), clusters - 1)"
  ),
  reliability = list(
    responses = paste(
      "[form, answers, ways] with one letter for each item, A1 to E3; answers: 1..5, n not applicable,",
      ". not asked or left open; ways: a asked, v volunteered, . neither"
    ),
    component = paste(
      "responses with answers 1..5, asked or volunteered, to two or more of its k items: covariance =",
      "mean of cov(use = pairwise.complete.obs) over its item pairs, variance = mean of its diagonal,",
      "alpha = k c / (v + (k - 1) c), pairs = fewest complete pairs of any two items"
    ),
    item = paste(
      "r = cor with the mean of the component's other answered items in the same response, over the n",
      "responses with an answer to it and to another"
    ),
    between = paste(
      "short forms and their asked answers only: a component's value is that of its one asked item if",
      "that is 1..5; alpha over the five components and r of each in the same way"
    )
  )
)
list_of <- function(names, to_json) paste(vapply(names, to_json, ""), collapse = ",\n")
cat(sprintf('{"source":%s,\n"definitions":%s,\n', json(source), json(definitions)))
cat(sprintf('"differences":[\n%s],\n', list_of(names(pairs), pair_json)))
cat(sprintf('"outlooks":[\n%s],\n', list_of(seq_len(nrow(outlooks)), outlook_json)))
cat(sprintf('"reliability":[\n%s]}\n', list_of(names(sets), set_json)))
