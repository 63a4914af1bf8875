// SPDX-License-Identifier: Apache-2.0
// The events of one device: those that the server has kept, then each as it comes. The WebSocket is
// opened again when it is lost, and what came in the meantime is fetched.
import { bytesOf, compact } from "./text.js";

const FIRST_PAUSE = 1000; // milliseconds
const LONGEST_PAUSE = 30000;
const MOST_KEPT = 1000; // that the server keeps of a device

function kept(entry) {
  const text = "event_base64" in entry
    ? new TextDecoder().decode(bytesOf(entry.event_base64))
    : typeof entry.event === "string" ? entry.event : JSON.stringify(entry.event);
  return { text, time: new Date(entry.time) };
}

function received(data) {
  const text = typeof data === "string" ? data : new TextDecoder().decode(data);
  return { text, time: new Date() };
}

// How many at the end of the first list are the beginning of the second one.
function overlap(first, second) {
  for (let length = Math.min(first.length, second.length); length > 0; --length) {
    const end = first.slice(-length);
    if (end.every((event, i) => compact(event.text) === compact(second[i].text)))
      return length;
  }
  return 0;
}

export class Live {
  // onEvent(event): {text, time}; onState("connecting" | "live" | "gone" | "refused").
  constructor(api, device, onEvent, onState) {
    Object.assign(this, { api, device, onEvent, onState });
    this.next = 0; // sequence number of the first event that was not fetched
    this.seen = []; // those that came by WebSocket since
    this.pause = FIRST_PAUSE;
    this.ended = false;
    this.connect();
  }

  end() {
    this.ended = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  // The device is there again: no need to wait any longer.
  hurry() {
    if (!this.ended && this.timer) {
      clearTimeout(this.timer);
      this.connect();
    }
  }

  async connect() {
    this.timer = 0;
    this.onState("connecting");
    try {
      const socket = await this.api.webSocket(this.device);
      this.ended ? socket.close() : this.follow(socket);
    } catch (error) {
      await this.fetchKept([]).catch(() => {}); // also of a device that is not attached
      this.retry(error.status === 403 ? "refused" : "gone");
    }
  }

  follow(socket) {
    let early = []; // what comes before the kept events are here
    this.socket = socket;
    socket.onopen = async () => {
      await this.fetchKept(early).catch(() => early.forEach((event) => this.show(event)));
      early = null;
      this.pause = FIRST_PAUSE;
      if (!this.ended && socket.readyState === WebSocket.OPEN)
        this.onState("live");
    };
    socket.onmessage = ({ data }) => {
      early ? early.push(received(data)) : this.show(received(data));
    };
    socket.onclose = () => this.retry("gone");
  }

  show(event) {
    if (this.ended)
      return;
    this.seen.push(event);
    this.seen.splice(0, this.seen.length - MOST_KEPT);
    this.onEvent(event);
  }

  // early grows while this waits.
  async fetchKept(early) {
    const past = [];
    let page;
    do { // an answer has an end, and more may come meanwhile
      page = await this.api.events(this.device, this.next, MOST_KEPT);
      if (this.ended)
        return;
      past.push(...page.events.map(kept));
      this.next = page.next;
    } while (page.events.length > 0 && past.length < MOST_KEPT);
    past.slice(overlap(this.seen, past)).forEach(this.onEvent);
    this.seen = [];
    early.slice(overlap(past, early)).forEach((event) => this.show(event));
  }

  retry(state) {
    if (this.ended || this.timer)
      return;
    this.onState(state);
    this.timer = setTimeout(() => this.connect(), this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }
}
