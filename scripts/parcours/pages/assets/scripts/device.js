/* The way into the calendar that the reader's system has comes first, and is what the button opens;
   the others follow, the likeliest first. */
const LIKELY = {
  apple: ["apple", "google", "outlook", "office"],
  android: ["google", "android", "outlook", "office"],
  windows: ["outlook", "office", "desktop", "google", "thunderbird"],
  linux: ["thunderbird", "nextcloud", "google"],
};
/* Programs that take a calendar from a button of ours, where the system itself opens none. */
const LABELS = { apple: words.followApple, google: words.followGoogle, outlook: words.followOutlook };

const systemOf = () => {
  const said = `${navigator.userAgentData?.platform ?? ""} ${navigator.userAgent}`.toLowerCase();
  if (/android|\bcros\b|chrom(?:e|ium) os/.test(said)) return "android";
  if (/iphone|ipad|ipod|mac ?os|macintosh/.test(said)) return "apple";
  if (/windows/.test(said)) return "windows";
  return /linux|x11|bsd/.test(said) ? "linux" : null;
};

const likely = LIKELY[systemOf()] ?? [];
for (const programs of document.querySelectorAll(".pc-clients")) {
  const one = (key) => programs.querySelector(`[data-program=${key}]`);
  programs.prepend(...likely.map(one));
  const [first] = likely;
  const button = programs.closest(".pc-panel, .pc-subscribe").querySelector(".pc-follow");
  const link = first && one(first).querySelector("a");
  if (link && LABELS[first]) {
    button.href = link.href;
    button.rel = "noopener";
    button.textContent = LABELS[first];
  }
}
