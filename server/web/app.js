// SPDX-License-Identifier: Apache-2.0
// Sign-in, the chosen device, its facts and events. What is shown is text: nothing becomes markup.
import { Api } from "./api.js";
import { Devices } from "./devices.js";
import { Live } from "./live.js";
import { Requests } from "./requests.js";
import { ago, clock, compact, count, element, visible } from "./text.js";

const MOST_EVENTS = 200;
const LIVE = {
  connecting: ["Connecting…", "amber"],
  live: ["Live", "green"],
  gone: ["Not attached", "grey"],
  refused: ["Refused", "red"],
};

const byId = (id) => document.getElementById(id);
let api = null;
let devices = null;
let live = null;
let requests = null; // of the chosen device
const requestsOf = new Map(); // by device, so that none is lost by looking elsewhere

function showLogin(problem = "") {
  byId("work").hidden = true;
  byId("leave").hidden = true;
  byId("login").hidden = false;
  byId("login-error").hidden = !problem;
  byId("login-error").textContent = problem;
  byId("secret").value = "";
  byId("summary").textContent = "Devices, their events, and a command line to each.";
  byId(byId("application").value ? "secret" : "application").focus();
}

function showWork() {
  byId("login").hidden = true;
  byId("work").hidden = false;
  byId("leave").hidden = false;
  byId("nothing").hidden = false;
  byId("device").hidden = true;
}

function leave(problem) {
  Api.forget();
  live?.end();
  devices?.end();
  api = devices = live = requests = null;
  requestsOf.clear();
  byId("requests").replaceChildren();
  showLogin(problem);
}

async function enter(candidate) {
  try {
    await candidate.information();
  } catch (error) {
    return leave(error.status === 403 ? "No such application, or the secret is not its own."
      : "The server does not answer. Is it still running?");
  }
  api = candidate;
  api.keep();
  showWork();
  devices = new Devices(api, {
    onChoice: choose,
    onPresence: showPresence,
    onRefused: () => leave("The secret is not valid any more."),
  });
  return null;
}

function choose(id) {
  live?.end();
  byId("nothing").hidden = true;
  byId("device").hidden = false;
  byId("device-name").textContent = id;
  byId("facts").replaceChildren();
  byId("events").replaceChildren();
  byId("event-count").textContent = "0";
  byId("event-none").hidden = false;
  if (!requestsOf.has(id))
    requestsOf.set(id, new Requests(api, id));
  requests = requestsOf.get(id);
  requests.show();
  byId("send-title").textContent = "Send a command to " + id;
  byId("command").value = ""; // it was meant for another device
  live = new Live(api, id, showEvent, showState);
}

function showState(state) {
  const [text, colour] = LIVE[state];
  byId("live").textContent = text;
  byId("live").className = "chip " + colour;
}

function showPresence(id, presence) {
  const facts = presence ? [
    ["Description", visible(presence.info) || "none"],
    ["Address", presence.ip_address],
    ["Attached", ago(Number(presence.stats.connected_at))],
    ["Last heartbeat", ago(Number(presence.heartbeat))],
    ["Messages", count(Number(presence.stats.messages), "message", "messages") + ", "
      + count(Number(presence.stats.errors), "error", "errors")],
    ["Mean round trip", presence.stats.latency + " ms"],
  ] : [["Presence", "Not attached. This page notices when it comes back."]];
  byId("facts").replaceChildren(...facts.map(([name, value]) => {
    const pair = element("div");
    pair.append(element("dt", "", name), element("dd", "", value));
    return pair;
  }));
  if (presence)
    live?.hurry();
}

function showEvent(event) {
  requests.take(event.text);
  const item = element("li");
  const time = element("time", "quiet", clock(event.time));
  time.dateTime = event.time.toISOString();
  time.title = event.time.toString();
  item.append(time, element("pre", "", visible(compact(event.text))));
  const list = byId("events");
  list.prepend(item);
  while (list.children.length > MOST_EVENTS)
    list.lastElementChild.remove();
  byId("event-none").hidden = true;
  byId("event-count").textContent = list.children.length < MOST_EVENTS
    ? String(list.children.length) : "last " + MOST_EVENTS;
}

byId("login-form").onsubmit = (submission) => {
  submission.preventDefault();
  enter(new Api(byId("application").value.trim(), byId("secret").value.trim()));
};

byId("leave").onclick = () => leave();

byId("send-form").onsubmit = (submission) => {
  submission.preventDefault();
  const command = byId("command").value;
  if (command.trim())
    requests.send(command, byId("form").value, byId("reason").value.trim(),
                  Number(byId("limit").value));
};

byId("command").onkeydown = (press) => {
  if (press.key === "Enter" && (press.ctrlKey || press.metaKey)) {
    press.preventDefault();
    byId("send-form").requestSubmit();
  }
};

byId("form").onchange = () => {
  const isRaw = byId("form").value === "raw";
  byId("reason").disabled = isRaw;
  byId("limit").disabled = isRaw;
};

const kept = Api.kept();
if (kept)
  enter(kept);
else
  showLogin();
