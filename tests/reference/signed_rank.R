# Expected values of tests/reference/test_signed_rank.py, made with R 4.2.2, coin 1.4-2 and effectsize 0.8.3 (Debian 12):
#   Rscript tests/reference/signed_rank.R > tests/reference/signed_rank.csv
# One line per table: clients by levels moved, then coin's Pratt test and the textbook effect size.
suppressMessages(library(coin))
set.seed(20240229)
tables <- list(
  ties_and_zeros = c(-1, rep(0, 9), rep(1, 8), 2, 2),   # small example with ties and zeros
  housing_control = rep(-2:2, c(1, 12, 49, 53, 30)),                       # Hurlburt 1996, table of 0 and 24 months
  housing_certificate = rep(-2:2, c(2, 7, 47, 58, 44)),
  one_moved = c(0, 0, 0, 2),
  all_rose = c(1, 1, 2, 3, 1, 4, 2),
  balanced = c(-2, 2, -1, 1, 0, 0, 0)
)
for (size in c(7, 12, 24, 40, 80)) tables[[paste0("random_", size)]] <- sample(-4:4, size, TRUE, c(1, 2, 4, 7, 12, 9, 5, 2, 1))
cat("name,", paste0("d", c(-4:-1, 0, 1:4), collapse = ","), ",z,p_normal,p_exact,rank_biserial\n", sep = "")
for (name in names(tables)) {
  d <- tables[[name]]
  zero <- rep(0, length(d))
  normal <- wilcoxsign_test(d ~ zero, zero.method = "Pratt", distribution = "asymptotic")
  exact <- if (sum(d != 0) <= 50) pvalue(wilcoxsign_test(d ~ zero, zero.method = "Pratt", distribution = "exact")) else NA
  effect <- effectsize::rank_biserial(d, zero, paired = TRUE, ci = NULL)$r_rank_biserial
  counts <- sapply(-4:4, function(k) sum(d == k))
  cat(name, ",", paste(counts, collapse = ","), ",", paste(sprintf("%.12g", c(statistic(normal), pvalue(normal), exact, effect)), collapse = ","), "\n", sep = "")
}
