// The kernel: walks lines and adds up their calls. See ../start-kernel.ts for how it is used.
export { addText, clearSlots, pack, reset, roomFor, take } from './collect.ts';
export {
  endLine,
  lines,
  loadProgram,
  parsed,
  resetLines,
  skipLine,
  skipped,
  walkLine,
  walkLines,
} from './lines.ts';
