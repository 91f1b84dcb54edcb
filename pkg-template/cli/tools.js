// @ts-check
// What the sandbox's wasm has for the command line; an instance of its own, made on first use.

import { readFileSync } from 'node:fs';
import * as glue from '../wasm/sandbox.js';

let loaded = false;

function tools() {
  if (!loaded) glue.initSync({ module: new WebAssembly.Module(readFileSync(new URL('../wasm/sandbox_bg.wasm', import.meta.url))) });
  loaded = true;
  return glue;
}

/** A request with its people hidden, whichever endpoint it was sent to. @param {object} body @returns {object} */
export function withoutPeople(body) {
  return JSON.parse(tools().withoutPeople(JSON.stringify(body)));
}

/** The endpoint that was most likely meant. @param {string} name */
export function nearestEndpoint(name) {
  return tools().nearestEndpoint(name);
}
