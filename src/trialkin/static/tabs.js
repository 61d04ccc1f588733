/* Shows the parts of a .tabs block one at a time, as tabs. Without this module they follow each other under headings. */

const KEYS = { ArrowLeft: -1, ArrowRight: 1 };

function makeTabs(block) {
  const panels = [...block.children];
  const list = document.createElement("div");
  list.className = "tablist";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", block.dataset.label);
  const tabs = panels.map((panel) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `${panel.id}-tab`;
    tab.textContent = panel.firstElementChild.textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
    tab.addEventListener("click", () => choose(panel));
    panel.addEventListener("beforematch", () => choose(panel)); // the browser's own search found a word in it
    list.append(tab);
    return tab;
  });

  function choose(chosen) {
    panels.forEach((panel, place) => {
      tabs[place].setAttribute("aria-selected", String(panel === chosen));
      tabs[place].tabIndex = panel === chosen ? 0 : -1;
      if (panel === chosen) panel.removeAttribute("hidden");
      else panel.setAttribute("hidden", "until-found");
    });
  }

  list.addEventListener("keydown", (event) => {
    const last = tabs.length - 1;
    const now = tabs.indexOf(event.target);
    let next = null;
    if (event.key in KEYS) next = (now + KEYS[event.key] + tabs.length) % tabs.length;
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = last;
    if (next === null || now < 0) return;
    event.preventDefault();
    choose(panels[next]);
    tabs[next].focus();
  });

  function reveal() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const panel = target && panels.find((one) => one.contains(target));
    if (panel) choose(panel);
  }

  block.prepend(list);
  block.classList.add("tabbed");
  choose(panels[0]);
  addEventListener("hashchange", reveal);
  reveal();
}

document.querySelectorAll(".tabs").forEach(makeTabs);
