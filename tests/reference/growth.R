# Expected values of test_growth.py, made with R 4.2.2 and lme4 1.1-31 (Debian 12):
#   Rscript tests/reference/growth.R > tests/reference/growth.csv
suppressMessages(library(lme4))
d <- read.csv("tests/reference/data/effect_synth.csv")
d$years <- d$months / 12
m <- lmer(score ~ years + (years | client), data = d, control = lmerControl(optimizer = "bobyqa",
  check.conv.singular = "ignore", optCtrl = list(rhobeg = 1e-3, rhoend = 1e-9)))
s <- summary(m)$coefficients
v <- VarCorr(m)$client
values <- c(intercept = s[1, 1], intercept_error = s[1, 2], per_year = s[2, 1], per_year_error = s[2, 2],
  variance_intercept = v[1, 1], covariance = v[1, 2], variance_slope = v[2, 2], residual = sigma(m)^2,
  log_likelihood = as.numeric(logLik(m)))
cat("name,value\n")
cat(sprintf("%s,%.10g\n", names(values), values), sep = "")
