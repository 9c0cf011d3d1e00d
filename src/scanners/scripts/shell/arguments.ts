import type { Word } from './commands.ts';

/** The arguments of one command: options by name, and operands. */
export class Arguments {
  readonly words: readonly Word[];

  constructor(words: readonly Word[]) {
    this.words = words;
  }

  /** The value of the first of these options, as `-o value`, `-ovalue`, `--opt value` or `--opt=value`. */
  value(...names: readonly string[]): string | undefined {
    return this.values(...names)[0];
  }

  values(...names: readonly string[]): string[] {
    const found: string[] = [];
    this.words.forEach(({ text }, index) => {
      for (const name of names) {
        if (text === name) found.push(this.words[index + 1]?.text ?? '');
        else if (name.startsWith('--') && text.startsWith(`${name}=`))
          found.push(text.slice(name.length + 1));
        else if (
          !name.startsWith('--') &&
          text.startsWith(name) &&
          text.length > 2 &&
          !text.startsWith('--')
        ) {
          found.push(text.slice(2));
        }
      }
    });
    return found;
  }

  has(...names: readonly string[]): boolean {
    return this.words.some(({ text }) => names.includes(text));
  }

  /** What is no option: `valued` lists the letters and names of options that take a value. */
  operands(valued: string, ...longValued: readonly string[]): string[] {
    const found: string[] = [];
    for (let at = 0; at < this.words.length; at++) {
      const text = this.words[at]?.text ?? '';
      if (text === '--') continue;
      if (text.startsWith('--')) {
        if (longValued.includes(text)) at++;
      } else if (text.startsWith('-') && text.length > 1) {
        if (valued.includes(text.at(-1) ?? '') && /^-[A-Za-z]{1,6}$/.test(text)) at++;
      } else found.push(text);
    }
    return found;
  }
}
