/** Breaks a text into lines of at most `width` average characters, and cuts what does not fit. */
export function wrap(text: string, width: number, mostLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.slice(0, width * (mostLines + 2)).split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line === '' || measure(longer) <= width || lines.length === mostLines - 1) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((each) => cutToWidth(each, width));
}

function cutToWidth(text: string, width: number): string {
  if (measure(text) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && measure(characters.join('')) > width - 1) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** About how wide a text is, in average characters of a proportional font. */
function measure(text: string): number {
  let width = 0;
  for (const character of text) {
    if (
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]|[\u{10000}-\u{3ffff}]/u.test(
        character,
      )
    )
      width += 1.75;
    else if (/[MWmw@%⟨⟩…—]/.test(character)) width += 1.5;
    else if (/[A-Z&#+<>=~0-9]/.test(character)) width += 1.15;
    else if (/[fijlrtI.,:;'|!()[\]\s]/.test(character)) width += 0.65;
    else width += 1;
  }
  return width;
}
