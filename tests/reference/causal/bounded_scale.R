# Values of R for tests/reference/causal: Rscript bounded_scale.R > bounded_scale.csv, in this folder.
# R 4.2.2, base only: equal change on the scale under an ordered probit of the three group-moments without the approach,
# by the likelihood itself, and again without each team in turn; beside it the difference in change in points.
p <- read.csv("pairs.csv")
underlying <- function(d) {
  score <- c(d$before, d$after[d$treated == 0])
  later <- rep(c(0, 1), c(nrow(d), sum(d$treated == 0))); treated <- c(d$treated, rep(0, sum(d$treated == 0)))
  level <- sort(unique(score)); k <- length(level); place <- match(score, level)
  cuts <- function(x) c(-Inf, cumsum(c(x[1], exp(x[2:(k - 1)]))), Inf)
  minus <- function(x) {
    moved <- x[k] * later + x[k + 1] * treated; at <- cuts(x)
    -sum(log(pnorm(at[place + 1] - moved) - pnorm(at[place] - moved)))
  }
  start <- c(qnorm(mean(score == level[1])), rep(0, k - 2), 0, 0)
  for (again in 1:5) start <- optim(start, minus, method = "BFGS", control = list(reltol = 1e-15, maxit = 5000))$par
  share <- diff(pnorm(cuts(start) - start[k] - start[k + 1]))
  mean(d$after[d$treated == 1]) - sum(share * level)
}
points <- function(d) { change <- d$after - d$before; mean(change[d$treated == 1]) - mean(change[d$treated == 0]) }
out <- function(name, value) cat(paste0(name, ",", format(value, digits = 10, trim = TRUE), "\n"), sep = "")
cat("name,value\n")
for (name in c("underlying", "points")) {
  figure <- get(name)
  out(name, figure(p))
  out(paste0(name, "_jackknife_se"), sqrt(sum((sapply(unique(p$team), function(one) figure(p[p$team != one, ])) - figure(p))^2)))
}
