# Values of R for tests/reference/causal: Rscript reference.R > reference.csv, in this folder.
# R 4.2.2; packages survival, msm, nlme, sandwich, clubSandwich, mice, quadprog from Debian. Estimators that no package has
# (not-yet-started comparison, imputation, doubly robust) are written out here, apart from the Python code.
suppressMessages({library(survival); library(msm); library(nlme); library(sandwich); library(clubSandwich); library(mice); library(quadprog)})
out <- function(name, value) cat(paste0(name, ",", format(value, digits = 12, trim = TRUE), "\n"), sep = "")
cat("name,value\n")

# Staggered start ------------------------------------------------------------------------------------------
s <- read.csv("staggered.csv")
first <- tapply(ifelse(s$exposed == 1, s$period, NA), s$team, function(x) suppressWarnings(min(x, na.rm = TRUE)))
imputed <- function(d) {
  fit <- lm(score ~ factor(team) + factor(period), d[d$exposed == 0, ])
  e <- d[d$exposed == 1, ]
  n0 <- tapply(d$team[d$exposed == 0], factor(d$period[d$exposed == 0], levels = 0:5), function(x) length(unique(x)))
  mean(e$score - predict(fit, e))
}
group_time <- function(d, event = NULL) {
  m <- tapply(d$score, list(factor(d$team, levels = 0:8), factor(d$period, levels = 0:5)), mean)
  n <- tapply(d$score, list(factor(d$team, levels = 0:8), factor(d$period, levels = 0:5)), length)
  total <- 0; mass <- 0
  for (j in which(is.finite(first))) for (t in 1:6) {
    if (is.na(n[j, t])) next
    b <- first[j]                                    # column of the last period before the start
    if (t == b || (is.null(event) && t - 1 < first[j])) next
    if (!is.null(event) && t - 1 - first[j] != event) next
    others <- which(first != first[j] & first > t - 1 & first > b - 1 & !is.na(n[, t]) & !is.na(n[, b]))
    w <- 1 / (1 / n[others, t] + 1 / n[others, b])
    effect <- m[j, t] - m[j, b] - sum(w * (m[others, t] - m[others, b])) / sum(w)
    total <- total + n[j, t] * effect; mass <- mass + n[j, t]
  }
  total / mass
}
jackknife <- function(f, d) {
  point <- f(d); teams <- unique(d$team)
  each <- sapply(teams, function(one) f(d[d$team != one, ]))
  sqrt(sum((each - point)^2))
}
out("imputed", imputed(s)); out("imputed_se", jackknife(imputed, s))
out("group_time", group_time(s)); out("group_time_se", jackknife(group_time, s))
for (e in c(-2, 0, 1)) out(paste0("event_", e), group_time(s, e))
# Team effects swept out first: with them as columns, a team cannot be left out.
x <- cbind(exposed = s$exposed, model.matrix(~ factor(period), s)[, -1]); x <- apply(x, 2, function(v) v - ave(v, s$team))
fit <- lm(y ~ 0 + ., data.frame(y = s$score - ave(s$score, s$team), x))
cr3 <- vcovCR(fit, cluster = s$team, type = "CR3")
out("two_way", coef(fit)["exposed"]); out("two_way_cr3_se", sqrt(cr3["exposed", "exposed"]))
out("two_way_df", coef_test(fit, cr3, test = "Satterthwaite")["exposed", "df_Satt"])
plain <- lm(score ~ 1, s); cr3 <- vcovCR(plain, cluster = s$team, type = "CR3")
out("mean_cr3_se", sqrt(cr3[1, 1])); out("mean_df", coef_test(plain, cr3, test = "Satterthwaite")$df_Satt)

# Comparison group -----------------------------------------------------------------------------------------
p <- read.csv("pairs.csv"); p$change <- p$after - p$before
did <- lm(change ~ treated, p); cr3 <- vcovCR(did, cluster = p$team, type = "CR3")
out("did", coef(did)["treated"]); out("did_cr3_se", sqrt(cr3["treated", "treated"]))
out("did_df", coef_test(did, cr3, test = "Satterthwaite")["treated", "df_Satt"])
ancova <- lm(after ~ treated + before, p); cr3 <- vcovCR(ancova, cluster = p$team, type = "CR3")
out("ancova", coef(ancova)["treated"]); out("ancova_slope", coef(ancova)["before"])
out("ancova_cr3_se", sqrt(cr3["treated", "treated"]))
ps <- fitted(glm(treated ~ before + age, binomial, p)); odds <- ps / (1 - ps); c0 <- p$treated == 0
out("weighted", mean(p$change[!c0]) - weighted.mean(p$change[c0], odds[c0]))
rest <- p$change - predict(lm(change ~ before + age, p[c0, ]), p)
out("doubly_robust", mean(rest[!c0]) - weighted.mean(rest[c0], odds[c0]))
out("smd_before", (mean(p$before[!c0]) - mean(p$before[c0])) / sd(p$before[!c0]))
out("smd_before_weighted", (mean(p$before[!c0]) - weighted.mean(p$before[c0], odds[c0])) / sd(p$before[!c0]))

