/** A text as a YAML scalar: plain where no parser can take it for anything else, else in double quotes. */
export function toYamlText(text: string): string {
  const isPlain =
    text === '.' ||
    (/^[\p{L}_./][\p{L}\p{N}_./ -]*$/u.test(text) &&
      !/ $|^\.+$|^(?:true|false|null|yes|no|on|off|y|n|\.inf|\.nan)$/i.test(text));
  // JSON leaves some characters as they are that YAML does not allow or takes for line ends.
  return isPlain
    ? text
    : JSON.stringify(text).replace(
        /[\u007f-\u009f\u2028\u2029\ufeff]/g,
        (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
}
