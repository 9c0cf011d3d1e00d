import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';

/** Objects of a repository by id, to be written as loose files. */
export type Objects = Map<string, { readonly type: string; readonly bytes: Buffer }>;

/** Adds an object and returns its id. */
export function addObject(objects: Objects, type: string, bytes: Buffer | string): string {
  const content = Buffer.from(bytes);
  const id = createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
  objects.set(id, { type, bytes: content });
  return id;
}

/** Adds the trees of a folder, given as path → content of its files, and returns the id of the root. */
export function addTree(objects: Objects, files: Readonly<Record<string, string>>): string {
  const below = new Map<string, Record<string, string>>();
  const entries: { name: string; key: string; mode: string; id: string }[] = [];
  for (const [file, content] of Object.entries(files)) {
    const [name = '', ...rest] = file.split('/');
    if (rest.length > 0) below.set(name, { ...below.get(name), [rest.join('/')]: content });
    else entries.push({ name, key: name, mode: '100644', id: addObject(objects, 'blob', content) });
  }
  for (const [name, inner] of below)
    entries.push({ name, key: `${name}/`, mode: '40000', id: addTree(objects, inner) });
  entries.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  const parts = entries.map(({ name, mode, id }) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]),
  );
  return addObject(objects, 'tree', Buffer.concat(parts));
}

export interface WrittenCommit {
  readonly parents?: readonly string[];
  /** `Name <address>`. */
  readonly by: string;
  /** Seconds since 1970; each commit a day after the last, by default. */
  readonly at: number;
  readonly zone?: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Adds a commit with its trees and returns its id. */
export function addCommit(objects: Objects, commit: WrittenCommit): string {
  const { parents = [], by, at, zone = '+0000', files } = commit;
  const lines = [
    `tree ${addTree(objects, files)}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${by} ${at} ${zone}`,
    `committer ${by} ${at} ${zone}`,
  ];
  return addObject(objects, 'commit', `${lines.join('\n')}\n\nchange\n`);
}

/** Commits one after the other, one day apart from 2023-01-01 on; returns the id of the last. */
export function addLine(
  objects: Objects,
  commits: readonly { readonly by: string; readonly files: Readonly<Record<string, string>> }[],
): string {
  let head = '';
  for (const [index, commit] of commits.entries())
    head = addCommit(objects, {
      ...commit,
      at: Date.UTC(2023, 0, 1 + index, 12) / 1000,
      parents: head === '' ? [] : [head],
    });
  return head;
}

/** Where an object lies as a loose file. */
export function placeOf(id: string): string {
  return `objects/${id.slice(0, 2)}/${id.slice(2)}`;
}

/** The files of a git folder whose HEAD is a commit. */
export function toGitFiles(objects: Objects, head: string): Record<string, Buffer> {
  const files: Record<string, Buffer> = {
    HEAD: Buffer.from('ref: refs/heads/main\n'),
    'refs/heads/main': Buffer.from(`${head}\n`),
  };
  for (const [id, { type, bytes }] of objects)
    files[placeOf(id)] = deflateSync(
      Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]),
    );
  return files;
}

/** Writes files below a folder. */
export async function writeBelow(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
}
