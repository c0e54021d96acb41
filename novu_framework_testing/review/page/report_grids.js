// The report's matrices: a grid of each step, whose cells lead to the messages.
"use strict";

(() => {
  const section = document.getElementById("grids");
  if (!section) return;
  const { h } = Previews;
  const grids = JSON.parse(section.querySelector("script").textContent);
  for (const { test, about, cells } of grids) {
    const grid = Grid.section(cells, { title: about, opens: grids.length < 4, href: (anchor) => `#${anchor}` });
    if (grid) section.append(grid, h("p.grid-test", {}, test));
  }
})();
