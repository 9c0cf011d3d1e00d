import { healthCheck, meaningOfText, product, readCaller } from './callers.ts';
import { Dictionary, keep, newDictionary, numberOf, textOf } from './dictionary.ts';
import {
  addGroup,
  countCall,
  countDuration,
  firstLinesAt,
  groupCount,
  newFigures,
  packSketches,
  pairEndsAt,
  pairsAt,
  pairsLength,
  rowsAt,
} from './figures.ts';
import { findKey, keysAt, newKeys, noRoom } from './keys.ts';
import {
  byHostFlag,
  flagsAt,
  keepPathsFlag,
  literalSegmentsAt,
  namesUpstreamFlag,
  resultsAt,
  slotCount,
  slotsAt,
  templateAt,
  tookCall,
  tookNoCall,
  tookOther,
  unitAt,
} from './layout.ts';
import { allocate, doubled, freeAll } from './memory.ts';
import {
  bytes,
  clock,
  date,
  duration,
  endOf,
  fromOf,
  hasRole,
  host,
  requestId,
  service,
  status,
  time,
  upstream,
} from './roles.ts';
import { addRequest, newSamples, samplesAt } from './samples.ts';
import { hasPath, hostAt, hostEnd, methodAt, pathAt, pathEnd, readTarget } from './target.ts';
import { cutTemplate, writeTemplate } from './template.ts';
import { forgetMinute, readDayAndClock, readTime } from './time.ts';
import { isFilled, isRead, isWrite, readCount, readDuration, readStatusClass } from './values.ts';

/** Bounds of what one task keeps: hostile paths, agents and addresses must not fill the memory. */
const maxTexts = 100_000;
const maxTemplates = 20_000;
const maxGroups = 50_000;
/** Beyond the bounds only the start of a path tells calls apart, so that no link loses its calls. */
const roomForStarts = 25_000;
const keptSegments = 2;
const maxPathBytes = 2000;
const firstPaths = 512;

/** What a line without a time has; one with a text that is none has a lower number. */
const noMoment: i64 = -1;
const wrongMoment: i64 = -2;

let texts: Dictionary = changetype<Dictionary>(0);
let templates: Dictionary = changetype<Dictionary>(0);
/** Place and length of the path that each group was first seen with, where paths are kept. */
let paths: usize = 0;
let pathRoom: i32 = 0;
let folded: f64 = 0;
let healthChecks: f64 = 0;
let answeredItself: f64 = 0;
let first: i64 = i64.MAX_VALUE;
let last: i64 = i64.MIN_VALUE;

/** Forgets all calls; the next task begins. The facts of its format may be written before or after. */
export function reset(): void {
  freeAll();
  texts = newDictionary(maxTexts);
  templates = newDictionary(maxTemplates);
  newKeys();
  newFigures();
  newSamples();
  forgetMinute();
  paths = 0;
  pathRoom = 0;
  folded = 0;
  healthChecks = 0;
  answeredItself = 0;
  first = i64.MAX_VALUE;
  last = i64.MIN_VALUE;
  clearSlots();
}

/** What the slots hold of other columns counts no more. */
export function clearSlots(): void {
  memory.fill(slotsAt, 0, 8 * slotCount);
}

/** Counts the line whose values the slots hold, and says what became of it. @param line from 1 */
export function take(line: i32): i32 {
  const statusClass = hasRole(status) ? readStatusClass(fromOf(status), endOf(status)) : 0;
  const moment = readMoment();
  if (statusClass < 0 || moment == wrongMoment) return tookOther;
  if (moment >= 0) {
    first = min(first, moment);
    last = max(last, moment);
  }
  if (!readTarget()) return tookNoCall;
  const template = hasPath() ? readTemplate() : 0;
  const caller = readCaller(texts);
  if (caller == healthCheck) {
    healthChecks += 1;
    return tookNoCall;
  }
  const flags = load<i32>(flagsAt);
  const callee = readCallee();
  const namesUpstream = (flags & namesUpstreamFlag) != 0;
  if (callee == 0 && namesUpstream) {
    answeredItself += 1;
    return tookNoCall;
  }
  const isByHost = callee == 0 || (flags & byHostFlag) != 0;
  const asked = isByHost || (namesUpstream && leavesHost(callee)) ? readHost() : 0;
  const group = findGroup(caller, callee, asked, template, line);
  if (group < 0) {
    folded += 1;
    return tookCall;
  }
  const letter: u32 = methodAt == 0 ? 0 : load<u8>(methodAt);
  const second: u32 = methodAt == 0 ? 0 : load<u8>(methodAt, 1);
  const sent = readCount(fromOf(bytes), endOf(bytes));
  countCall(group, statusClass, isRead(letter, second), isWrite(letter, second), sent, moment);
  if (hasRole(duration)) {
    const took = readDuration(fromOf(duration), endOf(duration), load<i32>(unitAt));
    if (took >= 0) countDuration(group, took);
  }
  // Only in a mesh both sides of a call log it; there a cluster and a request id stand in each line.
  if (namesUpstream && isFilled(fromOf(requestId), endOf(requestId)))
    addRequest(group, fromOf(requestId), endOf(requestId));
  return tookCall;
}

