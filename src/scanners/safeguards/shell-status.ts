import type { Node } from '../scripts/tree-sitter.ts';

/** `$?` is looked at in the first words of a statement. */
export function usesStatus(node: Node): boolean {
  return /\$\?|\$\{(?:\?|PIPESTATUS)/.test(node.text.slice(0, 200));
}

/** `true`, `:`, `exit 0`, or only words about it: after these nobody knows of the failure. */
export function isShrug(node: Node): boolean {
  const text = node.text.slice(0, 300).trim();
  return (
    /^(?:(?:\/usr)?\/bin\/)?(?:true|:)(?:\s|$)|^(?:exit|return)(?:\s+0)?\s*$|^continue\b/.test(
      text,
    ) ||
    (/^(?:echo|printf)\b/.test(text) && node.type === 'command')
  );
}

/** An exit or return with a failure. */
export const failingExit = /(?:^|[\s;{(])(?:exit|return)\s+(?!0\b)["$\d]/;

/** Whether a part of a script ends it, or its function, with a failure. */
export function endsOnFailure(node: Node): boolean {
  return (
    failingExit.test(node.text.slice(0, 2_000)) ||
    /^(?:die|fail|abort|error)\b/i.test(node.text.slice(0, 20))
  );
}

/** Whether a part of a script ends the loop it is in. */
export function leavesLoop(node: Node): boolean {
  return /(?:^|[\s;{])(?:break|exit\s+0|return(?:\s+0)?)\s*(?:[;}\n]|$)/.test(
    node.text.slice(0, 500),
  );
}

const statusName = String.raw`\$(?:\?|\{?\w*(?:rc|ret|status|result|code|err|res|exit)\w*\}?)`;
const failed = new RegExp(String.raw`${statusName}["']?\s*(?:-ne|!=|-gt|>)\s*["']?0`, 'i');
/** A condition that holds after a success. */
export const worked = new RegExp(String.raw`${statusName}["']?\s*(?:-eq|={1,2})\s*["']?0`, 'i');

/** Whether a condition holds when something failed: `! command`, `[ $? -ne 0 ]`, `[ ! -s file ]`. */
export function meansFailure(node: Node): boolean {
  const text = node.text.slice(0, 300);
  if (node.type === 'negated_command') return !worked.test(text);
  return (
    failed.test(text) || /\(\(\s*(?:rc|ret|status|result|code|err)\w*\s*(?:!=|>)\s*0/i.test(text)
  );
}
