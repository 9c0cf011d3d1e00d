import type { Client, Use } from './use.ts';

const toRelay = (address: string): Use => ({
  address,
  flow: 'push',
  protocol: 'smtp',
  style: 'event',
});

/** A program that hands a mail to a relay which only the machine's settings name. */
function readMail(...options: readonly string[]): Client {
  return (argument, command) => {
    const relay = argument.words
      .map(
        ({ text }) =>
          /\b(?:smtp|mta|smtp_url|from_smtp)=(?:smtps?:\/\/)?([^\s"']+)/.exec(text)?.[1],
      )
      .find((text) => text !== undefined);
    const server = argument.value(...options) ?? relay;
    if (server) return [toRelay(server)];
    // Without a receiver it reads a mailbox, or tells its version.
    const reads = /^(?:-[A-Za-z]*[VHf]|--version|--help)$/;
    const receivers = argument
      .operands('srcbaSqFiCo', '--subject')
      .filter((text) => /@|^\{|^\w+$/.test(text));
    const isSent = receivers.length > 0 || argument.words.some(({ text }) => /^-\w*t$/.test(text));
    if (!isSent || argument.words.some(({ text }) => reads.test(text))) return [];
    return [{ ...toRelay(''), localFiles: command.readsFrom }];
  };
}

/** Programs that send mail. Mostly the relay is known to the machine alone: half a link. */
export const mailClients: Readonly<Record<string, Client>> = {
  mail: readMail(),
  mailx: readMail(),
  'heirloom-mailx': readMail(),
  's-nail': readMail(),
  mutt: readMail(),
  sendmail: readMail(),
  msmtp: readMail('--host'),
  ssmtp: readMail(),
  swaks: readMail('--server', '-s'),
  sendEmail: readMail('-s'),
  sendemail: readMail('-s'),
  'smtp-cli': readMail('--server', '--host'),
};
