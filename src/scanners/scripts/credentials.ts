import { type CredentialEvidence, toSummary } from '../../evidence.ts';
import { findSecrets, listSuspectLines, redact } from '../../redact.ts';

/** Secrets written out in a text, each with its place and the redacted line. */
export function listCredentials(
  text: string,
  file: string,
  language: 'text' | 'code',
  shared: Pick<CredentialEvidence, 'scanner' | 'witness' | 'environment' | 'confidence'>,
): CredentialEvidence[] {
  const found: CredentialEvidence[] = [];
  for (const { line, text: written } of listSuspectLines(text)) {
    if (written.length > 4_000 || /^\s*(?:#|\/\/|--(?!-))/.test(written)) continue;
    for (const { kind, offset } of findSecrets(written, language))
      found.push({
        ...shared,
        kind: 'credential',
        secret: kind,
        statement: toSummary(redact(written)),
        origin: { file, line, column: offset + 1 },
      });
  }
  return found;
}
