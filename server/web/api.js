// SPDX-License-Identifier: Apache-2.0
// The documented calls of the server. The secret goes into a header, never into an address.

const KEPT = "cometa.application"; // in sessionStorage: this tab alone

export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

export class Api {
  constructor(application, secret) {
    this.application = application;
    this.secret = secret;
  }

  static kept() {
    try {
      const { application, secret } = JSON.parse(sessionStorage.getItem(KEPT));
      return new Api(application, secret);
    } catch {
      return null;
    }
  }

  keep() {
    sessionStorage.setItem(KEPT, JSON.stringify(
      { application: this.application, secret: this.secret }));
  }

  static forget() {
    sessionStorage.removeItem(KEPT);
  }

  async call(path, method = "GET", body = undefined) {
    const address = "/v1/applications/" + encodeURIComponent(this.application) + path;
    const answer = await fetch(address, {
      method, body, headers: { Authorization: "OAuth " + this.secret },
      cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
    });
    if (!answer.ok)
      throw new Refused(answer.status, await answer.text());
    return answer;
  }

  async read(path) {
    return (await this.call(path)).json();
  }

  information() { return this.read(""); }

  devices() { return this.read("/devices"); }

  presence(device) { return this.read("/devices/" + encodeURIComponent(device)); }

  events(device, since, limit) {
    return this.read("/devices/" + encodeURIComponent(device) + "/events?since=" + since
                     + "&limit=" + limit);
  }

  // The reply: its bytes.
  async send(device, message) {
    const path = "/devices/" + encodeURIComponent(device) + "/send";
    return new Uint8Array(await (await this.call(path, "POST", message)).arrayBuffer());
  }

  // A key opens one WebSocket, within 30 s.
  async webSocket(device) {
    const path = "/devices/" + encodeURIComponent(device) + "/websocket";
    const { device_key: key } = await this.read(path);
    const scheme = location.protocol === "https:" ? "wss://" : "ws://";
    const socket = new WebSocket(scheme + location.host + "/v1/websockets/"
                                 + encodeURIComponent(device) + "/" + key);
    socket.binaryType = "arraybuffer";
    return socket;
  }
}
