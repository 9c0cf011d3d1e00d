import type { Field } from '../../log-format.ts';
import { line } from './line.ts';
import type { Preset } from './preset.ts';

/** Columns of CloudFront's standard log in their order, for files that lost their `#Fields:` line. */
const cloudfrontColumns =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end'.split(
    ' ',
  );

/** Columns of IIS as it is installed, likewise. */
const iisColumns =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'.split(
    ' ',
  );

const w3c: Readonly<Record<string, Field>> = {
  date: { role: 'date' },
  time: { role: 'clock' },
  'c-ip': { role: 'address' },
  'cs-username': { role: 'user' },
  'cs(user-agent)': { role: 'agent' },
  'cs-method': { role: 'method' },
  'cs-uri-stem': { role: 'path' },
  'sc-status': { role: 'status' },
  'sc-bytes': { role: 'bytes' },
};

/** Load balancers, delivery networks and gateways of cloud providers, and W3C columns. */
export const clouds: readonly Preset[] = [
  {
    name: 'aws-alb',
    aliases: ['alb', 'awsalb'],
    title: 'AWS Application Load Balancer; older versions with fewer columns too',
    formats: [
      // What follows is quoted or not, as AWS pleases; nothing of it is needed.
      line(
        'aws-alb',
        '{} {time} {} {address} {} {} {duration:s} {} {status} {} {} {bytes} "{request}" "{agent}" {} {} {upstream} "{}"| "{host}"| "{}"| {}| {} "{}"|',
        true,
      ),
    ],
  },
  {
    name: 'aws-elb',
    aliases: ['elb', 'awselb', 'aws-elb-classic'],
    title: 'AWS Classic Load Balancer',
    formats: [
      line(
        'aws-elb',
        '{time} {} {address} {upstream} {} {duration:s} {} {status} {} {} {bytes} "{request}"| "{agent}" {} {}',
      ),
    ],
  },
  {
    name: 'aws-nlb',
    aliases: ['nlb'],
    title: 'AWS Network Load Balancer, TLS listeners: connections, no requests',
    formats: [
      line(
        'aws-nlb',
        'tls {} {time} {} {} {address} {} {duration:ms} {} {} {bytes} {} {} {} {} {} {} {host}| {} {} {}| {}',
        true,
      ),
    ],
  },
  {
    name: 'cloudfront',
    aliases: ['aws-cloudfront'],
    title: 'Amazon CloudFront standard log, with or without its `#Fields:` line',
    formats: [
      {
        kind: 'columns',
        name: 'cloudfront',
        columns: {
          ...w3c,
          'x-host-header': { role: 'host' },
          'time-taken': { role: 'duration', unit: 's' },
          'x-edge-request-id': { role: 'request-id' },
        },
        initial: cloudfrontColumns,
      },
    ],
  },
  {
    name: 'iis',
    aliases: ['w3c', 'iis-w3c'],
    title: 'W3C extended log (IIS, HTTP.sys); `#Fields:` may come again',
    formats: [
      {
        kind: 'columns',
        name: 'iis',
        columns: {
          ...w3c,
          'date-local': { role: 'date' },
          'time-local': { role: 'clock' },
          'cs-uri': { role: 'path' },
          'cs-host': { role: 'host' },
          'cs(host)': { role: 'host' },
          // The server writes its own log: without the host that was asked for, it is the callee.
          's-computername': { role: 'host' },
          's-ip': { role: 'host' },
          'x-forwarded-for': { role: 'address' },
          'cs-auth-id': { role: 'user' },
          'c-auth-id': { role: 'user' },
          bytes: { role: 'bytes' },
          'time-taken': { role: 'duration', unit: 'ms' },
          timetakenms: { role: 'duration', unit: 'ms' },
        },
        initial: iisColumns,
      },
    ],
  },
  {
    name: 'cloudflare',
    aliases: ['cloudflare-logpush'],
    title: 'Cloudflare Logpush, HTTP requests',
    formats: [
      {
        kind: 'json',
        name: 'cloudflare',
        fields: {
          EdgeStartTimestamp: { role: 'time' },
          ClientMTLSAuthCertFingerprint: { role: 'certificate' },
          ClientRequestUserAgent: { role: 'agent' },
          ClientIP: { role: 'address' },
          OriginIP: { role: 'upstream' },
          ClientRequestHost: { role: 'host' },
          ClientRequestMethod: { role: 'method' },
          ClientRequestURI: { role: 'path' },
          EdgeResponseStatus: { role: 'status' },
          EdgeResponseBytes: { role: 'bytes' },
          OriginResponseDurationMs: { role: 'duration', unit: 'ms' },
          RayID: { role: 'request-id' },
        },
      },
    ],
  },
];
