/* Finding words in a transcript: accents and case do not count, what matches is marked. */
for (const part of document.querySelectorAll(".pc-transcript")) {
  const form = part.querySelector("form");
  const field = form.querySelector("input");
  const count = form.querySelector("[role=status]");
  const body = part.querySelector("details");
  const blocks = [...part.querySelectorAll(".pc-transcript__text > *")];
  // One character for one: what is found in the folded text stands at the same place in the text.
  const fold = (text) => [...text].map((letter) => {
    const plain = letter.normalize("NFD")[0].toLowerCase();
    return letter === "’" ? "'" : /\s/.test(letter) ? " " : plain.length === 1 ? plain : letter;
  }).join("");
  const unmark = () => {
    for (const mark of part.querySelectorAll("mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  };
  const mark = (block, words) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      nodes.push(walker.currentNode);
    }
    for (const node of nodes) {
      const text = fold(node.data);
      // From the end: what is cut off there moves nothing before it.
      for (let at = text.lastIndexOf(words); at >= 0; at = at ? text.lastIndexOf(words, at - 1) : -1) {
        if (at + words.length > node.data.length) {
          continue;
        }
        const found = node.splitText(at);
        found.splitText(words.length);
        const element = document.createElement("mark");
        found.replaceWith(element);
        element.append(found);
      }
    }
  };
  const find = () => {
    unmark();
    const words = fold(field.value.trim());
    let found = 0;
    let time = null;
    for (const block of blocks) {
      const matches = !words || fold(block.textContent).includes(words);
      time = block.querySelector("[data-at]") ? block : time;
      block.hidden = !matches;
      // What matches keeps the time above it.
      if (matches && time) {
        time.hidden = false;
      }
      found += matches;
      if (words && matches) {
        mark(block, words);
      }
    }
    if (words) {
      body.open = true;
    }
    const { none, one, many } = count.dataset;
    const said = found > 1 ? many.replace("{n}", found) : found ? one : none;
    count.textContent = words ? said : "";
  };
  form.hidden = false;
  field.addEventListener("input", find);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      field.value = "";
      find();
    }
  });
}
