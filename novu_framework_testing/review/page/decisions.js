// Decisions in a report, far from the project: made beside each change, and saved as a file that `review apply` reads.
"use strict";

(() => {
  const { h } = Previews;
  const MOST = 2000;
  const KEY = `novu-review-decisions:${document.title}`;
  const bar = document.getElementById("decisions");
  const places = [...document.querySelectorAll("[data-changes]")];
  if (!bar || !places.length) return;

  // What is decided, by the changes that a place is about: their ids, and digests of what is on the screen.
  const decided = new Map();
  try {
    for (const [changes, decision] of Object.entries(JSON.parse(localStorage.getItem(KEY) || "{}"))) {
      if (["accept", "reject"].includes(decision.action)) decided.set(changes, { action: decision.action, why: String(decision.why || "").slice(0, MOST) });
    }
  } catch { /* nothing is kept in this browser */ }

  function keep() {
    try {
      localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(decided)));
    } catch { /* what is decided is on the page, and saved by hand */ }
    const count = places.filter((each) => decided.has(each.dataset.changes)).length;
    bar.querySelector("span").textContent = `${count} of ${places.length} decided`;
    bar.querySelector("button").disabled = count === 0;
  }

  function save() {
    const decisions = places.flatMap(({ dataset: { changes } }) => {
      const decision = decided.get(changes);
      return decision ? changes.split(" ").map((each) => {
        const [id, content] = each.split(":");
        return { id, content, action: decision.action, why: decision.action === "reject" ? decision.why.trim() : "" };
      }) : [];
    });
    const text = JSON.stringify({ format: "novu-review-decisions", version: 1, report: document.title, decisions }, null, 2);
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    h("a", { href: url, download: "decisions.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  function decide(place, index) {
    const { changes } = place.dataset;
    const count = changes.split(" ").length;
    const field = h("textarea", { id: `why-${index}`, rows: "2", maxlength: String(MOST) });
    const asked = h("div.why", {}, h("label", { for: `why-${index}` }, "Why?", h("span", {}, " (optional)")), field);
    const choice = (value, word) => {
      const input = h("input", { type: "radio", name: `decision-${index}`, value });
      input.checked = (decided.get(changes)?.action || "") === value;
      input.addEventListener("change", () => set(value));
      return h("label", {}, input, word);
    };
    function set(action) {
      if (action) decided.set(changes, { action, why: field.value });
      else decided.delete(changes);
      asked.hidden = action !== "reject";
      keep();
    }
    field.value = decided.get(changes)?.why || "";
    field.addEventListener("input", () => set("reject"));
    asked.hidden = decided.get(changes)?.action !== "reject";
    place.append(h("fieldset.decision", {},
      h("legend", {}, count > 1 ? `Your decision on these ${count}` : "Your decision"),
      h("div.choices", {}, choice("accept", "Accept"), choice("reject", "Reject"), choice("", "None yet")),
      asked));
  }

  bar.append(h("span", { role: "status" }), h("button", { type: "button", onclick: save }, "Save decisions"));
  bar.append(h("p", {}, "Apply the saved file in the project: novu-framework review apply decisions.json"));
  places.forEach(decide);
  keep();
})();
