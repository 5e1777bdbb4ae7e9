"use strict";
// What is typed becomes the same records as in the app; the file with them is read by `wijkbaat circle import`.
const told = JSON.parse(document.getElementById("told").textContent);
const place = "wijkbaat-" + told.session;
const say = (words) => { document.getElementById("said").textContent = words; };
const mark = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
const read = () => { try { return JSON.parse(localStorage.getItem(place)) || []; } catch { return []; } };
let records = read();
const add = (kind, said) => {
  records.push({ kind, id: mark(), session: told.session, on: told.session, ...said });
  try { localStorage.setItem(place, JSON.stringify(records)); } catch { say("Deze browser onthoudt niets: bewaar straks als bestand."); }
};
const number = (input) => Math.max(0, parseInt(input.value, 10) || 0);
const present = () => Object.fromEntries(
  [...document.querySelectorAll("[data-present]")].map((one) => [one.dataset.present, number(one)]).filter(([, n]) => n > 0));
const revealed = (key) => records.some((one) => one.kind === "revealed" && one.figure === key);
const show = () => {
  for (const one of document.querySelectorAll("[data-revealed]")) one.hidden = !revealed(one.dataset.revealed);
  const list = document.getElementById("laid");
  list.replaceChildren(...records.filter((one) => one.kind === "card").map((one) => {
    const item = document.createElement("li");
    item.textContent = one.text;
    return item;
  }));
};
for (const button of document.querySelectorAll("[data-reveal]")) button.addEventListener("click", () => {
  const figure = button.dataset.reveal;
  if (revealed(figure)) return;
  let raised = 0;
  for (const row of document.querySelectorAll("[data-hands]")) {
    if (row.dataset.hands !== figure) continue;
    const hands = Object.fromEntries([...row.querySelectorAll("[data-way]")].map((one) => [one.dataset.way, number(one)]));
    if (hands.up + hands.equal + hands.down === 0) continue;
    raised += 1;
    add("guess", { figure, group: row.dataset.group, ...hands });
  }
  if (!raised) return say("Raad eerst: tel de handen.");
  add("revealed", told.shows[figure] === null ? { figure } : { figure, shows: told.shows[figure] });
  say("Onthuld.");
  show();
});
document.getElementById("lay").addEventListener("click", () => {
  const text = document.getElementById("text");
  if (text.value.trim().length < 2) return say("Schrijf eerst iets op.");
  const of = (name) => document.getElementById(name).value;
  add("card", { topic: of("topic"), round: of("round"), group: of("group"), text: text.value.trim() });
  text.value = "";
  say("De kaart ligt er.");
  show();
});
document.getElementById("large").addEventListener("click", (event) => {
  const on = document.body.classList.toggle("big");
  event.target.setAttribute("aria-pressed", on);
});
document.getElementById("save").addEventListener("click", () => {
  const question = document.getElementById("question").value.trim();
  const open = { kind: "opened", id: "open-" + told.session, session: told.session, on: told.session,
    agenda: told.agenda, present: present(), release: told.release, question };
  const file = new Blob([JSON.stringify({ wijkbaat: "leerkring", records: [open, ...records] }, null, 1)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "leerkring-" + told.session + ".json";
  link.click();
  say("Bewaard als " + link.download + ".");
});
show();
