/* « My agenda »: what is kept, and what one can do with it. */
/** A meeting by what is kept of it, where the site has no row for it. */
const keptLine = ([address, { title, seen }], links) => {
  const line = make("li", "pc-line");
  const name = make(links ? "a" : "span", "", title);
  if (links) name.href = site.href + address;
  const remove = ours(make("button", "md-button", TEXTS.remove));
  remove.type = "button";
  remove.ariaLabel = fill(TEXTS["remove-this"], { title });
  remove.addEventListener("click", () => {
    line.remove();
    keep(({ stars }) => stars.delete(address));
    afresh();
  });
  line.append(name, " ", make("span", "pc-host", seen.when ?? ""), " ", remove);
  return line;
};

/** The list, in its elements: `show()` draws it, `update()` after a star was touched in it. */
const keptList = (page, store) => {
  const part = (name) => page.querySelector(`.pc-mine__${name}`);
  const [count, fault, empty, lost, tools] = ["count", "fault", "empty", "lost", "tools"].map(part);
  const [results, more] = ["results", "more"].map((name) => page.querySelector(`.pc-agenda__${name}`));
  const [dated, undated] = ["item", "undated"].map((name) => page.querySelector(`.pc-agenda__${name}`));
  const list = meetingList({ results, more, dated, undated, texts: TEXTS });
  let shown = new Set();
  let turn = 0;

  const tell = (text) => {
    fault.hidden = !text;
    fault.textContent = text;
  };
  const showLost = (stars, title, links) => {
    lost.hidden = !stars.length;
    lost.querySelector("h2").textContent = title;
    lost.querySelector("ul").replaceChildren(...stars.map((one) => keptLine(one, links)));
  };
  const clear = () => {
    results.replaceChildren();
    more.hidden = true;
    showLost([], "", false);
    count.textContent = "";
    shown = new Set();
  };
  const show = async () => {
    turn += 1;
    const mine = turn;
    const kept = readKept();
    const stars = [...kept.stars];
    tell(kept.fault && words[kept.fault]);
    empty.hidden = Boolean(kept.fault || stars.length);
    tools.hidden = !(kept.fault || stars.length);
    if (!stars.length) {
      clear();
      return;
    }
    try {
      const meetings = await store.named(new Set(kept.stars.keys()));
      if (mine !== turn) return;
      const known = new Set(meetings.flatMap(({ address }) => [address, seriesOf(address)]));
      count.textContent = list.show({ past: true }, meetings);
      showLost(stars.filter(([address]) => !known.has(address)), TEXTS.lost, false);
    } catch (error) {
      if (mine !== turn) return;
      clear();
      tell(TEXTS.unread);
      showLost(stars, TEXTS.unlisted, true);
      console.error(error);
    }
    shown = new Set(kept.stars.keys());
    document.dispatchEvent(new Event("parcours:shown"));
  };
  const update = () => {
    const { stars } = readKept();
    // A star that was let go stays in sight, to be taken up again.
    if (shown.size && stars.size && [...stars.keys()].every((address) => shown.has(address))) return;
    show();
  };
  return { show, update, tell };
};

/** The button that writes one calendar. */
const exporting = (button, status) => button?.addEventListener("click", async () => {
  if (button.ariaDisabled) return;
  button.ariaDisabled = "true";
  status.textContent = TEXTS.exporting;
  const texts = await fetchedCalendars([...readKept().stars.keys()]);
  const files = texts.filter((text) => text?.includes("BEGIN:VEVENT"));
  const missing = texts.length - files.length;
  const count = counting(TEXTS);
  if (files.length) download(joinedCalendar(files, words.mine), `${words.mineAddress.replace(/\/$/, "")}.ics`);
  status.textContent = [count("exported", files.length), missing && count("missing", missing)].filter(Boolean).join(" ");
  button.ariaDisabled = null;
});

