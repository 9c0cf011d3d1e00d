import type { Severity } from '../finding.ts';

/** The words that `extends:` takes. */
export type Preset = 'recommended' | 'strict';

/**
 * Rule → severity, where it is not the rule's own. `recommended` takes every rule's own: errors are
 * new links of production that go straight from one system to another and are well proved. `strict`
 * is for a landscape that is in order and is to stay so.
 */
export const presets: Readonly<Record<Preset, Readonly<Record<string, Severity>>>> = {
  recommended: {},
  strict: {
    'unobserved-link': 'error',
    'duplicate-link': 'error',
    'no-owner': 'error',
    'owner-left': 'error',
    'no-safeguard': 'error',
    'stale-data': 'error',
    'credential-in-code': 'error',
    'cleartext-protocol': 'error',
    'cross-environment': 'error',
    'conflicting-registry': 'error',
    'unknown-system': 'error',
    'required-link': 'error',
    'drifted-link': 'error',
    'past-retire-by': 'error',
    'unhandled-failure': 'error',
    'fan-in-limit': 'error',
    'saturation-limit': 'error',
    'cyclic-dependency': 'error',
    'uncoded-link': 'warn',
    'outdated-model': 'warn',
    'direct-database-access': 'warn',
    'unresolved-reference': 'warn',
  },
};
