/*
 * A map of the world to place a mission on, and the time zones of its host country.
 *
 * The map is one picture of the project (img/world.svg), in tenths of a degree from 180 degrees west and the north pole:
 * nothing is asked of anybody else. The fields for latitude and longitude are the truth: what is written there moves the
 * mark, and moving the mark writes there.
 */
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const [WIDTH, HEIGHT] = [3600, 1800];
  const NEAREST = 64;

  const svg = (name, attributes, ...children) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
  const between = (value, least, most) => Math.min(most, Math.max(least, value));

  class WorldMap {
    constructor(root) {
      this.root = root;
      this.words = JSON.parse(root.querySelector("script").textContent);
      this.fields = ["latitude", "longitude"].map((name) => document.getElementById(`id_${name}`));
      if (this.fields.some((field) => !field)) return;
      this.scale = 1;
      this.centre = { x: WIDTH / 2, y: HEIGHT / 2 };
      this.build();
      for (const field of this.fields) field.addEventListener("input", () => this.follow());
      root.hidden = false;
      this.follow();
    }

    build() {
      const image = svg("image", { href: this.root.dataset.world, width: WIDTH, height: HEIGHT, preserveAspectRatio: "none" });
      const lines = svg("path", { class: "diwan-map__lines", d: this.graticule() });
      const equator = svg("path", { class: "diwan-map__equator", d: `M0 ${HEIGHT / 2}h${WIDTH}M${WIDTH / 2} 0v${HEIGHT}` });
      this.mark = svg("g", { class: "diwan-map__mark" }, svg("circle", { r: 9 }), svg("circle", { r: 2.5, class: "diwan-map__point" }));
      this.picture = svg(
        "svg",
        { class: "diwan-map__picture", tabindex: "0", role: "application", "aria-label": this.words.map, direction: "ltr" },
        image,
        lines,
        equator,
        this.mark,
      );
      this.said = document.createElement("p");
      this.said.className = "diwan-map__said";
      this.said.setAttribute("role", "status");
      const tools = document.createElement("div");
      tools.className = "diwan-map__tools";
      this.buttons = {};
      for (const [name, act] of [
        ["nearer", () => this.zoom(2)],
        ["farther", () => this.zoom(0.5)],
        ["whole", () => this.zoom(0)],
        ["remove", () => this.place(null)],
      ]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button button-small button-secondary";
        button.textContent = this.words[name];
        button.addEventListener("click", act);
        this.buttons[name] = button;
        tools.append(button);
      }
      this.root.append(this.picture, tools, this.said);
      this.picture.addEventListener("keydown", (event) => this.press(event));
      this.picture.addEventListener("pointerdown", (event) => this.grasp(event));
    }

    /** A line every fifteen degrees. */
    graticule() {
      const parts = [];
      for (let x = 150; x < WIDTH; x += 150) parts.push(`M${x} 0v${HEIGHT}`);
      for (let y = 150; y < HEIGHT; y += 150) parts.push(`M0 ${y}h${WIDTH}`);
      return parts.join("");
    }

    /** Where the fields say: `{ latitude, longitude }`, or null where that is no place. */
    where() {
      const [latitude, longitude] = this.fields.map((field) => (field.value.trim() === "" ? NaN : Number(field.value)));
      const possible = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
      return possible ? { latitude, longitude } : null;
    }

    /** Show what the fields say. */
    follow() {
      const at = this.where();
      if (at) {
        const [x, y] = [(at.longitude + 180) * 10, (90 - at.latitude) * 10];
        const view = this.view();
        if (x < view.x || x > view.x + view.width || y < view.y || y > view.y + view.height) this.centre = { x, y };
      }
      this.draw();
    }

    view() {
      const [width, height] = [WIDTH / this.scale, HEIGHT / this.scale];
      return {
        x: between(this.centre.x - width / 2, 0, WIDTH - width),
        y: between(this.centre.y - height / 2, 0, HEIGHT - height),
        width,
        height,
      };
    }

    draw() {
      const view = this.view();
      this.picture.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
      this.picture.classList.toggle("diwan-map__picture--near", this.scale > 1);
      this.buttons.nearer.disabled = this.scale >= NEAREST;
      this.buttons.farther.disabled = this.buttons.whole.disabled = this.scale <= 1;
      const at = this.where();
      this.buttons.remove.disabled = !at;
      this.mark.style.display = at ? "" : "none";
      this.said.textContent = at ? fill(this.words.at, { latitude: at.latitude, longitude: at.longitude }) : this.words.none;
      if (!at) return;
      // As large on the screen whatever the scale.
      const unit = 4 / this.scale;
      this.mark.setAttribute("transform", `translate(${(at.longitude + 180) * 10} ${(90 - at.latitude) * 10}) scale(${unit})`);
    }

    /** Write a place into the fields, as exactly as the scale allows; null empties them. */
    place(at) {
      const digits = this.scale >= 16 ? 4 : this.scale >= 4 ? 3 : 2;
      const values = at
        ? [between(at.latitude, -90, 90), between(at.longitude, -180, 180)].map((value) => String(Number(value.toFixed(digits))))
        : ["", ""];
      this.fields.forEach((field, index) => {
        field.value = values[index];
      });
      for (const field of this.fields) {
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
      this.draw();
    }

    zoom(factor) {
      const before = this.scale;
      this.scale = factor ? between(this.scale * factor, 1, NEAREST) : 1;
      const at = this.where();
      if (at && this.scale > before) this.centre = { x: (at.longitude + 180) * 10, y: (90 - at.latitude) * 10 };
      this.draw();
    }

    press(event) {
      const step = (event.shiftKey ? 0.5 : 5) / this.scale;
      const moves = { ArrowUp: [step, 0], ArrowDown: [-step, 0], ArrowRight: [0, step], ArrowLeft: [0, -step] };
      if (moves[event.key]) {
        const centre = { latitude: 90 - this.centre.y / 10, longitude: this.centre.x / 10 - 180 };
        const at = this.where();
        const [north, east] = at ? moves[event.key] : [0, 0];
        const from = at || centre;
        this.place({ latitude: from.latitude + north, longitude: from.longitude + east });
        this.follow();
      } else if (event.key === "+" || event.key === "=") this.zoom(2);
      else if (event.key === "-" || event.key === "−") this.zoom(0.5);
      else if (event.key === "0") this.zoom(0);
      else if (event.key === "Delete" || event.key === "Backspace") this.place(null);
      else return;
      event.preventDefault();
    }

    /** The place under a pointer. */
    under(event) {
      const box = this.picture.getBoundingClientRect();
      const view = this.view();
      const x = view.x + ((event.clientX - box.left) / box.width) * view.width;
      const y = view.y + ((event.clientY - box.top) / box.height) * view.height;
      return { latitude: 90 - y / 10, longitude: x / 10 - 180 };
    }

    /** The mark is dragged; the map is dragged, where it is larger than its frame; a click sets the mark. */
    grasp(event) {
      if (event.button) return;
      const holdsMark = this.mark.contains(event.target);
      const from = { x: event.clientX, y: event.clientY, centre: { ...this.centre } };
      const box = this.picture.getBoundingClientRect();
      let moved = false;
      this.picture.setPointerCapture(event.pointerId);
      const move = (now) => {
        const [right, down] = [now.clientX - from.x, now.clientY - from.y];
        if (!moved && Math.hypot(right, down) < 4) return;
        moved = true;
        if (holdsMark) this.place(this.under(now));
        else if (this.scale > 1) {
          const view = this.view();
          this.centre = {
            x: between(from.centre.x - (right / box.width) * view.width, view.width / 2, WIDTH - view.width / 2),
            y: between(from.centre.y - (down / box.height) * view.height, view.height / 2, HEIGHT - view.height / 2),
          };
          this.draw();
        }
      };
      const end = (now) => {
        this.picture.removeEventListener("pointermove", move);
        if (now.type === "pointerup" && !moved && !holdsMark) this.place(this.under(now));
      };
      this.picture.addEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) this.picture.addEventListener(name, end, { once: true });
    }
  }

  /** Below the field for the time zone: buttons for those of the country that the mission stands in. */
  const offerZones = (box, told) => {
    const field = document.getElementById(box.dataset.diwanZones);
    const places = JSON.parse(document.getElementById("diwan-places").textContent);
    const host = document.getElementById("id_host_country");
    const direction = document.getElementById("id_direction");
    const draw = (event) => {
      const isHere = direction && direction.value === "here";
      const place = isHere ? places.own : host && places.countries[host.value];
      const zones = place ? place.zones : [];
      if (event && zones.length === 1 && !field.value) {
        field.value = zones[0];
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
      box.replaceChildren();
      if (!zones.length) return;
      const label = document.createElement("span");
      label.textContent = told.zones;
      box.append(label);
      for (const zone of zones) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "diwan-zones__zone";
        button.dir = "ltr";
        button.textContent = zone;
        button.addEventListener("click", () => {
          field.value = zone;
          field.dispatchEvent(new Event("change", { bubbles: true }));
        });
        box.append(button);
      }
    };
    for (const one of [host, direction]) if (one) one.addEventListener("change", draw);
    draw();
  };

  const start = () => {
    const root = document.querySelector("[data-diwan-map]");
    if (!root) return;
    const map = new WorldMap(root);
    for (const box of document.querySelectorAll("[data-diwan-zones]")) offerZones(box, map.words);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
