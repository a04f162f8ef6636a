/* The gallery: what is chosen stays in sight; without it all replays stand by year. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase();

const gallery = (form) => {
  const page = form.closest(".pc-replays");
  const results = page.querySelector(".pc-chosen");
  const list = results.querySelector("ul");
  const status = form.querySelector(".pc-filter__count");
  const note = page.querySelector(".pc-forget");
  const fields = [...form.querySelectorAll("[data-field]")];
  const choice = choiceOf(fields, {});
  const tellActive = unfoldable(form);
  const cards = [...page.querySelectorAll(".pc-view")].map((element) => ({
    element,
    home: element.parentElement,
    path: pathTo(element.querySelector("a")),
    text: fold(element.textContent),
    ...element.dataset,
  }));
  const sections = new Set(cards.map(({ home }) => home.closest("section") ?? home));

  const suits = (card, state) => (
    (!state.theme || card.theme.split(" ").includes(state.theme))
    && (!state.year || card.year === state.year)
    && (!state.transcript || card.transcript !== undefined)
    && (!state.sound || card.sound !== undefined)
    && fold(state.words).split(/\s+/).every((word) => card.text.includes(word))
  );
  const counted = (n, { none, one, many }) => (n > 1 ? many.replace("{n}", n) : n ? one : none);

  const render = () => {
    const state = choice.read();
    choice.show(state);
    const active = choice.filtered(state);
    tellActive(active);
    const found = cards.filter((card) => suits(card, state));
    if (state.longest) {
      const seen = seenHere();
      found.sort((a, b) => seen.has(a.path) - seen.has(b.path) || b.seconds - a.seconds);
    }
    // In its year each has its place again.
    for (const { element, home } of cards) home.append(element);
    if (active) list.replaceChildren(...found.map(({ element }) => element));
    results.hidden = !active;
    for (const section of sections) section.hidden = Boolean(active);
    status.textContent = counted(found.length, form.dataset);
  };
  const remember = () => {
    const { size } = seenHere();
    note.hidden = !size;
    note.querySelector("span").textContent = counted(size, { none: "", ...note.dataset });
  };
  const go = (address, replace = false) => {
    turnTo(address, replace);
    render();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    go(location.pathname);
  });
  form.addEventListener("input", ({ target }) => {
    // Each choice is a step back; each letter is not.
    go(choice.addressOf(choice.chosen()), target.dataset.field === "words");
  });
  note.querySelector("button").addEventListener("click", () => {
    keepSeen(new Set());
    status.tabIndex = -1; // the button has gone with what it forgot
    status.focus();
  });
  document.addEventListener("parcours:seen", remember);
  addEventListener("storage", remember);
  addEventListener("popstate", render);
  remember();
  if (location.search) render();
};

for (const form of document.querySelectorAll(".pc-choose")) gallery(form);
