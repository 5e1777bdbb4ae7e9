# Expected values of test_regression_to_mean.py, made with R 4.2.2:
#   Rscript tests/reference/regression_to_mean.R > tests/reference/regression_to_mean.csv
# Language test of Mee and Chua 1991 (published): eight people, before and after.
before <- c(45, 52, 63, 68, 57, 55, 60, 59)
after <- c(49, 50, 70, 71, 53, 61, 62, 67)
cat("mean,change,error,t,p_value,low,high\n")
for (mu in c(60, 65, 70, 75, 80)) {
  centred <- before - mu
  m <- lm(I(after - mu) ~ centred)
  s <- summary(m)$coefficients[1, ]
  cat(sprintf("%g,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g\n", mu, s[1], s[2], s[3], s[4], confint(m)[1, 1], confint(m)[1, 2]))
}
