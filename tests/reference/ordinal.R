# Expected values of test_ordinal.py, made with R 4.2.2 and ordinal 2022.11-16 (Debian 12):
#   Rscript tests/reference/ordinal.R > tests/reference/ordinal.csv
# data/effect_synth.csv is invented: 8 teams, 2 arms, 3 waves, scores 1 to 5, drop-out that depends on the score.
suppressMessages(library(ordinal))
d <- read.csv("tests/reference/data/effect_synth.csv")
d$y <- factor(d$score); d$wave <- factor(d$wave); d$arm <- factor(d$arm)
d$client <- factor(d$client); d$team <- factor(d$team)
line <- function(name, values) cat(sprintf("%s,%s,%.10g\n", name, names(values), values), sep = "")
cat("model,name,value\n")
one <- clmm(y ~ wave * arm + (1 | client), data = d, nAGQ = 15, control = clmm.control(gradTol = 1e-7))
line("client", coef(one))
line("client", c(sigma = as.numeric(one$ST[[1]]), logLik = as.numeric(logLik(one))))
se <- sqrt(diag(vcov(one)))
line("client", setNames(se[seq_along(coef(one))], paste0("se_", names(coef(one)))))
two <- clmm(y ~ wave * arm + (1 | client) + (1 | team), data = d)    # Laplace: R has no quadrature for two intercepts
line("team_laplace", coef(two))
line("team_laplace", c(sigma = as.numeric(two$ST$client), tau = as.numeric(two$ST$team), logLik = as.numeric(logLik(two))))
rough <- clmm(y ~ wave * arm + (1 | client), data = d)
line("client_laplace", c(logLik = as.numeric(logLik(rough))))
