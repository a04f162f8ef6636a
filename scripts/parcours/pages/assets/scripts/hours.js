/* The reader's own hours: beside those that a page tells, or in their place where the reader says so
   once, for every page on this device. */
const MINUTE = 60_000;
const choice = shelf("hours");
const { language } = words;

const clock = (moment) => {
  const minutes = String(moment.getMinutes()).padStart(2, "0");
  if (!language.startsWith("fr")) return `${String(moment.getHours()).padStart(2, "0")}:${minutes}`;
  return `${moment.getHours()}\u00a0h${minutes === "00" ? "" : `\u00a0${minutes}`}`;
};

const plain = ({ textContent }) => textContent.replace(/\s+/g, " ");

const piece = (className, textContent) => Object.assign(document.createElement("span"), { className, textContent });

/* The day of an hour, where it is another than that of the meeting. Meetings stay at their own day, so
   that a month is the same for all: within its narrow days the weekday tells enough. */
const otherDay = (time, moment) => (time.closest(".pc-entry")
  ? `${moment.toLocaleDateString(language, { weekday: "short" })} `
  : `${moment.toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long" })}, `);

const seen = new WeakSet();
const tellOwnHour = (time) => {
  if (seen.has(time)) return;
  seen.add(time);
  const told = time.getAttribute("datetime");
  const moment = new Date(told);
  const [, sign, hours, minutes] = told.match(/([+-])(\d\d):(\d\d)$/) ?? [null, "+", "0", "0"];
  const offset = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  if (offset === -moment.getTimezoneOffset()) return;
  const sameDay = told.slice(0, 10) === new Date(moment - moment.getTimezoneOffset() * MINUTE).toISOString().slice(0, 10);
  const day = sameDay ? "" : otherDay(time, moment);
  const note = time.nextElementSibling?.matches(".pc-zone") ? time.nextElementSibling : null;
  const own = document.createElement("span");
  own.className = "pc-zone pc-own";
  if (words.foreign) own.lang = words.foreign;
  // Who is at home has read it already: « 13 h (heure de La Réunion ; 10 h à Paris) ».
  const said = !day && note && plain(note).includes(plain({ textContent: `\u00a0${clock(moment)}\u00a0` }));
  own.classList.toggle("pc-own--said", Boolean(said));
  own.append(piece("pc-own__mark", " ("), words.yourTime.replace("{time}", day + clock(moment)), piece("pc-own__mark", ")"));
  // In the place of the hour, it tells the day to whoever does not see the leaf of the calendar.
  if (!day) own.prepend(piece("pc-hidden pc-own__day", `${moment.toLocaleDateString(language, { dateStyle: "full" })}, `));
  (note ?? time).after(own);
};

const mine = () => choice.read() === "mine";
const follow = () => {
  document.documentElement.classList.toggle("pc-own-hours", mine());
  for (const box of document.querySelectorAll(".pc-hours input")) box.checked = mine();
};
document.addEventListener("change", ({ target }) => {
  if (!target.matches(".pc-hours input")) return;
  document.documentElement.classList.toggle("pc-own-hours", target.checked);
  choice.write(target.checked && "mine"); // for this page alone, where nothing is kept
});
addEventListener("storage", follow);

const refresh = () => {
  document.querySelectorAll("time.pc-time[datetime*='T']").forEach(tellOwnHour);
  const told = document.querySelector(".pc-own");
  for (const part of document.querySelectorAll(".pc-hours")) {
    part.hidden = !told;
    part.classList.remove("pc-scripted");
  }
};
follow();
refresh();
document.addEventListener("parcours:shown", refresh);
