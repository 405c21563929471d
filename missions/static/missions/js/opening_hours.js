/*
 * The editor of opening hours: seven days for the mission and for each service that it offers.
 *
 * It keeps nothing of its own. Each pair of fields stands for one row of Wagtail's inline form below it, which is hidden
 * and sent: writing here writes there, a new pair adds a row, a removed one marks its row as deleted. So a row that
 * nobody touches keeps its id, and without this script the rows are edited as they are.
 */
(() => {
  const DIGITS = /[٠-٩۰-۹]/g;
  const TIME =
    /^(\d{1,2})(?:\s*[:.,h٫]\s*(\d{2})?|(\d{2}))?\s*(?:min|mn)?\s*(am|pm|a\.m\.|p\.m\.|ص|م)?$/;

  /** "HH:MM", or null for what is no time; home/language/times.py reads by the same rules. */
  const readTime = (text) => {
    const latin = text.replace(DIGITS, (digit) => {
      const code = digit.charCodeAt(0);
      return String(code - (code >= 0x6f0 ? 0x6f0 : 0x660));
    });
    const match = TIME.exec(latin.trim().toLowerCase());
    if (!match) return null;
    let hour = Number(match[1]);
    const minute = Number(match[2] || match[3] || 0);
    if (match[4]) {
      if (hour < 1 || hour > 12) return null;
      hour = (hour % 12) + (["pm", "p.m.", "م"].includes(match[4]) ? 12 : 0);
    }
    if (hour === 24 && minute === 0) hour = 0;
    if (hour > 23 || minute > 59) return null;
    return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  };

  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "text") made.textContent = value;
      else if (value !== null) made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  const announceChange = (input) => {
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  class Week {
    constructor(root) {
      this.root = root;
      this.prefix = root.dataset.diwanHours;
      this.rows = document.querySelector(`[data-diwan-hours-rows="${this.prefix}"]`);
      const told = JSON.parse(root.querySelector("script").textContent);
      this.days = told.days;
      this.services = told.services;
      this.words = told.words;
      /** Pairs of fields that stand for no row yet: `${service} ${day}` to how many. */
      this.begun = new Map();
      this.status = element("p", { class: "w-sr-only", role: "status" });
      this.lines = element("div", { class: "diwan-hours__lines" });
      this.toggle = element("button", { type: "button", class: "button button-small button-secondary" });
      this.toggle.addEventListener("click", () => this.show(this.lines.hidden));
      root.append(element("p", { class: "help", text: this.words.help }), this.lines, this.toggle, this.status);
      // Services come and go elsewhere in the form.
      document.addEventListener("change", (event) => {
        if (/^services-\d+-(kind|DELETE)$/.test(event.target.name || "")) this.draw();
      });
      document.addEventListener("click", (event) => {
        if (event.target.closest && event.target.closest('[id^="id_services-"][id$="-DELETE-button"], #id_services-ADD')) {
          window.setTimeout(() => this.draw());
        }
      });
      root.hidden = false;
      this.show(true);
    }

    show(weeks) {
      this.lines.hidden = !weeks;
      this.rows.hidden = weeks;
      this.toggle.textContent = weeks ? this.words.rows : this.words.weeks;
      if (weeks) this.draw();
    }

    // --- The rows of the inline form ------------------------------------------------------------------------------
    field(number, name) {
      return document.getElementById(`id_${this.prefix}-${number}-${name}`);
    }

    /** The rows that will be saved, in the order of the day. */
    read() {
      const total = Number(document.getElementById(`id_${this.prefix}-TOTAL_FORMS`).value);
      const found = [];
      for (let number = 0; number < total; number += 1) {
        const [service, day, opens, closes, deleted] = ["service", "weekday", "opens", "closes", "DELETE"].map((name) =>
          this.field(number, name),
        );
        if (opens && deleted.value !== "1") {
          found.push({ number, service: service.value, day: Number(day.value), opens: opens.value, closes: closes.value });
        }
      }
      // What is no time stands where it was written.
      return found.sort((a, b) => (readTime(a.opens) || "99").localeCompare(readTime(b.opens) || "99"));
    }

    write(number, name, value) {
      const input = this.field(number, name);
      if (input.value === value) return;
      input.value = value;
      announceChange(input);
    }

    add(service, day, opens, closes) {
      const number = Number(document.getElementById(`id_${this.prefix}-TOTAL_FORMS`).value);
      document.getElementById(`id_${this.prefix}-ADD`).click();
      this.write(number, "service", service);
      this.write(number, "weekday", String(day));
      this.write(number, "opens", opens);
      this.write(number, "closes", closes);
      return number;
    }

    remove(number) {
      this.write(number, "DELETE", "1");
      const child = document.getElementById(`inline_child_${this.prefix}-${number}`);
      if (child) child.hidden = true;
    }

    /** What the server said about a row. */
    complaints(number) {
      const child = document.getElementById(`inline_child_${this.prefix}-${number}`);
      const said = [...child.querySelectorAll(".error-message, .w-field__errors li, [data-field-errors] p")];
      return [...new Set(said.map((one) => one.textContent.trim()).filter(Boolean))];
    }

    // --- What the weeks say -----------------------------------------------------------------------------------------
    /** Kinds of services that the mission offers, by the form as it stands. */
    offered() {
      const total = document.getElementById("id_services-TOTAL_FORMS");
      const kinds = new Set();
      for (let number = 0; total && number < Number(total.value); number += 1) {
        const kind = document.getElementById(`id_services-${number}-kind`);
        const deleted = document.getElementById(`id_services-${number}-DELETE`);
        if (kind && kind.value && !(deleted && deleted.value === "1")) kinds.add(kind.value);
      }
      return kinds;
    }

    /** Days of rest where the mission stands: 1 is Monday. */
    rests() {
      const places = document.getElementById("diwan-places");
      if (!places) return [6, 7];
      const { own, countries } = JSON.parse(places.textContent);
      const host = document.getElementById("id_host_country");
      return ((host && countries[host.value]) || own).rests;
    }

    draw(focus) {
      const rows = this.read();
      const offered = this.offered();
      const used = new Set(rows.map((row) => row.service));
      const lines = [{ kind: "", name: this.words.general }, ...this.services].filter(
        (line) => !line.kind || offered.has(line.kind) || used.has(line.kind),
      );
      this.lines.replaceChildren(
        ...lines.map((line) => {
          const own = rows.filter((row) => row.service === line.kind);
          const section = element("section", { class: "diwan-hours__line", "aria-label": line.name });
          section.append(element("h4", { class: "diwan-hours__name", text: line.name }));
          if (line.kind && !offered.has(line.kind)) {
            section.append(element("p", { class: "error-message", text: this.words.notOffered }));
          }
          const days = this.days.map((day) => this.drawDay(line, day, own));
          section.append(element("div", { class: "diwan-hours__days" }, ...days));
          return section;
        }),
      );
      for (const cell of this.lines.querySelectorAll("[data-day]")) this.judgeDay(cell.dataset.day);
      if (focus) {
        const target = this.lines.querySelector(focus);
        if (target) target.focus();
      }
    }

    drawDay(line, day, own) {
      const rows = own.filter((row) => row.day === day.number);
      const key = `${line.kind}-${day.number}`;
      const begun = this.begun.get(key) || 0;
      const named = { line: line.name, day: day.name };
      const cell = element("div", { class: "diwan-hours__day", role: "group", "data-day": key });
      cell.append(element("h5", { class: "diwan-hours__weekday", text: day.name }));
      for (const row of rows) cell.append(this.drawPair(line, day, row));
      for (let count = 0; count < begun; count += 1) cell.append(this.drawPair(line, day, null));
      if (!rows.length && !begun) {
        const text = line.kind && !own.length ? this.words.asGeneral : this.words.closed;
        cell.append(element("p", { class: "diwan-hours__closed", text }));
      }
      const actions = element("div", { class: "diwan-hours__actions" });
      const action = (name, text, label, act) => {
        const made = element("button", {
          type: "button",
          class: "diwan-hours__action",
          "data-action": name,
          "aria-label": fill(label, named),
          title: fill(label, named),
          text,
        });
        made.addEventListener("click", act);
        actions.append(made);
      };
      action("add", this.words.add, this.words.addOn, () => {
        this.begun.set(key, begun + 1);
        this.draw();
        const fresh = this.lines.querySelectorAll(`[data-day="${key}"] [data-pair=""] input`);
        if (fresh.length) fresh[fresh.length - 2].focus();
      });
      if (rows.length) {
        action("copy", this.words.copy, this.words.copyOn, () => this.copy(line, day, rows));
        action("close", this.words.close, this.words.closeOn, () => {
          for (const row of rows) this.remove(row.number);
          this.begun.delete(key);
          this.draw(`[data-day="${key}"] [data-action="add"]`);
        });
      }
      cell.append(actions);
      return cell;
    }

    drawPair(line, day, row) {
      const named = { line: line.name, day: day.name };
      const key = `${line.kind}-${day.number}`;
      const pair = element("div", { class: "diwan-hours__pair", "data-pair": row ? row.number : "" });
      const note = element("p", { class: "diwan-hours__note error-message", hidden: "" });
      this.pairs = (this.pairs || 0) + 1;
      note.id = `diwan-hours-note-${this.pairs}`;
      const input = (name) =>
        element("input", {
          type: "text",
          class: "diwan-hours__time",
          dir: "ltr",
          inputmode: "text",
          autocomplete: "off",
          "aria-label": fill(this.words[name], named),
          "aria-describedby": note.id,
          "data-time": name,
        });
      const [opens, closes] = [input("opens"), input("closes")];
      if (row) {
        opens.value = readTime(row.opens) || row.opens;
        closes.value = readTime(row.closes) || row.closes;
        this.judge(row, [opens, closes], note);
      }
      for (const field of [opens, closes]) {
        field.addEventListener("change", () => {
          const text = readTime(field.value) || field.value.trim();
          field.value = text;
          if (row) {
            this.write(row.number, field.dataset.time, text);
            if (!opens.value && !closes.value) {
              this.remove(row.number);
              this.redraw(field);
            } else {
              row[field.dataset.time] = text;
              this.judge(row, [opens, closes], note, true);
              this.judgeDay(key);
            }
          } else if (opens.value && closes.value) {
            this.begun.set(key, (this.begun.get(key) || 1) - 1);
            const number = this.add(line.kind, day.number, opens.value, closes.value);
            // The pair goes on as that of the new row: whoever writes keeps the place in the form.
            row = { number, opens: opens.value, closes: closes.value };
            pair.dataset.pair = number;
            this.redraw(field);
          }
        });
      }
      const remove = element("button", {
        type: "button",
        class: "diwan-hours__remove",
        "aria-label": fill(this.words.removeOn, named),
        title: fill(this.words.removeOn, named),
        text: "×",
      });
      remove.addEventListener("click", () => {
        if (row) this.remove(row.number);
        else this.begun.set(key, Math.max(0, (this.begun.get(key) || 1) - 1));
        this.draw(`[data-day="${key}"] [data-action="add"]`);
      });
      pair.append(opens, element("span", { "aria-hidden": "true", text: "–" }), closes, remove, note);
      return pair;
    }

    /** Draw again once the focus has gone where the reader sends it, and put it there. */
    redraw(field) {
      window.setTimeout(() => {
        const place = (one) => {
          const pair = one && one.closest("[data-pair]");
          const cell = one && one.closest("[data-day]");
          if (!cell) return null;
          const inside = pair && pair.dataset.pair !== "" ? `[data-pair="${pair.dataset.pair}"] ` : "";
          const what = one.dataset.time ? `[data-time="${one.dataset.time}"]` : null;
          const act = one.dataset.action ? `[data-action="${one.dataset.action}"]` : ".diwan-hours__remove";
          return `[data-day="${cell.dataset.day}"] ${inside}${what || act}`;
        };
        const active = this.lines.contains(document.activeElement) ? place(document.activeElement) : null;
        this.draw(active);
      });
    }

    /** Say what is wrong with a pair of times: what the server said, until somebody changes them; else what is seen here. */
    judge(row, inputs, note, changed = false) {
      const [opens, closes] = [row.opens, row.closes].map(readTime);
      let said = changed ? [] : this.complaints(row.number);
      if (!opens || !closes) {
        if (!said.length && row.opens && row.closes) said = [this.words.noTime];
      } else if (closes !== "00:00" && closes <= opens) said = [this.words.reversed];
      note.textContent = said.join(" ");
      note.hidden = !said.length;
      for (const input of inputs) {
        if (said.length) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
    }

    /** Hours of one day that overlap: said at the later ones. */
    judgeDay(key) {
      let latest = "";
      for (const row of this.read().filter((one) => `${one.service}-${one.day}` === key)) {
        const [opens, closes] = [row.opens, row.closes].map(readTime);
        const note = this.lines.querySelector(`[data-day="${key}"] [data-pair="${row.number}"] .diwan-hours__note`);
        if (!opens || !closes || !note) continue;
        if (latest && opens < latest) {
          note.textContent = this.words.overlap;
          note.hidden = false;
        } else if (note.textContent === this.words.overlap) note.hidden = true;
        const end = closes === "00:00" ? "24:00" : closes;
        if (end > latest) latest = end;
      }
    }

    /** The other working days get these hours: their rows are used again, and what is the same stays as it is. */
    copy(line, day, rows) {
      const rests = this.rests();
      const targets = this.days.filter((one) => one.number !== day.number && !rests.includes(one.number));
      for (const target of targets) {
        const there = this.read().filter((one) => one.service === line.kind && one.day === target.number);
        rows.forEach((row, index) => {
          if (there[index]) {
            this.write(there[index].number, "opens", row.opens);
            this.write(there[index].number, "closes", row.closes);
          } else this.add(line.kind, target.number, row.opens, row.closes);
        });
        for (const left of there.slice(rows.length)) this.remove(left.number);
        this.begun.delete(`${line.kind}-${target.number}`);
      }
      this.draw(`[data-day="${line.kind}-${day.number}"] [data-action="copy"]`);
      this.status.textContent = fill(this.words.copied, { days: targets.map((one) => one.name).join(", ") });
    }
  }

  const start = () => {
    for (const root of document.querySelectorAll("[data-diwan-hours]")) new Week(root);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
