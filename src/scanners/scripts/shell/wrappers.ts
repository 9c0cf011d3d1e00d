/** Programs that run another program, and how many of their own arguments come before it. */
const wrappers: Readonly<Record<string, { options: string; operands: number }>> = {
  sudo: { options: 'ugUhpCrt', operands: 0 },
  doas: { options: 'uC', operands: 0 },
  runuser: { options: 'ugG', operands: 0 },
  nohup: { options: '', operands: 0 },
  nice: { options: 'n', operands: 0 },
  ionice: { options: 'cnp', operands: 0 },
  timeout: { options: 'ks', operands: 1 },
  gtimeout: { options: 'ks', operands: 1 },
  timelimit: { options: 'tTsS', operands: 0 },
  flock: { options: 'wE', operands: 1 },
  lockf: { options: 't', operands: 1 },
  setlock: { options: '', operands: 1 },
  'with-lock-ex': { options: '', operands: 1 },
  lockrun: { options: 'L', operands: 0 },
  'run-one': { options: '', operands: 0 },
  'run-this-one': { options: '', operands: 0 },
  'keep-one-running': { options: '', operands: 0 },
  solo: { options: '', operands: 0 },
  time: { options: 'fo', operands: 0 },
  env: { options: 'u', operands: 0 },
  exec: { options: 'a', operands: 0 },
  command: { options: '', operands: 0 },
  chronic: { options: '', operands: 0 },
  cronic: { options: '', operands: 0 },
  'mk-job': { options: 'u', operands: 1 },
  runitor: { options: '', operands: 0 },
  setsid: { options: '', operands: 0 },
  stdbuf: { options: 'ioe', operands: 0 },
  sshpass: { options: 'pfd', operands: 0 },
  xargs: { options: 'nPILdsE', operands: 0 },
  watch: { options: 'n', operands: 0 },
  unbuffer: { options: '', operands: 0 },
  proxychains: { options: 'f', operands: 0 },
  proxychains4: { options: 'f', operands: 0 },
  torsocks: { options: '', operands: 0 },
  strace: { options: 'oepsE', operands: 0 },
  'systemd-run': { options: 'pu', operands: 0 },
  'systemd-cat': { options: 'tp', operands: 0 },
  faketime: { options: 'f', operands: 1 },
  parallel: { options: 'jaSN', operands: 0 },
  builtin: { options: '', operands: 0 },
};

/** Wrappers with a task before the program: `cronitor exec KEY program`. */
const longWrappers: readonly (readonly [RegExp, number])[] = [
  [/^cronitor (?:\S+ )??exec \S+ \S/, 3],
  [/^sentry-cli monitors run \S+ \S/, 4],
];

/** How many words from its own on a wrapper takes; none where the program is no wrapper. */
export function lengthOfWrapper(words: readonly string[]): number | undefined {
  const name = baseName(words[0] ?? '');
  const long = longWrappers.find(([pattern]) =>
    pattern.test([name, ...words.slice(1, 8)].join(' ')),
  );
  if (long) {
    const [, length] = long;
    return words[length]?.startsWith('-') ? length + 1 : length;
  }
  const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
  if (!wrapper) return undefined;
  let at = 1;
  for (; at < words.length; at++) {
    const text = words[at] ?? '';
    const isAssignment = (name === 'env' || name === 'sudo') && /^[A-Z_][A-Z0-9_]*=/i.test(text);
    if (isAssignment) continue;
    if (!text.startsWith('-')) break;
    if (text.length === 2 && wrapper.options.includes(text.slice(1))) at++;
  }
  return at + wrapper.operands;
}

/** Whether a program runs another one. */
export function isWrapper(name: string): boolean {
  return Object.hasOwn(wrappers, name);
}

/** The name of a program without the folder it is in. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
