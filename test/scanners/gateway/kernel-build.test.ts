import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { kernelBytes } from '../../../src/scanners/gateway/kernel/kernel-bytes.ts';

const script = fileURLToPath(new URL('../../../build-kernel.mjs', import.meta.url));

test('the kernel is the one that its source compiles to', () => {
  execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' });
});

test('the kernel asks for nothing but the functions that are handed to it', () => {
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: {
      Module: { new (bytes: Uint8Array): object; imports(module: object): unknown[] };
    };
  };
  const module = new WebAssembly.Module(Buffer.from(kernelBytes, 'base64'));
  expect(WebAssembly.Module.imports(module)).toEqual([
    { module: 'values', name: 'readLongDuration', kind: 'function' },
    { module: 'callers', name: 'meaningOf', kind: 'function' },
  ]);
});
