/* A result: a row of a meeting where it is one, else its title and what sort of page it is; then what
   answers in it, and where that is read and heard. */
const clock = (seconds) => {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (parts[0] ? parts : parts.slice(1)).map((n, at) => (at ? two(n) : n)).join(":");
};

/** An element of words that may be of Parcours: these stand in brackets. */
const worded = (element, one) => {
  element.textContent = Array.isArray(one) ? one[0] : one;
  return Array.isArray(one) ? ours(element) : element;
};

/** Puts text in parts into an element: [text, whether it was asked for]. */
const putParts = (element, { parts, own: isOwn }) => {
  if (isOwn) {
    ours(element);
  }
  element.replaceChildren(...parts.map(([text, hit]) => (hit ? make("mark", "", text) : text)));
};

/** Draws results from the templates of the page. */
const resultDrawer = ({ dated, undated, other, said: saidTemplate, root, texts }) => {
  const rowOf = (one) => {
    if (one.meeting) {
      return drawn(one.meeting.start ? dated : undated, one.meeting);
    }
    const row = clone(other);
    row.querySelector("a").href = root + one.address;
    const tags = one.tags.flatMap((tag) => [" ", worded(make("span", "pc-told"), tag)]);
    row.querySelector(".pc-item__when").append(...tags.slice(1));
    return row;
  };
  return (one) => {
    const row = rowOf(one);
    putParts(row.querySelector(".pc-item__title a"), one.title);
    const said = clone(saidTemplate);
    const [passage, hear] = said.querySelectorAll("a");
    putParts(said.querySelector(".pc-item__summary"), one.text);
    passage.href = `${root}${one.address}#${encodeURIComponent(one.anchor)}`;
    worded(passage, one.heading);
    if (!one.anchor || !one.heading) {
      passage.remove();
    }
    if (one.at === undefined || one.at === null) {
      hear.remove();
    } else {
      hear.href = `${root}${one.address}#t=${one.at}`;
      ours(hear).textContent = fill(texts.hear, { time: clock(one.at) });
    }
    if (one.text.parts.length) {
      row.querySelector(".pc-item__text").append(said);
    }
    return row;
  };
};
