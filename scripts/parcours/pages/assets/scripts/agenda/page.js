/* The agenda: what is chosen is read, fetched and shown. Without it the page is whole. */
const agenda = (form) => {
  const page = form.closest(".pc-agenda");
  const part = (name) => page.querySelector(`.pc-agenda__${name}`);
  const [list, results, more, grid] = ["list", "results", "more", "month"].map(part);
  const status = form.querySelector(".pc-filter__count");
  const calendar = form.querySelector(".pc-filter__follow");
  const fields = [...form.querySelectorAll("[data-field]")];
  const texts = JSON.parse(form.dataset.texts);

  const store = meetingStore(form.dataset);
  const choice = choiceOf(fields, form.dataset);
  const [dated, undated, entryTemplate] = ["item", "undated", "entry"].map(part);
  const inList = meetingList({ results, more, dated, undated, texts });
  const inMonth = meetingMonth({ grid, dated, entryTemplate, texts, addressOf: choice.addressOf });
  const follow = calendar && followLinks(calendar, fields, texts);
  const presets = presetsOf(form, fields);
  const tellActive = unfoldable(form);

  const controls = (state) => {
    tellActive(choice.filtered(state));
    choice.show(state);
    presets.show(state);
    for (const link of page.querySelectorAll(".pc-views a")) {
      link.href = choice.addressOf({ ...state, view: link.dataset.view });
      link.ariaCurrent = link.dataset.view === state.view ? "true" : null;
    }
    // A month is shown whole, what is over included.
    form.querySelector(".pc-filter__past").hidden = state.view === "month";
    // A month is a poster on paper, drawn here or in its own page.
    page.classList.toggle("pc-poster", state.view === "month");
  };
  const reveal = (...shown) => {
    for (const element of [list, results, grid]) {
      element.hidden = !shown.includes(element);
    }
    more.hidden = true;
  };
  let turn = 0;
  const render = async () => {
    const state = choice.read();
    turn += 1;
    const mine = turn;
    controls(state);
    if (!state.view && !choice.filtered(state)) {
      reveal(list);
      follow?.show(state);
      status.textContent = counting(texts)("coming", Number(form.dataset.total));
      return;
    }
    page.ariaBusy = "true";
    const slow = setTimeout(() => { status.textContent = texts.loading; }, 500);
    try {
      const { found, range, ...calendars } = await store.find(state);
      if (mine === turn) {
        follow?.show(state, calendars);
        reveal(state.view ? grid : results);
        status.textContent = state.view
          ? inMonth.show(state, found, range)
          : inList.show(state, found);
        // Stages and the reader's own hours, as on what was built.
        document.dispatchEvent(new Event("parcours:shown"));
      }
    } catch (error) {
      if (mine === turn) {
        reveal(list);
        follow?.show(state);
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
    turnTo(address, replace);
    render();
  };

  // Who comes near the filters is about to use them.
  form.addEventListener("focusin", store.prepare, { once: true });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    const { view, month } = choice.read();
    go(choice.addressOf({ view, month }));
  });
  form.addEventListener("input", ({ target }) => {
    // Each choice is a step back; each letter is not.
    go(choice.addressOf(choice.chosen()), target.dataset.field === "words");
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
    controls(choice.read());
  }
};

for (const table of document.querySelectorAll(".pc-month")) {
  mark(table);
}
for (const form of document.querySelectorAll(".pc-agenda .pc-filter")) {
  agenda(form);
}
