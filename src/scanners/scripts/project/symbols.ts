import path from 'node:path';
import { groupBy } from '../../../order.ts';
import type { CallSite, Reading } from '../facts.ts';
import { type Hole, writeHole } from '../program/open-text.ts';

/** A text of another file, with the file whose names its holes are. */
export interface Definition {
  readonly text: string;
  readonly file: string;
}

/** A call of a function, in the file where it stands. */
export interface Site extends CallSite {
  readonly file: string;
}

/** Finds what names stand for across files. */
export interface Symbols {
  find(hole: Hole & { kind: 'import' | 'name' }, file: string): Definition | undefined;
  /** The calls of a function that a file defines. */
  sitesOf(name: string, file: string): readonly Site[];
}

const extensions = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.vue',
  '.py',
  '.rb',
  '.php',
  '/index.ts',
  '/index.js',
  '/__init__.py',
];

/**
 * Indexes the definitions and call sites of all files.
 * @param moduleOf the module of a file, within which a name that no import explains is looked for
 */
export function indexSymbols(
  readings: ReadonlyMap<string, Reading>,
  moduleOf: (file: string) => string,
): Symbols {
  const files = [...readings.keys()];
  const byStem = groupBy(files, (file) => stemOf(path.posix.basename(file)));
  const definitions = groupBy(
    [...readings].flatMap(([file, { definitions: own }]) =>
      Object.entries(own).map(([name, text]) => ({ name, text, file })),
    ),
    ({ name }) => name,
  );
  const sites = groupBy(
    [...readings].flatMap(([file, { sites: own }]) => own.map((site): Site => ({ ...site, file }))),
    ({ function: name }) => name.slice(name.lastIndexOf('#') + 1),
  );

  /** The files in which a function hands an argument on as an address. */
  const openIn = new Map<string, Set<string>>();
  for (const [file, { facts }] of readings) {
    for (const fact of facts) {
      if (fact.kind !== 'connection') continue;
      for (const [, name = ''] of (fact.address ?? '').matchAll(/\{param:([^#{}]+)#/g)) {
        const holders = openIn.get(name) ?? new Set();
        openIn.set(name, holders.add(file));
      }
    }
  }

  const resolveModule = (module: string, file: string): string[] => {
    if (module.startsWith('.')) {
      const relative =
        /^\.+[A-Za-z_]/.test(module) && !module.includes('/') ? pythonPath(module) : module;
      const base = path.posix.join(path.posix.dirname(file), relative);
      const bare = base.replace(/\.[cm]?jsx?$/, '');
      const exact = extensions.flatMap((extension) => [
        `${base}${extension}`,
        `${bare}${extension}`,
      ]);
      return exact.filter((candidate) => readings.has(candidate)).slice(0, 1);
    }
    const wanted = module.replace(/^[@~]\//, '').replace(/\.[cm]?[jt]sx?$/, '');
    const asPath = wanted.includes('/')
      ? wanted
      : wanted.replaceAll('.', '/').replaceAll('\\', '/');
    const stem = stemOf(asPath.slice(asPath.lastIndexOf('/') + 1));
    const matches = (byStem.get(stem) ?? []).filter((candidate) =>
      `/${candidate}`.replace(/\.[A-Za-z]+$/, '').endsWith(`/${asPath}`),
    );
    if (matches.length > 0) return nearest(matches, file);
    // A package is a folder; its files share their names.
    const inFolder = (folder: string): string[] =>
      files.filter((candidate) => `/${path.posix.dirname(candidate)}`.endsWith(`/${folder}`));
    if (file.endsWith('.php')) return namespaced(asPath, file);
    if (!file.endsWith('.go')) return inFolder(asPath);
    // Go writes where the repository is published in front of the folder.
    const segments = wanted.split('/');
    for (let from = 0; from < Math.min(segments.length, 12); from++) {
      const found = inFolder(segments.slice(from).join('/'));
      if (found.length > 0) return found;
    }
    return [];
  };

  /** A namespace begins with the package, which has a folder of another name: `App` is `src`. */
  const namespaced = (asPath: string, file: string): string[] => {
    const own = files.filter((candidate) => candidate.endsWith('.php'));
    const below = asPath.split('/').slice(1, 9);
    for (let from = 0; from < below.length; from++) {
      const folder = `/${below.slice(from).join('/')}`;
      const found = own.filter((candidate) => `/${path.posix.dirname(candidate)}`.endsWith(folder));
      if (found.length > 0) return found;
    }
    return below.length === 0
      ? own.filter((candidate) => moduleOf(candidate) === moduleOf(file))
      : [];
  };

  const findIn = (
    candidates: readonly string[],
    names: readonly string[],
  ): Definition | undefined => {
    for (const candidate of candidates) {
      const own = readings.get(candidate)?.definitions ?? {};
      for (const name of names)
        if (Object.hasOwn(own, name) && own[name] !== undefined)
          return { text: own[name], file: candidate };
    }
    return undefined;
  };

  const findAnywhere = (name: string, file: string): Definition | undefined => {
    const found = (definitions.get(name) ?? []).filter(
      (each) => each.file !== file && sameLanguage(each.file, file),
    );
    const near = found.filter((each) => moduleOf(each.file) === moduleOf(file));
    const texts = new Set((near.length > 0 ? near : found).map(({ text }) => text));
    const [only] = near.length > 0 ? near : found;
    return texts.size === 1 && only ? { text: only.text, file: only.file } : undefined;
  };

  /** `Erp.Url` where `Erp.*` is the section of the settings that the type is filled from; `*` is all of them. */
  const findBound = (name: string, file: string): Definition | undefined => {
    const dot = name.indexOf('.');
    if (dot < 0) return undefined;
    const bound = `${name.slice(0, dot)}.*`;
    const own = readings.get(file)?.definitions[bound];
    const section = own === undefined ? findAnywhere(bound, file) : { text: own, file };
    const key = /^\{env:([^{}?]+)\}$/.exec(section?.text ?? '')?.[1];
    if (!section || key === undefined) return undefined;
    const fallback = findAnywhere(name, file)?.text;
    return {
      text: writeHole({
        kind: 'env',
        name: `${key === '*' ? '' : `${key}:`}${name.slice(dot + 1).replaceAll('.', ':')}`,
        ...(fallback === undefined ? {} : { fallback }),
      }),
      file: section.file,
    };
  };

  return {
    find: (hole, file) => {
      if (hole.kind === 'name') return findBound(hole.name, file) ?? findAnywhere(hole.name, file);
      const last = hole.module.slice(
        Math.max(hole.module.lastIndexOf('.'), hole.module.lastIndexOf('/')) + 1,
      );
      const names = [
        hole.name,
        `default.${hole.name}`,
        `${last}.${hole.name}`,
        hole.name.replace(/^default\./, ''),
      ];
      return findIn(resolveModule(hole.module, file), names);
    },
    sitesOf: (name, file) =>
      // Languages without `new` make an instance by calling its class.
      [...(sites.get(name) ?? []), ...(sites.get(name.replace(/\.constructor$/, '')) ?? [])]
        .filter((site, at, all) => all.indexOf(site) === at)
        .filter((site) => {
          if (site.file === file) return !site.function.includes('#');
          const hash = site.function.lastIndexOf('#');
          if (hash < 0) return sameLanguage(site.file, file) && openIn.get(name)?.size === 1;
          return resolveModule(site.function.slice(0, hash), site.file).includes(file);
        }),
  };
}

function nearest(candidates: readonly string[], file: string): string[] {
  const shared = (candidate: string): number => {
    let at = 0;
    while (at < candidate.length && candidate[at] === file[at]) at++;
    return at;
  };
  return [...candidates].sort((a, b) => shared(b) - shared(a) || (a < b ? -1 : 1)).slice(0, 1);
}

function stemOf(base: string): string {
  return base.replace(/\.[A-Za-z]+$/, '');
}

/** `..config` of Python as a path. */
function pythonPath(module: string): string {
  const dots = /^\.+/.exec(module)?.[0].length ?? 1;
  return `${dots === 1 ? './' : '../'.repeat(dots - 1)}${module.slice(dots).replaceAll('.', '/')}`;
}

const families = [
  /\.(?:[cm]?[jt]sx?|vue|svelte)$/,
  /\.py$/,
  /\.(?:java|kt|groovy)$/,
  /\.(?:cs|vb|fs)$/,
  /\.go$/,
  /\.php$/,
  /\.rb$/,
  /\.ps[md]?1$/,
  /\.(?:sh|bash|ksh|zsh)$/,
];

function sameLanguage(a: string, b: string): boolean {
  const family = (file: string): number => families.findIndex((pattern) => pattern.test(file));
  return family(a) === family(b);
}
