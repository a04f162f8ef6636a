/* What is live now, at the foot of whatever page one reads: what the last build knew is asked for
   once in a while, when the page is at rest. */
const known = shelf("live", "sessionStorage");
/* What the reader put away, in this tab. */
const away = shelf("away", "sessionStorage");
const FRESH = 10 * 60_000;
const MINUTE = 60_000;
const here = location.href.replace(/[?#].*$/, "");

const kept = () => {
  try {
    const { at, meetings } = JSON.parse(known.read());
    return Date.now() - at < FRESH && at <= Date.now() ? meetings : null;
  } catch {
    return null; // nothing, or nothing of ours
  }
};

const ask = async () => {
  const answer = await fetch(new URL("assets/live.json", site));
  if (!answer.ok) return [];
  const meetings = await answer.json();
  // A browser that keeps nothing asks at each page.
  known.write(JSON.stringify({ at: Date.now(), meetings }));
  return meetings;
};

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const line = ([, , title, address, joined]) => {
  const page = make("a", { href: new URL(address, site).href, textContent: title, dir: "auto" });
  const join = make("a", { className: "md-button md-button--primary", href: joined, rel: "noopener" }, words.join);
  join.setAttribute("aria-label", `${words.join} – ${title}`);
  return make("li", {}, page, ...(joined ? [" ", join] : []));
};

let strip = null;
let unkept = []; // for this page alone, where the browser keeps nothing
const measure = () => document.documentElement.style.setProperty("--pc-strip", `${strip?.offsetHeight ?? 0}px`);
const measuring = new ResizeObserver(measure);

/* Where the page begins, once what held the focus is gone: nothing moves by that. */
const leave = () => {
  const heading = document.querySelector("h1");
  if (heading) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
};

/* Not on the page of the meeting, nor where the page shows it as live already. */
const isTold = (url) => {
  const shown = document.querySelector(".pc-next[data-now=live]:not([hidden]) h3 a");
  return url === here || shown?.href === url;
};

/* A meeting at its time: another time of the same is another to tell. */
const timeOf = ([begins, , , address]) => `${begins} ${address}`;

const show = (meetings) => {
  const now = Date.now() / MINUTE;
  const hidden = new Set([...away.list(), ...unkept]);
  const live = meetings.filter((one) => (
    one[0] <= now && now < one[1] && !hidden.has(timeOf(one)) && !isTold(new URL(one[3], site).href)
  ));
  const said = live.map(([, , , address]) => address).join(" ");
  if (said === (strip?.dataset.meetings ?? "")) return;
  const isHeld = strip?.contains(document.activeElement);
  strip?.remove();
  strip = null;
  if (live.length) {
    strip = make("aside", { className: "pc-strip md-typeset" });
    strip.setAttribute("aria-label", words.liveNow);
    strip.dataset.meetings = said;
    if (words.foreign) strip.lang = words.foreign;
    const close = make("button", { type: "button", className: "pc-strip__close", title: words.hide });
    close.setAttribute("aria-label", words.hide);
    close.addEventListener("click", () => {
      unkept = [...hidden, ...live.map(timeOf)];
      away.write(JSON.stringify(unkept));
      show(meetings);
    });
    strip.append(make("p", {}, words.liveNow), make("ul", {}, ...live.map(line)), close);
    document.body.append(strip);
    measuring.disconnect();
    measuring.observe(strip);
  }
  measure();
  if (isHeld) leave();
};

const follow = async () => {
  const meetings = kept() ?? await ask();
  if (!meetings.length) return;
  show(meetings);
  setInterval(show, 30_000, meetings);
  document.addEventListener("visibilitychange", () => show(meetings));
};

// Without a network there is nothing to join.
const start = () => follow().catch(() => undefined);
if (document.readyState === "complete") start();
else addEventListener("load", () => setTimeout(start));
