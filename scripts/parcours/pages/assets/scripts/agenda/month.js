/* A month as a grid of days. */
const fullDay = dates({ dateStyle: "full" });
/* In French, the first of a month is no number like the others. */
const wholeDay = (day) => (language.startsWith("fr") ? fullDay(day).replace(/(?<=\s)1(?=\s)/, "1er") : fullDay(day));
const nextDay = (day, days = 1) => {
  const date = new Date(`${day}T00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};
const nextMonth = (month, months) => {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + months)).toISOString().slice(0, 7);
};

/* How many meetings the cell of a day shows, as pages/agenda.py has it. */
const SHOWN = 8;

/** Each day from the first to the last of every time of a meeting. */
const daysOf = ({ start, days }) => {
  const found = [];
  for (const span of days.length ? days : [`${start.slice(0, 10)}/${start.slice(0, 10)}`]) {
    const [first, last] = span.split("/");
    for (let day = first; day <= last; day = nextDay(day)) {
      found.push(day);
    }
  }
  return found;
};

/** Marks the day of today in a month that is there. */
const mark = (table) => {
  table.querySelector(`[data-day="${today}"]`)?.setAttribute("aria-current", "date");
};

/** The month in its element: `show(state, found, range)` draws it, and gives the sentence that
    counts; *range* holds the first and the last month with meetings. */
const meetingMonth = ({ grid, dated, entryTemplate, texts, addressOf }) => {
  const count = counting(texts);
  // Its hour stands on the day on which it begins.
  const entry = (one, day) => {
    const begins = one.hour && one.start.startsWith(day);
    return drawn(entryTemplate, one, begins ? {} : { hour: "", zone: "" });
  };
  const cell = (day, month, found) => {
    if (!day.startsWith(month)) {
      return make("td", "pc-day pc-day--beside");
    }
    const element = make("td", "pc-day");
    element.dataset.day = day;
    element.append(make("span", "pc-day__number", Number(day.slice(8))));
    if (found) {
      element.classList.add("pc-day--busy");
      const dots = make("span", "", "•".repeat(Math.min(found.length, 3)));
      dots.ariaHidden = "true";
      const counted = make("a", "pc-day__count");
      counted.href = "#pc-month-list";
      counted.append(dots, ours(make("span", "pc-hidden", `${wholeDay(day)}, ${count("day", found.length)}`)));
      const entries = make("ul", "pc-day__events");
      entries.append(...found.slice(0, SHOWN).map((one) => entry(one, day)));
      const left = found.length - SHOWN;
      if (left > 0) {
        const last = make("li", "pc-entry");
        last.append(ours(make("a", "", count("more", left))));
        last.firstChild.href = counted.hash;
        entries.append(last);
      }
      element.append(counted, entries);
    }
    return element;
  };
  const step = (state, range) => {
    for (const link of grid.querySelectorAll("[data-step]")) {
      const month = nextMonth(state.month, Number(link.dataset.step));
      const outside = link.dataset.step < 0 ? month < range[0] : month > range[1];
      link.hidden = outside && month !== today.slice(0, 7);
      link.href = addressOf({ ...state, month });
      ours(link.querySelector(".pc-months__name")).textContent = monthName(`${month}-01`);
    }
  };
  const show = (state, all, range) => {
    const { month } = state;
    const byDay = new Map();
    for (const one of all.filter(({ start }) => start)) {
      for (const day of daysOf(one).filter((found) => found.startsWith(month))) {
        byDay.set(day, [...(byDay.get(day) ?? []), one]);
      }
    }
    const name = monthName(`${month}-01`);
    const table = grid.querySelector("table");
    const body = table.tBodies[0];
    body.replaceChildren();
    const shift = (new Date(`${month}-01T00:00Z`).getUTCDay() + 6) % 7;
    for (let day = nextDay(`${month}-01`, -shift); day.slice(0, 7) <= month;) {
      const row = body.insertRow();
      for (let n = 0; n < 7; n += 1, day = nextDay(day)) {
        row.append(cell(day, month, byDay.get(day)));
      }
    }
    mark(table);
    table.caption.textContent = fill(texts.caption, { month: name });
    grid.querySelector("h2").textContent = name;
    const found = [...new Set([...byDay.keys()].sort().flatMap((day) => byDay.get(day)))];
    grid.querySelector(".pc-month-list").replaceChildren(...found.map((one) => drawn(dated, one)));
    step(state, range);
    return count("month", found.length, { month: name });
  };
  return { show };
};
