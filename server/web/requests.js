// SPDX-License-Identifier: Apache-2.0
// The commands that were sent from this tab: reply, pending, result.
import { bytesOf, clock, element, objectIn, visible } from "./text.js";

const MOST_SHOWN = 50;
const COLOURS = { // of the codes of a reply; the words carry the meaning
  pending: "amber", finished: "green", busy: "amber", status: "grey",
};
const OF_STATUS = {
  403: "The secret is not right (any more).",
  408: "The device did not reply in time. It may still do what it was asked to.",
  413: "The message is longer than 1 MiB.",
  418: "The device is not attached.",
  423: "The device is busy with another request. Try again in a moment.",
};

function streamOf(reply, name) {
  const text = reply[name];
  if (typeof text !== "string" || text === "")
    return "";
  try {
    return reply.encoding === "base64" ? new TextDecoder().decode(bytesOf(text)) : text;
  } catch {
    return text;
  }
}

function titleOf(reply) {
  if (reply.code === "pending") {
    return reply.state === "running" ? "Running. The result follows."
      : "Waits for the owner’s decision. The result follows.";
  }
  if (reply.code !== "finished")
    return [String(reply.msg ?? reply.code), reply.by && "By: " + reply.by + "."].filter(Boolean)
      .join(" ");
  return reply.signal ? "Finished, killed by " + reply.signal : "Finished, exit " + reply.exit;
}

function colourOf(reply) {
  if (reply.code === "pending" && reply.state === "running")
    return "blue";
  if (reply.code === "finished" && (reply.exit !== 0 || reply.signal))
    return "red";
  return COLOURS[reply.code] ?? "red";
}

class Card {
  constructor(command) {
    this.begun = performance.now();
    this.item = element("li", "request");
    const head = element("div", "row");
    this.chip = element("span", "chip blue");
    this.chip.setAttribute("role", "status");
    this.time = element("span", "quiet");
    head.append(this.chip, element("span", "grow"), this.time);
    this.output = element("div", "output");
    this.item.append(head, element("pre", "command", visible(command)), this.output);
    this.tell("Sent. The device has not replied yet.", "blue");
    this.time.textContent = clock(new Date());
  }

  tell(text, colour) {
    this.chip.textContent = visible(text);
    this.chip.className = "chip " + colour;
  }

  took() {
    const passed = (performance.now() - this.begun) / 1000;
    this.time.textContent = clock(new Date()) + ", after "
      + (passed < 10 ? passed.toFixed(2) : Math.round(passed)) + " s";
  }

  show(parts) {
    this.output.replaceChildren(...parts);
  }

  stream(label, text, className = "") {
    const block = element("pre", className, visible(text));
    block.setAttribute("aria-label", label);
    block.tabIndex = 0; // it may scroll
    return block;
  }

  reply(text) {
    this.took();
    const reply = objectIn(text);
    if (!reply || typeof reply.code !== "string") {
      this.tell("Replied", "green");
      this.show(text.trim() ? [this.stream("Reply", text)]
        : [element("p", "quiet", "An empty reply.")]);
      return null;
    }
    this.tell(titleOf(reply), colourOf(reply));
    this.show(this.partsOf(reply));
    return reply;
  }

  partsOf(reply) {
    const parts = [];
    const stdout = streamOf(reply, "stdout");
    const stderr = streamOf(reply, "stderr");
    if (stdout)
      parts.push(this.stream("Output", stdout));
    if (stderr)
      parts.push(this.stream("Errors", stderr, "errors"));
    const notes = [reply.detail, reply.reason && "The owner: " + reply.reason,
                   reply.truncated && "Parts of the output were left out.",
                   reply.encoding === "base64" && "The output is not text.",
                   reply.code === "finished" && !stdout && !stderr && "No output."];
    notes.filter((note) => note).forEach(
      (note) => parts.push(element("p", "quiet", visible(String(note)))));
    return parts;
  }
}

export class Requests {
  constructor(api, device) {
    Object.assign(this, { api, device });
    this.list = document.getElementById("requests");
    this.cards = []; // newest first
    this.pending = new Map(); // request id: card
    this.early = new Map(); // results that overtook their reply
  }

  show() {
    this.list.replaceChildren(...this.cards);
  }

  async send(command, form, reason, limit) {
    const card = new Card(command);
    this.cards.unshift(card.item);
    this.cards.splice(MOST_SHOWN);
    this.show();
    const message = form === "raw" ? command : JSON.stringify({
      cmd: command, reply: "json", reason: reason || undefined, timeout: limit || undefined });
    const text = await this.ask(message, card);
    const reply = text === null ? null : card.reply(text);
    if (reply?.code === "pending" && reply.request)
      this.await(String(reply.request), card);
  }

  // The reply's text; null when there is none, which the card tells.
  async ask(message, card) {
    try {
      return new TextDecoder().decode(await this.api.send(this.device, message));
    } catch (error) {
      card.took();
      card.tell(OF_STATUS[error.status] ?? (error.status ? "Refused: " + error.status
        : "The server does not answer."), "red");
      return null;
    }
  }

  await(request, card) {
    const result = this.early.get(request);
    if (result)
      return card.reply(result);
    this.pending.set(request, card);
    const button = element("button", "", "Cancel the command");
    button.type = "button";
    button.onclick = async () => {
      button.disabled = true;
      const answer = await this.ask(JSON.stringify({ op: "cancel", request }), card);
      if (answer !== null)
        this.take(answer);
      button.disabled = false;
    };
    card.output.append(button);
    return null;
  }

  // An event of the device, or an answer: is it the result of a pending request?
  take(text) {
    const result = objectIn(text);
    if (!result || typeof result.request !== "string" || result.code === "pending")
      return;
    const card = this.pending.get(result.request);
    if (card) {
      this.pending.delete(result.request);
      card.reply(text);
    } else if (result.event === "result") {
      this.early.set(result.request, text);
      if (this.early.size > MOST_SHOWN)
        this.early.delete(this.early.keys().next().value);
    }
  }
}
