import type { ScheduledJob } from '../schedulers/scheduled-job.ts';
import type { Project } from './project/project.ts';
import type { SourceReading } from './read-source.ts';
import { foldKey } from './settings/setting.ts';

/** Finds the scripts of a source that its jobs start. */
export interface StartedScripts {
  /** The file that shares most of a path's end, the nearest to the one that names it. */
  find(script: string, from: string): string | undefined;
  /** The files that define the procedures which a SQL text calls. */
  definers(sql: string): readonly string[];
  /** The scripts in the image that a manifest's job runs, where nothing else runs that image. */
  imageScripts(file: string, job: ScheduledJob): readonly string[];
}

const mostScripts = 200;
const definition =
  /\bcreate\s{1,50}(?:or\s{1,50}(?:replace|alter)\s{1,50})?(?:(?:non)?editionable\s{1,50})?(?:definer\s{0,9}=\s{0,9}\S{1,100}\s{1,50})?(?:proc(?:edure)?|function|package\s{1,50}body)\s{1,50}(?:if\s{1,50}not\s{1,50}exists\s{1,50})?([\w.$#"`[\]]{1,200})/gi;

/** Indexes the scripts of a source. */
export function openStarted(source: SourceReading, { modules }: Project): StartedScripts {
  const byName = new Map<string, string[]>();
  for (const { file } of source.scripts) {
    const base = file.slice(file.lastIndexOf('/') + 1);
    byName.set(base, [...(byName.get(base) ?? []), file]);
  }
  let defined: ReadonlyMap<string, string> | undefined;

  const find = (script: string, from: string): string | undefined => {
    const wanted = script.split(/[\\/]+/).reverse();
    const [base = ''] = wanted;
    const named = byName.get(base) ?? byName.get(base.replace(/^I(?=[A-Z]\w*\.cs$)/, '')) ?? [];
    const scored = named.map((file) => {
      const parts = file.split('/').reverse();
      const differs = parts.findIndex((part, at) => at > 0 && part !== wanted[at]);
      return { file, ends: differs < 0 ? parts.length : differs, near: sharedLength(file, from) };
    });
    scored.sort((a, b) => b.ends - a.ends || b.near - a.near);
    const [best, next] = scored;
    const isClear = !next || next.ends !== best?.ends || next.near !== best.near;
    return best && isClear ? best.file : undefined;
  };

  return {
    find,
    definers: (sql) => {
      defined ??= indexDefinitions(source);
      const names = sql.slice(0, 50_000).match(/[A-Za-z_][\w$#]*/g) ?? [];
      return [...new Set(names.flatMap((name) => defined?.get(name.toLowerCase()) ?? []))].sort();
    },
    imageScripts: (file, { name }) => {
      const own = foldKey(name.slice(name.lastIndexOf('/') + 1));
      const services = source.settings.flatMap((reading) =>
        reading.services.map((service) => ({ ...service, file: reading.file })),
      );
      const isJob = services.some((each) => each.file === file && foldKey(each.name) === own);
      const [module, other] = modules.modules.filter(({ names }) =>
        names.some((each) => foldKey(each) === own),
      );
      if (!isJob || !module || other) return [];
      const names = new Set(module.names.map(foldKey));
      // What answers calls runs at all times, and its code with it.
      const isServed = services.some(
        ({ hosts, name: each }) => hosts.length > 0 && names.has(foldKey(each)),
      );
      if (isServed) return [];
      return source.scripts
        .filter(
          ({ file: script, reading }) =>
            modules.moduleOf(script) === module &&
            reading.facts.some(({ kind }) => kind === 'connection'),
        )
        .slice(0, mostScripts)
        .map(({ file: script }) => script);
    },
  };
}

/** The one file that defines each procedure, function or package. */
function indexDefinitions({ scripts }: SourceReading): Map<string, string> {
  const files = new Map<string, string>();
  const several = new Set<string>();
  for (const { file, text } of scripts) {
    if (!/\bcreate\b/i.test(text)) continue;
    for (const [, written = ''] of text.matchAll(definition)) {
      const name =
        written
          .replace(/["`[\]]/g, '')
          .split('.')
          .at(-1)
          ?.toLowerCase() ?? '';
      const known = files.get(name);
      if (known !== undefined && known !== file) several.add(name);
      files.set(name, file);
    }
  }
  for (const name of several) files.delete(name);
  return files;
}

function sharedLength(one: string, other: string): number {
  const [a, b] = [one.split('/'), other.split('/')];
  const differs = a.findIndex((part, at) => part !== b[at]);
  return differs < 0 ? a.length : differs;
}
