/* The page of the search: what is asked stands in its address; the worker answers. */
const COUNT = 10;
const REST = 300; // milliseconds without a key before something is looked for

const finding = (form) => {
  const page = form.closest(".pc-find");
  const part = (name) => page.querySelector(`.pc-find__${name}`);
  const [results, more, none, ways] = ["results", "more", "none", "ways"].map(part);
  const status = form.querySelector(".pc-filter__count");
  const texts = JSON.parse(form.dataset.texts);
  const fields = [...form.querySelectorAll("[data-field]")];
  const [words, ...selects] = fields;
  const choice = choiceOf(fields, {});
  const tellActive = unfoldable(form);
  const { ask } = searcher(form.dataset.index);
  const draw = resultDrawer({
    dated: part("dated"),
    undated: part("undated"),
    other: page.querySelector("template.pc-find__page"),
    said: page.querySelector("template.pc-find__said"),
    root: form.dataset.root,
    texts,
  });
  let current = 0; // number of what was asked last
  let seen = 0; // pages that were looked at
  let shown = 0; // and those that answered

  /** Says how many there are: of phrases, those found in what was read. */
  const count = ({ total, partly, quoted }) => {
    const n = quoted ? shown : total;
    const some = partly && n ? "partly" : "found";
    return counting(texts)(quoted && seen < total ? "read" : some, n);
  };
  const tell = (answer, state) => {
    const left = seen < answer.total;
    status.textContent = count(answer);
    results.hidden = !shown;
    more.hidden = !left;
    more.firstElementChild.textContent = answer.quoted ? texts.further : texts.more;
    none.hidden = shown > 0 || left;
    const chosen = selects.some(({ dataset }) => state[dataset.field]);
    part("widen")?.toggleAttribute("hidden", !chosen);
    part("unquote").hidden = !answer.quoted;
    ways.hidden = shown > 0;
  };
  const show = async (further = false) => {
    const from = further ? seen : 0;
    const state = choice.read();
    choice.show(state);
    current += 1;
    const mine = current;
    const chosen = Object.fromEntries(selects.map(({ dataset }) => [dataset.field, state[dataset.field]]));
    const active = Object.values(chosen).filter(Boolean).length;
    tellActive(active);
    part("reset").hidden = !state.words && !active;
    if (!state.words && !active) {
      results.replaceChildren();
      shown = seen = 0;
      results.hidden = more.hidden = none.hidden = true;
      ways.hidden = false;
      status.textContent = "";
      return;
    }
    const slow = setTimeout(() => { status.textContent = texts.loading; }, 500);
    const answer = await ask({ words: state.words, chosen, from, further, count: COUNT })
      .catch(() => ({ failed: true }));
    clearTimeout(slow);
    if (!answer || mine !== current) {
      return;
    }
    if (answer.failed) {
      status.textContent = texts.failed;
      return;
    }
    if (!further) {
      results.replaceChildren();
      shown = 0;
    }
    const rows = answer.results.map(draw);
    results.append(...rows);
    seen = answer.seen;
    shown += rows.length;
    tell(answer, state);
    // Stages and the reader's own hours, as on what was built.
    document.dispatchEvent(new Event("parcours:shown"));
    if (further) {
      (rows[0]?.querySelector("a") ?? (more.hidden ? words : more.firstElementChild)).focus();
    }
  };
  const go = (state, replace = false) => {
    turnTo(choice.addressOf(state), replace);
    show();
  };

  let resting;
  form.addEventListener("input", ({ target }) => {
    clearTimeout(resting);
    // Each choice is a step back; each letter is not.
    if (target === words) {
      resting = setTimeout(() => go(choice.chosen(), true), REST);
    } else {
      go(choice.chosen());
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(resting);
    go(choice.chosen(), choice.read().words === words.value.trim());
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    go({});
    words.focus();
  });
  part("widen")?.querySelector("button").addEventListener("click", () => {
    go({ words: choice.read().words });
    words.focus();
  });
  more.firstElementChild.addEventListener("click", () => show(true));
  addEventListener("popstate", () => show());
  show();
};

for (const form of document.querySelectorAll(".pc-find form")) {
  finding(form);
}
