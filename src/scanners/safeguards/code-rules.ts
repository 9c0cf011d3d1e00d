import type { Precaution, Safeguard } from '../../vocabulary.ts';

/** What a pattern in a program shows. */
export interface CodeRule {
  /** The readers' names of the languages it holds for; all where it is empty. */
  readonly languages: readonly string[];
  /** Looked for where comments are blank, and texts too unless `inTexts`. */
  readonly pattern: RegExp;
  readonly inTexts?: true;
  readonly safeguard: Safeguard | Precaution;
  readonly effect?: 'defeats';
  /** Only while no later statement of this kind takes it back. */
  readonly until?: RegExp;
  readonly says: string;
}

const curly = ['typescript', 'java', 'csharp', 'patterns', 'php'];

/** Knowledge about programs: every pattern is linear, and looks at one statement. */
export const codeRules: readonly CodeRule[] = [
  // Trying again.
  {
    languages: ['python'],
    pattern:
      /@(?:tenacity\.)?retry\b|\bbackoff\.on_(?:exception|predicate)\b|\bmax_retries\s*=(?!\s*0\b)|(?<![\w.])Retry\s*\(|\bRetrying\s*\(/g,
    safeguard: 'retry',
    says: 'tries again after an error',
  },
  {
    languages: ['typescript'],
    pattern: /\b(?:pRetry|asyncRetry|axiosRetry|backOff|retry)\s*\(|\bretries\s*:\s*[1-9]/g,
    safeguard: 'retry',
    says: 'tries again after an error',
  },
  {
    languages: ['java', 'patterns'],
    pattern:
      /@Retry(?:able)?\b|\bRetryTemplate\b|\bRetry\.(?:of|decorate)|\bRetryPolicy\b|\.retryWhen\s*\(/g,
    safeguard: 'retry',
    says: 'tries again after an error',
  },
  {
    languages: ['csharp'],
    pattern:
      /\.WaitAndRetry(?:Forever)?(?:Async)?\b|\.Retry(?:Async)?\s*\(|\bAdd(?:Standard)?ResilienceHandler\b|\bAddRetry\b|\bAutomaticRetry\b|\bEnableRetryOnFailure\b/g,
    safeguard: 'retry',
    says: 'tries again after an error',
  },
  {
    languages: ['go'],
    pattern: /\bretry\.Do\s*\(|\bbackoff\.(?:Retry|NewExponentialBackOff)\b|\bretryablehttp\b/g,
    safeguard: 'retry',
    says: 'tries again after an error',
  },
  {
    languages: ['ruby'],
    pattern: /^[ \t]*retry\b|\bRetriable\b|\bFaraday::Retry\b/gm,
    safeguard: 'retry',
    says: 'tries again after an error',
  },
  {
    languages: ['powershell'],
    pattern: /-MaximumRetryCount\s+[1-9]/gi,
    safeguard: 'retry',
    says: 'tries again after an error',
  },
  // Time limits.
  {
    languages: ['python'],
    pattern: /\btimeout\s*=\s{0,9}(?!None\b)[\w(]|\bsignal\.alarm\s*\(/g,
    safeguard: 'timeout',
    says: 'gives up on what hangs',
  },
  {
    languages: ['typescript'],
    pattern: /\btimeout\s*:\s*[1-9]|\bAbortSignal\.timeout\s*\(/g,
    safeguard: 'timeout',
    says: 'gives up on what hangs',
  },
  {
    languages: ['java', 'patterns'],
    pattern:
      /\.(?:set)?(?:connect|read|request|query|socket)Timeout\s*\(|\.timeout\s*\(\s*Duration|@TimeLimiter\b|@Timeout\b/gi,
    safeguard: 'timeout',
    says: 'gives up on what hangs',
  },
  {
    languages: ['csharp'],
    pattern: /\b(?:Command)?Timeout\s*=(?!=)|\bCancelAfter\s*\(|\bTimeoutAsync\b/g,
    safeguard: 'timeout',
    says: 'gives up on what hangs',
  },
  {
    languages: ['go'],
    pattern: /\bcontext\.WithTimeout\s*\(|\bTimeout\s*:/g,
    safeguard: 'timeout',
    says: 'gives up on what hangs',
  },
  {
    languages: ['ruby'],
    pattern: /\b(?:read|open)_timeout\s*[=:]|\bTimeout\.timeout\b/g,
    safeguard: 'timeout',
    says: 'gives up on what hangs',
  },
  {
    languages: ['powershell'],
    pattern: /-TimeoutSec\s+[1-9]/gi,
    safeguard: 'timeout',
    says: 'gives up on what hangs',
  },
  // Locks.
  {
    languages: [],
    pattern:
      /\bfcntl\.(?:flock|lockf)\b|\bFileLock\s*\(|\bportalocker\.|\bRedlock\b|@SchedulerLock\b|@DisallowConcurrentExecution\b|\bDisableConcurrentExecution\b|\bpg_(?:try_)?advisory(?:_xact)?_lock\b|\bsp_getapplock\b|\bdbms_lock\.request\b|\bnew\s+Mutex\s*\(\s*(?:true|false)/gi,
    inTexts: true,
    safeguard: 'locking',
    says: 'a lock keeps a second run out',
  },
  {
    languages: ['typescript'],
    pattern: /['"]proper-lockfile['"]/g,
    inTexts: true,
    safeguard: 'locking',
    says: 'a lock keeps a second run out',
  },
  // Traces.
  {
    languages: ['python'],
    pattern:
      /\blogging\.(?:basicConfig|getLogger|FileHandler|handlers\b|config\b)|\bstructlog\.|\bfrom\s+loguru\b/g,
    safeguard: 'traceability',
    says: 'writes a log',
  },
  {
    languages: ['typescript'],
    pattern: /['"](?:winston|pino|bunyan|log4js|loglevel|@nestjs\/common)['"]/g,
    inTexts: true,
    safeguard: 'traceability',
    says: 'writes a log',
  },
  {
    languages: ['java', 'patterns'],
    pattern:
      /\bLoggerFactory\.getLogger\b|\bLogManager\.getLogger\b|@(?:Slf4j|Log4j2?|CommonsLog)\b|\bLogger\.getLogger\b/g,
    safeguard: 'traceability',
    says: 'writes a log',
  },
  {
    languages: ['csharp'],
    pattern: /\bILogger\b|\bLogManager\.|\bLog\.Logger\b/g,
    safeguard: 'traceability',
    says: 'writes a log',
  },
  {
    languages: ['go'],
    pattern: /\b(?:zap|logrus|slog|zerolog)\.\w|\blog\.(?:Print|Fatal|SetOutput)/g,
    safeguard: 'traceability',
    says: 'writes a log',
  },
  {
    languages: ['ruby'],
    pattern: /\bLogger\.new\b|\bRails\.logger\b/g,
    safeguard: 'traceability',
    says: 'writes a log',
  },
  {
    languages: ['php'],
    pattern: /\bnew\s+Logger\s*\(|\berror_log\s*\(|\bsyslog\s*\(/g,
    safeguard: 'traceability',
    says: 'writes a log',
  },
  {
    languages: ['powershell'],
    pattern: /\bStart-Transcript\b|\bWrite-EventLog\b/gi,
    safeguard: 'traceability',
    says: 'keeps what the script prints',
  },
  {
    languages: [],
    pattern: /['"](?:x-request-id|x-correlation-id|traceparent)['"]/gi,
    inTexts: true,
    safeguard: 'traceability',
    says: 'requests carry an id by which they are found in logs',
  },
  // Failures reported.
  {
    languages: ['python'],
    pattern: /\bsys\.exit\s*\((?!\s*0?\s*\)|\s*None\b)|\braise\s+SystemExit\s*\((?!\s*0?\s*\))/g,
    safeguard: 'failure-propagation',
    says: 'ends with a failure',
  },
  {
    languages: ['python'],
    pattern: /\.raise_for_status\s*\(/g,
    safeguard: 'failure-propagation',
    says: 'takes an error page for a failure',
  },
  {
    languages: ['typescript'],
    pattern: /\bprocess\.exit\s*\((?!\s*0?\s*\))|\bprocess\.exitCode\s*=(?!\s*0\b)/g,
    safeguard: 'failure-propagation',
    says: 'ends with a failure',
  },
  {
    languages: ['java', 'patterns'],
    pattern: /\bSystem\.exit\s*\((?!\s*0\s*\))/g,
    safeguard: 'failure-propagation',
    says: 'ends with a failure',
  },
  {
    languages: ['csharp'],
    pattern:
      /\bEnvironment\.Exit\s*\((?!\s*0\s*\))|\bEnvironment\.ExitCode\s*=(?!\s*0\b)|\.EnsureSuccessStatusCode\s*\(/g,
    safeguard: 'failure-propagation',
    says: 'takes an error for a failure',
  },
  {
    languages: ['go'],
    pattern: /\bos\.Exit\s*\((?!\s*0\s*\))|\blog\.Fatal/g,
    safeguard: 'failure-propagation',
    says: 'ends with a failure',
  },
  {
    languages: ['perl'],
    pattern: /\buse\s+autodie\b|\bor\s+die\b|\|\|\s*die\b/g,
    safeguard: 'failure-propagation',
    says: 'ends with a failure',
  },
  {
    languages: ['php'],
    pattern: /\bexit\s*\(\s*[1-9]/g,
    safeguard: 'failure-propagation',
    says: 'ends with a failure',
  },
  {
    languages: ['powershell'],
    pattern: /\$ErrorActionPreference\s*=\s*['"]?Stop\b/gi,
    inTexts: true,
    safeguard: 'failure-propagation',
    says: 'ends at the first error',
  },
  {
    languages: ['powershell'],
    pattern: /^[ \t]*exit\s+[1-9$]/gim,
    safeguard: 'failure-propagation',
    says: 'ends with a failure',
  },
  {
    languages: ['sql'],
    pattern:
      /\bwhenever\s+(?:sql|os)error\s+exit\b|\\set\s+ON_ERROR_STOP\s+(?:on|1|true)\b|:on\s+error\s+exit\b|\bset\s+xact_abort\s+on\b/gi,
    safeguard: 'failure-propagation',
    says: 'ends at the first error',
  },
  // Failures hidden.
  {
    languages: ['python'],
    pattern:
      /^[ \t]*except[ \t]{0,9}(?:\(?[ \t]{0,9}(?:[\w.]+\.)?(?:Base)?(?:Exception|RequestException|HTTPError|ConnectionError|URLError|OSError|IOError|Error)\b[^\n:]{0,120})?:[ \t]*(?:\n[ \t]*){0,3}(?:pass|continue)\b|\bsuppress\s*\(\s*(?:Base)?Exception\b/gm,
    safeguard: 'failure-propagation',
    effect: 'defeats',
    says: 'an error is caught and forgotten',
  },
  {
    languages: [...curly, 'powershell'],
    pattern: /\bcatch\b\s{0,9}(?:\([^()\n]{0,120}\))?\s{0,9}\{\s{0,200}\}/g,
    safeguard: 'failure-propagation',
    effect: 'defeats',
    says: 'an error is caught and forgotten',
  },
  {
    languages: ['typescript'],
    pattern: /\.catch\s*\(\s*(?:\(\s*\w*\s*\)|\w+)\s*=>\s*(?:\{\s*\}|undefined|null)\s*\)/g,
    safeguard: 'failure-propagation',
    effect: 'defeats',
    says: 'an error is caught and forgotten',
  },
  {
    languages: ['ruby'],
    pattern: /\brescue\s+nil\b|^[ \t]*rescue\b[^\n]{0,120}\n\s*(?:nil\s*\n\s*)?end\b/gm,
    safeguard: 'failure-propagation',
    effect: 'defeats',
    says: 'an error is caught and forgotten',
  },
  {
    languages: ['powershell'],
    pattern:
      /-(?:ErrorAction|EA)\s+['"]?(?:SilentlyContinue|Ignore|0)\b|\$ErrorActionPreference\s*=\s*['"]?(?:SilentlyContinue|Ignore)\b/gi,
    inTexts: true,
    safeguard: 'failure-propagation',
    effect: 'defeats',
    says: 'errors are passed over',
  },
  {
    languages: ['sql'],
    pattern:
      /\bwhenever\s+(?:sql|os)error\s+continue\b|\\set\s+ON_ERROR_STOP\s+(?:off|0|false)\b|\bwhen\s+others\s+then\s+null\s*;/gi,
    until: /\bwhenever\s+sqlerror\s+exit\b|\\set\s+ON_ERROR_STOP\s+(?:on|1|true)\b/i,
    safeguard: 'failure-propagation',
    effect: 'defeats',
    says: 'errors are passed over',
  },
  // Monitoring and alerting by libraries.
  {
    languages: [],
    pattern: /\bpush(?:add)?_to_gateway\s*\(|\bPushGateway\s*\(|\bpushgateway\.\w*Push/gi,
    safeguard: 'monitoring',
    says: 'reports to the Pushgateway',
  },
  {
    languages: [],
    pattern: /\bput_metric_data\s*\(|\bPutMetricData(?:Command|Request|Async)\b/g,
    safeguard: 'monitoring',
    says: 'reports to CloudWatch',
  },
  {
    languages: [],
    pattern:
      /@(?:sentry_sdk\.)?monitor\s*\(|\bsentry_sdk\.crons\b|\bcapture_?Check_?In\b|\bwithMonitor\s*\(/gi,
    safeguard: 'monitoring',
    says: 'Sentry watches the run',
  },
  {
    languages: [],
    pattern:
      /\bsentry_sdk\.init\s*\(|\bSentry(?:Sdk)?\.init\s*\(|\brollbar\.init\s*\(|\bbugsnag\.(?:start|configure)\s*\(/gi,
    safeguard: 'alerting',
    says: 'errors are sent to an error tracker',
  },
  // The data itself.
  {
    languages: ['python'],
    pattern:
      /\b(?:assert|if|elif)\s+(?:not\s+)?len\s*\(|\bif\s+not\s+(?:rows?|data|df|records?|lines?|lots|items|result)\b|\.empty\b|\browcount\s*(?:[<>!=]=?)/g,
    safeguard: 'content-check',
    says: 'how much came is checked',
  },
  {
    languages: curly,
    pattern:
      /\bif\s*\([^()\n]{0,80}(?:\.length|\.size\(\)|\.Count(?:\(\))?|\.isEmpty\(\))\s*[)=<>!]/g,
    safeguard: 'content-check',
    says: 'how much came is checked',
  },
  {
    languages: [],
    pattern:
      /\bos\.(?:replace|rename)\s*\(|\.commit\s*\(\s*\)|\bwith\s+[\w.]+\.begin\s*\(|\btransaction\.atomic\b|@Transactional\b|\bBeginTransaction(?:Async)?\s*\(|\bTransactionScope\b|\$transaction\s*\(|\bsetAutoCommit\s*\(\s*false|\bATOMIC_MOVE\b|\b(?:sftp|client|ftp|fs|fsp)\w*\.(?:posix_)?rename\w*\s*\(/gi,
    safeguard: 'whole-delivery',
    says: 'the change is one transaction, or a file is renamed when it is complete',
  },
  {
    languages: ['sql'],
    pattern: /^[ \t]*(?:start\s+transaction|begin\s*(?:tran(?:saction)?\b|work\b|;)|commit\b)/gim,
    safeguard: 'whole-delivery',
    says: 'all changes are one transaction',
  },
];

/** Languages in which an error that nothing catches ends the program with a failure. */
export const raising: Readonly<Record<string, string>> = {
  python: 'Python',
  typescript: 'Node',
  java: 'Java',
  csharp: '.NET',
  ruby: 'Ruby',
};

/** Requests whose error pages must be looked for, and what looks for them. */
export const unchecked: readonly {
  readonly languages: readonly string[];
  readonly request: RegExp;
  readonly check: RegExp;
  readonly says: string;
}[] = [
  {
    languages: ['python'],
    request: /\b(?:requests|httpx|session)\.(?:get|post|put|patch|request)\s*\(/g,
    check: /\braise_for_status\b|\bstatus_code\b|\.ok\b|\.is_(?:success|error)\b|\bhooks\s*=/,
    says: 'nothing looks at the status of the answer: an error page is taken for data',
  },
  {
    languages: ['typescript'],
    request: /(?<![.\w$])fetch\s*\(/g,
    check: /\.ok\b|\.status\b|\bthrowHttpErrors\b/,
    says: 'nothing looks at the status of the answer: an error page is taken for data',
  },
  {
    languages: ['csharp'],
    request: /\.(?:GetAsync|PostAsync|PutAsync|SendAsync)\s*\(/g,
    check: /EnsureSuccessStatusCode|IsSuccessStatusCode|\.StatusCode\b/,
    says: 'nothing looks at the status of the answer: an error page is taken for data',
  },
];

/** Calls that send a mail; they alert where they stand on the way of a failure. */
export const mailCalls =
  /\bsmtplib\.SMTP|\.send_?mail\s*\(|\bsend_mail\s*\(|\bMailMessage\b|\bJavaMailSender\b|\bTransport\.send\s*\(|\bSend-MailMessage\b|\bmail\s*\(/gi;
