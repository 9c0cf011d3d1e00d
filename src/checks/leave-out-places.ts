import type { Origin } from '../evidence.ts';

/** A script as a command line names it; only names that say what they are by their ending. */
const scriptName =
  /(?<![\w./~-])[\w./~-]{1,200}\.(?:sh|bash|ksh|zsh|py|pl|rb|php|js|mjs|ts|sql|ps1|bat|cmd|vbs)(?![\w/-])/g;

/**
 * A text without the files that it is about and the scripts that it starts: what is left stays the
 * same when a line moves or a file gets another name, and so can name a finding.
 */
export function leaveOutPlaces(text: string, origins: readonly Origin[]): string {
  return leaveOutFiles(text, origins).replace(scriptName, '').replace(/\s+/g, ' ').trim();
}

/** A text without the files that it is about. A name that could be a word is left. */
export function leaveOutFiles(text: string, origins: readonly Origin[]): string {
  const files = [...new Set(origins.map(({ file }) => file))].filter((file) => /[./]/.test(file));
  return files.sort((a, b) => b.length - a.length).reduce(leaveOut, text);
}

/** Takes out a file's name, and the line behind it, wherever it stands by itself. */
function leaveOut(text: string, file: string): string {
  let rest = '';
  let from = 0;
  for (let at = text.indexOf(file); at >= 0; at = text.indexOf(file, from)) {
    const end = at + file.length;
    const isWhole =
      !/[\w./-]$/.test(text.slice(from, at).slice(-1)) && !/^[\w/-]/.test(text.slice(end, end + 1));
    rest += text.slice(from, isWhole ? at : end);
    from =
      end + (isWhole ? (/^(?::\d{1,9}){1,2}/.exec(text.slice(end, end + 20))?.[0].length ?? 0) : 0);
  }
  return rest + text.slice(from);
}
