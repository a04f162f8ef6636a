/* Recordings: nothing is asked of their host before a click; then times lead into the player. */
const audio = document.querySelector(".pc-sound audio");
const boxes = [...document.querySelectorAll(".pc-player[data-source]")];
const hash = /^#t=(\d+)$/;
let loaded = null;

const media = (box, tag, seconds) => {
  const element = document.createElement(tag);
  element.controls = true;
  element.preload = "metadata";
  if (box.dataset.track) {
    const track = document.createElement("track");
    track.kind = "captions";
    track.src = box.dataset.track;
    track.srclang = document.documentElement.lang || "fr";
    track.label = box.dataset.trackLabel;
    track.default = true;
    element.append(track);
  }
  element.src = box.dataset.source;
  if (seconds) {
    element.currentTime = seconds;
  }
  return element;
};

const frame = (box, seconds) => {
  const element = document.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
  element.allow = "fullscreen; picture-in-picture; encrypted-media";
  element.allowFullscreen = true;
  element.loading = "lazy";
  // Some hosts play nothing without knowing the site; the page's own address stays here.
  element.referrerPolicy = "strict-origin";
  element.src = seconds ? box.dataset.seek.replace("{t}", seconds) : box.dataset.source;
  return element;
};

const load = (box, seconds) => {
  const { kind, title } = box.dataset;
  const element = kind === "frame" ? frame(box, seconds) : media(box, kind, seconds);
  element.title = title;
  element.className = "pc-player__screen";
  box.querySelector(".pc-player__screen")?.remove();
  box.prepend(element);
  box.querySelector(".pc-player__load").hidden = true;
  box.classList.add("pc-player--loaded");
  loaded = { box, element };
  element.tabIndex = 0;
  element.focus();
};

for (const box of boxes) {
  const button = box.querySelector(".pc-player__load");
  button.hidden = false;
  box.querySelector(".pc-player__link").classList.remove("md-button", "md-button--primary");
  button.addEventListener("click", () => load(box, Number(location.hash.match(hash)?.[1] ?? 0)));
}

const play = (element, seconds) => {
  element.currentTime = seconds;
  element.play().catch(() => element.focus());
};

/* A recording that this site keeps is there already: a time without a link can lead into it. */
if (audio && !boxes.length) {
  for (const time of document.querySelectorAll("span[data-at]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pc-at";
    button.dataset.at = time.dataset.at;
    button.textContent = time.textContent;
    time.replaceWith(button);
  }
}

document.addEventListener("click", (event) => {
  const time = event.target.closest?.("[data-at]");
  if (!time || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  const seconds = Number(time.dataset.at);
  // A time is a choice like the button: it opens the player here, and does not leave the page.
  const box = loaded?.box ?? boxes[0];
  if (box) {
    event.preventDefault();
    if (loaded && box.dataset.kind !== "frame") {
      play(loaded.element, seconds);
    } else {
      load(box, seconds);
    }
    loaded.element.scrollIntoView({ block: "nearest" });
  } else if (audio && time.matches("button")) {
    play(audio, seconds);
  }
});
