import v8 from 'node:v8';
import type { CallerRules } from '../traffic/caller-rules.ts';
import { inputAt, inputBytes, lookAhead, programAt } from './assembly/layout.ts';
import { kernelBytes } from './kernel-bytes.ts';
import { type TextExports, toImports } from './meanings.ts';
import type { Program } from './to-program.ts';
import { type KernelModule, webAssembly } from './web-assembly.ts';

/** A number that the kernel counts in. */
interface Counter {
  readonly value: number;
}

/** What the compiled kernel offers; the files in assembly/ say what each does. */
export interface KernelExports extends TextExports {
  readonly lines: Counter;
  readonly parsed: Counter;
  readonly skipped: Counter;
  loadProgram(kind: number, prefix: number, first: number, second: number): void;
  walkLine(from: number): number;
  walkLines(from: number, end: number, limit: number, held: boolean): number;
  skipLine(reason: number): void;
  endLine(): void;
  resetLines(): void;
  reset(): void;
  clearSlots(): void;
  pack(): number;
}

/** A kernel that runs: its memory holds one program, one buffer of lines, and what one task counted. */
export interface Kernel {
  readonly exports: KernelExports;
  /** Whom texts of callers stand for; set before a task begins. */
  rules: CallerRules;
  /** The program that it has in its memory. */
  loaded: Program | undefined;
  /** The buffer of lines as long as the memory stays where it is. */
  input: Uint8Array | undefined;
}

let compiled: KernelModule | undefined;

/** The kernel as the runtime compiled it, once: a thread may be handed the one of another. */
export function kernelModule(): KernelModule {
  compiled ??= compile(Buffer.from(kernelBytes, 'base64'));
  return compiled;
}

/** The runtime compiles in haste and again where it gets hot; what is sure to get hot is done well at once. */
const thorough = ['--no-liftoff', '--no-wasm-lazy-compilation'];

function compile(bytes: Uint8Array): KernelModule {
  for (const flag of thorough) v8.setFlagsFromString(flag);
  try {
    return new webAssembly.Module(bytes);
  } finally {
    for (const flag of thorough) v8.setFlagsFromString(flag.replace('--no-', '--'));
  }
}

/** Takes the kernel as another thread compiled it. */
export function useKernelModule(module: KernelModule): void {
  compiled = module;
}

/** Rules that name no system. */
export const noRules: CallerRules = {
  identity: () => undefined,
  agent: () => undefined,
  address: () => undefined,
  hasAgents: false,
};

const idle: Kernel[] = [];

/** A kernel for one task, started if none is idle. Give it back: its memory is used again. */
export function takeKernel(): Kernel {
  return idle.pop() ?? startKernel();
}

/** Gives a kernel back once nothing of its memory is looked at any more. */
export function giveBack(kernel: Kernel): void {
  kernel.rules = noRules;
  idle.push(kernel);
}

function startKernel(): Kernel {
  // The functions that the kernel calls ask whatever rules it has by then.
  const rules: CallerRules = {
    identity: (text) => kernel.rules.identity(text),
    agent: (text) => kernel.rules.agent(text),
    address: (text) => kernel.rules.address(text),
    hasAgents: false,
  };
  const imports = toImports(rules, () => kernel.exports);
  const exports = new webAssembly.Instance(kernelModule(), imports).exports as KernelExports;
  const kernel: Kernel = { exports, rules: noRules, loaded: undefined, input: undefined };
  return kernel;
}

/** Lets a kernel walk the lines from here on by a program. @param prefix what stands before each */
export function loadProgram(kernel: Kernel, program: Program, prefix = 0): void {
  const { exports } = kernel;
  if (kernel.loaded !== program) {
    new Uint8Array(exports.memory.buffer).set(program.bytes, programAt);
    kernel.loaded = program;
  }
  exports.loadProgram(program.kind, prefix, program.first, program.second);
  exports.clearSlots();
}

/** The buffer of lines, with what searches see behind it; valid until the kernel runs again. */
export function inputOf(kernel: Kernel): Uint8Array {
  const { buffer } = kernel.exports.memory;
  if (kernel.input?.buffer !== buffer)
    kernel.input = new Uint8Array(buffer, inputAt, inputBytes + lookAhead);
  return kernel.input;
}
