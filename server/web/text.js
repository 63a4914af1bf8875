// SPDX-License-Identifier: Apache-2.0
// Text of others is shown as text, with what could deceive made visible.

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

export function visible(text) {
  return text.replace(/\r\n/g, "\n").replace(
    HIDDEN, (c) => "\\u{" + c.codePointAt(0).toString(16).toUpperCase() + "}");
}

// element("p", "quiet", "text"): the one way in which this page makes elements.
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className)
    made.className = className;
  if (text !== undefined)
    made.textContent = text;
  return made;
}

export function count(number, one, many) {
  return number.toLocaleString("en") + " " + (number === 1 ? one : many);
}

// "12 s ago"; seconds since the epoch.
export function ago(seconds) {
  const passed = Math.max(0, Math.round(Date.now() / 1000 - seconds));
  if (passed < 90)
    return passed < 2 ? "now" : passed + " s ago";
  if (passed < 90 * 60)
    return Math.round(passed / 60) + " min ago";
  return passed < 36 * 3600 ? Math.round(passed / 3600) + " h ago"
                            : Math.round(passed / 86400) + " days ago";
}

export function clock(date) {
  return date.toLocaleTimeString("en-GB");
}

export function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

// JSON with its spaces gone, anything else as it is: for comparing and for one line.
export function compact(text) {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

export function objectIn(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
