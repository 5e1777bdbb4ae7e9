# Expected values of test_synthesis.py, made with R 4.2.2 and metafor 3.8-1 (Debian 12):
#   Rscript tests/reference/synthesis.R > tests/reference/synthesis.csv
# bcg: thirteen trials of the BCG vaccine, log risk ratios (Colditz e.a. 1994, published with metafor).
# schools: Rubin 1981 (published): no spread beyond chance. The third list is invented, and has three groups only.
suppressMessages(library(metafor))
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
lists <- list(
  bcg = list(y = as.numeric(bcg$yi), v = as.numeric(bcg$vi)),
  schools = list(y = c(28, 8, -3, 7, -1, 1, 18, 12), v = c(15, 10, 16, 11, 9, 11, 10, 18)^2),
  three = list(y = c(.9, .1, -.2), v = c(.02, .03, .05))
)
cat("name,given,estimate,variance,between,mean,se,low,high,p_value,between_low,between_high\n")
for (name in names(lists)) {
  one <- lists[[name]]
  m <- rma(one$y, one$v, method = "PM", test = "adhoc", control = list(tol = 1e-14))
  # The Q-profile interval of the spread (Viechtbauer 2007).
  q <- confint(m, control = list(tol = 1e-12, tau2.max = 1e6))$random["tau", c("ci.lb", "ci.ub")]
  cat(sprintf("%s,%d,%.12g,%.12g,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g\n", name, seq_along(one$y), one$y,
    one$v, sqrt(m$tau2), as.numeric(m$beta), m$se, m$ci.lb, m$ci.ub, m$pval, q[1], q[2]), sep = "")
}
# With a feature: whether the allocation of a trial of BCG was random.
m <- rma(yi, vi, mods = ~ I(alloc == "random"), data = bcg, method = "PM", test = "adhoc", control = list(tol = 1e-14))
write(sprintf("difference,low,high,p_value\n%.10g,%.10g,%.10g,%.10g", m$beta[2], m$ci.lb[2], m$ci.ub[2], m$pval[2]),
  "tests/reference/synthesis_feature.csv")
