// What an email has besides its HTML: its headers, its attachments and its plain text.
"use strict";

const Emails = (() => {
  const { h } = Previews;
  const word = (value) => (value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value));
  const address = (email, name) => (email && name ? `${name} <${email}>` : email || name || "");
  const size = (bytes) => (bytes === "" ? "" : bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

  // The headers: [name, value, whether it is of the test's run alone, and not of the snapshot].
  function headers(side) {
    const { outputs } = side;
    const known = (side.context && side.context.headers) || [];
    const sent = (name) => known.filter(([key]) => key === name).map(([, value]) => value).join(", ");
    const own = outputs.from && typeof outputs.from === "object" ? address(outputs.from.email, outputs.from.name) : word(outputs.from);
    const from = address(sent("from"), sent("senderName"));
    const replyTo = word(outputs.replyTo);
    const rows = [
      ["From", own, false],
      [own ? "Sent from" : "From", from === own ? "" : from, true],
      ["Reply to", replyTo, false],
      [replyTo ? "Replies sent to" : "Reply to", sent("replyTo") === replyTo ? "" : sent("replyTo"), true],
      ["To", sent("to"), true],
      ["Cc", sent("cc"), false],
      ["Bcc", sent("bcc"), false],
      ["Subject", word(outputs.subject), false],
      ["Preview text", word(outputs.preheader), false],
    ];
    return rows.filter(([, value]) => value);
  }

  const attachments = (side) => ((side.context && side.context.attachments) || []).map(([name, type, bytes]) =>
    [name || "without a name", type, size(bytes)].filter(Boolean).join(" · "));

  // The headers and the attachments of an email, to open; what is not in the snapshot is marked as such.
  function head(side) {
    const rows = headers(side);
    const files = attachments(side);
    const list = h("dl.mail-headers", {}, rows.map(([name, value, isContext]) =>
      h("div", isContext ? { "data-unmarked": "" } : {}, h("dt", {}, name), h("dd", {}, h("bdi", {}, value), isContext ? [" ", h("span.of-the-run", {}, "of this test run")] : null))),
    files.map((each) => h("div", {}, h("dt", {}, "Attachment"), h("dd", {}, h("bdi", {}, each)))));
    const note = rows.some(([, , isContext]) => isContext)
      ? h("p.mail-note", { "data-unmarked": "" }, "What is of this test run is no part of the snapshot: it is not decided on.")
      : null;
    const unknown = side.context ? null
      : h("p.mail-note", { "data-unmarked": "" }, "Who this was sent to is not kept in the snapshot.");
    return h("details.mail-more", {}, h("summary", { "data-unmarked": "" }, `Headers${files.length ? ` and ${files.length} attachment${files.length === 1 ? "" : "s"}` : ""}`), list, note, unknown);
  }

  // The text that a mail program shows which shows no HTML: of an override, or else made of the HTML. Nothing where there is neither.
  function text(side) {
    const given = side.context && side.context.text;
    if (!given && side.facts.text === undefined) return [];
    return [
      h("p.mail-note", { "data-unmarked": "" }, given ? "Plain text from an override, of this test run." : "Plain text, as mail programs make it of the HTML."),
      h("pre.mail-text", { dir: "auto" }, given || side.facts.text),
    ];
  }

  return { head, text };
})();
