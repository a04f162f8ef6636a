/* What has changed is told on every page, above what one reads, until the reader has taken note. */
/** A text with the old and the new words in it, marked as such. */
const changeLine = (key, before, after) => {
  const line = ours(make("p", ""));
  for (const part of TEXTS[`change-${key}`].split(/(\{\w+\})/)) {
    const word = part === "{before}" ? make("del", "", before) : part === "{after}" ? make("ins", "", after) : part;
    line.append(word);
  }
  return line;
};

const changedItem = ([address, { title }, changes]) => {
  const item = make("li", "");
  const isGone = changes[0][0] === "gone";
  const name = isGone ? make("strong", "", title) : make("a", "", title);
  if (words.foreign) name.lang = document.documentElement.lang;
  if (!isGone) name.href = site.href + address;
  item.append(name, ...changes.map((one) => changeLine(...one)));
  return item;
};

/** Puts the focus where the page begins, once what held it is gone. */
const afresh = () => {
  const heading = document.querySelector("h1");
  if (heading) heading.tabIndex = -1;
  heading?.focus();
};

const takeNote = (shown) => {
  keep(({ stars }) => {
    for (const [address] of shown) {
      const star = stars.get(address);
      if (star?.now === null) stars.delete(address);
      else if (star) stars.set(address, { ...star, seen: star.now ?? star.seen });
    }
  });
  afresh();
};

let shownChanges = "[]";
const showChanges = () => {
  const changed = [...readKept().stars]
    .map(([address, star]) => [address, star, changesOf(star)])
    .filter(([, , changes]) => changes.length);
  const text = JSON.stringify(changed);
  if (text === shownChanges) return;
  shownChanges = text;
  document.querySelector(".pc-changes")?.remove();
  if (!changed.length) return;
  const notice = ours(make("aside", "pc-changes pc-note"));
  notice.ariaLabel = TEXTS.changes;
  const status = make("p", "pc-changes__count");
  status.role = "status";
  const list = make("ul", "");
  list.append(...changed.map(changedItem));
  const actions = make("p", "pc-actions");
  const noted = make("button", "md-button md-button--primary", TEXTS.noted);
  noted.type = "button";
  noted.addEventListener("click", () => takeNote(changed));
  actions.append(noted);
  if (!document.querySelector(".pc-mine")) {
    const link = make("a", "", words.mine);
    link.href = site.href + words.mineAddress;
    actions.append(" ", link);
  }
  notice.append(status, list, actions);
  document.querySelector("article").prepend(notice);
  // What comes into an element that is already there is read out.
  setTimeout(() => { status.textContent = counting(TEXTS)("changed", changed.length); }, 100);
};
