# Expected values of test_reliable_change.py, made with R 4.2.2, base only, person by person:
#   Rscript tests/reference/reliable_change.R > tests/reference/reliable_change.csv
# data/effect_synth.csv, waves 0 and 2. Formulas: Jacobson and Truax 1991; Edwards-Nunnally as in Speer 1992.
d <- read.csv("tests/reference/data/effect_synth.csv")
p <- merge(d[d$wave == 0, c("client", "score")], d[d$wave == 2, c("client", "score")], by = "client")
pre <- p$score.x; post <- p$score.y
cat("method,reliability,recovered,improved,equal,worse,relapsed\n")
for (r in c(.3, .7, .8, .89, .95)) for (method in c("jacobson_truax", "edwards_nunnally")) {
  sem <- sd(pre) * sqrt(1 - r)
  index <- if (method == "jacobson_truax") (post - pre) / sqrt(2 * sem^2) else (post - (r * (pre - mean(pre)) + mean(pre))) / sem
  limit <- qnorm(.975)
  up <- index > limit; down <- index < -limit
  cat(method, r, sum(up & pre < 4 & post >= 4), sum(up & !(pre < 4 & post >= 4)), sum(!up & !down),
    sum(down & !(pre >= 4 & post < 4)), sum(down & pre >= 4 & post < 4), sep = ",")
  cat("\n")
}
