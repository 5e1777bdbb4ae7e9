# Writes wild.csv: Rscript wild.R, in this folder. Base R only; every draw is estimated anew, with every team left out once.
# Restricted wild bootstrap by team with the jackknife error in both places (WCR33), all 2^9 patterns of signs.
all <- read.csv("staggered.csv")
early <- all[all$period < 5, ]
teams <- sort(unique(all$team))
p_value <- function(d) {
  effect <- function(y, kept) coef(lm(y[kept] ~ exposed + factor(team) + factor(period), data = d[kept, ]))[["exposed"]]
  t <- function(y) {
    whole <- effect(y, rep(TRUE, nrow(d)))
    whole / sqrt(sum((sapply(teams, function(team) effect(y, d$team != team)) - whole)^2))
  }
  null <- lm(score ~ factor(team) + factor(period), data = d)
  signs <- as.matrix(expand.grid(rep(list(c(-1, 1)), length(teams))))
  drawn <- apply(signs, 1, function(sign) t(fitted(null) + residuals(null) * sign[match(d$team, teams)]))
  mean(abs(drawn) >= abs(t(d$score)) - 1e-9)
}
found <- data.frame(name = c("all", "early"), p_value = c(p_value(all), p_value(early)))
write.csv(found, "wild.csv", row.names = FALSE, quote = FALSE)
