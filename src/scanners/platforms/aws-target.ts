import type { Reference } from '../../evidence.ts';
import { toSystemReference } from '../../evidence.ts';
import type { FlowEnd } from './platform.ts';
import { toEndReference } from './service-reference.ts';

/** What an ARN or URI of AWS leads to: a function, a queue, a bucket, a database … */
export function readAwsTarget(
  written: string,
): Pick<FlowEnd, 'reference' | 'protocol' | 'style' | 'resource'> {
  const lambda = /function:([\w-]{1,140})/.exec(written)?.[1];
  if (lambda !== undefined) return { reference: toName(lambda), protocol: 'https' };
  const [, service = '', rest = ''] =
    /^arn:aws[\w-]{0,10}:([\w-]{1,40}):[^:]{0,40}:[^:]{0,40}:(.{1,400})$/.exec(written) ?? [];
  const name =
    rest
      .split(/[:/]/)
      .filter((part) => part !== '')
      .at(-1) ?? rest;
  switch (service) {
    case 'sqs':
    case 'sns':
      return {
        reference: {
          kind: 'address',
          value: service,
          host: `${service}.amazonaws.com`,
          name: service,
        },
        protocol: service,
        style: 'event',
        resource: name,
      };
    case 'kinesis':
    case 'kafka':
      return { reference: toName(service), protocol: service, style: 'event', resource: name };
    case 's3':
      return {
        reference: toEndReference(`s3://${rest.split('/')[0]}`),
        protocol: 's3',
        style: 'file',
      };
    case 'dynamodb':
      return {
        reference: { kind: 'address', value: 'dynamodb', host: 'dynamodb.amazonaws.com', name },
        protocol: 'dynamodb',
        style: 'database',
      };
    case '':
      return {
        reference: /^[\w-]+$/.test(written) ? toName(written) : toEndReference(written),
        protocol: written.startsWith('http:') ? 'http' : 'https',
      };
    default:
      return { reference: toName(name), protocol: 'https' };
  }
}

/** Functions are often called after their stage: `orders-prod-create`. */
function toName(name: string): Reference {
  return toSystemReference(name);
}
