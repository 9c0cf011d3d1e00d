import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the first test file that needs Chromium unpacks it for all of a run. */
    browserFolder: string;
  }
}

let folder = '';

/** Makes a folder for the browser of a run, which takes longer to unpack than most tests take. */
export async function setup(project: TestProject): Promise<void> {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-chromium-'));
  project.provide('browserFolder', folder);
}

/** Nothing is left behind. */
export function teardown(): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
