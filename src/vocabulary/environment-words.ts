/** What people write in names for an environment, and the environment it means. */
const words: Readonly<Record<string, string>> = {
  prod: 'prod',
  prd: 'prod',
  production: 'prod',
  test: 'test',
  tst: 'test',
  testing: 'test',
  dev: 'dev',
  develop: 'dev',
  development: 'dev',
  qa: 'qa',
  uat: 'uat',
  sit: 'sit',
  stage: 'staging',
  staging: 'staging',
  stg: 'staging',
  preprod: 'preprod',
  'pre-prod': 'preprod',
  preproduction: 'preprod',
  'pre-production': 'preprod',
  sandbox: 'sandbox',
  sbx: 'sandbox',
  demo: 'demo',
};

/** The environment that a word means, `prod` among them. */
export function readEnvironment(word: string): string | undefined {
  return Object.hasOwn(words, word.toLowerCase()) ? words[word.toLowerCase()] : undefined;
}

/** Whether names may hold this word for an environment. */
export const environmentWords: readonly string[] = Object.keys(words);
