/**
 * Walks one line and notes in `slots` where its values lie.
 * @param bytes a chunk that ends in a newline and `lookAhead` bytes more; a value may be rewritten in
 *   place (escapes of JSON)
 * @param words the same bytes
 * @param at where the line begins
 * @returns where the next line begins, or `~place` where the line is not of the format; `place` lies
 *   in the line
 */
export type Walk = (bytes: Uint8Array, words: DataView, at: number, slots: Int32Array) => number;
