# Outside values for the MKBA engine, from base R and mgcv: Rscript tests/reference/mkba_reference.R
# Writes data/mkba_evppi.csv and data/mkba_reference.json beside this script. Made with R 4.2, mgcv 1.8-41 (Debian).
library(mgcv)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
p <- c(0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
range_sd <- 2 * qnorm(0.95)

matched <- function(kind, mean, low, high) {
  s <- (high - low) / range_sd
  switch(kind,
    gamma = qgamma(p, shape = (mean / s)^2, rate = mean / s^2),
    lognormal = { v <- log(1 + (s / mean)^2); qlnorm(p, log(mean) - v / 2, sqrt(v)) },
    beta = { k <- mean * (1 - mean) / s^2 - 1; qbeta(p, mean * k, (1 - mean) * k) },
    normal = qnorm(p, mean, s)
  )
}
cases <- list(list("gamma", 100, 60, 150), list("lognormal", 100, 60, 150), list("beta", 0.3, 0.1, 0.55),
              list("normal", -5, -9, -1))
quantiles <- sapply(cases, function(one) {
  values <- paste(sprintf("%.10f", do.call(matched, one)), collapse = ", ")
  sprintf('{"distribution": "%s", "value": %s, "low": %s, "high": %s, "quantiles": [%s]}',
          one[[1]], one[[2]], one[[3]], one[[4]], values)
})

set.seed(20261123)
n <- 2000
draws <- data.frame(bent = rnorm(n), skew = rgamma(n, 2, 1), idle = runif(n))
draws$benefit <- round(0.5 * draws$bent^2 - 0.3 + 0.8 * (draws$skew - 2) + 0.3 * rnorm(n), 4)
draws[1:3] <- round(draws[1:3], 4)
write.csv(draws, file.path(here, "data", "mkba_evppi.csv"), row.names = FALSE, quote = FALSE)
evppi <- sapply(c("bent", "skew", "idle"), function(name) {
  frame <- data.frame(y = draws$benefit, x = draws[[name]])
  expected <- fitted(gam(y ~ s(x, bs = "cr"), data = frame, method = "REML"))
  mean(pmax(0, expected)) - max(0, mean(expected))
})
evpi <- mean(pmax(0, draws$benefit)) - max(0, mean(draws$benefit))
writeLines(sprintf('{"p": [%s],\n "quantiles": [%s],\n "evpi": %.8f, "evppi": {%s}}',
                   paste(p, collapse = ", "), paste(quantiles, collapse = ",\n  "), evpi,
                   paste(sprintf('"%s": %.8f', names(evppi), evppi), collapse = ", ")),
           file.path(here, "data", "mkba_reference.json"))
