# Expected values of test_agreement.py, made with R 4.2.2 and psych 2.2.9 (Debian 12):
#   Rscript tests/reference/agreement.R > tests/reference/agreement.csv
# Invented double ratings of one life domain: rows the first rater's score 1 to 5, columns the second's.
suppressMessages(library(psych))
tables <- list(
  good = matrix(c(6, 2, 0, 0, 0, 1, 9, 4, 0, 0, 0, 3, 14, 5, 0, 0, 0, 4, 18, 3, 0, 0, 0, 2, 9), 5, byrow = TRUE),
  second_rates_higher = matrix(c(2, 5, 3, 0, 0, 0, 3, 9, 4, 0, 0, 1, 5, 12, 3, 0, 0, 0, 6, 11, 0, 0, 0, 1, 8), 5, byrow = TRUE),
  poor = matrix(c(1, 2, 3, 2, 0, 2, 1, 4, 3, 1, 1, 4, 3, 5, 2, 0, 3, 5, 2, 4, 0, 1, 2, 3, 2), 5, byrow = TRUE)
)
cat("name", paste0("c", rep(1:5, each = 5), rep(1:5, 5)), "icc_agreement", "icc_consistency", "weighted_kappa", sep = ",")
cat("\n")
for (name in names(tables)) {
  t <- tables[[name]]
  cells <- which(t > 0, arr.ind = TRUE)
  ratings <- cells[rep(seq_len(nrow(cells)), t[t > 0]), ]
  icc <- suppressWarnings(suppressMessages(ICC(ratings, lmer = FALSE)))$results
  kappa <- cohen.kappa(t)$weighted.kappa
  cat(name, as.vector(t(t)), sprintf("%.12g", c(icc$ICC[2], icc$ICC[3], kappa)), sep = ",")
  cat("\n")
}
