/* A star keeps a meeting: beside each of them, and in words where a page is about one. Pages hold none:
   without a script it would do nothing. */
const addressOf = (link) => link.pathname.slice(site.pathname.length).replace(/index\.html$/, "");

const star = (address, title, isWorded, isSeries) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = isWorded ? "pc-star md-button pc-tool" : "pc-star";
  button.value = address;
  button.dataset.title = title;
  if (isSeries) button.dataset.series = "";
  if (words.foreign) button.lang = words.foreign;
  return button;
};

const press = (button, isKept) => {
  const isWorded = button.matches(".pc-tool");
  const word = isWorded && isKept ? words.isKept : words.keep;
  button.ariaPressed = String(isKept);
  if (isWorded) button.textContent = word;
  button.ariaLabel = words.named.replace("{word}", word).replace("{title}", button.dataset.title);
};

/** What a page says of a meeting; the rest is filled in from the data of the site. */
const seenBy = (button) => {
  const time = button.closest("[data-meeting], .pc-next, .pc-event").querySelector(".pc-time");
  const start = time?.getAttribute("datetime");
  if (!start) return {};
  // In a day of a month, the hour alone is said.
  return time.matches(".pc-entry__time") ? { start } : { start, when: time.textContent };
};

/** What came of it, after the button, where the next key leads. */
const tellAfter = (button, text, leads) => {
  document.querySelector(".pc-star-said")?.remove();
  const told = document.createElement("span");
  told.className = "pc-star-said";
  told.role = "status";
  if (words.foreign) told.lang = words.foreign;
  button.after(told);
  // What comes into an element that is already there is read out.
  setTimeout(() => {
    told.textContent = text;
    if (leads) {
      const link = Object.assign(document.createElement("a"), { href: site.href + words.mineAddress, textContent: words.mine });
      told.append(" ", link);
    }
  }, 100);
};

const toggle = (button) => {
  const { value: address, dataset: { title } } = button;
  const wanted = button.ariaPressed !== "true";
  const fault = keep(({ stars }) => {
    if (wanted) stars.set(address, { title, seen: seenBy(button) });
    else stars.delete(address);
  });
  const here = document.querySelector(".pc-mine");
  const kept = "series" in button.dataset ? "keptSeries" : "kept";
  tellAfter(button, words[fault || (wanted ? kept : "unkept")], !here && (wanted || fault));
};

/* What compares, lists and hands on is fetched by who keeps something, or wants to. */
let isLoaded = false;
const load = () => {
  if (isLoaded) return;
  isLoaded = true;
  document.head.append(Object.assign(document.createElement("script"), { src: new URL("assets/mine.js", site).href }));
};

/* What is over has nothing to be kept for, unless it can be watched; what is kept can be let go. */
const OVER = /(?:^|--)(?:past|cancelled)(?:\s|$)/;
const isOver = ({ className, dataset }) => OVER.test(dataset.now ?? className);

const refresh = () => {
  const { stars, fault } = readKept();
  for (const part of document.querySelectorAll("[data-meeting]:not(:has(> .pc-star))")) {
    const link = part.querySelector(":is(h2, h3, h4, .pc-entry) > a");
    const address = addressOf(link);
    const title = (part.querySelector(".pc-entry__title") ?? link).textContent;
    if (stars.has(address) || !isOver(part)) part.append(star(address, title, false, link.hash));
  }
  for (const part of document.querySelectorAll(".pc-keep:empty")) {
    const { address } = part.dataset;
    const about = part.closest(".pc-next, .pc-event");
    const isSeries = about.querySelector(".pc-dates");
    if (stars.has(address) || !isOver(about)) part.append(star(address, about.querySelector("h1, h3").textContent, true, isSeries));
    else part.remove();
  }
  for (const button of document.querySelectorAll(".pc-star")) press(button, stars.has(button.value));
  for (const link of document.querySelectorAll(".pc-to-mine a")) {
    link.textContent = stars.size ? `${words.mine} (${stars.size})` : words.mine;
  }
  if (stars.size || fault || document.querySelector(".pc-mine")) load();
};

refresh();
document.addEventListener("parcours:shown", refresh);
document.addEventListener("click", ({ target }) => {
  const button = target.closest(".pc-star");
  if (button) toggle(button);
});
whenKeptChanges(refresh);
