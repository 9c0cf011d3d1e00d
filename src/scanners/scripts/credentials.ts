import { type CredentialEvidence, toSummary } from '../../evidence.ts';
import { findSecrets, redact } from '../../redact.ts';

/** Secrets written out in a text, each with its place and the redacted line. */
export function listCredentials(
  text: string,
  file: string,
  language: 'text' | 'code',
  shared: Pick<CredentialEvidence, 'scanner' | 'witness' | 'environment' | 'confidence'>,
): CredentialEvidence[] {
  return text.split('\n').flatMap((line, index) =>
    line.length > 4_000 || /^\s*(?:#|\/\/|--(?!-))/.test(line)
      ? []
      : findSecrets(line, language).map(
          ({ kind, offset }): CredentialEvidence => ({
            ...shared,
            kind: 'credential',
            secret: kind,
            statement: toSummary(redact(line)),
            origin: { file, line: index + 1, column: offset + 1 },
          }),
        ),
  );
}
