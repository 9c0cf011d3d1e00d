/** Words for the same protocol; words that can mean several are in no line. */
const kinds: readonly (readonly string[])[] = [
  ['grpc'],
  ['soap'],
  ['rest', 'fhir', 'odata'],
  ['graphql'],
  ['ws', 'wss'],
  ['oracle'],
  ['postgresql', 'postgres'],
  ['mysql', 'mariadb'],
  ['mssql', 'sqlserver'],
  ['mongodb'],
  ['redis', 'rediss'],
  ['snowflake'],
  ['db2'],
  ['ftp'],
  ['ftps'],
  // All three copy files over SSH, with the same account and port.
  ['sftp', 'scp', 'rsync'],
  ['smb', 'cifs'],
  ['nfs'],
  ['s3'],
  ['gs'],
  ['as2'],
  ['kafka'],
  ['amqp', 'amqps', 'rabbitmq'],
  ['mqtt', 'mqtts'],
  ['nats'],
  ['sqs', 'sns'],
  ['mllp', 'hl7', 'hl7/mllp', 'hl7 v2'],
  ['ibm mq', 'mq'],
  ['opc-ua', 'opc ua'],
  ['dicom'],
  ['ssh'],
  ['winrm'],
  ['telnet'],
  ['rsh'],
];

const kindOf = new Map(
  kinds.flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)),
);

/**
 * What tells two protocols of one family apart, such as `sftp` for scp. Absent for a word that says
 * no more than the family or fits several: `https`, `jdbc`, `file drop`.
 */
export function kindOfProtocol(protocol: string): string | undefined {
  return kindOf.get(protocol.trim().toLowerCase());
}
