// The suite of all runtimes, as every app's route.

import * as aigobo from 'aigobo';
import vectors from './envelope.json' with { type: 'json' };
import { suite } from './suite.js';

/** @param {Request} request its `base` is the sandbox's address @param {string} edition of the file that calls this */
export async function run(request, edition) {
  const baseUrl = new URL(request.url).searchParams.get('base') ?? '';
  const headers = { edition };
  return suite(aigobo, { baseUrl, vectors }).then((done) => new Response(done, { headers }), (error) => new Response(String(error?.stack), { status: 500, headers }));
}
