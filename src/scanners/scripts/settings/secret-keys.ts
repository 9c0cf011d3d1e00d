/** Names whose values nobody may see. */
const secretName =
  /(?:pass(?:word|wd|phrase|code)?|pwd|pw|secrets?|token|credentials?|api[-_. ]?key|private[-_. ]?key|access[-_. ]?key(?:[-_. ]?id)?|(?:account|shared|instrumentation|encryption|encrypt|master|auth|signing|license|licence|app|jwt|session|secret|cookie)[-_. ]?key(?:[-_. ]?base)?|salt|dsn[-_. ]?key|sas)(?:[-_. ]?(?:\d+|value|hash|plain|prod|dev|test))?$/i;

/** Whether a setting of this name holds a password, a token or a key. */
export function isSecretKey(key: string): boolean {
  return secretName.test(key.slice(-80).replace(/(?:\[\d+\])+$/, ''));
}
