// Shows a step as its channel would: an email in a client, a text in a bubble. Shared by the page and the report.
"use strict";

const Previews = (() => {
  const ICONS = {
    email: '<path d="M2.5 4.5h15v11h-15z"/><path d="m3 5 7 6 7-6"/>',
    in_app: '<path d="M5 8.5a5 5 0 0 1 10 0c0 4 1.5 5 1.5 5h-13S5 12.5 5 8.5z"/><path d="M8.5 16a1.6 1.6 0 0 0 3 0"/>',
    sms: '<path d="M3 4.5h14v9.5H9l-3.5 3V14H3z"/><path d="M6.5 8h7M6.5 10.8h4.5"/>',
    push: '<rect x="5.5" y="2" width="9" height="16" rx="2"/><path d="M8.8 15.5h2.4"/>',
    chat: '<path d="M2.5 3.5h11v7.5H7l-2.5 2.2V11h-2z"/><path d="M16 7h1.5v7.5h-2v2.2L13 14.5H8.5"/>',
    conversation: '<path d="M2.5 3h9.5v6.5H6L3.8 11.6V9.5H2.5z"/><path d="M14.5 7.5h3V14h-1.3v2.1L14 14H8.5v-1.5"/>',
    tool: '<path d="M12.8 3.2a4 4 0 0 0-4.6 5.4L3 13.8 6.2 17l5.2-5.2a4 4 0 0 0 5.4-4.6l-2.5 2.5-2.8-.7-.7-2.8z"/>',
    digest: '<path d="m10 3 7 3.5-7 3.5-7-3.5z"/><path d="m3 10 7 3.5 7-3.5M3 13.5 10 17l7-3.5"/>',
    delay: '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.2l2.8 1.6"/>',
    throttle: '<path d="M3.5 14.5a7 7 0 1 1 13 0"/><path d="m10 11.5 3-4"/>',
    http_request: '<circle cx="10" cy="10" r="7"/><path d="M3 10h14M10 3c4 4.5 4 9.5 0 14-4-4.5-4-9.5 0-14z"/>',
    picture: '<rect x="3" y="4" width="14" height="12" rx="1.5"/><circle cx="7.5" cy="8" r="1.2"/><path d="m4 15 4.5-4.5 3 3 2-2L17 15"/>',
    custom: '<path d="m7 6-4 4 4 4M13 6l4 4-4 4"/>',
  };
  const SEEN = {
    email: ["subject", "from", "replyTo", "preheader", "body"],
    in_app: ["subject", "body", "avatar", "primaryAction", "secondaryAction", "redirect"],
    sms: ["body"],
    push: ["subject", "body"],
    chat: ["body", "card"],
    tool: ["body"],
    conversation: ["platform", "subject", "people", "talk"],
  };
  const MESSAGES = new Set(Object.keys(SEEN));
  const DESKTOP = 720;
  const PHONE = 375;

  // `h("p.note", {title: "x"}, "text", child)` makes an element; nothing in it is ever read as HTML.
  function h(name, attributes = {}, ...children) {
    const [tag, ...classes] = name.split(".");
    const element = document.createElement(tag || "div");
    if (classes.length) element.className = classes.join(" ");
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false));
    return element;
  }

  function icon(channel) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    svg.innerHTML = ICONS[channel] || ICONS.custom;
    return svg;
  }

  const text = (value) => (typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value));
  // an emoji is several signs, and half of one is none
  const initial = (value) => ((window.Intl && Intl.Segmenter ? [...new Intl.Segmenter().segment(text(value).trim().slice(0, 40))].map((part) => part.segment) : [...text(value).trim()])[0] || "·").toUpperCase();

  // ---- What is beside the message

  function extras(side) {
    const seen = MESSAGES.has(side.channel) ? SEEN[side.channel] : [];
    const rest = Object.fromEntries(Object.entries(Providers.withoutBlocks(side)).filter(([key]) => !seen.includes(key)));
    const found = [];
    const add = (name, value) => {
      if (Object.keys(value).length) found.push(h("section.extra", {}, h("h4", {}, name), Readable.list(value)));
    };
    if (MESSAGES.has(side.channel)) add("Sent along", rest);
    add("Details", side.details);
    return found;
  }

  // ---- Email

  const ADDRESSES = ["src", "srcset", "background", "poster", "data", "action", "formaction", "href", "xlink:href", "ping", "lowsrc", "dynsrc", "longdesc", "codebase", "imagesrcset", "attributionsrc", "cite", "manifest", "archive", "classid"];
  const DROPPED = "script, template, iframe, frame, frameset, object, embed, applet, link, base, meta, portal, dialog, audio, video";

  const SVG = "http://www.w3.org/2000/svg";

  const harmless = (address) => /^\s*data:image\/(png|gif|jpe?g|webp|avif|bmp);/i.test(address || "");
  // A letter in CSS can be written as an escape, and `\75rl(` is `url(`: letters are made plain first. A file's end closes what is open.
  const spelled = (css) => css.replace(/\\(?:([0-9a-f]{1,6})(?:\r\n|\s)?|([g-z]))/gi, (all, code, letter) => {
    const said = letter || (parseInt(code, 16) < 128 ? String.fromCharCode(parseInt(code, 16)) : "");
    return /[a-z]/i.test(said) ? said : all;
  });
  const withoutAddresses = (css) => spelled(css).replace(/@import[^;]*;?/gi, "").replace(/image-set\(/gi, "not-loaded(").replace(/url\(\s*(["']?)(?!["']?(?:data:image\/|#))[^)]*(?:\)|$)/gi, "none");

  // Neither would have an effect in a parsed document; the browser complains of them all the same.
  function quiet(body) {
    return body.replace(/<base\b/gi, "<meta data-base").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s/"'])on(?=[a-z]+\s*=)/gi, "$1data-on"));
  }

  // Elements that a document has as properties by their names: one called "head" would stand for its head.
  const NAMED = "img, form, iframe, embed, object";
  // And those that a form has so: one called "attributes" would stand for what is said of the form.
  const CONTROLS = ["img", "input", "button", "select", "textarea", "output", "fieldset", "object"].map((tag) => `form ${tag}, ${tag}[form]`).join(", ");

  // The body as a document in which nothing runs, nothing is fetched and nothing takes the focus.
  function inert(body) {
    const parsed = new DOMParser().parseFromString(quiet(body), "text/html");
    Document.prototype.querySelectorAll.call(parsed, NAMED).forEach((each) => each.removeAttribute("name"));
    Document.prototype.querySelectorAll.call(parsed, CONTROLS).forEach((each) => ["name", "id", "form"].forEach((name) => each.removeAttribute(name)));
    const dark = /prefers-color-scheme\s*:\s*dark|name=["']?(?:supported-)?color-schemes?["']?/i.test(body);
    parsed.querySelectorAll(DROPPED).forEach((each) => each.remove());
    const pictures = [...parsed.querySelectorAll("img, input[type=image]")].map((each) => [each, each.getAttribute("src") || ""]);
    parsed.querySelectorAll("*").forEach((each) => {
      for (const attribute of [...each.attributes]) {
        const name = attribute.name.toLowerCase();
        if (name.startsWith("on") || name === "autofocus" || name === "contenteditable" || name === "accesskey") each.removeAttribute(attribute.name);
        else if (ADDRESSES.includes(name) && !(name === "src" && harmless(attribute.value))) {
          if (name === "href") {
            // What it leads to is for the reader, and for telling two versions apart; it leads nowhere here.
            each.setAttribute("data-leads-to", attribute.value);
            each.setAttribute("title", `Leads to ${attribute.value}`);
          }
          each.removeAttribute(attribute.name);
        } else if (name === "style" || (each.namespaceURI === SVG && /[\\(]/.test(attribute.value))) each.setAttribute(attribute.name, withoutAddresses(attribute.value));
      }
      if (["INPUT", "BUTTON", "SELECT", "TEXTAREA"].includes(each.tagName)) each.setAttribute("disabled", "");
    });
    parsed.querySelectorAll("style").forEach((each) => {
      each.textContent = withoutAddresses(each.textContent);
    });
    for (const [each, address] of pictures) if (!harmless(address)) drawInstead(each, address);
    return { parsed, dark };
  }

  // What stands for a picture, as an image: words in the middle, where there is room for them. It is as high as they need, and as wide as it is shown.
  const DRAWING = `
    div{box-sizing:border-box;display:flex;align-items:center;justify-content:center;width:100%;height:100%;padding:0 8px;overflow:hidden;
      border:1px dashed #8b93a1;background:repeating-linear-gradient(135deg,#eef0f3 0 8px,#e6e9ed 8px 16px)}
    p{margin:0;color:#454b57;font:12px/16px system-ui,sans-serif;text-align:center;overflow-wrap:anywhere}
    @media(max-width:39px),(max-height:15px){p{display:none}}@media(max-width:7px),(max-height:7px){div{border:0;padding:0}}`;
  const AROUND_WORDS = 34;
  const LINE = 16;
  const [WIDEST, MOST_LINES] = [560, 12];

  const pen = document.createElement("canvas").getContext("2d");

  function lengthOf(words) {
    pen.font = "12px system-ui, sans-serif";
    return Math.ceil(pen.measureText(words).width);
  }

  function drawing(words, height) {
    // What no XML may contain would leave no picture at all.
    const said = words.replace(/[\p{Cc}\p{Cs}\p{Cn}]/gu, " ").replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const svg = `<svg xmlns="${SVG}" height="${height}"><foreignObject width="100%" height="100%"><div xmlns="http://www.w3.org/1999/xhtml"><style type="text/css">${DRAWING}</style><p dir="auto">${said}</p></div></foreignObject></svg>`;
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }

  // How wide or high an image is by itself; 0 where that hangs on what is around it, or is not said.
  function pixels(image, name) {
    const own = image.style[name];
    const said = /\d/.test(own) ? own : image.getAttribute(name) || "";
    return /^\s*\d+(?:\.\d*)?\s*(?:px)?\s*$/.test(said) ? Math.min(parseInt(said, 10), 5000) : 0;
  }

  // Shows a drawing for a picture that is not loaded. The element stays what it is: the email's styles say where it is shown, how large and in what frame.
  function drawInstead(image, address) {
    const name = address.split(/[?#]/)[0].split("/").filter(Boolean).pop() || "image";
    const label = image.getAttribute("alt") || name;
    const length = lengthOf(label);
    const alone = Math.min(length + AROUND_WORDS, WIDEST);
    const isSized = /^\s*\d/.test(image.getAttribute("width") || "");
    const lines = Math.ceil(length / Math.max((pixels(image, "width") || alone) - AROUND_WORDS, LINE));
    // A drawing of another height would be stretched.
    image.setAttribute("src", drawing(label, pixels(image, "height") || LINE * Math.min(Math.max(lines, 1), MOST_LINES) + 22));
    if (!isSized) image.style.setProperty("--novu-width", `${alone}px`);
    image.setAttribute("data-image", address);
    image.setAttribute("aria-label", `Image, not loaded: ${label}`);
    image.setAttribute("title", `Image, not loaded: ${address}`);
  }

  const FRAME_STYLE = `
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}html{overflow:hidden}:where(body){overflow-wrap:anywhere}
    :where(a[data-leads-to]){color:LinkText;text-decoration:underline;cursor:default}
    :where([data-image][style*="--novu-width"]){width:var(--novu-width);max-width:100%}
    del[data-mark]{background:#ffd4cf!important;color:#7d150c!important;text-decoration:line-through;border-radius:2px;box-shadow:0 0 0 1.5px #ffd4cf}
    ins[data-mark]{background:#c3efcb!important;color:#0a4f20!important;text-decoration:none;border-radius:2px;box-shadow:0 0 0 1.5px #c3efcb}
    [data-mark=old]:not(del){outline:2px solid #d6584a;outline-offset:2px}
    [data-mark=new]:not(ins){outline:2px solid #2b9a4b;outline-offset:2px}`;
  const INVERTED = `html{background:#fff;filter:invert(.92) hue-rotate(180deg)}body{background-color:#fff}
    img,input[type=image]{filter:invert(1) hue-rotate(180deg)}`;
  const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

  // A frame takes its preference from the system; which one to show is the reader's choice.
  function prefer(media, wantDark) {
    return media.replace(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_, scheme) => (/dark/i.test(scheme) === wantDark ? "(min-width: 0px)" : "(max-width: 0px)"));
  }

  function frameSource({ parsed, dark }, wantDark) {
    const copy = parsed.cloneNode(true);
    copy.querySelectorAll("style").forEach((each) => {
      each.textContent = prefer(each.textContent, wantDark);
      if (each.media) each.media = prefer(each.media, wantDark);
    });
    const head = [];
    const add = (tag, attributes, content) => {
      const element = copy.createElement(tag);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      if (content) element.textContent = content;
      head.push(element);
    };
    add("meta", { charset: "utf-8" });
    add("meta", { "http-equiv": "Content-Security-Policy", content: POLICY });
    add("style", {}, `:root{color-scheme:only ${dark && wantDark ? "dark" : "light"}}${FRAME_STYLE}`);
    // Without styles of its own for the dark, a client that darkens an email turns its colours round.
    if (wantDark && !dark) add("style", {}, INVERTED);
    copy.head.prepend(...head);
    const doctype = copy.doctype ? "<!doctype html>" : "";
    return doctype + copy.documentElement.outerHTML;
  }

  // When a frame has loaded its source. One that has been taken off the page meanwhile never does.
  function loaded(frame, source) {
    return new Promise((resolve) => {
      frame.addEventListener("load", resolve, { once: true });
      setTimeout(resolve, 5000);
      frame.srcdoc = source;
    });
  }

  // Emails are measured in a frame that is taken away again: the one that stays shares nothing with the page.
  async function measure(source, width) {
    const frame = h("iframe.measuring", { sandbox: "allow-same-origin", tabindex: "-1", "aria-hidden": "true", title: "" });
    frame.style.width = `${width}px`;
    const ready = loaded(frame, source);
    document.body.append(frame);
    await ready;
    const page = frame.contentDocument;
    const root = page && page.documentElement;
    const size = root ? { width: Math.max(root.scrollWidth, width), height: Math.max(root.scrollHeight, page.body ? page.body.scrollHeight : 0) } : { width, height: 480 };
    frame.remove();
    return size;
  }

  function emailFrame(email, options, label) {
    const width = options.phone ? PHONE : DESKTOP;
    const source = frameSource(email, options.dark);
    const frame = h("iframe", { sandbox: "", tabindex: "-1", title: label, referrerpolicy: "no-referrer" });
    const stage = h("div.stage", {}, frame);
    // Not shown before its size is known: until then it would be wider than its stage.
    frame.style.visibility = "hidden";
    let size = { width, height: 320 };
    const fit = () => {
      const scale = Math.min(1, stage.clientWidth / size.width) || 1;
      frame.style.width = `${size.width}px`;
      frame.style.height = `${size.height}px`;
      frame.style.transform = scale < 1 ? `scale(${scale})` : "";
      stage.style.height = `${Math.ceil(size.height * scale)}px`;
    };
    const ready = measure(source, width).then((measured) => {
      size = measured;
      fit();
      frame.style.visibility = "";
      new ResizeObserver(fit).observe(stage);
      return loaded(frame, source);
    });
    fit();
    return { stage, ready };
  }

  function email(side, options) {
    const outputs = side.outputs;
    const from = outputs.from && typeof outputs.from === "object" ? outputs.from : {};
    const name = from.name || from.email || "The provider's sender";
    const head = h("header.client-head", {},
      h("span.avatar", { "aria-hidden": "true", "data-unmarked": "" }, initial(name)),
      h("div.client-names", {},
        h("p.client-subject", { dir: "auto" }, text(outputs.subject) || h("em", {}, "no subject")),
        h("p.client-from", {}, h("strong", {}, name), from.email && from.name ? h("span", {}, ` <${from.email}>`) : null),
        outputs.replyTo ? h("p.client-reply", {}, `Replies go to ${text(outputs.replyTo)}`) : null));
    const preheader = outputs.preheader !== undefined ? text(outputs.preheader) : side.facts.preview || "";
    const inbox = h("div.inbox-row", { title: "How an inbox lists it" },
      h("span.inbox-from", {}, name), h("span.inbox-line", { dir: "auto" }, h("strong", {}, text(outputs.subject)), h("span", {}, preheader ? ` — ${preheader}` : "")));
    const more = Emails.head(side);
    const plain = options.text ? Emails.text(side) : [];
    const parsed = typeof outputs.body === "string" && !plain.length ? inert(outputs.body) : null;
    const shell = h(`div.client${options.phone ? ".is-phone" : ""}`, {}, inbox, head, more, plain);
    return {
      element: shell,
      marked: [inbox, head, ...plain],
      document: parsed ? parsed.parsed.body : null,
      finish(label) {
        if (plain.length) return Promise.resolve();
        if (!parsed) {
          shell.append(h("p.nothing", {}, "This email has no body."));
          return Promise.resolve();
        }
        const { stage, ready } = emailFrame(parsed, options, label);
        shell.append(stage);
        if (options.dark && !parsed.dark) shell.append(h("p.client-note", { "data-unmarked": "" }, "No dark styles of its own: this is what a client makes of it that darkens emails."));
        return ready;
      },
    };
  }

  // ---- The other channels

  // In an inbox, **two stars** make text bold.
  function rich(value) {
    return text(value).split(/\*\*(.+?)\*\*/s).map((part, index) => (index % 2 ? h("strong", {}, part) : part));
  }

  function action(value, kind) {
    if (!value || typeof value !== "object") return null;
    const where = value.redirect && value.redirect.url;
    return h(`span.button.${kind}`, { title: where ? `Leads to ${where}` : "Leads nowhere" }, text(value.label));
  }

  function leads(name, redirect) {
    if (!redirect || typeof redirect !== "object") return null;
    const tab = redirect.target === "_blank" ? " in a new tab" : "";
    return h("li", {}, h("span", {}, name), " ", h("code", {}, text(redirect.url)), tab);
  }

  function inApp(side) {
    const outputs = side.outputs;
    const primary = outputs.primaryAction;
    const secondary = outputs.secondaryAction;
    const links = [
      leads("The message leads to", outputs.redirect),
      primary && leads(`“${text(primary.label)}” leads to`, primary.redirect),
      secondary && leads(`“${text(secondary.label)}” leads to`, secondary.redirect),
    ].filter(Boolean);
    return h("div.inbox", {},
      h("header.inbox-title", { "data-unmarked": "" }, h("strong", {}, "Inbox"), h("span.badge", {}, "1")),
      h("article.item", {},
        outputs.avatar
          ? h("span.avatar.is-picture", { title: `Picture, not loaded: ${text(outputs.avatar)}`, "data-image": text(outputs.avatar), role: "img", "aria-label": "Picture, not loaded" }, icon("picture"))
          : h("span.avatar", { "aria-hidden": "true", "data-unmarked": "" }, initial(outputs.subject || outputs.body)),
        h("div.item-text", {},
          outputs.subject ? h("p.item-subject", { dir: "auto" }, rich(outputs.subject)) : null,
          h("p.item-body", { dir: "auto" }, rich(outputs.body)),
          primary || secondary ? h("div.item-actions", {}, action(primary, "primary"), action(secondary, "secondary")) : null,
          h("p.item-time", { "data-unmarked": "" }, "just now")),
        h("span.dot", { title: "Unread", role: "img", "aria-label": "Unread", "data-unmarked": "" })),
      links.length || outputs.avatar
        ? h("ul.leads", {}, links, outputs.avatar ? h("li", {}, h("span", {}, "The picture is"), " ", h("code", {}, text(outputs.avatar))) : null)
        : null);
  }

  function sms(side) {
    const size = side.facts.sms;
    const outside = size && size.outsiders.length ? size.outsiders.slice(0, 8).join(" ") : "";
    return h("div.handset", {},
      h("div.bubble", { dir: "auto" }, text(side.outputs.body)),
      size
        ? h("p.sms-size", { "data-unmarked": "" },
            h(`span.chip${size.segments > 1 ? ".is-warm" : ""}`, {}, `${size.segments} ${size.segments === 1 ? "segment" : "segments"}`),
            h("span.chip", {}, size.encoding),
            h("span", {}, `${size.length} of ${size.limit * Math.max(size.segments, 1)} places`),
            outside ? h("span.sms-why", {}, `Fewer letters fit into each (UCS-2) because of ${outside}`) : null)
        : null);
  }

  const push = (side) => lock(side.workflow, text(side.outputs.subject), text(side.outputs.body));

  // A notification on a lock screen, and opened where that cuts it; `more` is seen when it is opened.
  function lock(workflow, title, body, more, badge) {
    const app = workflow || "app";
    const notice = (full) =>
      h(`div.notice${full ? ".is-open" : ""}`, {},
        h("span.app-icon", { "aria-hidden": "true", "data-unmarked": "" }, initial(app)),
        h("div.notice-text", {},
          title ? h("p.notice-title", { dir: "auto" }, title) : null,
          h("p.notice-body", { dir: "auto" }, body),
          more ? more.cloneNode(true) : null),
        badge ? h("span.badge", { title: "Number on the app's icon" }, badge) : null,
        h("span.notice-time", { "data-unmarked": "" }, "now"));
    const closed = notice(false);
    const opened = h("div.opened", { hidden: true }, h("p.opened-label", { "data-unmarked": "" }, "Cut on the lock screen. Opened:"), notice(true));
    const screen = h("div.lock", {}, h("p.lock-time", { "aria-hidden": "true", "data-unmarked": "" }, "9:41"), closed, opened);
    const look = () => {
      const cut = [...closed.querySelectorAll("p")].some((line) => line.scrollHeight > line.clientHeight + 1 || line.scrollWidth > line.clientWidth + 1);
      opened.hidden = !cut;
    };
    new ResizeObserver(look).observe(closed);
    return screen;
  }

  function cardChild(child) {
    if (!child || typeof child !== "object") return h("p", {}, text(child));
    const children = Array.isArray(child.children) ? child.children : [];
    switch (child.type) {
      case "text":
        return h(`p.card-text${child.style ? `.is-${child.style}` : ""}`, {}, rich(child.content));
      case "image":
        return h("div.picture", { "data-image": text(child.url), title: `Image, not loaded: ${text(child.url)}` }, h("span", { dir: "auto" }, text(child.alt) || "Image"));
      case "divider":
        return h("hr");
      case "link":
        return h("p.card-link", { "data-leads-to": text(child.url), title: `Leads to ${text(child.url)}` }, text(child.label));
      case "section":
        return h("div.card-section", {}, children.map(cardChild));
      case "actions":
        return h("div.item-actions", {}, children.map((each) => cardControl(each)));
      case "fields":
        return h("dl.fields", {}, children.map((each) => h("div", {}, h("dt", {}, text(each.label)), h("dd", {}, text(each.value)))));
      case "table":
        return h("table", {},
          h("thead", {}, h("tr", {}, (child.headers || []).map((each) => h("th", { scope: "col" }, text(each))))),
          h("tbody", {}, (child.rows || []).map((row) => h("tr", {}, row.map((each) => h("td", {}, text(each)))))));
      default:
        return h("div.card-other", {}, Readable.list(child));
    }
  }

  function cardControl(child) {
    const kind = child.style === "primary" ? "primary" : child.style === "danger" ? "danger" : "secondary";
    if (Array.isArray(child.options)) {
      return h("span.select", {}, text(child.label), h("span.options", {}, child.options.map((each) => text(each.label)).join(" · ")));
    }
    const where = child.url || child.callbackUrl;
    return h(`span.button.${kind}`, { title: where ? `Leads to ${where}` : `Action ${text(child.id)}`, "data-leads-to": where || child.value || child.id }, text(child.label));
  }

  function chat(side) {
    const card = side.outputs.card;
    const shown = card && typeof card === "object"
      ? h("div.card", {},
          card.imageUrl ? h("div.picture", { "data-image": card.imageUrl, title: `Image, not loaded: ${card.imageUrl}` }, "Image") : null,
          card.title ? h("p.card-title", { dir: "auto" }, text(card.title)) : null,
          card.subtitle ? h("p.card-subtitle", { dir: "auto" }, text(card.subtitle)) : null,
          (Array.isArray(card.children) ? card.children : []).map(cardChild))
      : null;
    return chatMessage(side.workflow, text(side.outputs.body) ? h("p.chat-body", { dir: "auto" }, rich(side.outputs.body)) : null, shown);
  }

  function chatMessage(workflow, ...content) {
    return h("div.chat", {},
      h("span.app-icon", { "aria-hidden": "true", "data-unmarked": "" }, initial(workflow)),
      h("div.chat-text", {},
        h("p.chat-name", { "data-unmarked": "" }, h("strong", {}, workflow || "Notifications"), h("span.tag", {}, "app"), h("time", {}, "9:41")),
        content));
  }

  function span(value) {
    if (!value || value.amount === undefined) return "";
    const unit = text(value.unit);
    return `${value.amount} ${value.amount === 1 ? unit.replace(/s$/, "") : unit}`;
  }

  // What a step does to the course of a workflow, in a sentence.
  function sentence(side) {
    const outputs = side.outputs;
    const until = outputs.cron ? `until the next of these times: ${(side.facts && side.facts.cron) || outputs.cron}` : outputs.dynamicKey ? `until ${(side.facts && side.facts.until) || outputs.dynamicKey}` : "";
    switch (side.channel) {
      case "delay":
        return until ? `Waits ${until}.` : `Waits ${span(outputs)}.`;
      case "digest":
        return `Collects events ${until || `for ${span(outputs)}`}${outputs.digestKey ? `, apart by ${outputs.digestKey}` : ""}.`;
      case "throttle":
        return `Lets ${outputs.threshold ?? 1} through ${until || `in ${span(outputs)}`}${outputs.throttleKey ? `, apart by ${outputs.throttleKey}` : ""}.`;
      case "http_request":
        return `Sends ${outputs.method || "a request"} ${text(outputs.url)}`.trim();
      default:
        return "";
    }
  }

  // What such a step is set to besides: how long it takes is in its sentence.
  function settings(side) {
    if (MESSAGES.has(side.channel)) return null;
    const all = Providers.withoutBlocks(side);
    const { amount, unit, ...rest } = all;
    const unsaid = span(side.outputs) && sentence(side).includes(span(side.outputs)) ? rest : all;
    const { dynamicKey, type, ...others } = unsaid;
    const left = dynamicKey && !side.outputs.cron ? others : unsaid;
    return Object.keys(left).length ? Readable.list(left) : null;
  }

  function timeline(side, course, stem) {
    const stops = course && course.length ? course : [{ stem, step: side.step, stepName: side.stepName, channel: side.channel, channelWord: side.channelWord, status: side.status, summary: "" }];
    return h("ol.timeline", {}, stops.map((stop) => {
      const here = stop.stem === stem;
      return h(`li${here ? ".is-here" : ""}${stop.status === "skipped" ? ".is-skipped" : stop.status === "failed" ? ".is-failed" : ""}`, here ? { "aria-current": "step" } : { "data-unmarked": "" },
        h("span.stop", { "data-unmarked": "" }, icon(stop.channel)),
        h("div.stop-text", {},
          h("p.stop-name", MESSAGES.has(stop.channel) ? { "data-unmarked": "" } : {}, h("strong", { title: stop.step }, stop.stepName || stop.step), h("span.stop-kind", {}, ` ${stop.channelWord}`)),
          here
            ? h("div.stop-card", {},
                side.status === "skipped" || side.status === "failed"
                  ? h("p", {}, `${side.status === "skipped" ? "Skipped" : "Failed"}${side.reason ? `: ${side.reason}` : "."}`)
                  : sentence(side) ? h("p.stop-sentence", {}, sentence(side)) : null,
                settings(side))
            : h("p.stop-note", {}, stop.status === "skipped" ? "skipped" : stop.summary)));
    }));
  }

  function tool(side) {
    return h("pre.tool", {}, text(side.outputs.body));
  }

  const SHOW = { in_app: inApp, sms, push, chat, tool, conversation: (side) => Conversations.scene(side) };

  // One version of a step: {element, marked, emails}; an email is {document, finish(label)}.
  function show(side, { course, stem, compared, ...options }) {
    if (side.unreadable) {
      const raw = Object.values(side.raw).map((each) => h("pre.raw", {}, each));
      const element = h("div", {}, h("p.nothing", {}, "This snapshot cannot be read; here it is as it stands in its file."), raw);
      return { element, marked: [element], emails: [] };
    }
    const overrides = Providers.sections(side, (each) => email(each, options));
    const notices = Providers.notices(side);
    const plain = side.status !== "skipped" && side.status !== "failed";
    if (side.channel === "email" && plain) {
      const made = email(side, options);
      const more = h("div", {}, extras(side), overrides.element);
      const element = h("div", {}, notices, made.element, more, Findings.list(side, compared));
      return { element, marked: [...made.marked, more], emails: [made, ...overrides.emails] };
    }
    const body = plain && SHOW[side.channel]
      ? SHOW[side.channel](side)
      : plain && !["digest", "delay", "throttle", "custom", "http_request"].includes(side.channel)
        ? Readable.list(side.outputs)
        : timeline(side, course, stem);
    const element = h(`div.scene.scene-${side.channel}`, {}, notices, body, extras(side), overrides.element, Findings.list(side, compared));
    return { element, marked: [element], emails: overrides.emails };
  }

  // Both versions of a change, marked: [old or null, new or null], each an element; `ready` when they have their size.
  function compare(change, options) {
    const make = (side, course) => (side ? show(side, { ...options, course, stem: change.stem, compared: Boolean(change.old && change.new) }) : null);
    const left = make(change.old, change.course && change.course.old);
    const right = make(change.new, change.course && change.course.new);
    if (left && right && options.marks !== false) {
      const count = Math.min(left.marked.length, right.marked.length);
      for (let index = 0; index < count; index += 1) Marks.mark(left.marked[index], right.marked[index]);
      left.emails.forEach(({ document: old }, index) => {
        const now = right.emails[index]?.document;
        if (old && now) Marks.mark(old, now);
      });
    }
    for (const side of [left, right]) side?.element.querySelectorAll("details").forEach((each) => { each.open = each.querySelector("[data-mark]") !== null; });
    const finished = (side, when) => (side ? side.emails.map((each, index) => each.finish(`Email “${change.stepName || change.step}”${index ? `, override ${index}` : ""}, ${when}`)) : []);
    const ready = Promise.all([...finished(left, "before"), ...finished(right, "after")]);
    return { old: left && left.element, new: right && right.element, ready };
  }

  // ---- The difference in words, and the files as they are

  function pieces(list, tag) {
    return list.map(([value, changed]) => (changed ? h(tag, { "data-mark": tag === "del" ? "old" : "new" }, value) : value));
  }

  function wordsOf(difference, only) {
    const row = h("div.difference", {}, h("dt", {}, difference.part));
    const line = (name, list, tag) => h(`dd.${tag === "del" ? "was" : "now"}`, {}, h("span.caption", {}, name), h("span.value", { dir: "auto" }, list.length ? pieces(list, only ? "span" : tag) : h("em", {}, "empty")));
    if (!difference.old && !difference.new && difference.hint) {
      row.append(h("dd.said", { dir: "auto" }, difference.hint));
      return row;
    }
    if (difference.old) row.append(line("was", difference.old, "del"));
    else if (!only) row.append(h("dd.was", {}, h("span.caption", {}, "was"), h("em", {}, "not there")));
    if (difference.new) row.append(line(only ? "is" : "now", difference.new, "ins"));
    else row.append(h("dd.now", {}, h("span.caption", {}, "now"), h("em", {}, "not there")));
    if (difference.hint) row.append(h("dd.hint", {}, difference.hint));
    return row;
  }

  const FEW = 40;

  function differences(change) {
    const only = change.kind === "new";
    const rows = change.differences.map((each) => wordsOf(each, only));
    if (rows.length <= FEW + 1) return h("dl.differences", {}, rows);
    const list = h("dl.differences", {}, rows.slice(0, FEW));
    const more = h("button.more", { type: "button", onclick: () => { list.append(...rows.slice(FEW)); more.remove(); } }, `Show ${rows.length - FEW} more`);
    return [list, more];
  }

  function source(change, heading) {
    const before = (change.old && change.old.raw) || {};
    const after = (change.new && change.new.raw) || {};
    const suffixes = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().reverse();
    return h("div.sources", {}, suffixes.map((suffix) => {
      const rows = Marks.rows(before[suffix] ?? null, after[suffix] ?? null);
      return h("section.source", {},
        h(heading, {}, `${change.stem}${suffix}`),
        h("div.code", { tabindex: "0", role: "region", "aria-label": `${change.stem}${suffix}` }, folded(rows)));
    }));
  }

  function folded(rows) {
    const near = new Set();
    rows.forEach((row, index) => {
      if (row.kind !== "same") for (let at = index - 3; at <= index + 3; at += 1) near.add(at);
    });
    const line = (row) => h(`div.line.is-${row.kind}`, {}, h("span.number", { "aria-hidden": "true" }, String(row.number)), h("span.sign", {}, { old: "−", new: "+", same: " " }[row.kind]), h("code", {}, row.text.replace(/^\ufeff/, "")));
    if (!near.size) return rows.map(line);
    const made = [];
    for (let index = 0; index < rows.length; ) {
      if (near.has(index)) made.push(line(rows[index++]));
      else {
        let end = index;
        while (end < rows.length && !near.has(end)) end += 1;
        const hidden = rows.slice(index, end);
        if (hidden.length < 3) made.push(...hidden.map(line));
        else {
          const button = h("button.fold", { type: "button", onclick: () => button.replaceWith(...hidden.map(line)) }, `${hidden.length} lines that are the same`);
          made.push(button);
        }
        index = end;
      }
    }
    return made;
  }

  return { h, icon, compare, differences, source, rich, text, lock, chatMessage };
})();
