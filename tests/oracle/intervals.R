# Figures against which the tests hold the program's intervals and design effects: clustered samples
# and what R's survey package (Lumley) says about them. Nothing here is the program's own formula.
#
#   apt-get install r-base-core r-cran-survey r-cran-jsonlite
#   Rscript tests/oracle/intervals.R > tests/oracle/intervals.json
#
# Samples: a cluster is one point on one day. Most responses answer one item of each component, drawn
# at random, a few answer all 16; an item may be not applicable, which is no answer. The clusters have
# an effect of their own. The JSON gives each item's counts [n1..n5] in each cluster.
#
# Figures, in percent, for y = 1 from answer 4 on (top2) and y = answer / 5 (mean5):
#   design      svydesign(ids = ~cluster, weights = ~1): one stratum, clusters as PSUs, no fpc. Its C
#               clusters are those with a valid answer to any item, for every figure of a case; the
#               case "uneven" has one cluster without any, which is in the JSON but not in the design.
#   item        r = sum y / sum m with m = 1 for a valid answer, by svyratio; SE by linearisation,
#               C/(C-1) times the sum of squares. svymean over the valid answers is the same.
#   component   mean of the ratios of its items that have answers; covariances carried (svyratio with
#               covmat, svycontrast). group: mean of the components that have answers.
#   low, high   score -+ qt(0.975, C - 1) * SE, cut at 0 and 100; both are the score where SE is 0.
#   deff        item: svymean(..., deff = "replace"), which is SE^2 / (S^2 / m) with m the item's
#               valid answers and S^2 = sum (y - r)^2 / (m - 1); under top2 S^2 / m = r (1 - r) / (m - 1).
#               component of J items: SE^2 / (sum_j S_j^2 / m_j / J^2). null where S^2 is 0.
#   wilson      [low, high] by prop.test without continuity correction, under top2: an item's on
#               m / max(deff, 1) answers, or m where there is no deff; a component's only where its
#               SE is 0, on all its valid answers.
# What has no answer is null. 12 significant digits.

suppressPackageStartupMessages(library(survey))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

components <- list(
  A = paste0("A", 1:3), B = paste0("B", 1:4), C = paste0("C", 1:3),
  D = paste0("D", 1:3), E = paste0("E", 1:3)
)
items <- unlist(components, use.names = FALSE)
of <- substr(items, 1, 1)

# A data frame of responses: cluster (1..) and an answer 1..5 or NA to each item. `shift` moves a
# component's answers up or down; `satisfied` has answers 4 and 5 only; `silent` items have none.
sample_of <- function(seed, sizes, day = 0.4, part = 0.25, shift = c(), satisfied = "", silent = c()) {
  set.seed(seed)
  level <- setNames(rnorm(length(items), 0, 0.3), items)
  level[items] <- level[items] + ifelse(of %in% names(shift), shift[of], 0)
  rows <- lapply(seq_along(sizes), function(cluster) {
    effect <- rnorm(1, 0, day) + setNames(rnorm(5, 0, part), names(components))
    t(replicate(sizes[cluster], {
      whole <- runif(1) < 0.05
      asked <- items %in% vapply(components, function(of) sample(of, 1), "") | whole
      applies <- runif(length(items)) > ifelse(of == "E", 0.15, 0.04)
      person <- rnorm(1, 0, 0.5)
      felt <- level + effect[of] + person + rnorm(length(items))
      answer <- findInterval(felt, c(-2.1, -1.4, -0.6, 0.6)) + 1
      answer <- ifelse(of == satisfied, pmax(answer, 4), answer)
      answer[!asked | !applies | items %in% silent] <- NA
      answer
    }))
  })
  answers <- as.data.frame(do.call(rbind, rows))
  names(answers) <- items
  data.frame(cluster = rep(seq_along(sizes), sizes), answers)
}

# Sizes of `n` clusters around 8.
around <- function(seed, n) {
  set.seed(seed)
  pmax(rpois(n, 8), 1)
}

uneven <- {
  sizes <- c(1, 1, 60, 2, 1, 3, 25, 1, 2, 5, 14, 1, 1, 2, 8, 40, 1, 3, 1, 6, 2, 1, 9, 30, 1)
  drawn <- sample_of(104, sizes, day = 0.6)
  drawn[drawn$cluster == 4, items] <- NA
  drawn
}

cases <- list(
  ordinary = sample_of(101, around(1, 40)),
  few_clusters = sample_of(102, around(2, 12)),
  strong_clustering = sample_of(103, around(3, 40), day = 1.3, part = 0.5),
  uneven = uneven,
  component_without_answers = sample_of(105, around(5, 30), silent = components$E),
  item_without_answers = sample_of(106, around(6, 30), silent = "B3"),
  component_all_satisfied = sample_of(
    107, around(7, 20), satisfied = "C", shift = c(A = -3.4, D = 2)
  )
)

percent <- function(x) 100 * as.vector(x)

limits <- function(score, se, df) {
  ends <- percent(score) + c(-1, 1) * qt(0.975, df) * percent(se)
  ends <- pmin(pmax(ends, 0), 100)
  list(low = ends[1], high = ends[2])
}

wilson <- function(share, n) {
  percent(suppressWarnings(prop.test(share * n, n, correct = FALSE)$conf.int))
}

