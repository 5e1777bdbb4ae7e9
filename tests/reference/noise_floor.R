# Expected values of test_noise_floor.py, made with R 4.2.2 and mvtnorm (Debian 12):
#   Rscript tests/reference/noise_floor.R > tests/reference/noise_floor.csv
# Two ratings of unchanged people: a bivariate normal score with correlation r, cut into the start distribution.
library(mvtnorm)
starts <- list(mild = c(.05, .12, .23, .30, .30), low = c(.30, .35, .20, .10, .05), gap = c(.2, 0, .5, .3, 0))
cat("name,reliability,up,down,up_from_low,gain_from_low\n")
for (name in names(starts)) for (r in c(.6, .7, .8, .9)) {
  p <- starts[[name]]
  cut <- qnorm(c(0, pmin(cumsum(p), 1)))
  below <- function(i, j) if (i == 1 || j == 1) 0 else if (cut[i] == Inf) pnorm(cut[j]) else if (cut[j] == Inf) pnorm(cut[i]) else
    if (cut[i] == -Inf || cut[j] == -Inf) 0 else pmvnorm(upper = c(cut[i], cut[j]), corr = matrix(c(1, r, r, 1), 2), algorithm = TVPACK())
  cell <- function(i, j) below(i + 1, j + 1) - below(i, j + 1) - below(i + 1, j) + below(i, j)
  chance <- outer(1:5, 1:5, Vectorize(cell))
  move <- outer(1:5, 1:5, function(i, j) j - i)
  low <- chance[1:2, ]
  cat(name, sprintf("%.10g", c(r, sum(chance[move > 0]), sum(chance[move < 0]), sum(low[move[1:2, ] > 0]) / sum(low),
    sum(low * move[1:2, ]) / sum(low))), sep = ",")
  cat("\n")
}
