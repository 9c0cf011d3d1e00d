/**
 * The program of a text format: one step of sixty-four bytes after the other. Written by
 * ../token-program.ts, read by walk-text.ts.
 */
export const stepBytes = 64;

/** Offsets of the numbers of a step. */
export const stepKind = 0;
/** Where the two numbers of the value are noted; of a passed-over field a place nobody reads. */
export const stepSlot = 4;
export const stepLength = 8;
/** The bits of the bytes of the literal that must be equal; more than there are where a step is slow. */
export const stepMask = 12;
/** The first byte of the literal, sixteen times. */
export const stepWanted = 16;
/** The first sixteen bytes of the literal behind the field. */
export const stepPattern = 32;
/** Where all bytes of the literal lie. */
export const stepLiteral = 48;
export const stepFlags = 52;

/** A field and the literal behind it. */
export const fieldStep = 0;
/** A field up to the end of the line. */
export const lastFieldStep = 1;
/** A literal alone. */
export const literalStep = 2;
export const mayEndStep = 3;
/** Only blanks may follow. */
export const endStep = 4;
/** Anything may follow. */
export const openEndStep = 5;
/** Notes that the line has no value. */
export const clearStep = 6;

/** A backslash escapes the next byte of the field. */
export const quotedFlag = 1;
/** Blanks behind a comma or around a colon belong to the field. */
export const listFlag = 2;
/** The literal ends in a blank, which stands for one or more. */
export const blankFlag = 4;
/** The literal is only looked for: another step stands between it and the field. */
export const aheadFlag = 8;
