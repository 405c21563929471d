/*
 * Help beside each text of the translation editor: earlier translations, terms, findings.
 *
 * The editor is wagtail-localize's and made by React, with class names that change from release to release. So texts are
 * known by their order in the editor's own data and by their words, and a text is written as its translator would type
 * it. Where the editor looks otherwise than expected nothing is shown, and it works as it does without this script.
 */
const diwanHints = () => {
  const root = document.querySelector(".js-translation-editor");
  const notice = document.querySelector("[data-diwan-hints]");
  if (!root || !notice) return;
  const props = JSON.parse(root.dataset.props);
  const labels = JSON.parse(notice.dataset.labels);
  const say = (label, values = {}) =>
    labels[label].replace(/%\((\w+)\)s|%%/g, (found, name) => (name ? values[name] : "%"));

  const rows = new Map(); // of the page, by the id of their segment
  const asked = new Map(); // the number of the last question about a segment
  let questions = 0;
  let languages = null;

  // --- Where each text stands ---------------------------------------------------------------------------------------
  // As the editor does it: by tab where several have texts, then by field and block.
  const segmentsInOrder = () => {
    const tabs = props.tabs
      .map((tab) => props.segments.filter((segment) => segment.location.tab === tab.slug))
      .filter((segments) => segments.length);
    const lists = tabs.length > 1 ? tabs : [props.segments];
    return lists.flatMap((segments) => {
      const groups = new Map();
      for (const segment of segments) {
        const key = `${segment.location.field}/${segment.location.blockId || "null"}`;
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push(segment);
      }
      return [...groups.values()].flat();
    });
  };
  const order = segmentsInOrder();

  const sourceOf = (row) => row.querySelector(":scope > p");
  const find = () => {
    const items = root.querySelectorAll("li > h3 + ul > li");
    if (items.length !== order.length) return false;
    order.forEach((segment, number) => {
      const source = sourceOf(items[number]);
      if (segment.type === "string" && source && source.textContent === segment.source) {
        rows.set(segment.id, items[number]);
      }
    });
    return true;
  };

  // --- Writing into the editor --------------------------------------------------------------------------------------
  const toolbar = (row) => [...row.querySelectorAll(":scope > ul button")];
  const soon = (test, then, tries = 30) => {
    const found = test();
    if (found) then(found);
    else if (tries) window.requestAnimationFrame(() => soon(test, then, tries - 1));
  };
  // The field of a text, opened if it is not yet.
  const withField = (row, then) => {
    const field = () => row.querySelector("textarea");
    if (!field()) {
      const edit = toolbar(row).pop();
      if (!edit) return;
      edit.click();
    }
    soon(field, then);
  };
  const write = (field, text, caret) => {
    // React listens to the event and asks the element for its value; a value that is set plainly it takes for its own.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.setSelectionRange(caret, caret);
  };
  const use = (row, text) => withField(row, (field) => write(field, text, text.length));
  const insert = (row, term) =>
    withField(row, (field) => {
      const before = field.value.slice(0, field.selectionStart);
      const after = field.value.slice(field.selectionEnd);
      const added = `${before && !/\s$/.test(before) ? " " : ""}${term}${after && !/^[\s.,;:!?،؛؟]/.test(after) ? " " : ""}`;
      write(field, before + added + after, (before + added).length);
    });
  const confirm = (row) =>
    withField(row, () => {
      const save = toolbar(row).pop();
      if (save) save.click();
    });

  // --- Showing ------------------------------------------------------------------------------------------------------
  const make = (name, className, text, language) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    if (language) Object.assign(element, language);
    return element;
  };
  const button = (label, name, act) => {
    const element = make("button", "button button-small button-secondary diwan-hints__button", label);
    element.type = "button";
    if (name) element.setAttribute("aria-label", name);
    element.addEventListener("click", act);
    return element;
  };
  const suggestion = (row, title, found) => {
    const item = make("li", "diwan-hints__match");
    item.append(make("span", "diwan-hints__origin", title));
    item.append(make("span", "diwan-hints__old", found.source, languages.source));
    item.append(make("span", "diwan-hints__text", found.target, languages.target));
    if (!props.object.isLocked) {
      item.append(button(labels.use, say("useOf", { text: found.target }), () => use(row, found.target)));
    }
    return item;
  };
  const list = (items, className, label) => {
    const element = make("ul", className);
    if (label) element.setAttribute("aria-label", label);
    element.append(...items);
    return element;
  };

  const findingItems = (row, told) => {
    const items = told.findings.map((finding) => {
      const item = make("li", `diwan-hints__finding diwan-hints__finding--${finding.level}`);
      item.append(make("strong", "", labels[finding.level]), make("span", "", say("finding", finding)));
      return item;
    });
    if (told.machine) {
      const item = make("li", "diwan-hints__finding diwan-hints__finding--machine", labels.machine);
      if (!props.object.isLocked) item.append(button(labels.confirm, "", () => confirm(row)));
      items.push(item);
    }
    return items;
  };
  const termItems = (row, told) =>
    told.terms.map((term) => {
      const item = make("li", "diwan-hints__term");
      item.append(make("span", "", term.source, languages.source), make("span", "diwan-hints__arrow", "="));
      if (props.object.isLocked) {
        item.append(make("bdi", "", term.target, languages.target));
      } else {
        const choice = button(term.target, say("insert", { term: term.target }), () => insert(row, term.target));
        item.append(Object.assign(choice, languages.target));
      }
      if (term.forbidden.length) {
        item.append(make("span", "diwan-hints__forbidden", say("forbidden", { forms: term.forbidden.join(" · ") })));
      }
      return item;
    });

  const mark = (row, terms) => {
    const source = sourceOf(row);
    const text = source.textContent;
    const places = terms
      .flatMap((term) => term.places.map(([start, end]) => ({ start, end, title: term.target })))
      .sort((one, other) => one.start - other.start || other.end - one.end);
    const pieces = [];
    let at = 0;
    for (const { start, end, title } of places) {
      if (start < at) continue; // a longer term holds this one
      const marked = make("mark", "diwan-hints__mark", text.slice(start, end));
      marked.title = title;
      pieces.push(text.slice(at, start), marked);
      at = end;
    }
    if (pieces.length) source.replaceChildren(...pieces, text.slice(at));
  };

  const show = (row, told) => {
    let panel = row.querySelector(":scope > .diwan-hints");
    const isNew = !panel;
    if (isNew) {
      panel = make("section", "diwan-hints");
      panel.setAttribute("aria-label", labels.help);
      panel.append(make("div"), make("div"));
      panel.firstChild.setAttribute("role", "status"); // findings are read out when they change
      row.append(panel);
      Object.assign(sourceOf(row), languages.source);
      mark(row, told.terms);
    }
    const [findings, offers] = panel.children;
    const items = findingItems(row, told);
    findings.replaceChildren(...(items.length ? [list(items, "diwan-hints__findings")] : []));
    const offered = [];
    if (told.before) {
      offered.push(suggestion(row, say("before", { score: told.before.score }), told.before));
      offered[0].classList.add("diwan-hints__match--before");
    }
    for (const match of told.matches) {
      offered.push(suggestion(row, say("match", { score: match.score, origin: match.origin }), match));
    }
    const terms = termItems(row, told);
    const shown = [];
    if (offered.length) shown.push(list(offered, "diwan-hints__matches"));
    if (terms.length) shown.push(list(terms, "diwan-hints__terms", labels.terms));
    // Whoever is on one of these buttons stays there.
    if (isNew || !offers.contains(document.activeElement)) offers.replaceChildren(...shown);
  };

  // --- Asking -------------------------------------------------------------------------------------------------------
  const load = async (ids) => {
    const number = ++questions;
    for (const id of ids) asked.set(id, number);
    const query = ids.length === rows.size ? "" : `?${ids.map((id) => `segment=${id}`).join("&")}`;
    try {
      const response = await window.fetch(`${notice.dataset.diwanHints}${query}`, {
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const told = await response.json();
      languages = { source: told.source, target: told.target };
      notice.replaceChildren();
      for (const id of ids) {
        // An older answer does not replace a newer one.
        if (told.segments[id] && asked.get(id) === number) show(rows.get(id), told.segments[id]);
      }
      direct();
    } catch (error) {
      notice.replaceChildren(
        make("span", "", labels.failed),
        button(labels.retry, "", () => load(ids)),
      );
    }
  };

  // Fields and saved texts come and go; each is written in the direction of its language.
  const direct = () => {
    if (!languages) return;
    for (const row of rows.values()) {
      for (const element of row.querySelectorAll(":scope > div:not(.diwan-hints) > :is(p, textarea)")) {
        if (element.lang !== languages.target.lang) Object.assign(element, languages.target);
      }
    }
  };

  // What the editor saves is checked anew.
  const saved = new Map(
    order
      .filter((segment) => segment.type === "string")
      .map((segment) => [new URL(segment.editUrl, window.location).pathname, segment.id]),
  );
  const plainFetch = window.fetch;
  window.fetch = (input, init) => {
    const answer = plainFetch(input, init);
    const id = saved.get(new URL(input.url || input, window.location).pathname);
    if (rows.has(id) && init && ["PUT", "DELETE"].includes(init.method)) {
      answer.then((response) => response.ok && load([id])).catch(() => {}); // the editor itself tells of failures
    }
    return answer;
  };

  // The editor's heading is written in English only.
  const heading = () => {
    const [source, target] = [props.sourceLocale.displayName, props.locale.displayName];
    for (const element of root.querySelectorAll("section > div > h3")) {
      if (element.textContent === `${source} to ${target} translation`) {
        element.textContent = say("heading", { source, target });
      }
    }
  };

  const start = () => {
    heading();
    if (!rows.size && find() && rows.size) load([...rows.keys()]);
    direct();
  };
  new MutationObserver(start).observe(root, { childList: true, subtree: true });
  start();
};

// The admin loads the scripts of a page before its content.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", diwanHints);
else diwanHints();
