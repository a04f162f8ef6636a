/* Recordings: nothing is asked of their host before a click; then times lead into the player. */
const audio = document.querySelector(".pc-sound audio");
const boxes = [...document.querySelectorAll(".pc-player[data-source]")];
/* « #t=400 », « #t=6m40s », « #t=1h2m »: a moment of the recording (Media Fragments URI 1.0, 4.2.1, and
   what people copy from players). */
const moment = () => {
  const found = location.hash.match(/^#t=(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?$/);
  const [, hours, minutes, seconds] = found ?? [];
  return 3600 * Number(hours ?? 0) + 60 * Number(minutes ?? 0) + Number(seconds ?? 0);
};
const told = (seconds) => `#t=${Math.floor(seconds / 60)}m${Math.floor(seconds % 60)}s`;
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

/* The link to the moment that is played, or that was chosen last where the player does not tell. */
const offerMoment = (seconds) => {
  const part = document.querySelector(".pc-moment");
  if (!part) {
    return;
  }
  part.hidden = false;
  const button = part.querySelector("button");
  // Which one it is, is known once it is pressed; then the button copies its value (copy.js).
  button.onclick = () => {
    button.value = location.href.replace(/#.*$/, "") + told(loaded.element.currentTime ?? seconds);
  };
};

/* What is being said is marked in the transcript, and kept in sight unless the reader says no. */
const follow = (element) => {
  const passages = [...document.querySelectorAll(".pc-passage:has([data-at])")];
  const option = document.querySelector(".pc-transcript__follow");
  if (!passages.length || !option) {
    return;
  }
  const choice = option.querySelector("input");
  option.hidden = false;
  let current = null;
  const mark = () => {
    const now = passages.findLast((one) => Number(one.querySelector("[data-at]").dataset.at) <= element.currentTime);
    const wanted = choice.checked ? now ?? null : null;
    if (wanted === current) {
      return;
    }
    current?.removeAttribute("aria-current");
    wanted?.setAttribute("aria-current", "true");
    current = wanted;
    if (wanted?.closest("details")?.open && !element.paused) {
      wanted.scrollIntoView({ block: "nearest" });
    }
  };
  element.addEventListener("timeupdate", mark);
  choice.addEventListener("change", mark);
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
  document.dispatchEvent(new Event("parcours:played"));
  offerMoment(seconds);
  if (kind !== "frame") {
    follow(element);
  }
  element.tabIndex = 0;
  element.focus();
};

for (const box of boxes) {
  const button = box.querySelector(".pc-player__load");
  button.hidden = false;
  box.querySelector(".pc-player__link").classList.remove("md-button", "md-button--primary");
  button.addEventListener("click", () => load(box, moment()));
  // By the mouse or the finger the picture does the same; keys and readers have the button.
  box.querySelector(".pc-thumb")?.addEventListener("click", () => load(box, moment()));
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

/* Who follows a link to a moment wants the player, which opens there by one touch; a recording that this
   site keeps is set to it. */
const arrive = () => {
  const seconds = moment();
  if (!seconds || !(boxes.length || audio)) {
    return;
  }
  if (!boxes.length) {
    audio.currentTime = seconds;
  }
  (boxes[0] ?? audio).scrollIntoView({ block: "center" });
  (boxes[0]?.querySelector(".pc-player__load") ?? audio).focus({ preventScroll: true });
};
arrive();
addEventListener("hashchange", arrive);

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
      offerMoment(seconds);
    } else {
      load(box, seconds);
    }
    loaded.element.scrollIntoView({ block: "nearest" });
  } else if (audio && time.matches("button")) {
    play(audio, seconds);
  }
});
