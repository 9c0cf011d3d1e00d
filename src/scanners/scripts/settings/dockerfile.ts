import { toOpenValue } from './open-value.ts';
import { imageFolder, lastName } from './paths.ts';
import { splitLines } from './read-key-lines.ts';
import { toPort, toService } from './service.ts';
import { type Setting, type SettingsReading, toSettingsReading } from './setting.ts';

/** The environment, ports and command that an image is built with: one service, its folder. */
export function readDockerfile(text: string, file: string): SettingsReading {
  const settings = new Map<string, Setting>();
  const ports: number[] = [];
  let image: string | undefined;
  let command: string | undefined;
  let entry: string | undefined;
  for (const { line, instruction, rest, column } of readInstructions(text)) {
    switch (instruction) {
      case 'FROM':
        image = /^(?:--\S+\s+)*(\S+)/.exec(rest)?.[1];
        break;
      case 'ENV':
      case 'ARG':
        for (const { key, value } of readPairs(rest)) {
          if (instruction === 'ARG' && value === undefined) continue;
          const open = toOpenValue(key, value ?? '', { bare: true });
          settings.set(key, {
            key,
            value: open === `{env:${key}}` ? (settings.get(key)?.value ?? open) : open,
            line,
            column,
          });
        }
        break;
      case 'EXPOSE':
        for (const word of rest.split(/\s+/).slice(0, 50)) {
          const port = toPort(word);
          if (port !== undefined) ports.push(port);
        }
        break;
      case 'CMD':
        command = plainCommand(rest);
        break;
      case 'ENTRYPOINT':
        entry = plainCommand(rest);
        break;
    }
  }
  if (image === undefined || startsNothing(text))
    return toSettingsReading({ settings: [...settings.values()] });
  const folder = imageFolder(file);
  const whole = [entry, command].filter((part) => part !== undefined).join(' ');
  const service = toService(
    lastName(folder),
    { line: 1, column: 1 },
    {
      image,
      build: folder,
      ports,
      settings: [...settings.values()],
      ...(whole === '' ? {} : { command: whole }),
    },
  );
  return toSettingsReading({ services: [service] });
}

/** Images that start nothing of their own: a system or the runtime of a language. */
const bareImage =
  /^(?:[\w.:-]{1,100}\/){0,4}(?:ubuntu|debian|alpine|centos|fedora|rockylinux|almalinux|amazonlinux|busybox|scratch|ubi\d*(?:-minimal)?|oraclelinux|openjdk|java|jdk|jre|eclipse-temurin|amazoncorretto|zulu-openjdk|ibm-semeru-runtimes|python|golang|ruby|runtime|sdk|aspnet|runtime-deps)(?:[:@][^\s]{0,200})?$/i;

/** An image that builds on a bare one and starts nothing is for others to build on. */
export function startsNothing(text: string): boolean {
  const bases = [
    ...text.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim),
  ];
  const stages = new Map(bases.map(([, image = '', name = '']) => [name, image] as const));
  let base = bases.at(-1)?.[1] ?? '';
  for (let guard = 0; stages.has(base) && guard < 20; guard++) base = stages.get(base) ?? '';
  const starts = /^[ \t]*(?:CMD|ENTRYPOINT)\b/im.test(text);
  return !starts && bareImage.test(base);
}

interface Instruction {
  readonly instruction: string;
  readonly rest: string;
  readonly line: number;
  readonly column: number;
}

/** Instructions with their continued lines joined. Comment lines inside them are left out. */
function readInstructions(text: string): Instruction[] {
  const lines = splitLines(text);
  const instructions: Instruction[] = [];
  for (let index = 0; index < lines.length; index++) {
    const first = index;
    const match = /^(\s*([A-Za-z]{2,12})\s+)(\S.*)$/.exec(lines[index] ?? '');
    if (!match) continue;
    let rest = match[3] ?? '';
    while (/\\\s*$/.test(rest.slice(-20)) && index + 1 < lines.length && rest.length < 20_000) {
      const next = lines[++index] ?? '';
      rest = `${rest.replace(/\\\s{0,20}$/, '')} ${/^\s*#/.test(next) ? '\\' : next.trimEnd()}`;
    }
    instructions.push({
      instruction: (match[2] ?? '').toUpperCase(),
      rest: rest.trim(),
      line: first + 1,
      column: (match[1] ?? '').length + 1,
    });
  }
  return instructions;
}

/** `A=b C="d e"`, or the old form `A b c`. */
function readPairs(rest: string): { key: string; value: string | undefined }[] {
  if (!/^[\w.-]+=/.test(rest)) {
    const match = /^([\w.-]{1,200})(?:\s+(.*))?$/s.exec(rest);
    return match?.[1] ? [{ key: match[1], value: match[2]?.trim() }] : [];
  }
  return [
    ...rest.matchAll(
      /([\w.-]{1,200})=("(?:[^"\\]|\\.){0,4000}"|'[^']{0,4000}'|(?:\\.|[^\s\\]){0,4000})/g,
    ),
  ].map(([, key = '', value = '']) => ({ key, value: value.replace(/^(["'])([\s\S]*)\1$/, '$2') }));
}

/** `["java", "-jar", "x"]` or a line of shell. */
function plainCommand(rest: string): string {
  if (!rest.startsWith('[')) return rest;
  return [...rest.matchAll(/"((?:[^"\\]|\\.){0,1000})"/g)].map(([, word = '']) => word).join(' ');
}
