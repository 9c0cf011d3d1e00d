/**
 * Compiles the kernel of the gateway logs to WebAssembly and writes it as a constant, so that nothing
 * has to be built or read where it runs. `--check` only tells whether what is written is up to date;
 * `--module FILE` writes the module itself.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import asc from 'assemblyscript/asc';

const folder = path.join(import.meta.dirname, 'src/scanners/gateway/kernel');
const target = path.join(folder, 'kernel-bytes.ts');
const options = [
  ['--runtime', 'stub'],
  ['--optimizeLevel', '3'],
  ['--shrinkLevel', '0'],
  ['--converge'],
  ['--noAssert'],
  ['--enable', 'simd'],
  ['--initialMemory', '48'],
  ['--use', 'abort='],
  ['--memoryBase', '3072'],
].flat();

/** The bytes of the module. @throws Error that holds what the compiler found */
async function compileKernel() {
  let bytes;
  const { error, stderr } = await asc.main(['index.ts', ...options, '--outFile', 'kernel.wasm'], {
    // The compiler wants names without the extension.
    readFile(name) {
      if (!/^[\w-]+\.ts$/.test(name)) return null;
      try {
        const source = readFileSync(path.join(folder, 'assembly', name), 'utf8');
        return source.replace(/(from '\.\/[\w-]+)\.ts'/g, "$1'");
      } catch {
        return null;
      }
    },
    writeFile(name, content) {
      if (name === 'kernel.wasm') bytes = content;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return bytes;
}

const bytes = await compileKernel();
const text = [
  '// Written by `npm run build:kernel` from the files in assembly/.',
  '',
  '/** The compiled kernel in Base64. */',
  'export const kernelBytes =',
  `  '${Buffer.from(bytes).toString('base64')}';`,
  '',
].join('\n');

const module = process.argv.indexOf('--module');
if (module > 0) writeFileSync(process.argv[module + 1], bytes);
else if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error(
    `${path.relative(process.cwd(), target)} is older than its source: npm run build:kernel`,
  );
  process.exitCode = 1;
}
