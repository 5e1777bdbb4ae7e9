# Expected values of test_companions.py, made with R 4.2.2 and coin 1.4-2 (Debian 12):
#   Rscript tests/reference/companions.R > tests/reference/companions.csv
# Vision table: Stuart 1953. Housing: Hurlburt, Wood and Hough 1996, 0 to 24 months.
suppressMessages(library(coin))
tables <- list(
  vision = matrix(c(1520, 266, 124, 66, 234, 1512, 432, 78, 117, 362, 1772, 205, 36, 82, 179, 492), 4, byrow = TRUE),
  housing_control = matrix(c(12, 32, 30, 5, 27, 21, 1, 7, 10), 3, byrow = TRUE),
  housing_certificate = matrix(c(13, 16, 44, 4, 17, 42, 2, 3, 17), 3, byrow = TRUE)
)
cat("name,stuart_maxwell,df,p_value,sign_p,mcnemar_p\n")
for (name in names(tables)) {
  t <- as.table(tables[[name]])
  test <- mh_test(t, distribution = "asymptotic")
  up <- sum(t[upper.tri(t)]); down <- sum(t[lower.tri(t)])
  cut <- 2                                            # sufficient from the second level on
  rose <- sum(t[1:(cut - 1), cut:ncol(t)]); fell <- sum(t[cut:nrow(t), 1:(cut - 1)])
  cat(name, sprintf("%.12g", c(statistic(test), nrow(t) - 1, pvalue(test), binom.test(up, up + down)$p.value,
    binom.test(rose, rose + fell)$p.value)), sep = ",")
  cat("\n")
}
