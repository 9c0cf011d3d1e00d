import { Dictionary, numberOf, textOf } from './dictionary.ts';
import { flagsAt, wholeAgentsFlag } from './layout.ts';
import { address, agent, consumer, endOf, fromOf, kindOfSystem, user } from './roles.ts';
import { endOfAddress, findEither, isFilled } from './values.ts';

/** What `readCaller` gives for a call that only asks whether something is alive. */
export const healthCheck: i32 = -2;

/** The product that an unmapped caller says it is, or 0; set by `readCaller`. */
export let product: i32 = 0;

/**
 * Tells the number of what the text of a caller stands for: its own where that is nothing else; of a
 * callee, 1 where it stands for whatever host was asked for. Asked once for each text; more texts may
 * be added meanwhile.
 */
declare function meaningOf(number: i32, kind: i32, start: usize, length: i32): i32;

/**
 * Finds who called, most telling first: an identity, an agent or address that a rule maps, an address.
 * @returns the number of the caller; 0 where the line names none, -1 where there is no room for it
 */
export function readCaller(texts: Dictionary): i32 {
  product = 0;
  for (let role = consumer; role <= user; role++) {
    const from = fromOf(role);
    const end = endOf(role);
    if (!isFilled(from, end)) continue;
    const identity = meaningAt(texts, from, end, role);
    if (identity != 0) return identity;
    break;
  }
  const said = readAgent(texts);
  if (said < 0 || isSystem(texts, said)) return said;
  const found = readAddress(texts);
  if (!isSystem(texts, found)) product = said;
  return found;
}

function readAgent(texts: Dictionary): i32 {
  const from = fromOf(agent);
  let end = endOf(agent);
  if (!isFilled(from, end)) return 0;
  // Versions and comments have no end of forms; they count only where a rule may name them.
  if ((load<i32>(flagsAt) & wholeAgentsFlag) == 0) end = findEither(from, end, 47, 40);
  return meaningAt(texts, from, end, agent);
}

function readAddress(texts: Dictionary): i32 {
  const from = fromOf(address);
  const whole = endOf(address);
  if (!isFilled(from, whole)) return 0;
  const end = endOfAddress(from, whole);
  const start = load<u8>(from) == 91 ? from + 1 : from;
  return start == end ? 0 : meaningAt(texts, start, end, address);
}

/** What the text between two places stands for, worked out on its first sight. */
function meaningAt(texts: Dictionary, from: usize, end: usize, kind: i32): i32 {
  const length = <i32>(end - from);
  const number = numberOf(texts, from, length, kind, texts.max);
  return number < 0 ? number : meaningOfText(texts, number);
}

/** What a text that has a number stands for. */
export function meaningOfText(texts: Dictionary, number: i32): i32 {
  const text = textOf(texts, number);
  if (text.meaning != 0) return text.meaning - 3;
  const meaning = meaningOf(number, text.kind, text.start, text.length);
  textOf(texts, number).meaning = meaning + 3;
  return meaning;
}

function isSystem(texts: Dictionary, number: i32): bool {
  return number > 0 && textOf(texts, number).kind == kindOfSystem;
}