function readMoment(): i64 {
  if (hasRole(time)) {
    const from = fromOf(time);
    const end = endOf(time);
    if (!isFilled(from, end)) return noMoment;
    return toMoment(readTime(from, end));
  }
  // A time of day alone is no moment.
  if (!isFilled(fromOf(clock), endOf(clock)) || !isFilled(fromOf(date), endOf(date)))
    return noMoment;
  return toMoment(readDayAndClock(fromOf(date), fromOf(clock), endOf(clock)));
}

function toMoment(read: i64): i64 {
  return read < 0 ? wrongMoment : read;
}

function readTemplate(): i32 {
  const length = writeTemplate(pathAt, pathEnd, load<i32>(literalSegmentsAt));
  const number = numberOf(templates, templateAt, length, 0, maxTemplates);
  return number < 0 ? numberOfCut(length) : number;
}

/** The number of the start of a template that was written last: a few segments of it. */
function numberOfCut(length: i32): i32 {
  const end = cutTemplate(length, max(keptSegments, load<i32>(literalSegmentsAt)));
  const most = maxTemplates + roomForStarts;
  const number = numberOf(templates, templateAt, end, 0, most);
  if (number >= 0) return number;
  return numberOf(templates, templateAt, cutTemplate(end, 0), 0, most + 1);
}

function numberOfStart(template: i32): i32 {
  const text = textOf(templates, template);
  memory.copy(templateAt, text.start, text.length);
  return numberOfCut(text.length);
}

function readCallee(): i32 {
  for (let role = service; role <= upstream; role++) {
    const end = endOf(role);
    let from = fromOf(role);
    if (!isFilled(from, end)) continue;
    // Of several upstreams the last one answered; names of services may hold blanks.
    if (role == upstream)
      for (let at = end - 1; at > from; at--) if (load<u8>(at) == 32) from = at + 1;
    if (isFilled(from, end)) return numberOf(texts, from, <i32>(end - from), role, maxTexts);
  }
  return 0;
}

/** Whether the callee is a cluster of a mesh that stands for whatever host was asked for. */
function leavesHost(callee: i32): bool {
  return callee > 0 && meaningOfText(texts, callee) == 1;
}

function readHost(): i32 {
  if (!isFilled(hostAt, hostEnd)) return 0;
  return numberOf(texts, hostAt, <i32>(hostEnd - hostAt), host, maxTexts);
}

/** The group of a call, added on its first sight; negative where there is no room for it. */
function findGroup(caller: i32, callee: i32, asked: i32, template: i32, line: i32): i32 {
  if ((caller | product | callee | asked | template) < 0) return -1;
  let group = findKey(caller, product, callee, asked, template, maxGroups);
  if (group == noRoom && template > 0) {
    const start = numberOfStart(template);
    group = findKey(caller, product, callee, asked, start, maxGroups + roomForStarts);
  }
  if (group >= 0 || group == noRoom) return group;
  addGroup(line);
  if ((load<i32>(flagsAt) & keepPathsFlag) != 0) keepPath(~group);
  return ~group;
}

function keepPath(group: i32): void {
  if (paths == 0) {
    pathRoom = firstPaths;
    paths = allocate(8 * pathRoom);
  } else if (group == pathRoom) {
    paths = doubled(paths, 8 * pathRoom);
    pathRoom *= 2;
  }
  const most = min(pathEnd, pathAt + maxPathBytes);
  let end = pathAt;
  while (end < most && load<u8>(end) != 32) end++;
  const length = end > pathAt ? <i32>(end - pathAt) : 0;
  store<u32>(paths + 8 * group, keep(texts, pathAt, length));
  store<i32>(paths + 8 * group, length, 4);
}

/** Room to hand over a text in, until the next call of anything. */
export function roomFor(length: i32): usize {
  return allocate(length + 16);
}

/** The number of a text that stands for others; -1 where there is no room for it. */
export function addText(from: usize, length: i32, kind: i32): i32 {
  return numberOf(texts, from, length, kind, maxTexts);
}

/** Puts what was counted where JavaScript reads it, as floats. @returns the place of the first */
export function pack(): usize {
  packSketches();
  const groups = groupCount();
  put(0, first == i64.MAX_VALUE ? Infinity : <f64>first);
  put(1, first == i64.MAX_VALUE ? -Infinity : <f64>last);
  put(2, folded);
  put(3, healthChecks);
  put(4, answeredItself);
  put(5, texts.size);
  put(6, texts.texts);
  put(7, templates.size);
  put(8, templates.texts);
  put(9, groups);
  put(10, keysAt());
  put(11, rowsAt());
  put(12, firstLinesAt());
  put(13, paths);
  put(14, pairsAt);
  put(15, pairsLength);
  put(16, pairEndsAt);
  put(17, samplesAt(groups));
  return resultsAt;
}

function put(index: i32, value: f64): void {
  store<f64>(resultsAt + 8 * index, value);
}
