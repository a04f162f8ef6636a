/* Today is the reader's, as « 2026-12-03 ». */
const now = new Date();
const two = (n) => String(n).padStart(2, "0");
const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;

