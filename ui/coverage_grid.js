// Draws the map as a table of buttons: whole where there is room, strand by strand where there is not.
const NARROW = 760;

const MARKS = {
  confirmed: '<svg viewBox="0 0 20 20" aria-hidden="true"><rect x="1" y="1" width="18" height="18" rx="4" class="full"/><path d="M5.5 10.5l3 3 6-7" class="tick"/></svg>',
  described: '<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="8" class="full"/></svg>',
  mentioned: '<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7" class="ring"/></svg>',
};

const made = (tag, attributes = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...inside);  // strings become text, never markup
  return element;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".map");
  const state = (root.hubState ||= { strand: 0, at: "" });
  let narrow = null;

  const cellOf = (cell, row, column) => {
    if (cell.mark === "nothing") return made("td", { role: "gridcell" }, made("span", { class: "none", "aria-label": cell.said }, "–"));
    const key = column.id + "|" + row.name;
    const button = made("button", { type: "button", class: cell.mark, "aria-label": cell.said, title: cell.said, tabindex: "-1" });
    button.innerHTML = MARKS[cell.mark];
    button.append(made("span", {}, cell.words));
    button.dataset.key = key;
    button.addEventListener("click", () => { state.at = key; setTriggerValue("opened", key); });
    return made("td", { role: "gridcell" }, button);
  };

  const tableOf = (columns, strands, stacked) => {
    const table = made("table", { role: "grid", "aria-label": data.name });
    const head = made("thead", { role: "rowgroup" });
    if (!stacked) {
      const top = made("tr", { role: "row" }, made("th", { role: "columnheader", rowspan: "2", scope: "col" }, data.rows_are));
      for (const s of strands) top.append(made("th", { role: "columnheader", scope: "colgroup", colspan: String(s.components.length), class: "strand" }, s.shape + " " + s.name));
      head.append(top);
    }
    const names = made("tr", { role: "row" });
    for (const c of columns) names.append(made("th", { role: "columnheader", scope: "col", class: c.first ? "first" : undefined }, c.name));
    head.append(names);
    const body = made("tbody", { role: "rowgroup" });
    for (const row of data.rows) {
      const name = made("th", { role: "rowheader", scope: "row", colspan: stacked ? String(columns.length) : undefined }, row.name);
      const line = made("tr", { role: "row" });
      if (stacked) body.append(made("tr", { role: "row", class: "name" }, name));
      else line.append(name);
      for (const c of columns) {
        const cell = cellOf(row.cells[c.place], row, c);
        if (c.first) cell.classList.add("first");
        line.append(cell);
      }
      body.append(line);
    }
    table.append(head, body);
    return table;
  };

  // One stop for the Tab key; the arrows go from cell to cell, past those with nothing in them.
  const walk = (table) => {
    const lines = [...table.querySelectorAll("tbody tr:not(.name)")].map((line) => [...line.querySelectorAll("td")].map((cell) => cell.querySelector("button")));
    const all = lines.flat().filter(Boolean);
    const current = all.find((b) => b.dataset.key === state.at) || all[0];
    if (current) current.tabIndex = 0;
    table.addEventListener("focusin", (event) => {
      if (!event.target.dataset.key) return;
      all.forEach((b) => { b.tabIndex = b === event.target ? 0 : -1; });
    });
    table.addEventListener("keydown", (event) => {
      const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
      if (!step) return;
      event.preventDefault();
      let y = lines.findIndex((line) => line.includes(event.target));
      let x = lines[y].indexOf(event.target);
      for (y += step[0], x += step[1]; lines[y] && x >= 0 && x < lines[y].length; y += step[0], x += step[1]) {
        if (lines[y][x]) { lines[y][x].focus(); return; }
      }
    });
  };

  const draw = () => {
    let place = 0;
    const strands = data.strands.map((s) => ({ ...s, columns: s.components.map((c, n) => ({ ...c, place: place++, first: n === 0 })) }));
    root.replaceChildren();
    if (narrow) {
      const tabs = made("div", { role: "group", "aria-label": "Strand", class: "tabs" });
      strands.forEach((s, n) => {
        const tab = made("button", { type: "button", "aria-pressed": String(n === state.strand) }, s.shape + " " + s.name);
        tab.addEventListener("click", () => { state.strand = n; draw(); root.querySelectorAll(".tabs button")[n].focus(); });
        tabs.append(tab);
      });
      root.append(tabs);
    }
    const shown = narrow ? [strands[state.strand] || strands[0]] : strands;
    const table = tableOf(shown.flatMap((s) => s.columns), shown, narrow);
    root.append(made("div", { class: narrow ? "whole" : "scroll" }, table));
    walk(table);
  };

  const fit = () => {
    const now = root.clientWidth > 0 && root.clientWidth < NARROW;
    if (now !== narrow) { narrow = now; draw(); }
  };
  const observer = new ResizeObserver(fit);
  observer.observe(root);
  fit();
  return () => observer.disconnect();
}
