/** A setting of a unit and where it stands. */
export interface UnitSetting {
  /** `Timer.OnCalendar`. */
  readonly key: string;
  readonly value: string;
  readonly file: string;
  readonly line: number;
}

/** A unit with its drop-ins. */
export interface Unit {
  /** `stock-export.timer`, or of a template `load@.timer`. */
  readonly name: string;
  readonly file: string;
  /** In the order in which they are applied. */
  readonly settings: readonly UnitSetting[];
  /** Its file is empty, as `systemctl mask` leaves it. */
  readonly isMasked: boolean;
}

/** A file of a source. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

/** The units of one machine or repository. */
export interface UnitTable {
  /** Names of the timers that have a file of their own, sorted; templates too. */
  readonly timers: readonly Unit[];
  /** Names such as `load@erp.timer` that drop-ins show. */
  readonly instances: readonly string[];
  /** The unit of a name or its template, from the folder of another unit if there are several. */
  find(name: string, near?: Unit): Unit | undefined;
}

const unitForm = /(?:^|\/)([^/]+\.(?:timer|service))$/;
const dropInForm = /(?:^|\/)([^/]+\.(?:timer|service)|timer|service)\.d\/([^/]+\.conf)$/;

/** Folders of units, the one that wins first; a folder that is none of them comes between. */
const folders: readonly RegExp[] = [
  /(?:^|\/)etc\/systemd\//,
  /(?:^|\/)run\/systemd\//,
  /(?:)/,
  /(?:^|\/)usr\/local\/lib\/systemd\//,
  /(?:^|\/)(?:usr\/)?lib\/systemd\//,
];
const anyFolder = 2;

/** Settings of a file that nobody wrote by hand are cut here. */
const mostSettings = 2000;

/** Whether a file is a timer, a service or a drop-in of one, by its name. */
export function isUnitFile(file: string): boolean {
  return unitForm.test(file) || dropInForm.test(file);
}

/** The template of an instance: `load@erp.timer` → `load@.timer`. */
export function toTemplate(name: string): string | undefined {
  const template = name.replace(/^([^@]+@)[^@]+(\.[a-z]+)$/, '$1$2');
  return template === name ? undefined : template;
}

/** Opens the unit files of one machine or repository; others among the files are passed over. */
export function openUnits(files: readonly TextFile[]): UnitTable {
  const units = new Map<string, TextFile[]>();
  const dropIns = new Map<string, (TextFile & { readonly name: string })[]>();
  for (const entry of files) {
    const dropIn = dropInForm.exec(entry.file);
    const name = dropIn?.[1] ?? unitForm.exec(entry.file)?.[1];
    if (name === undefined) continue;
    if (dropIn?.[2] === undefined) units.set(name, [...(units.get(name) ?? []), entry]);
    else dropIns.set(name, [...(dropIns.get(name) ?? []), { ...entry, name: dropIn[2] }]);
  }

  const build = (name: string, { file, text }: TextFile): Unit => {
    const template = toTemplate(name);
    const kind = name.slice(name.lastIndexOf('.') + 1);
    const owners = [name, template, ...listPrefixes(name), kind].filter(
      (owner) => owner !== undefined,
    );
    const found = new Map<string, TextFile>();
    for (const owner of owners)
      for (const entry of dropIns.get(owner) ?? []) {
        const known = found.get(entry.name);
        const isNear = rankOf(entry.file) !== anyFolder || rankOf(file) !== anyFolder;
        const isBeside = folderOf(folderOf(entry.file)) === folderOf(file);
        if ((isNear || isBeside) && (!known || rankOf(entry.file) < rankOf(known.file)))
          found.set(entry.name, entry);
      }
    const ordered = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
    return {
      name,
      file,
      settings: [{ file, text }, ...ordered].flatMap(readSettings),
      isMasked: text.trim() === '',
    };
  };

  const find = (name: string, near?: Unit): Unit | undefined => {
    const template = toTemplate(name);
    const entries = units.get(name) ?? (template === undefined ? [] : (units.get(template) ?? []));
    const beside = near && entries.find(({ file }) => folderOf(file) === folderOf(near.file));
    const best = [...entries].sort((a, b) => rankOf(a.file) - rankOf(b.file))[0];
    const rank = best === undefined ? anyFolder : rankOf(best.file);
    // Of two in folders that systemd does not know, only the one beside the other unit is meant.
    const entry = rank === anyFolder ? (beside ?? (entries.length === 1 ? best : undefined)) : best;
    return entry && build(name, entry);
  };

  const timers: Unit[] = [];
  for (const [name, entries] of [...units].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!name.endsWith('.timer')) continue;
    const lowest = Math.min(...entries.map(({ file }) => rankOf(file)));
    const kept = entries.filter(({ file }) => rankOf(file) === lowest);
    for (const entry of lowest === anyFolder ? kept : kept.slice(0, 1))
      timers.push(build(name, entry));
  }
  const instances = [...dropIns.keys()].filter(
    (name) => name.endsWith('.timer') && toTemplate(name) !== undefined && !units.has(name),
  );
  return { timers, instances, find };
}

/** `a-b-c.timer` also takes the drop-ins of `a-b-.timer` and `a-.timer`. */
function listPrefixes(name: string): string[] {
  const dot = name.lastIndexOf('.');
  const parts = name.slice(0, dot).split('-').slice(0, 20);
  return parts
    .slice(0, -1)
    .map((_, index) => `${parts.slice(0, index + 1).join('-')}-${name.slice(dot)}`)
    .reverse();
}

function rankOf(file: string): number {
  const rank = folders.findIndex((folder, index) => index !== anyFolder && folder.test(file));
  return rank < 0 ? anyFolder : rank;
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** Reads the lines of systemd.syntax(7): sections, settings, comments, and `\` at the end of a line. */
function readSettings({ file, text }: TextFile): UnitSetting[] {
  const settings: UnitSetting[] = [];
  let section = '';
  let open: { key: string; parts: string[]; line: number } | undefined;
  const close = (): void => {
    if (open)
      settings.push({ key: open.key, value: open.parts.join(' ').trim(), file, line: open.line });
    open = undefined;
  };
  for (const [index, whole] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (settings.length >= mostSettings) break;
    const line = whole.trim();
    if (/^[#;]/.test(line)) continue;
    const goesOn = line.endsWith('\\');
    const content = goesOn ? line.slice(0, -1).trim() : line;
    if (open) {
      open.parts.push(content);
    } else {
      if (line.startsWith('[') && line.endsWith(']')) {
        section = line.slice(1, -1);
        continue;
      }
      const equals = content.indexOf('=');
      if (equals < 1) continue;
      open = {
        key: `${section}.${content.slice(0, equals).trim()}`,
        parts: [content.slice(equals + 1).trim()],
        line: index + 1,
      };
    }
    if (!goesOn) close();
  }
  close();
  return settings;
}
