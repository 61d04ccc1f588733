/* Marks the section that is being read in the page's contents, and unfolds everything for printing. */

const links = new Map(
  [...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]),
);
const visible = new Set();

const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) visible.add(entry.target.id);
      else visible.delete(entry.target.id);
    }
    const current = [...links.keys()].find((key) => visible.has(key));
    if (!current) return;
    for (const [key, link] of links) {
      if (key === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const link = links.get(current);
    const contents = link.closest(".contents");
    if (contents.scrollWidth > contents.clientWidth) {
      contents.scrollTo({ left: link.offsetLeft - contents.clientWidth / 3 });
    } else if (contents.scrollHeight > contents.clientHeight) {
      contents.scrollTo({ top: link.offsetTop - contents.clientHeight / 2 });
    }
  },
  { rootMargin: "-15% 0px -60% 0px" },
);
for (const key of links.keys()) {
  const section = document.getElementById(key);
  if (section) observer.observe(section);
}

addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
});

/* A link to something folded unfolds it. */
function reveal() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
}
addEventListener("hashchange", reveal);
reveal();
