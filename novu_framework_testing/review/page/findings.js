// What the checks find wrong with a message: in plain words what and where; what only helps in the code is folded away.
"use strict";

const Findings = (() => {
  const { h } = Previews;
  const FEW = 3;
  // Advice and facts with signs in them that only code has are for the developer.
  const CODE = /[<>{}=`@\\]|--|\b[a-z]+[A-Z]|\w\.\w+\.\w/;
  const isPlain = (said) => said && !CODE.test(said.replace(/“[^”]*”/g, ""));
  // The fact that shows it, without the words that stand beside it.
  const fact = ({ detail, words }) => (words.includes("“") ? detail.replace(/,? ?“[^”]*”/g, "") : detail);

  // One problem with all its places.
  function problem(all) {
    const [one] = all;
    const shown = all.slice(0, FEW).map((each) => h("li", {}, h("bdi", {}, each.words[0].toUpperCase() + each.words.slice(1)), isPlain(fact(each)) ? ` (${fact(each)})` : ""));
    return h("li", {},
      h("p", {}, h("strong", {}, one.wrong.replaceAll("`", "")), isPlain(one.advice) ? ` ${one.advice}` : ""),
      h("ul.finding-places", {}, shown, all.length > FEW ? h("li", {}, `and in ${all.length - FEW} more ${all.length - FEW === 1 ? "place" : "places"}`) : null));
  }

  function problems(found) {
    const byRule = new Map();
    for (const each of found) byRule.set(each.rule, [...(byRule.get(each.rule) || []), each]);
    return h("ul.problems", {}, [...byRule.values()].map(problem));
  }

  const code = (found) => h("details.finding-code", {}, h("summary", {}, "For the developer"), h("ul", {}, found.map((one) =>
    h("li", {}, h("code", {}, `${one.level} ${one.rule}`), ` ${[one.where, one.detail, one.clients.join(", "), isPlain(one.advice) ? "" : one.advice].filter(Boolean).join(" · ")}`))));

  // Beside the message that they are about. What was wrong before the change is told after what is new with it.
  function list(side, compared) {
    const all = side.facts.findings || [];
    if (!all.length) return null;
    const fresh = all.filter((each) => !each.known);
    const known = all.filter((each) => each.known);
    const title = compared ? "New with this change" : "What to look at";
    return h("div.findings", { "data-unmarked": "", role: "group", "aria-label": "What is wrong with the content" },
      fresh.length ? [h("p.finding-title", {}, title), problems(fresh)] : null,
      known.length ? h("details.finding-known", {}, h("summary", {}, `${known.length} ${known.length === 1 ? "problem was" : "problems were"} there before this change`), problems(known)) : null,
      code(all));
  }

  return { list };
})();
