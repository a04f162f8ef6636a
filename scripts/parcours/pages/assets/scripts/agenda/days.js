/* Days as « 2026-12-03 » and months as « 2026-12 »: reckoned in UTC, told in the page's language.
   Days are those of the place of the meeting. */
const { language } = words;
const dates = (options) => {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
  return (day) => format.format(new Date(`${day}T00:00Z`));
};
const monthName = dates({ month: "long", year: "numeric" });
const fullDay = dates({ dateStyle: "full" });
/* In French, the first of a month is no number like the others. */
const wholeDay = (day) => (language.startsWith("fr") ? fullDay(day).replace(/(?<=\s)1(?=\s)/, "1er") : fullDay(day));
const weekday = dates({ weekday: "short" });
const shortMonth = dates({ month: "short" });
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
