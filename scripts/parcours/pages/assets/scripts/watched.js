/* A replay that was played here is marked as watched, unless its reader says otherwise. */
const button = document.querySelector(".pc-watched");
const here = location.pathname;

const setSeen = (seen) => {
  const paths = seenHere();
  if (seen) paths.add(here);
  else paths.delete(here);
  keepSeen(paths);
};

const mark = () => {
  const paths = seenHere();
  if (button) button.ariaPressed = String(paths.has(here));
  for (const card of document.querySelectorAll(".pc-view")) {
    const link = card.querySelector("a");
    const told = card.querySelector(".pc-seen");
    const seen = paths.has(pathTo(link));
    if (seen && !told) {
      const badge = Object.assign(document.createElement("span"), { className: "pc-badge pc-seen", textContent: words.watched });
      if (words.foreign) badge.lang = words.foreign;
      card.querySelector(".pc-card__when").append(" ", badge);
    } else if (!seen) {
      told?.remove();
    }
  }
};

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => setSeen(button.ariaPressed !== "true"));
  document.addEventListener("parcours:played", () => setSeen(true));
  // A recording of this site tells that it plays; one elsewhere is left for.
  document.addEventListener("play", () => setSeen(true), true);
  for (const link of document.querySelectorAll(".pc-player__link, .pc-player__buttons > a")) {
    link.addEventListener("click", () => setSeen(true));
  }
}
mark();
for (const name of ["parcours:seen", "parcours:shown"]) document.addEventListener(name, mark);
addEventListener("storage", mark);
