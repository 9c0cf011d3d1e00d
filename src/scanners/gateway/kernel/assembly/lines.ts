import { take } from './collect.ts';
import {
  allWalked,
  columnsProgram,
  foreignLine,
  inputAt,
  jsonProgram,
  otherValues,
  skipBytes,
  skipsAt,
  taskEnded,
  textProgram,
  toldSkips,
  tookOther,
} from './layout.ts';
import { skipPrefix } from './prefix.ts';
import { noPrefix } from './prefixes.ts';
import { findByte } from './search.ts';
import { walkJson } from './walk-json.ts';
import { walkText } from './walk-text.ts';

/** Lines that began in the bytes of the task, blank ones too. */
export let lines: f64 = 0;
export let parsed: f64 = 0;
export let skipped: f64 = 0;

let kind = textProgram;
let prefix = noPrefix;
let program = 0;
let otherProgram = 0;

/** Sets what the lines from here on are walked by. */
export function loadProgram(sort: i32, before: i32, first: i32, second: i32): void {
  kind = sort;
  prefix = before;
  program = first;
  otherProgram = second;
}

/** A new task begins. */
export function resetLines(): void {
  lines = 0;
  parsed = 0;
  skipped = 0;
}

/** Counts a line that is passed over, for a reason that `reasons` of ../kernel.ts names. */
export function skipLine(reason: i32): void {
  if (skipped < toldSkips) {
    const at = skipsAt + <i32>skipped * skipBytes;
    store<f64>(at, lines + 1);
    store<i32>(at, reason, 8);
  }
  skipped++;
}

/** A line that `walkLines` does not see has ended. */
export function endLine(): void {
  lines++;
}

/**
 * Walks the lines that begin in [from, end), the last of which ends in a newline.
 * @param limit lines that begin here or behind are another task's
 * @param held whether zeros before the first line make it this task's wherever it begins
 * @returns where a line stands that names columns, which JavaScript must read; or how it ended
 */
export function walkLines(from: i32, end: i32, limit: i32, held: bool): i32 {
  let at = from;
  while (at < end) {
    if (at >= limit && (at > inputAt || !held)) return taskEnded;
    let first = load<u8>(at);
    // A log that was cut while its writer held it open begins with zeros.
    while (first == 0) {
      at++;
      first = load<u8>(at);
    }
    // Columns of one or two names would take a line of blanks for a call.
    if (first <= 32) {
      const newline = findByte(at, 10);
      if (isBlank(at, newline)) {
        lines++;
        at = newline + 1;
        continue;
      }
    }
    if (first == 35 && kind == columnsProgram) return at;
    const next = walkLine(at);
    if (next < 0) {
      skipLine(foreignLine);
      lines++;
      at = findByte(~next, 10) + 1;
      continue;
    }
    if (take(<i32>(<u32>(lines + 1))) == tookOther) skipLine(otherValues);
    else parsed++;
    // Several objects may stand on one line.
    if (load<u8>(next - 1) == 10) lines++;
    at = next;
  }
  return allWalked;
}

/** Walks one line behind its prefix, and notes its values. */
export function walkLine(from: i32): i32 {
  const at = prefix == noPrefix ? from : skipPrefix(prefix, from);
  if (kind == textProgram) return walkText(program, at);
  if (kind == jsonProgram) return walkJson(program, at);
  const next = walkText(program, at);
  if (next >= 0) return next;
  const second = walkText(otherProgram, at);
  if (second >= 0) {
    const used = program;
    program = otherProgram;
    otherProgram = used;
  }
  return second;
}

function isBlank(from: i32, end: i32): bool {
  for (let at = from; at < end; at++) {
    const byte = load<u8>(at);
    if (byte != 32 && byte != 9 && byte != 13) return false;
  }
  return true;
}
