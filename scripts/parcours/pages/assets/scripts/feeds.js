/* The theme takes every rel="alternate" for a translation of the site and asks its folder for a
   sitemap. Feeds say that they are feeds before it looks; readers of feeds see no difference. */
for (const link of document.querySelectorAll('head > link[rel="alternate"][type]')) {
  link.relList.add("feed");
}
