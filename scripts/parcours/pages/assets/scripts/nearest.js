/* The calendar of what is chosen: a crossing is written from its first meeting on. Until then, the
   nearest one is that of fewer parts. */
/** The parts of the longest path that exists, the first of them in doubt.
    - parts: of the path, in its order;
    - exists: whether there is a calendar of two parts or more. */
const nearestOf = (parts, exists) => {
  if (parts.length < 2 || exists(parts.join("/"))) {
    return parts;
  }
  const narrower = parts.map((_, left) => parts.filter((__, index) => index !== parts.length - 1 - left));
  return narrower.find((found) => found.length < 2 || exists(found.join("/")))
    ?? nearestOf(narrower[0], exists);
};
