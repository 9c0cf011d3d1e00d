import { isMapping, type Mapping } from './documents.ts';

/** Names of environments, as files and folders are called after them. */
const environments =
  /^(?:dev|devel|develop|development|local|localhost|test|testing|tests|tst|qa|uat|acc|acceptance|int|integration|e2e|it|stage|staging|stg|preprod|pre-prod|preproduction|prod|prd|production|live|docker|docker-compose|compose|container|k8s|kubernetes|kube|cluster|heroku|cloud|aws|azure|gcp|ci|sandbox|demo|native|debug|release|example|sample|template|dist|tmpl|override|default|base|common|shared)$/i;
/** Such a file holds for all environments. */
const forAll = /^(?:default|base|common|shared|main|global)$/i;

/** The environment that a word names; undefined for a word that names none, or all of them. */
export function toProfile(word: string | undefined): string | undefined {
  return word !== undefined && environments.test(word) && !forAll.test(word) ? word : undefined;
}

/** The name of a file without the profile behind it: `orders-staging` is `orders`. */
export function withoutProfile(stem: string): string {
  const match = /^(.+)-([A-Za-z0-9]+)$/.exec(stem);
  return match?.[1] !== undefined && environments.test(match[2] ?? '') ? match[1] : stem;
}

/** The profile that a file is for, by its name or the folders that it lies in. */
export function profileOfFile(file: string): string | undefined {
  // `default.conf.template` is what runs; `.env.template` is a sample.
  const base = file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/(\.conf)\.(?:template|tmpl|tpl|j2)$/i, '$1');
  const given =
    /^(?:application|bootstrap)-([\w-]+)\.(?:ya?ml|properties)$/i.exec(base)?.[1] ??
    /^appsettings\.([\w-]+)\.json$/i.exec(base)?.[1] ??
    /^(?:web|app)\.([\w-]+)\.config$/i.exec(base)?.[1] ??
    /^\.env\.([\w.-]+)$/i.exec(base)?.[1];
  if (given !== undefined && !forAll.test(given))
    return given.replace(/\.(?:local|sample|example|dist)$/i, '');
  const words = base
    .replace(/^(?:docker-)?compose(?=[.-])/i, '')
    .replace(/\.[^.]*$/, '')
    .split('.');
  const last = words.at(-1) ?? '';
  const named =
    toProfile(last) ??
    toProfile(/[-_]([A-Za-z0-9]+)$/.exec(last)?.[1]) ??
    toProfile(words.length > 1 ? words[0] : undefined) ??
    toProfile(/\.(\w+)$/.exec(base)?.[1]);
  return named ?? profileOfFolder(file);
}

function profileOfFolder(file: string): string | undefined {
  const folders = file.split('/').slice(0, -1);
  if (folders.some((folder) => /^(?:tests?|__tests__|fixtures|spec)$/i.test(folder))) return 'test';
  const at = folders.findLastIndex((folder) =>
    /^(?:overlays|environments|envs?|profiles|stages|inventor(?:y|ies))$/i.test(folder),
  );
  return at >= 0 ? toProfile(folders[at + 1]) : undefined;
}

/** The keys of a mapping where each of them names an environment, as in Rails' `database.yml`. */
export function listProfileKeys(root: Mapping): string[] {
  const keys = Object.keys(root).filter((key) => isMapping(root[key]));
  const named = keys.filter((key) => toProfile(key) !== undefined);
  const others = keys.filter(
    (key) => toProfile(key) === undefined && !forAll.test(key) && !/^[.x]/.test(key),
  );
  return named.length > 0 && others.length === 0 ? named : [];
}
