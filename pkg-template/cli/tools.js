// @ts-check
// What the sandbox's wasm offers the command line, in an instance of its own, created on first use.

import { sandboxWasm } from '../node-sandbox-wasm.js';
import * as glue from '../wasm/sandbox.js';

let loaded = false;

function tools() {
  if (!loaded) glue.initSync({ module: sandboxWasm() });
  loaded = true;
  return glue;
}

/** A request with its people hidden, whichever endpoint it was sent to. @param {object} body @returns {object} */
export function withoutPeople(body) {
  return JSON.parse(tools().withoutPeople(JSON.stringify(body)));
}

/** The envelopes in a text. @param {string} text @returns {Record<string, unknown>[]} */
export function envelopesInText(text) {
  // Most lines of a log are about something else.
  return text.includes('requestBody') ? JSON.parse(tools().envelopesIn(text)) : [];
}

/** The endpoint that was most likely meant. @param {string} name */
export function nearestEndpoint(name) {
  return tools().nearestEndpoint(name);
}
