/* Days as « 2026-12-03 » and months as « 2026-12 »: reckoned in UTC, told in the page's language.
   Days are those of the place of the meeting. */
const { language } = words;
const dates = (options) => {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
  return (day) => format.format(new Date(`${day}T00:00Z`));
};
const weekday = dates({ weekday: "short" });
const shortMonth = dates({ month: "short" });
