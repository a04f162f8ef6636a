/* Stages by the reader's clock: a page built last night still knows what is live now.

   What time can change stands in an element with data-begins, data-ends (instants in UTC) and
   data-stages, the stages in order: before, between, after. Within it, each element with data-stage
   is shown at those stages only. The instant of the clock is asked each time, so that a page left
   open follows. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EARLY = 15 * MINUTE;
const { language } = words;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

const stageOf = (element, now) => {
  const stages = element.dataset.stages.split(" ");
  const passed = [element.dataset.begins, element.dataset.ends].filter((at) => Date.parse(at) <= now);
  // A page built during a meeting holds no stage before it.
  return stages[Math.max(0, passed.length - (3 - stages.length))];
};

const midnight = (instant) => new Date(instant).setHours(0, 0, 0, 0);

/* Days between two instants as a calendar on the reader's wall counts them. */
const daysUntil = (instant, now) => Math.round((midnight(instant) - midnight(now)) / (24 * HOUR));

/* Whole days begin with the reader's own: a trip of the 3rd is « tomorrow » on the 2nd everywhere. */
const firstDay = (text) => {
  const [year, month, day] = text.split("-").map(Number);
  return new Date(year, month - 1, day);
};

const inHours = (left) => {
  const hours = Math.floor(left / HOUR);
  const minutes = Math.floor((left % HOUR) / (5 * MINUTE)) * 5;
  if (hours > 5 || !minutes) return relative.format(hours, "hour");
  return words.inHours.replace("{hours}", hours).replace("{minutes}", String(minutes).padStart(2, "0"));
};

const countdown = ({ begins, day }, now) => {
  const first = day ? firstDay(day) : Date.parse(begins);
  const left = first - now;
  const days = daysUntil(first, now);
  if (day && days < 1) return relative.format(0, "day");
  if (left < MINUTE) return words.startsNow;
  if (day && days < 14) return relative.format(days, "day");
  if (left < HOUR) return relative.format(Math.floor(left / MINUTE), "minute");
  // Never more than there is: who reads « in 4 hours » half an hour too early comes too late.
  if (days < 1 || left < 12 * HOUR) return inHours(left);
  if (days < 14) return relative.format(days, "day");
  return days < 60 ? relative.format(Math.round(days / 7), "week") : relative.format(Math.round(days / 30.4), "month");
};

const soon = (element, now) => {
  const first = firstDay(element.dataset.days);
  const left = daysUntil(first, now);
  if (left <= 0) return words.today;
  if (left === 1) return words.tomorrow;
  if (left > 6) return words.nextMeeting;
  // From Monday on, as many days as the week is old.
  const said = left <= (first.getDay() + 6) % 7 ? words.thisDay : words.nextDay;
  return said.replace("{weekday}", first.toLocaleDateString(language, { weekday: "long" }));
};

const setText = (element, text) => {
  // Untouched where nothing changes: a screen reader would read it again.
  if (element.textContent !== text) element.textContent = text;
};

const correct = () => {
  const now = Date.now();
  for (const element of document.querySelectorAll("[data-begins]")) {
    const stage = stageOf(element, now);
    // One joins a little before it begins.
    const soon = stage === "upcoming" && Date.parse(element.dataset.begins) - now <= EARLY;
    const held = soon ? [stage, "soon"] : [stage];
    for (const part of element.querySelectorAll("[data-stage]")) {
      if (part.closest("[data-begins]") === element) {
        part.hidden = !part.dataset.stage.split(" ").some((one) => held.includes(one));
      }
    }
    for (const part of element.querySelectorAll(".pc-countdown")) {
      setText(part, countdown(element.dataset, now));
    }
    element.dataset.now = stage;
  }
  for (const element of document.querySelectorAll("[data-since], [data-until]")) {
    const { since, until } = element.dataset;
    if (since) element.hidden = Date.parse(since) > now;
    if (Date.parse(until) <= now) element.hidden = true;
  }
  for (const section of document.querySelectorAll(".pc-nexts")) feature(section, now);
  drawLine(now);
};

/* Where the reader stands in lists that hold what is over and what is to come, in their order. */
const drawLine = (now) => {
  const rows = [...document.querySelectorAll("[data-line] > .pc-item")];
  const isOver = (row) => {
    const { ends } = row.dataset;
    const at = ends ?? row.querySelector("time")?.getAttribute("datetime");
    return !at || Date.parse(at) <= now;
  };
  const first = rows.findIndex((row) => !isOver(row));
  document.querySelector(".pc-now")?.remove();
  if (first < 1) return;
  const line = document.createElement("li");
  line.className = "pc-now";
  if (words.foreign) line.lang = words.foreign;
  line.textContent = words.now;
  rows[first].before(line);
};

/* The next meeting is the first that is not over; it does not stand in the list below again. */
const feature = (section, now) => {
  const candidates = [...section.querySelectorAll(".pc-next[data-ends]")];
  if (!candidates.length) return;
  const chosen = candidates.find(({ dataset }) => now < Date.parse(dataset.ends));
  for (const one of candidates) one.hidden = one !== chosen;
  for (const heading of chosen?.querySelectorAll(".pc-soon") ?? []) {
    setText(heading, soon(chosen, now));
    const told = chosen.querySelector(".pc-countdown");
    // Said once is enough: « Demain » in the heading, and not again below it.
    if (told.textContent.toLowerCase() === heading.textContent.toLowerCase()) told.hidden = true;
  }
  const address = chosen?.querySelector("h3 a").href;
  spread(section, now);
  for (const item of document.querySelectorAll(".pc-item[data-ends]")) {
    const over = Date.parse(item.dataset.ends) <= now;
    item.hidden = over || item.querySelector("h3 a").href === address;
  }
  hideEmpty(section);
};

/* Rows stand under the week, the month, or what follows, by the reader's own calendar. */
const spread = (section, now) => {
  const spans = [...section.querySelectorAll("[data-span]")];
  const lists = Object.fromEntries(spans.map((one) => [one.dataset.span, one.querySelector("ul")]));
  if (!spans.length) return;
  const today = new Date(midnight(now));
  const sunday = new Date(today).setDate(today.getDate() + ((7 - today.getDay()) % 7) + 1);
  const month = new Date(today.getFullYear(), today.getMonth() + 1, 1).getTime();
  for (const item of section.querySelectorAll("[data-span] .pc-item[data-begins]")) {
    const { begins, day } = item.dataset;
    const first = day ? firstDay(day).getTime() : Date.parse(begins);
    const list = lists[first < sunday ? "week" : first < month ? "month" : "later"];
    // In their order: what comes nearer leaves the top of one list for the end of that above it.
    if (item.parentElement !== list) list.append(item);
  }
};

/* What holds nothing to show is not there. */
const hideEmpty = (section) => {
  for (const span of section.querySelectorAll("[data-span]")) {
    span.hidden = !span.querySelector(".pc-item:not([hidden])");
  }
  // Long after a build, a page knows of nothing to come any more: the agenda may.
  const over = section.querySelector(".pc-next-over");
  if (over) over.hidden = !!section.querySelector(".pc-next:not([hidden]), [data-span]:not([hidden])");
};

let timer = null;
const refresh = () => {
  correct();
  if (!timer && document.querySelector("[data-begins]")) {
    timer = setInterval(correct, 30_000);
    document.addEventListener("visibilitychange", correct);
  }
};
refresh();
// What a script of this site has put into the page, such as the meetings that were chosen.
document.addEventListener("parcours:shown", refresh);
