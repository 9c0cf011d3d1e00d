/**
 * Where things lie in the memory of the kernel. Read by the kernel and by the JavaScript that feeds
 * it, so only numbers may stand here.
 */

/** Two numbers for each role, in the order of `slotRoles`: where its value begins and ends. */
export const slotsAt = 64;
export const slotCount = 20;

/** What the collector must know of the format; written before a task begins. */
export const factsAt = 512;
/** A bit for each role that the format has, in the order of the slots. */
export const rolesAt = 512;
/** Unit of durations without one: 0 seconds, 1 milli-, 2 micro-, 3 nanoseconds. */
export const unitAt = 516;
/** Flags, see below. */
export const flagsAt = 520;
/** How many leading segments of paths stay as they are. */
export const literalSegmentsAt = 524;

/** The callee may depend on the host that was asked for, even where the line names it. */
export const byHostFlag = 1;
/** Lines name an upstream: one without it was answered by the gateway itself. */
export const namesUpstreamFlag = 2;
/** The path of the first call of each group is kept. */
export const keepPathsFlag = 4;
/** Rules name agents: versions and comments of theirs count. */
export const wholeAgentsFlag = 8;

/** The first lines that were skipped: the number of each, and why. */
export const skipsAt = 1024;
export const skipBytes = 16;
export const toldSkips = 20;
/** Why a line was skipped: it is not of the format, … */
export const foreignLine = 0;
/** … its values are none of the format, … */
export const otherValues = 1;
/** … or it is too long to be one. */
export const longLine = 2;

/** How `walkLines` ends, unless at a line that JavaScript must read. */
export const allWalked = 0;
export const taskEnded = 1;

/** The kinds of programs: steps, a tree of keys, or two programs of steps that are tried by turns. */
export const textProgram = 0;
export const jsonProgram = 1;
export const columnsProgram = 2;

/** Where the collector writes the template of a path, and what it counted. */
export const templateAt = 2048;
export const resultsAt = 2304;

/** The program of the format. */
export const programAt = 4096;
export const programBytes = 1024 * 1024 - 4096;

/** Lines lie here: the longest line and what searches look ahead. */
export const inputAt = 1024 * 1024;
export const inputBytes = 1024 * 1024;
export const lookAhead = 64;

/** Everything that grows lies from here on, and belongs to the collector. */
export const heapAt = 2 * 1024 * 1024 + 64 * 1024;

/** What `take` says became of a line: a call, one that reached nothing, or values that are none of the format. */
export const tookCall = 0;
export const tookNoCall = 1;
export const tookOther = 2;
