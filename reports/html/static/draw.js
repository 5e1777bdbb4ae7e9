"use strict";
// Draws every chart from the JSON beside it, and opens the tables when the report is printed.
const quiet = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false, showTips: false };
for (const place of document.querySelectorAll("[data-chart]")) {
  const chart = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  Plotly.newPlot(place, chart.data, chart.layout, quiet);
}
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const one of opened) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
});
