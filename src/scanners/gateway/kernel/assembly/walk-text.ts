import { findByte, findQuote } from './search.ts';
import {
  aheadFlag,
  blankFlag,
  clearStep,
  endStep,
  fieldStep,
  lastFieldStep,
  listFlag,
  literalStep,
  mayEndStep,
  quotedFlag,
  stepBytes,
  stepFlags,
  stepKind,
  stepLength,
  stepLiteral,
  stepMask,
  stepPattern,
  stepSlot,
  stepWanted,
} from './steps.ts';

/**
 * Walks one line by the steps of a program. A field and the literal behind it take one search and one
 * comparison of sixteen bytes; what these do not settle is looked at byte by byte.
 * @returns where the next line begins, or `~place` where the line is not of the format
 */
export function walkText(program: i32, start: i32): i32 {
  const newline = i8x16.splat(10);
  let at = start;
  let step = program;
  while (true) {
    const kind = load<i32>(step, stepKind);
    if (kind == fieldStep) {
      const from = at;
      const wanted = v128.load(step, stepWanted);
      let bytes = v128.load(at);
      let hits = i8x16.bitmask(v128.or(i8x16.eq(bytes, wanted), i8x16.eq(bytes, newline)));
      while (hits == 0) {
        at += 16;
        bytes = v128.load(at);
        hits = i8x16.bitmask(v128.or(i8x16.eq(bytes, wanted), i8x16.eq(bytes, newline)));
      }
      at += ctz(hits);
      const mask = load<i32>(step, stepMask);
      const flags = load<i32>(step, stepFlags);
      const equal = i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(step, stepPattern)));
      if ((equal & mask) == mask && !(flags & quotedFlag && load<u8>(at - 1) == 0x5c)) {
        const slot = load<i32>(step, stepSlot);
        store<i32>(slot, from);
        store<i32>(slot, at, 4);
        at += load<i32>(step, stepLength);
        if (flags & blankFlag) while (load<u8>(at) == 32) at++;
        step += stepBytes;
        continue;
      }
      at = slowField(step, from);
      if (!(flags & aheadFlag)) at = literal(step, at);
      if (at < 0) return at;
    } else {
      at = otherStep(step, kind, at);
      if (at < 0) return at;
      if (ended) return at;
    }
    step += stepBytes;
  }
}

/** Whether the step that `otherStep` took last ended the line. */
let ended = false;

/** All steps but those of fields with a literal behind them. @returns the place behind it, or `~place` */
function otherStep(step: i32, kind: i32, at: i32): i32 {
  ended = false;
  if (kind == literalStep) return literal(step, at);
  if (kind == clearStep) {
    store<i64>(load<i32>(step, stepSlot), 0);
    return at;
  }
  const end = kind == endStep || kind == mayEndStep ? at : findByte(at, 10);
  const byte = load<u8>(at);
  if (kind == mayEndStep && byte != 10 && byte != 13) return at;
  ended = true;
  if (kind == lastFieldStep) note(step, at, end);
  return kind == endStep || kind == mayEndStep ? endOfLine(at) : end + 1;
}

/** Goes to the end of a field and notes its value. */
function slowField(step: i32, from: i32): i32 {
  const end = endOfField(step, from);
  note(step, from, end);
  return end;
}

/** Keeps where the value lies, without the carriage return of a line that ends here. */
function note(step: i32, from: i32, end: i32): void {
  const slot = load<i32>(step, stepSlot);
  const isCut = load<u8>(end) == 10 && end > from && load<u8>(end - 1) == 13;
  store<i32>(slot, from);
  store<i32>(slot, isCut ? end - 1 : end, 4);
}

function endOfField(step: i32, from: i32): i32 {
  const flags = load<i32>(step, stepFlags);
  const length = load<i32>(step, stepLength);
  const wanted = load<u8>(step, stepWanted);
  if (flags & listFlag) return endOfList(from);
  let at = from;
  while (true) {
    at = flags & quotedFlag ? findQuote(at) : findByte(at, wanted);
    if (wanted == 32 || wanted == 10 || load<u8>(at) == 10) return at;
    if (fits(load<i32>(step, stepLiteral), length, at)) return at;
    at++;
  }
}

function fits(text: i32, length: i32, at: i32): bool {
  for (let index = 1; index < length; index++)
    if (load<u8>(at + index) != load<u8>(text + index)) return false;
  return true;
}

/** `a, b : c`: a blank behind a comma or around a colon belongs to the list. */
function endOfList(from: i32): i32 {
  let at = from;
  while (true) {
    at = findByte(at, 32);
    if (load<u8>(at) == 10) return at;
    if (at > from && load<u8>(at - 1) == 44) at++;
    else if (load<u8>(at + 1) == 58 && load<u8>(at + 2) == 32) at += 3;
    else return at;
  }
}

/** Steps over bytes that must stand here; one blank stands for one or more. */
function literal(step: i32, from: i32): i32 {
  const text = load<i32>(step, stepLiteral);
  const length = load<i32>(step, stepLength);
  let at = from;
  for (let index = 0; index < length; index++) {
    const byte = load<u8>(text + index);
    if (load<u8>(at) != byte) return ~at;
    at++;
    if (byte == 32) while (load<u8>(at) == 32) at++;
  }
  return at;
}

/** Only blanks and a carriage return may come before the newline. */
function endOfLine(from: i32): i32 {
  let at = from;
  while (load<u8>(at) == 32 || load<u8>(at) == 13) at++;
  return load<u8>(at) == 10 ? at + 1 : ~at;
}
