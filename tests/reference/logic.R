# Outside numbers for indicators/results_logic. Run: Rscript tests/reference/logic.R
# 1. Fieller's interval of a ratio of sums: the values of beta that a paired t-test does not refuse.
a <- c(1.2, 0.4, 2.9, -0.3, 1.8, 0.9, 2.2, 0.1)
b <- c(2.0, 0.7, 3.1, 0.2, 2.6, 1.1, 2.4, 0.5)
p_value <- function(beta) t.test(a - beta * b)$p.value
centre <- sum(a) / sum(b)
low <- uniroot(function(beta) p_value(beta) - 0.05, c(-5, centre), tol = 1e-12)$root
high <- uniroot(function(beta) p_value(beta) - 0.05, c(centre, 20), tol = 1e-12)$root
cat(sprintf("fieller %.8f %.8f %.8f\n", centre, low, high))
# 2. Relative difference of two rates: Poisson regression on counts with client-years as exposure.
counts <- c(40, 25); years <- c(100, 120); period <- factor(c("early", "late"))
fit <- summary(glm(counts ~ period, offset = log(years), family = poisson))$coefficients
cat(sprintf("rate_ratio %.8f %.8f\n", fit[2, 1], fit[2, 2]))
# 3. Difference of two shares, Agresti and Caffo (2000): one success and one failure added to each group, then Wald.
x <- c(20, 10) + 1; n <- c(200, 200) + 2
wald <- prop.test(rev(x), rev(n), correct = FALSE)$conf.int
cat(sprintf("agresti_caffo %.8f %.8f\n", wald[1], wald[2]))
# 4. Random effects of DerSimonian and Laird with best linear predictions per group, by metafor (Debian
#    r-cran-metafor), on the log risk ratios of the thirteen BCG vaccine trials (Colditz and others, 1994).
treated <- rbind(c(4, 119), c(6, 300), c(3, 228), c(62, 13536), c(33, 5036), c(180, 1361), c(8, 2537), c(505, 87886),
                 c(29, 7470), c(17, 1699), c(186, 50448), c(5, 2493), c(27, 16886))
control <- rbind(c(11, 128), c(29, 274), c(11, 209), c(248, 12619), c(47, 5761), c(372, 1079), c(10, 619), c(499, 87892),
                 c(45, 7232), c(65, 1600), c(141, 27197), c(3, 2338), c(29, 17825))
data <- metafor::escalc(measure = "RR", ai = treated[, 1], bi = treated[, 2], ci = control[, 1], di = control[, 2])
fit <- metafor::rma(yi, vi, data = data, method = "DL")
each <- metafor::blup(fit)
cat(sprintf("dl %.8f %.8f %.8f\n", fit$tau2, fit$b, fit$se))
cat("blup", sprintf("%.8f", each$pred), "\n")
cat("blup_se", sprintf("%.8f", each$se), "\n")
