import type { Word } from './words.ts';

/** Files and pipes that a script wrote a text to which stands in it: name → text. */
export type WrittenFiles = ReadonlyMap<string, string>;

interface Writer {
  readonly words: readonly Word[];
  readonly input?: string;
  readonly writesTo: readonly string[];
}

/** Stands for the statements that programs such as `shp2pgsql` write. */
export const loaderText = '-- statements that load data\n';

const mostFiles = 200;
const longestFile = 16_000;

/** Keeps what `cat > file <<EOF`, `echo` and `printf` write, for the commands that read it. */
export function openFiles(): {
  readonly written: WrittenFiles;
  note(command: Writer): void;
  textOf(names: readonly string[]): string | undefined;
} {
  const written = new Map<string, string>();
  return {
    written,
    note: (command) => {
      const text = textWritten(command);
      if (text === undefined) return;
      for (const name of command.writesTo) {
        if (written.size >= mostFiles && !written.has(name)) return;
        written.set(name, `${written.get(name) ?? ''}${text}`.slice(-longestFile));
      }
    },
    textOf: (names) => {
      for (const name of names) {
        const text = written.get(name);
        if (text !== undefined) return text;
      }
      return undefined;
    },
  };
}

function textWritten({ words, input }: Writer): string | undefined {
  const [program, ...rest] = words;
  switch (program?.text) {
    case 'cat':
    case 'tee':
      return input === undefined ? undefined : `${input}\n`;
    case 'echo':
    case 'printf':
      return `${rest
        .map(({ text }) => text)
        .filter((text) => !/^-[neE]+$/.test(text))
        .join(' ')
        .replaceAll('\\n', '\n')}\n`;
    case 'shp2pgsql':
    case 'raster2pgsql':
      return loaderText;
    default:
      return undefined;
  }
}