# Use in the first year, which has no starting value --------------------------------------------------------
# Only clients within the range of propensities that both groups reach.
u <- read.csv("use.csv"); known <- ~ level + finances + half_year
ps <- fitted(glm(update(known, treated ~ .), binomial, u)); range_of <- sapply(split(ps, u$treated), range)
u <- u[ps >= max(range_of[1, ]) & ps <= min(range_of[2, ]), ]; u0 <- u$treated == 0
out("use_n", nrow(u))
equal <- lm(update(known, events ~ treated + .), u); cr3 <- vcovCR(equal, cluster = u$team, type = "CR3")
out("use_equal", coef(equal)["treated"]); out("use_equal_cr3_se", sqrt(cr3["treated", "treated"]))
plain <- lm(events ~ treated, u); cr3 <- vcovCR(plain, cluster = u$team, type = "CR3")
out("use_plain", coef(plain)["treated"]); out("use_plain_cr3_se", sqrt(cr3["treated", "treated"]))
out("use_plain_df", coef_test(plain, cr3, test = "Satterthwaite")["treated", "df_Satt"])
ps <- fitted(glm(update(known, treated ~ .), binomial, u)); odds <- ps / (1 - ps)
out("use_weighted", mean(u$events[!u0]) - weighted.mean(u$events[u0], odds[u0]))
rest <- u$events - predict(lm(update(known, events ~ .), u[u0, ]), u)
out("use_doubly_robust", mean(rest[!u0]) - weighted.mean(rest[u0], odds[u0]))

# One series -----------------------------------------------------------------------------------------------
r <- read.csv("series.csv"); r$after <- as.numeric(r$month > 36); r$bend <- r$after * (r$month - 36)
ols <- lm(value ~ month + after + bend + factor(season), r)
nw <- NeweyWest(ols, lag = 3, prewhite = FALSE, adjust = FALSE)
out("step", coef(ols)["after"]); out("step_se", sqrt(nw["after", "after"])); out("bend_se", sqrt(nw["bend", "bend"]))
ar <- gls(value ~ month + after + bend + factor(season), r, correlation = corAR1())
out("step_ar", coef(ar)["after"]); out("step_ar_se", sqrt(vcov(ar)["after", "after"]))
out("autocorrelation", coef(ar$modelStruct$corStruct, unconstrained = FALSE))

# Relapse --------------------------------------------------------------------------------------------------
l <- read.csv("levels.csv")
one <- do.call(rbind, lapply(split(l, l$client), function(d) {
  o <- which(d$level >= 4)[1]
  if (is.na(o) || o == nrow(d)) return(NULL)
  later <- d[(o + 1):nrow(d), ]; bad <- which(later$level < 4)[1]
  good_until <- if (is.na(bad)) max(later$month) else max(d$month[o], later$month[seq_len(bad - 1)])
  data.frame(client = d$client[1], early = good_until - d$month[o], late = (if (is.na(bad)) good_until else later$month[bad]) - d$month[o],
             event = as.numeric(!is.na(bad)))
}))
out("n_spells", nrow(one)); out("n_relapsed", sum(one$event))
late <- summary(survfit(Surv(late, event) ~ 1, one, conf.type = "log-log"), times = c(6, 12))
early <- summary(survfit(Surv(early, event) ~ 1, one), times = 12)
out("lasting_6", late$surv[1]); out("lasting_12", late$surv[2]); out("lasting_12_low", late$lower[2])
out("lasting_12_high", late$upper[2]); out("lasting_12_early", early$surv)

# Moves between levels -------------------------------------------------------------------------------------
q <- matrix(0, 5, 5); q[abs(row(q) - col(q)) == 1] <- 0.05
fit <- msm(level ~ month, subject = client, data = l, qmatrix = q, control = list(fnscale = 1000, reltol = 1e-14, maxit = 5000))
out("deviance", fit$minus2loglik); rates <- qmatrix.msm(fit, ci = "none")
for (i in 1:5) for (j in 1:5) if (abs(i - j) == 1) out(paste0("rate_", i, j), rates[i, j])
out("rate_12_low", qmatrix.msm(fit)$L[1, 2]); out("stay_4", sojourn.msm(fit)$estimates[4])
out("months_4_or_5_of_12", sum(totlos.msm(fit, start = 4, tot = 12, ci = "none")[4:5]))

# Rubin's rules (mice, pool.scalar) -------------------------------------------------------------------------
pooled <- pool.scalar(c(.50, .55, .48, .60, .52), c(.010, .012, .009, .011, .010), n = 200, k = 1)
for (name in c("qbar", "ubar", "b", "t", "df", "fmi")) out(paste0("rubin_", name), pooled[[name]])

# One municipality beside a mix of others: the weights as a quadratic programme (quadprog) ---------------------
m <- as.matrix(read.csv("municipalities.csv")); before <- 1:16
gap <- function(unit, donors) {
  y <- sweep(m, 2, colMeans(m[before, ])); d <- y[before, donors]
  fit <- solve.QP(crossprod(d), crossprod(d, y[before, unit]), cbind(1, diag(length(donors))), c(1, rep(0, length(donors))), meq = 1)
  list(weights = fit$solution, gap = y[, unit] - y[, donors] %*% fit$solution)
}
own <- gap(1, 2:13)
for (j in 1:12) out(paste0("weight_", j), own$weights[j])
rms <- function(x) sqrt(mean(x^2))
each <- sapply(1:13, function(j) { g <- gap(j, setdiff(1:13, j))$gap; c(rms(g[before]), rms(g[-before]) / rms(g[before])) })
ratio <- each[2, each[1, ] <= 2 * median(each[1, ])] # the own one stays first
out("imitated_effect", mean(own$gap[-before])); out("imitated_error_before", rms(own$gap[before]))
out("imitated_p", mean(ratio >= ratio[1]))
without <- sapply(which(own$weights > 1e-9), function(j) mean(gap(1, setdiff(2:13, j + 1))$gap[-before]))
out("imitated_lowest", min(mean(own$gap[-before]), without)); out("imitated_highest", max(mean(own$gap[-before]), without))
