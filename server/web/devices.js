// SPDX-License-Identifier: Apache-2.0
// The list of the application's devices with their presence, asked for again every few seconds.
import { ago, count, element, visible } from "./text.js";

const INTERVAL = 5000; // milliseconds
const MOST_SHOWN = 50; // more are found by name

export class Devices {
  // onChoice(id); onPresence(id, presence or null when it is not attached); onRefused().
  constructor(api, { onChoice, onPresence, onRefused }) {
    Object.assign(this, { api, onChoice, onPresence, onRefused });
    this.list = document.getElementById("device-list");
    this.filter = document.getElementById("filter");
    this.ids = [];
    this.presences = new Map();
    this.chosen = "";
    this.filter.value = "";
    this.filter.oninput = () => this.show();
    this.refresh();
  }

  end() {
    this.ended = true;
    clearTimeout(this.timer);
    this.list.replaceChildren();
  }

  async refresh() {
    clearTimeout(this.timer);
    try {
      await this.load();
    } catch (error) {
      if (error.status === 403)
        return this.ended || this.onRefused();
      this.tell("The server does not answer. Trying again.");
    }
    if (!this.ended)
      this.timer = setTimeout(() => this.refresh(), INTERVAL);
  }

  async load() {
    const [information, { devices }] = await Promise.all(
      [this.api.information(), this.api.devices()]);
    if (this.ended)
      return;
    this.ids = devices;
    this.summarize(information);
    this.show(); // ids at once, the rest as it comes
    const asked = new Set(this.shownIds());
    if (this.chosen)
      asked.add(this.chosen);
    for (const id of asked) {
      const presence = this.ids.includes(id) ? await this.presenceOf(id) : null;
      if (this.ended)
        return;
      this.presences.set(id, presence);
      if (id === this.chosen)
        this.onPresence(id, presence);
    }
    this.show();
  }

  async presenceOf(id) {
    try {
      return await this.api.presence(id);
    } catch (error) {
      if (error.status === 418)
        return null; // it left a moment ago
      throw error;
    }
  }

  summarize({ app_name: name, stats }) {
    this.tell([visible(name), count(Number(stats.num_devices), "device", "devices"),
               count(Number(stats.messages), "message", "messages"),
               "mean round trip " + stats.latency + " ms"].join(" · "));
    document.getElementById("device-count").textContent = stats.num_devices;
  }

  tell(text) {
    document.getElementById("summary").textContent = text;
  }

  shownIds() {
    const word = this.filter.value.trim().toLowerCase();
    const fitting = this.ids.filter((id) => id.toLowerCase().includes(word));
    return fitting.slice(0, MOST_SHOWN);
  }

  show() {
    const ids = this.shownIds();
    const hasLeft = this.chosen && !this.ids.includes(this.chosen);
    const focused = this.list.contains(document.activeElement) && document.activeElement.value;
    this.list.replaceChildren(...(hasLeft ? [this.chosen, ...ids] : ids).map(
      (id) => this.row(id)));
    if (focused)
      [...this.list.querySelectorAll("button")].find((b) => b.value === focused)?.focus();
    const none = document.getElementById("device-none");
    none.hidden = ids.length > 0 && ids.length < MOST_SHOWN;
    none.textContent = ids.length > 0 ? "More are found by their name."
      : this.ids.length > 0 ? "No attached device has such a name."
        : "No device is attached. One appears here as soon as it is.";
  }

  row(id) {
    const isAttached = this.ids.includes(id);
    const presence = this.presences.get(id);
    const button = element("button", "device");
    button.type = "button";
    button.value = id;
    if (id === this.chosen)
      button.setAttribute("aria-current", "true");
    const name = element("span", "name");
    name.append(element("span", isAttached ? "dot green" : "dot grey"),
                element("span", "mono", id));
    const about = !isAttached ? "not attached" : !presence ? "attached"
      : [visible(presence.info), "seen " + ago(Number(presence.heartbeat))]
        .filter((text) => text).join(" · ");
    button.append(name, element("span", "quiet", about));
    button.onclick = () => this.choose(id);
    const item = element("li");
    item.append(button);
    return item;
  }

  choose(id) {
    if (id === this.chosen)
      return;
    this.chosen = id;
    this.show();
    this.onChoice(id);
    const presence = this.presences.get(id);
    if (presence !== undefined)
      this.onPresence(id, presence);
    this.refresh();
  }
}
