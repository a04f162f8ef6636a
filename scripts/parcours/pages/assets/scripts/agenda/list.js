/* The meetings that are chosen as a list, by months, a page at a time. */
const monthName = dates({ month: "long", year: "numeric" });
const PAGE = 50;

/** The list in its elements: `show(state, found)` draws it, and gives the sentence that counts. */
const meetingList = ({ results, more, dated, undated, texts }) => {
  const count = counting(texts);
  const item = (one) => drawn(one.start ? dated : undated, one);
  const heading = (one) => {
    const month = one.start ? monthName(`${one.start.slice(0, 7)}-01`) : texts.undated;
    return one.over ? fill(texts.past, { month }) : month;
  };
  const draw = (found, from = 0) => {
    for (const one of found.slice(from, from + PAGE)) {
      const name = heading(one);
      if (results.lastElementChild?.firstElementChild.textContent !== name) {
        const section = make("section", "");
        section.append(ours(make("h2", "", name)), make("ul", "pc-items pc-rows"));
        results.append(section);
      }
      results.lastElementChild.lastElementChild.append(item(one));
    }
    const rest = Math.min(found.length - from - PAGE, PAGE);
    more.hidden = rest <= 0;
    if (rest > 0) {
      ours(more.firstElementChild).textContent = count("more", rest);
      more.firstElementChild.onclick = () => {
        draw(found, from + PAGE);
        document.dispatchEvent(new Event("parcours:shown"));
        results.querySelectorAll(".pc-item__title a")[from + PAGE].focus();
      };
    }
  };
  const show = (state, all) => {
    const coming = all.filter((one) => !one.over);
    const past = state.past ? all.filter((one) => one.over).reverse() : [];
    results.replaceChildren();
    draw([...coming, ...past]);
    return count(state.past ? "all" : "coming", coming.length + past.length);
  };
  return { show };
};
