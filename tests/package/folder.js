// Places for a test's files.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with these files, gone when the test ends. @param {{ after(end: () => void): void }} t @param {Record<string, string>} [files] */
export function folder(t, files = {}) {
  const path = mkdtempSync(join(tmpdir(), 'aigobo-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}
