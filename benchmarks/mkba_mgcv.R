# EVPPI by mgcv on draws.csv (net benefit, then one column per input): Rscript mkba_mgcv.R FOLDER
library(mgcv)
draws <- as.matrix(read.csv(file.path(commandArgs(TRUE)[1], "draws.csv"), header = FALSE))
start <- proc.time()[["elapsed"]]
evppi <- sapply(2:ncol(draws), function(j) {
  frame <- data.frame(y = draws[, 1], x = draws[, j])
  expected <- fitted(gam(y ~ s(x, bs = "cr"), data = frame))
  mean(pmax(0, expected)) - max(0, mean(expected))
})
seconds <- proc.time()[["elapsed"]] - start
cat(sprintf('{"seconds": %.3f, "evppi": [%s]}', seconds, paste(sprintf("%.6f", evppi), collapse = ", ")))