figures <- function(answers, rule) {
  valid <- !is.na(answers[items])
  point <- as.matrix(if (rule == "top2") answers[items] >= 4 else answers[items] / 5) + 0
  y <- ifelse(valid, point, 0)
  colnames(y) <- paste0("y", items)
  m <- valid + 0
  colnames(m) <- paste0("m", items)
  colnames(point) <- items
  design <- svydesign(ids = ~cluster, weights = ~1, data = data.frame(answers["cluster"], y, m, point))
  df <- degf(design)
  stopifnot(df == length(unique(answers$cluster)) - 1)

  asked <- items[colSums(m) > 0]
  sides <- function(letter) reformulate(paste0(letter, asked))
  ratios <- svyratio(sides("y"), sides("m"), design, covmat = TRUE)
  totals <- svytotal(reformulate(c(paste0("y", asked), paste0("m", asked))), design)
  # A mean of ratios: `weights` named by item. The delta method on the totals must say the same.
  mean_of <- function(weights) {
    names(weights) <- paste0("y", names(weights), "/m", names(weights))
    stat <- svycontrast(ratios, weights)
    terms <- paste0(format(weights, digits = 17), "*", names(weights), collapse = "+")
    again <- svycontrast(totals, str2lang(terms))
    stopifnot(
      all.equal(as.vector(coef(stat)), as.vector(coef(again)), tolerance = 1e-10),
      abs(SE(stat) - SE(again)) < 1e-10
    )
    list(score = as.vector(coef(stat)), se = as.vector(SE(stat)))
  }

  alone <- setNames(rep(NA_real_, length(items)), items)
  by_item <- lapply(setNames(nm = items), function(item) {
    if (!item %in% asked) {
      return(list(score = NA, se = NA, deff = NA))
    }
    mean <- svymean(reformulate(item), design, na.rm = TRUE, deff = "replace")
    ratio <- mean_of(setNames(1, item))
    valid <- point[!is.na(point[, item]), item]
    n <- length(valid)
    alone[item] <<- var(valid) / n
    deff <- if (alone[item] > 0) as.vector(deff(mean)) else NA
    stopifnot(
      n > 1,
      all.equal(as.vector(coef(mean)), ratio$score), all.equal(as.vector(SE(mean)), ratio$se),
      is.na(deff) || isTRUE(all.equal(deff, ratio$se^2 / alone[[item]])),
      rule == "mean5" || isTRUE(all.equal(alone[[item]], ratio$score * (1 - ratio$score) / (n - 1)))
    )
    result <- list(score = percent(ratio$score), se = percent(ratio$se), deff = deff)
    if (rule == "top2") {
      result$wilson <- wilson(ratio$score, n / max(deff, 1, na.rm = TRUE))
    }
    result
  })

  members <- Filter(length, lapply(components, intersect, asked))
  weights_of <- lapply(members, function(of) setNames(rep(1 / length(of), length(of)), of))
  by_component <- lapply(setNames(nm = names(components)), function(name) {
    weights <- weights_of[[name]]
    if (is.null(weights)) {
      return(list(score = NA, se = NA, low = NA, high = NA, deff = NA))
    }
    stat <- mean_of(weights)
    answers <- sum(m[, paste0("m", names(weights))])
    stopifnot(answers >= 30)
    independent <- sum(weights^2 * alone[names(weights)])
    result <- c(
      list(score = percent(stat$score), se = percent(stat$se)), limits(stat$score, stat$se, df),
      list(deff = if (independent > 0) stat$se^2 / independent else NA)
    )
    if (stat$se == 0 && rule == "top2") {
      result$wilson <- wilson(stat$score, answers)
    }
    result
  })

  group <- mean_of(unlist(lapply(unname(weights_of), function(w) w / length(weights_of))))
  list(
    items = by_item,
    components = by_component,
    group = c(
      list(score = percent(group$score), se = percent(group$se)), limits(group$score, group$se, df)
    )
  )
}

case_of <- function(name) {
  answers <- cases[[name]]
  clusters <- lapply(split(answers, answers$cluster), function(rows) {
    lapply(rows[items], function(column) tabulate(column, 5))
  })
  answers <- answers[rowSums(!is.na(answers[items])) > 0, ]
  list(
    name = name,
    design_clusters = length(unique(answers$cluster)),
    clusters = unname(clusters),
    top2 = figures(answers, "top2"),
    mean5 = figures(answers, "mean5")
  )
}

json <- function(value) jsonlite::toJSON(value, auto_unbox = TRUE, digits = I(12), na = "null")

source <- sprintf(
  "tests/oracle/intervals.R, R %s, survey %s", getRversion(), packageVersion("survey")
)
definitions <- list(
  unit = "percent, but deff",
  design = paste(
    "clusters as PSUs, one stratum, weights 1, no fpc; C = design_clusters = clusters with a valid",
    "answer to any item"
  ),
  interval = "score -+ qt(0.975, C - 1) se, cut at 0 and 100",
  item_deff = "se^2 / (S^2 / m), S^2 = sum (y - r)^2 / (m - 1) over the m valid answers",
  component_deff = "se^2 / (sum_j S_j^2 / m_j / J^2) over its J items with answers",
  wilson = paste(
    "items: on m / max(deff, 1) answers, m without deff; components: where se is 0, on all valid answers"
  )
)
cat(sprintf('{"source":%s,\n"definitions":%s,\n"cases":[\n', json(source), json(definitions)))
cat(vapply(names(cases), function(name) json(case_of(name)), ""), sep = ",\n")
cat("]}\n")
