# Expected values of test_teams.py, made with R 4.2.2 and metafor 3.8-1 (Debian 12):
#   Rscript tests/reference/teams.R > tests/reference/teams.csv
# Eight schools: Rubin 1981 (published). The second list is invented and has spread between its groups.
suppressMessages(library(metafor))
lists <- list(
  schools = list(y = c(28, 8, -3, 7, -1, 1, 18, 12), v = c(15, 10, 16, 11, 9, 11, 10, 18)^2),
  spread = list(y = c(.9, .1, -.2, .6, .35, 1.1), v = c(.02, .03, .05, .01, .2, .08))
)
cat("name,group,centre,between,weight,pooled,error\n")
for (name in names(lists)) {
  one <- lists[[name]]
  m <- rma(one$y, one$v, method = "DL")
  b <- blup(m)
  w <- m$tau2 / (m$tau2 + one$v)
  cat(sprintf("%s,%d,%.10g,%.10g,%.10g,%.10g,%.10g\n", name, seq_along(one$y), as.numeric(m$beta), m$tau2, w, b$pred, b$se), sep = "")
}
