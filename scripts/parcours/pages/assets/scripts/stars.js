/* A star beside each meeting keeps it. Pages hold none: without a script it would do nothing.
   Rows of other pages, as results of the search are, have a tile of their own, and no star. */
const addressOf = (link) => link.pathname.slice(site.pathname.length).replace(/index\.html$/, "");

const star = (address, title, text = "") => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = text ? "pc-star md-button" : "pc-star";
  button.value = address;
  button.textContent = text;
  button.dataset.title = title;
  button.ariaLabel = words.keepThis.replace("{title}", title);
  if (words.foreign) button.lang = words.foreign;
  return button;
};

/** What a page says of a meeting; the rest is filled in from the data of the site. */
const seenBy = (button) => {
  const time = button.closest(".pc-item, .pc-next, .pc-event")?.querySelector(".pc-time");
  const start = time?.getAttribute("datetime") ?? "";
  return start ? { start, when: time.textContent } : {};
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
  tellAfter(button, words[fault || (wanted ? "kept" : "unkept")], !here && (wanted || fault));
};

/* What compares, lists and hands on is fetched by who keeps something, or wants to. */
let isLoaded = false;
const load = () => {
  if (isLoaded) return;
  isLoaded = true;
  document.head.append(Object.assign(document.createElement("script"), { src: new URL("assets/mine.js", site).href }));
};

const press = () => {
  const { stars, fault } = readKept();
  for (const button of document.querySelectorAll(".pc-star")) {
    button.ariaPressed = String(stars.has(button.value));
  }
  for (const link of document.querySelectorAll(".pc-to-mine a")) {
    link.textContent = stars.size ? `${words.mine} (${stars.size})` : words.mine;
  }
  if (stars.size || fault || document.querySelector(".pc-mine")) load();
};

const place = () => {
  for (const item of document.querySelectorAll(".pc-item:not(:has(> .pc-star, > .pc-tile--page))")) {
    const link = item.querySelector(".pc-item__title a");
    item.append(star(addressOf(link), link.textContent));
  }
  for (const part of document.querySelectorAll(".pc-keep:empty")) {
    const title = part.closest(".pc-next")?.querySelector("h3") ?? document.querySelector("h1");
    part.append(star(part.dataset.address, title.textContent, words.keep));
  }
  press();
};

place();
document.addEventListener("parcours:shown", place);
document.addEventListener("click", ({ target }) => {
  const button = target.closest(".pc-star");
  if (button) toggle(button);
});
whenKeptChanges(press);
