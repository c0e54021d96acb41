// For whom a change is, and why a test makes it. What is not known is not said.
"use strict";

const About = (() => {
  const { h } = Previews;

  // Names for people, where the browser knows them: "German (Germany)".
  function language(locale) {
    try {
      return new Intl.DisplayNames(["en"], { type: "language" }).of(locale.replaceAll("_", "-"));
    } catch {
      return locale;
    }
  }

  const workflow = (change) => change.workflowName || change.workflow || "No workflow";
  const recipient = ({ recipient: known }) => (known && (known.name || known.id)) || "";

  // The short name of a test in a list, what tells it from its neighbours first.
  const test = ({ testCase, testName }) => [testCase, testName].filter(Boolean).join(" · ");

  function facts(change) {
    const { id, name, email, phone, locale, timezone } = change.recipient || {};
    const others = [name ? id : "", email, phone].filter(Boolean);
    const rows = [
      ["For", id ? `${name || id}${others.length ? ` (${others.join(", ")})` : ""}` : ""],
      ["Language", locale ? `${language(locale)}${language(locale) === locale ? "" : `, ${locale}`}` : ""],
      ["Time zone", timezone || ""],
      ["Test", [change.testPlace, change.testTitle].filter(Boolean).join(" › ")],
    ];
    return h("dl.about-change", {}, rows.filter(([, value]) => value).map(([word, value]) =>
      h("div", {}, h("dt", {}, word), h("dd", { title: word === "Test" ? change.test : null }, value))));
  }

  const words = (change) => `${change.testTitle || ""} ${change.workflowName || ""} ${Object.values(change.recipient || {}).join(" ")}`;

  return { facts, recipient, test, words, workflow };
})();
