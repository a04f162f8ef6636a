/* The agenda: filters, and months as grids. Without it the page is whole. What is chosen stands in
   the page's address, and nowhere else; the meetings are fetched when something is chosen. */
const PAGE = 50;
const now = new Date();
const two = (n) => String(n).padStart(2, "0");
// Days are those of the place of the meeting, and today is the reader's.
const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;

const mark = (table) => {
  table.querySelector(`[data-day="${today}"]`)?.setAttribute("aria-current", "date");
};
for (const table of document.querySelectorAll(".pc-month")) {
  mark(table);
}

const make = (name, className, text = "") => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};
const clone = (template) => template.content.firstElementChild.cloneNode(true);
const plain = (text) => text
  .normalize("NFD")
  .replace(/\p{M}/gu, "")
  .toLowerCase()
  .replace(/œ/g, "oe")
  .replace(/æ/g, "ae")
  .replace(/[^\p{L}\p{N}]+/gu, " ")
  .trim();

const language = document.documentElement.lang || "fr";
const dates = (options) => {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
  return (day) => format.format(new Date(`${day}T00:00Z`));
};
const monthName = dates({ month: "long", year: "numeric" });
const weekday = dates({ weekday: "short" });
const shortMonth = dates({ month: "short" });
const shortDay = dates({ day: "numeric", month: "short", year: "numeric" });
const nextDay = (day, days = 1) => {
  const date = new Date(`${day}T00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};
const nextMonth = (month, months) => {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + months)).toISOString().slice(0, 7);
};

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

/** The meetings of a file, with names in place of indexes and what is searched in. */
const unpack = (data, isOver) => data.rows.map((row) => {
  const meeting = Object.fromEntries(data.fields.map((field, index) => [field, row[index]]));
  const [address, kind, collection] = data.kinds[meeting.kind];
  const [mode, modeName] = data.modes[meeting.mode];
  const [place, location] = data.places[meeting.place];
  const themes = meeting.themes.map((index) => data.themes[index]);
  const territories = meeting.territories.map((index) => data.territories[index]);
  const organisations = meeting.organisations.map((index) => data.organisations[index][0]);
  const names = [...themes, ...territories].map(([, name]) => name);
  const searched = [
    meeting.title, meeting.summary, kind, collection, modeName, location, ...names, ...organisations,
  ];
  return {
    ...meeting,
    address: `${address}/${meeting.id}/`,
    label: place ? `${kind} · ${place}` : kind,
    kind: address,
    mode,
    theme: themes.map(([id]) => id),
    territory: territories.map(([id]) => id),
    marks: meeting.marks.map((index) => data.marks[index]),
    over: meeting.until ? meeting.until * 60000 <= now.getTime() : isOver,
    searched: ` ${plain(searched.join(" "))} `,
  };
});

const agenda = (form) => {
  const page = form.closest(".pc-agenda");
  const part = (name) => page.querySelector(`.pc-agenda__${name}`);
  const [list, results, more, grid] = ["list", "results", "more", "month"].map(part);
  const status = form.querySelector(".pc-filter__count");
  const toggle = form.querySelector(".pc-filter__toggle");
  const follow = form.querySelector(".pc-filter__follow");
  const label = toggle.textContent;
  const fields = [...form.querySelectorAll("[data-field]")];
  const texts = JSON.parse(form.dataset.texts);
  const { root, view: viewKey, month: monthKey } = form.dataset;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const count = (key, n, values = {}) => {
    const form = n > 1 ? "many" : n ? "one" : "none";
    return fill(texts[`${key}-${form}`], { n, ...values });
  };

  // What is chosen, and the address that says it.
  const read = () => {
    const query = new URLSearchParams(location.search);
    const state = { view: query.get(viewKey) === monthKey ? "month" : "" };
    const month = query.get(monthKey) ?? "";
    state.month = /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : today.slice(0, 7);
    for (const field of fields) {
      const value = query.get(field.name) ?? "";
      const known = !field.options || [...field.options].some((one) => one.value === value);
      state[field.dataset.field] = known ? value : "";
    }
    return state;
  };
  const addressOf = (state) => {
    const query = new URLSearchParams();
    for (const { name, dataset } of fields) {
      if (state[dataset.field]) {
        query.set(name, state[dataset.field]);
      }
    }
    if (state.view) {
      query.set(viewKey, monthKey);
      query.set(monthKey, state.month);
    }
    return `${query}` ? `?${query}` : location.pathname;
  };
  const chosen = () => {
    const state = read();
    for (const field of fields) {
      state[field.dataset.field] = field.type === "checkbox"
        ? (field.checked ? field.value : "")
        : field.value.trim();
    }
    return state;
  };

  // The meetings, fetched once; what failed is asked for again.
  const files = new Map();
  const fetched = (name, isOver) => {
    if (!files.has(name)) {
      const answer = fetch(name).then(async (found) => {
        if (!found.ok) {
          throw new Error(`${name}: ${found.status}`);
        }
        const data = await found.json();
        return { ...data, meetings: unpack(data, isOver) };
      });
      answer.catch(() => files.delete(name));
      files.set(name, answer);
    }
    return files.get(name);
  };
  const meetings = async (state) => {
    const recent = await fetched(form.dataset.recent, false);
    const before = state.view ? state.month < recent.since : state.past;
    const earlier = before ? (await fetched(form.dataset.earlier, true)).meetings : [];
    return { all: [...earlier, ...recent.meetings], range: recent.months };
  };
  const matches = (state) => {
    const words = plain(state.words).split(" ").map((word) => ` ${word}`);
    return (one) => (!state.kind || one.kind === state.kind)
      && (!state.mode || one.mode === state.mode)
      && (!state.theme || one.theme.includes(state.theme))
      && (!state.territory || one.territory.includes(state.territory))
      && words.every((word) => one.searched.includes(word));
  };

  // The list.
  const badge = ([key, name]) => make("span", `pc-badge pc-badge--${key}`, name);
  const write = (element, one) => {
    const time = element.querySelector("time");
    const link = element.querySelector("a");
    time.dateTime = one.start;
    link.href = root + one.address;
    link.textContent = one.title;
    for (const found of one.marks) {
      time.parentElement.append(" ", badge(found));
    }
    return time;
  };
  const item = (one) => {
    const element = clone(part("item"));
    const put = (name, text) => { element.querySelector(`.pc-${name}`).textContent = text; };
    const time = write(element, one);
    const day = one.start.slice(0, 10);
    time.textContent = one.when;
    if (one.zone) {
      time.after(" ", make("span", "pc-zone", `(${one.zone})`));
    }
    if (!day) {
      time.replaceWith(make("span", "pc-time", one.when));
    }
    element.classList.add(...one.marks.map(([key]) => `pc-item--${key}`));
    put("tile__weekday", day && weekday(day));
    put("tile__day", day ? Number(day.slice(8)) : "?");
    put("tile__month", day && shortMonth(day));
    put("kicker", one.label);
    put("item__summary", one.summary);
    return element;
  };
  const heading = (one) => {
    const month = one.start ? monthName(`${one.start.slice(0, 7)}-01`) : texts.undated;
    return one.over ? fill(texts.past, { month }) : month;
  };
  const show = (found, from = 0) => {
    for (const one of found.slice(from, from + PAGE)) {
      const name = heading(one);
      if (results.lastElementChild?.firstElementChild.textContent !== name) {
        const section = make("section", "");
        section.append(make("h2", "", name), make("ul", "pc-items"));
        results.append(section);
      }
      results.lastElementChild.lastElementChild.append(item(one));
    }
    const rest = Math.min(found.length - from - PAGE, PAGE);
    more.hidden = rest <= 0;
    if (rest > 0) {
      more.firstElementChild.textContent = count("more", rest);
      more.firstElementChild.onclick = () => {
        show(found, from + PAGE);
        results.querySelectorAll(".pc-item__title a")[from + PAGE].focus();
      };
    }
  };
  const showList = (state, all) => {
    const coming = all.filter((one) => !one.over);
    const past = state.past ? all.filter((one) => one.over).reverse() : [];
    results.replaceChildren();
    show([...coming, ...past]);
    status.textContent = count(state.past ? "all" : "coming", coming.length + past.length);
  };

  // The month.
  const entry = (one, day) => {
    const element = make("li", "pc-entry");
    const link = make("a", "");
    link.href = root + one.address;
    if (one.time && one.start.startsWith(day)) {
      link.append(make("span", "pc-entry__time", one.time), " ");
    }
    link.append(one.title);
    const gone = one.marks.find(([key]) => key === "cancelled" || key === "postponed");
    if (gone) {
      element.classList.add("pc-entry--gone");
      link.append(make("span", "pc-hidden", ` (${gone[1]})`));
    }
    element.append(link);
    return element;
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
      const counted = make("span", "pc-day__count");
      counted.append(dots, make("span", "pc-hidden", count("day", found.length)));
      const entries = make("ul", "pc-day__events");
      entries.append(...found.map((one) => entry(one, day)));
      element.append(counted, entries);
    }
    return element;
  };
  const line = (one) => {
    const element = clone(part("line"));
    write(element, one).textContent = shortDay(one.start.slice(0, 10)).replace(/ /g, "\u00a0");
    return element;
  };
  const step = (state, range) => {
    for (const link of grid.querySelectorAll("[data-step]")) {
      const month = nextMonth(state.month, Number(link.dataset.step));
      const outside = link.dataset.step < 0 ? month < range[0] : month > range[1];
      link.hidden = outside && month !== today.slice(0, 7);
      link.href = addressOf({ ...state, month });
      link.querySelector(".pc-months__name").textContent = monthName(`${month}-01`);
    }
  };
  const showMonth = (state, all, range) => {
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
    grid.querySelector(".pc-month-list").replaceChildren(...found.map(line));
    step(state, range);
    status.textContent = count("month", found.length, { month: name });
  };

  // What goes with what is chosen: the calendar to subscribe to, and the links between views.
  const follows = (state) => {
    if (!follow) {
      return;
    }
    const { feeds, all, suffix } = follow.dataset;
    const selects = fields.filter(({ options, value }) => options && value);
    const alone = selects.length === 1;
    // A calendar by mode exists, but is crossed with nothing.
    const used = selects.filter(({ dataset }) => dataset.field !== "mode" || alone);
    const path = used.map(({ dataset, value }) => dataset.path + value).join("/") || all;
    const url = feeds + path + suffix;
    const lost = [state.mode && !alone && "mode", state.words && "words"].filter(Boolean);
    const note = follow.querySelector(".pc-filter__note");
    follow.querySelector(".pc-filter__webcal").href = url.replace(/^\w+:/, "webcal:");
    follow.querySelector(".pc-filter__ics").href = url;
    follow.querySelector(".pc-filter__name").textContent = used
      .map(({ selectedOptions }) => selectedOptions[0].textContent)
      .join(", ") || texts.everything;
    note.hidden = !lost.length;
    note.textContent = lost.length ? texts[`without-${lost.length > 1 ? "both" : lost[0]}`] : "";
  };
  const filtered = (state) => fields.filter(({ dataset }) => state[dataset.field]).length;
  const controls = (state) => {
    const active = filtered(state);
    toggle.textContent = active ? `${label} (${active})` : label;
    for (const field of fields) {
      const value = state[field.dataset.field];
      if (field.type === "checkbox") {
        field.checked = Boolean(value);
      } else if (field.value.trim() !== value) {
        field.value = value;
      }
    }
    for (const link of page.querySelectorAll(".pc-views a")) {
      link.href = addressOf({ ...state, view: link.dataset.view });
      link.ariaCurrent = link.dataset.view === state.view ? "true" : null;
    }
    // A month is shown whole, what is over included.
    form.querySelector(".pc-filter__past").hidden = state.view === "month";
    follows(state);
  };
  const reveal = (...shown) => {
    for (const element of [list, results, grid]) {
      element.hidden = !shown.includes(element);
    }
    more.hidden = true;
  };
  let turn = 0;
  const render = async () => {
    const state = read();
    turn += 1;
    const mine = turn;
    controls(state);
    if (!state.view && !filtered(state)) {
      reveal(list);
      status.textContent = count("coming", Number(form.dataset.total));
      return;
    }
    page.ariaBusy = "true";
    const slow = setTimeout(() => { status.textContent = texts.loading; }, 500);
    try {
      const { all, range } = await meetings(state);
      if (mine === turn) {
        const found = all.filter(matches(state));
        reveal(state.view ? grid : results);
        if (state.view) {
          showMonth(state, found, range);
        } else {
          showList(state, found);
        }
      }
    } catch (error) {
      if (mine === turn) {
        reveal(list);
        status.textContent = texts.failed;
      }
      console.error(error);
    } finally {
      clearTimeout(slow);
      if (mine === turn) {
        page.ariaBusy = null;
      }
    }
  };
  const go = (address, replace = false) => {
    history[replace ? "replaceState" : "pushState"](null, "", address);
    render();
  };

  form.classList.add("pc-filter--on");
  toggle.addEventListener("click", () => {
    toggle.ariaExpanded = String(form.classList.toggle("pc-filter--open"));
  });
  // Who comes near the filters is about to use them; a failure is told when they are used.
  form.addEventListener("focusin", () => {
    fetched(form.dataset.recent, false).catch(() => {});
  }, { once: true });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    const { view, month } = read();
    go(addressOf({ view, month }));
  });
  form.addEventListener("input", ({ target }) => {
    // Each choice is a step back; each letter is not.
    go(addressOf(chosen()), target.dataset.field === "words");
  });
  page.addEventListener("click", (event) => {
    const link = event.target.closest(".pc-views a, [data-step]");
    const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (link && !elsewhere) {
      event.preventDefault();
      go(link.href);
    }
  });
  addEventListener("popstate", render);
  if (location.search) {
    reveal();
    render();
  } else {
    controls(read());
  }
};
for (const form of document.querySelectorAll(".pc-filter")) {
  agenda(form);
}
