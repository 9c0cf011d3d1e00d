import type { ClientEntry, Operation } from './client.ts';
import { either, methods, setsAddress, settings, types } from './java-settings.ts';
import { pulls, pushes, sftpOperations } from './operations.ts';

const mail = settings('spring.mail.host', 'quarkus.mailer.host');

const file = (
  calls: readonly string[],
  protocol: string,
  operations: Readonly<Record<string, Operation>>,
  address: readonly string[] = [],
): ClientEntry => ({ calls, protocol, flow: 'none', address, style: 'file', operations });

/** File transfers, mail, directories, sockets and machines. */
export const javaFileClients: readonly ClientEntry[] = [
  file(['com.jcraft.jsch.JSch'], 'sftp', {
    ...sftpOperations,
    getSession: { flow: 'none', address: ['1', '0'] },
    setHost: setsAddress,
  }),
  file(['net.schmizz.sshj.SSHClient'], 'sftp', {
    connect: setsAddress,
    put: { flow: 'push', localFile: ['0'], resource: ['1'] },
    upload: { flow: 'push', localFile: ['0'], resource: ['1'] },
    get: { flow: 'pull', resource: ['0'], localFile: ['1'] },
    download: { flow: 'pull', resource: ['0'], localFile: ['1'] },
  }),
  file(['org.springframework.integration.sftp.session.DefaultSftpSessionFactory'], 'sftp', {
    setHost: setsAddress,
  }),
  file(types('org.apache.commons.net.ftp', ['FTPClient', 'FTPSClient', 'FTPHTTPClient']), 'ftp', {
    connect: setsAddress,
    ...methods('storeFile appendFile storeFileStream storeUniqueFile', pushes('0')),
    ...methods('retrieveFile retrieveFileStream', pulls('0')),
  }),
  {
    calls: ['jcifs.smb.SmbFile', 'jcifs.smb.SmbFileOutputStream', 'jcifs.smb.SmbFileInputStream'],
    protocol: 'smb',
    flow: 'unknown',
    address: ['0'],
    style: 'file',
  },
  file(['com.hierynomus.smbj.SMBClient'], 'smb', {
    connect: setsAddress,
    connectShare: { flow: 'unknown', resource: ['0'] },
  }),
  {
    calls: types('org.springframework.mail', [
      'javamail.JavaMailSender',
      'javamail.JavaMailSenderImpl',
      'MailSender',
    ]),
    protocol: 'smtp',
    flow: 'none',
    style: 'event',
    addressDefault: mail,
    operations: { setHost: setsAddress, send: pushes() },
  },
  {
    calls: ['io.quarkus.mailer.Mailer', 'io.quarkus.mailer.reactive.ReactiveMailer'],
    protocol: 'smtp',
    flow: 'none',
    style: 'event',
    addressDefault: mail,
    operations: { send: pushes() },
  },
  {
    calls: [...either('mail.Session.getInstance'), ...either('mail.Session.getDefaultInstance')],
    protocol: 'smtp',
    flow: 'push',
    address: ['0.mail.smtp.host', '0.mail.smtps.host', '0.mail.host'],
    style: 'event',
  },
  {
    calls: types('org.apache.commons.mail', [
      'SimpleEmail',
      'HtmlEmail',
      'MultiPartEmail',
      'ImageHtmlEmail',
    ]),
    protocol: 'smtp',
    flow: 'none',
    style: 'event',
    operations: { setHostName: setsAddress, send: pushes() },
  },
  {
    calls: ['javax.naming.directory.InitialDirContext', 'javax.naming.ldap.InitialLdapContext'],
    protocol: 'ldap',
    flow: 'none',
    address: ['0.java.naming.provider.url'],
    style: 'database',
    operations: {
      ...methods('search getAttributes', { flow: 'pull' }),
      ...methods('modifyAttributes createSubcontext bind', { flow: 'push' }),
    },
  },
  {
    calls: [
      'org.springframework.ldap.core.LdapTemplate',
      'org.springframework.ldap.core.support.LdapContextSource',
      'com.unboundid.ldap.sdk.LDAPConnection',
    ],
    protocol: 'ldap',
    flow: 'none',
    address: ['0'],
    addressDefault: settings('spring.ldap.urls'),
    isMadeFrom: true,
    style: 'database',
    operations: {
      setUrl: setsAddress,
      ...methods('search find findAll findOne findByDn lookup authenticate', { flow: 'pull' }),
      ...methods('create update bind modifyAttributes add modify', { flow: 'push' }),
    },
  },
  {
    calls: ['java.net.Socket', 'javax.net.ssl.SSLSocketFactory.getDefault'],
    protocol: 'tcp',
    flow: 'none',
    address: ['0'],
    port: ['1'],
    style: 'event',
    operations: {
      connect: setsAddress,
      createSocket: { flow: 'none', address: ['0'], port: ['1'] },
      getOutputStream: pushes(),
      getInputStream: pulls(),
    },
  },
  {
    calls: ['ca.uhn.hl7v2.DefaultHapiContext', 'ca.uhn.hl7v2.HapiContext'],
    protocol: 'mllp',
    flow: 'none',
    style: 'event',
    operations: { ...methods('newClient newLazyClient', { flow: 'push', address: ['0'] }) },
  },
  {
    calls: ['org.eclipse.milo.opcua.sdk.client.OpcUaClient.create'],
    protocol: 'opc-ua',
    flow: 'both',
    address: ['0'],
    style: 'event',
  },
  {
    calls: ['com.ghgande.j2mod.modbus.facade.ModbusTCPMaster'],
    protocol: 'modbus',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: {
      ...methods('readMultipleRegisters readInputRegisters readCoils readInputDiscretes', pulls()),
      ...methods('writeSingleRegister writeMultipleRegisters writeCoil', pushes()),
    },
  },
  {
    calls: [
      'org.apache.curator.framework.CuratorFrameworkFactory.newClient',
      'org.apache.zookeeper.ZooKeeper',
    ],
    protocol: 'zookeeper',
    flow: 'both',
    address: ['0'],
    style: 'request-reply',
  },
];