/** The part that hands the list on: drawn up once it is opened. */
const handing = (part) => {
  const field = part.querySelector("input");
  const share = part.querySelector(".pc-mine__share");
  const code = part.querySelector(".pc-mine__code");
  const note = part.querySelector(".pc-mine__note");
  let turn = 0;
  const update = async () => {
    if (!part.open) return;
    turn += 1;
    const mine = turn;
    const kept = [...readKept().stars].filter(([, star]) => star.now !== null).map(([address]) => address);
    field.value = passingAddress(kept);
    let drawn = null;
    let said = "";
    if (kept.length > HELD) {
      said = fill(TEXTS["code-full"], { n: HELD });
    } else {
      try {
        drawn = await drawnCode(field.value);
      } catch (error) {
        said = TEXTS["code-failed"];
        console.error(error);
      }
    }
    if (mine !== turn) return;
    code.hidden = !drawn;
    code.firstElementChild.replaceChildren(...(drawn ? [drawn] : []));
    note.textContent = said;
  };
  share.hidden = !navigator.share;
  share.addEventListener("click", () => {
    // Who closes the sheet has changed his mind.
    navigator.share({ title: words.mine, url: field.value }).catch(() => {});
  });
  part.addEventListener("toggle", update);
  return update;
};

/** What the page's address holds of another device: asked about first. */
const offering = (part, store) => {
  const status = part.querySelector(".pc-mine__offered");
  const list = part.querySelector("ul");
  const [accept, leave] = part.querySelectorAll("button");
  let fresh = [];
  const close = () => {
    history.replaceState(null, "", location.pathname);
    part.hidden = true;
    afresh();
  };
  const offer = async () => {
    const ids = handedOn(location.hash);
    part.hidden = !ids;
    if (!ids) return;
    accept.hidden = true;
    list.replaceChildren();
    try {
      const known = knownByShort(await store.every());
      const found = ids.map((id) => known.get(id)).filter(Boolean);
      const { stars } = readKept();
      fresh = found.filter(({ address }) => !stars.has(address));
      const count = counting(TEXTS);
      const [already, unknown] = [found.length - fresh.length, ids.length - found.length];
      status.textContent = [
        count("offered", fresh.length), already && count("already", already), unknown && count("unknown", unknown),
      ].filter(Boolean).join(" ");
      list.replaceChildren(...fresh.map((one) => make("li", "", `${one.title} – ${snapshot(one).when}`)));
      accept.hidden = !fresh.length;
    } catch (error) {
      status.textContent = TEXTS.unread;
      console.error(error);
    }
  };
  accept.addEventListener("click", () => {
    const fault = keep(({ stars }) => {
      for (const one of fresh) {
        const seen = snapshot(one);
        stars.set(one.address, { title: one.title, seen, now: seen });
      }
    });
    if (fault) status.textContent = words[fault];
    else close();
  });
  leave.addEventListener("click", close);
  addEventListener("hashchange", offer);
  offer();
};

const minePage = (page, store) => {
  const part = (name) => page.querySelector(`.pc-mine__${name}`);
  const list = keptList(page, store);
  const hand = handing(part("pass"));
  exporting(part("export"), part("status"));
  offering(part("offer"), store);
  part("forget").querySelector("button").addEventListener("click", () => {
    shelved.write(""); // what may not be read was not written either
    part("forget").open = false;
    list.show();
    tellKept();
    afresh();
  });
  whenKeptChanges(() => {
    list.update();
    hand();
  });
  part("without").hidden = true;
  part("body").hidden = false;
  list.show();
};

const siteStore = meetingsBy({
  recent: site.href + PLACES.recent,
  earlier: site.href + PLACES.earlier,
});
const look = () => {
  showChanges();
  // Without an answer, what is known already is told; the next page asks again.
  checkKept(siteStore).catch(() => {});
};
whenKeptChanges(look);
look();
for (const page of document.querySelectorAll(".pc-mine")) {
  minePage(page, siteStore);
}
