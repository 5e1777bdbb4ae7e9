# A series with twelve months left out between before and after: nlme's gls with corAR1 on the month knows the gap.
# Satterthwaite's degrees of freedom from nothing but definitions: the expected restricted information about variance
# and correlation, with derivatives by differences. Run here: Rscript series_gap.R > series_gap.csv
suppressMessages(library(nlme))
d <- read.csv("series.csv"); d$month <- seq_len(nrow(d))
d <- d[d$month <= 24 | d$month > 36, ]
d$after <- as.numeric(d$month > 36); d$bend <- d$after * (d$month - 36)
fit <- gls(value ~ month + after + bend, d, correlation = corAR1(form = ~month))
rho <- unname(coef(fit$modelStruct$corStruct, unconstrained = FALSE))
new <- sigma(fit)^2 * (1 - rho^2)
X <- model.matrix(~ month + after + bend, d); apart <- abs(outer(d$month, d$month, "-"))
V <- function(p) p[1] / (1 - p[2]^2) * p[2]^apart
step <- function(p) solve(t(X) %*% solve(V(p)) %*% X)["after", "after"]
at <- c(new, rho); h <- 1e-5
moved <- function(f, i) { up <- down <- at; up[i] <- up[i] + h; down[i] <- down[i] - h; (f(up) - f(down)) / (2 * h) }
S <- solve(V(at)); P <- S - S %*% X %*% solve(t(X) %*% S %*% X) %*% t(X) %*% S
slopes <- lapply(1:2, function(i) moved(V, i)); g <- sapply(1:2, function(i) moved(step, i))
information <- outer(1:2, 1:2, Vectorize(function(i, j) sum(diag(P %*% slopes[[i]] %*% P %*% slopes[[j]])) / 2))
freedom <- 2 * step(at)^2 / drop(t(g) %*% solve(information) %*% g)
cat("name,value\n")
show <- function(name, value) cat(sprintf("%s,%.12g\n", name, value))
show("step", coef(fit)["after"]); show("step_se", sqrt(vcov(fit)["after", "after"]))
show("autocorrelation", rho); show("degrees_of_freedom", freedom)
