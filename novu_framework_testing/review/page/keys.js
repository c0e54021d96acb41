// The keys of the page, and what tells them.
"use strict";

const Keys = (() => {
  const { h } = Previews;
  const WORDS = [
    ["J", "The next change"], ["K", "The change before"],
    ["A", "Accept: write the snapshot"], ["R", "Reject, and say why"], ["U", "Take the last decision back"],
    ["⇧A", "Accept all that the list shows"], ["⇧W", "Accept all that the list shows of this workflow"],
    ["O", "List the equal messages, or hide them"], ["/", "Filter the list; Enter goes on to what was found"], ["?", "These keys"],
    ["↑ ↓ Home End", "In the list: another change"], ["→ ←", "In the list: open and close equal messages"],
    ["Esc", "In the filter: empty it, then leave it; elsewhere: close what is open"],
  ];
  const OFF = "novu-review-keys-off";
  const kept = () => { try { return localStorage.getItem(OFF); } catch { return null; } };
  let areOn = kept() !== "1";
  // Who speaks to the machine, or strikes keys by mistake, decides by buttons alone.
  const off = h("input", { type: "checkbox", onchange: () => { areOn = !off.checked; try { localStorage.setItem(OFF, areOn ? "0" : "1"); } catch { /* it holds for this page */ } } });
  off.checked = !areOn;
  const dialog = h("dialog.all-keys", { "aria-labelledby": "keys-title" },
    h("h2", { id: "keys-title" }, "Keys"),
    h("dl", {}, WORDS.map(([keys, words]) => [h("dt", {}, keys.split(" ").map((each) => h("kbd", {}, each))), h("dd", {}, words)])),
    h("p", {}, h("label", {}, off, " Single letters do nothing")),
    h("form", { method: "dialog" }, h("button", {}, "Close")));
  document.body.append(dialog);

  return { show: () => dialog.showModal(), areShown: () => dialog.open, areOn: () => areOn };
})();
