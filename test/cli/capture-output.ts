import { afterEach, beforeEach, vi } from 'vitest';

/** What a command has printed since the test began. */
export interface Shown {
  out: string;
  errors: string;
}

/** Keeps what the tests of a file or group print, instead of showing it. */
export function captureOutput(): Shown {
  const shown: Shown = { out: '', errors: '' };
  beforeEach(() => {
    shown.out = '';
    shown.errors = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      shown.out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      shown.errors += String(text);
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return shown;
}
