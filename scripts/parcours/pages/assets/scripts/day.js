/* A day of a month, where there is no room for its meetings, opens below: they alone stand there.
   Of many, its cell names the first: the others begin on it. */
const OPENERS = "[href='#pc-month-list']";

const open = (opener) => {
  const { day } = opener.closest("td").dataset;
  const table = opener.closest("table");
  const list = table.parentElement.querySelector(".pc-month-list");
  const rows = [...list.querySelectorAll(".pc-item")];
  const entries = [...opener.closest("td").querySelectorAll(".pc-day__events a")];
  const held = new Set(entries.map(({ href }) => href));
  for (const one of table.querySelectorAll(OPENERS)) one.ariaExpanded = null;
  opener.ariaExpanded = "true";
  for (const row of rows) {
    row.hidden = !(held.has(row.querySelector(".pc-item__title a").href) || row.querySelector(`[datetime^="${day}"]`));
  }
  let all = table.parentElement.querySelector(".pc-day__all");
  if (!all) {
    all = document.createElement("p");
    all.className = "pc-day__all";
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "md-button", textContent: words.wholeMonth,
    });
    if (words.foreign) button.lang = words.foreign;
    all.append(button);
    list.before(all);
  }
  all.hidden = false;
  all.firstChild.onclick = () => {
    for (const row of list.querySelectorAll(".pc-item")) row.hidden = false;
    opener.ariaExpanded = null;
    all.hidden = true;
    opener.focus();
  };
  const [first] = rows.filter((row) => !row.hidden);
  first?.querySelector(".pc-item__title a").focus();
};

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.(OPENERS);
  if (!opener) return;
  event.preventDefault();
  open(opener);
});

const now = new Date();
const two = (n) => String(n).padStart(2, "0");
const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
for (const cell of document.querySelectorAll(`.pc-month [data-day="${today}"]`)) {
  cell.setAttribute("aria-current", "date");
}
