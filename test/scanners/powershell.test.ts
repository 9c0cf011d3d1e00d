import { describe, expect, test } from 'vitest';
import { drawConnections, drawScript, scan } from './scan.ts';

const draw = async (text: string): Promise<string[]> =>
  [...(await drawScript('a.ps1', `${text}\n`))].sort();

describe('clients', () => {
  test.each<[string, string[]]>([
    ["Invoke-RestMethod -Uri 'http://a.example/x' -Method Post -Body $b", ['1 -> a.example http']],
    ['iwr -UseBasicParsing https://a.example/$x -OutFile y', ['1 <- a.example https']],
    ['INVOKE-WEBREQUEST http://a.example -method:delete', ['1 ?? a.example http']],
    ['curl http://a.example', ['1 <- a.example http']],
    ['curl.exe -d x http://a.example', ['1 -> a.example http']],
    ['& curl http://a.example', ['1 <- a.example http']],
    ['curl -4 --silent a.example', ['1 <- a.example http']],
    ['& ssh "root@a.example" uptime', ['1 ?? a.example ssh']],
    ['& C:\\tools\\curl.exe -d x http://a.example', ['1 -> a.example http']],
    [
      "$p = @{ Uri = 'http://a.example'; Method = 'PUT' }\nInvoke-RestMethod @p",
      ['2 -> a.example http'],
    ],
    [
      '$w = New-Object System.Net.WebClient\n$w.DownloadFile("http://a.example/x", "y")\n$w.UploadString("http://b.example", "x")',
      ['2 <- a.example http', '3 -> b.example http'],
    ],
    [
      '[Net.WebClient]::new().DownloadString("http://a.example")\n(New-Object Net.WebClient).DownloadString("http://b.example")',
      ['1 <- a.example http', '2 <- b.example http'],
    ],
    ["[System.Net.WebRequest]::Create('http://a.example')", ['1 ?? a.example http']],
    ["$root = [ADSI]'LDAP://a.example/dc=example'", ['1 ?? a.example ldap']],
    ['$dc = "a.example"\n([adsi]"LDAP://$dc/cn=users").Children', ['2 ?? a.example ldap']],
    ["New-WebServiceProxy -Uri 'http://a.example/x?wsdl'", ['1 <> a.example soap']],
    ['Start-BitsTransfer -Source http://a.example/x -Destination y', ['1 <- a.example http']],
    [
      "Invoke-Sqlcmd -ServerInstance 'a.example\\X' -Query 'select 1 from t'",
      ['1 <- a.example mssql [t]'],
    ],
    [
      'Invoke-Sqlcmd -ServerInstance a.example -Query @"\ninsert into t values ($x)\n"@',
      ['1 -> a.example mssql [t]'],
    ],
    ['Write-SqlTableData -ServerInstance a.example -TableName t', ['1 -> a.example mssql [t]']],
    ['Read-SqlTableData -ServerInstance a.example -TableName t', ['1 <- a.example mssql [t]']],
    [
      '$c = New-Object System.Data.SqlClient.SqlConnection\n$c.ConnectionString = "Server=tcp:a.example,1433;User=u;Password=p"\n$q = $c.CreateCommand()\n$q.CommandText = "insert into t values (1)"\n$q.ExecuteNonQuery()',
      ['3 -> a.example mssql [t]'],
    ],
    [
      '$c = New-Object Data.Odbc.OdbcConnection("Server=a.example")\n$q = New-Object Data.Odbc.OdbcCommand("select 1 from t", $c)',
      ['2 <- a.example odbc [t]'],
    ],
    ['Copy-Item C:\\x -Destination "\\\\a.example\\in\\x"', ['1 -> a.example smb']],
    ['Copy-Item \\\\a.example\\out\\x C:\\y', ['1 <- a.example smb']],
    ["Get-Content '\\\\a.example\\log\\x'", ['1 <- a.example smb']],
    ["Export-Csv -Path '\\\\a.example\\in\\x.csv'", ['1 -> a.example smb']],
    ['New-PSDrive -Name Z -PSProvider FileSystem -Root \\\\a.example\\d', ['1 <> a.example smb']],
    ['Send-MailMessage -To x -SmtpServer a.example', ['1 -> a.example smtp']],
    ["$m = New-Object Net.Mail.SmtpClient('a.example', 25)\n$m.Send($x)", ['2 -> a.example smtp']],
    [
      '$o = New-Object WinSCP.SessionOptions -Property @{ HostName = "a.example"; Password = "p" }\n$s = New-Object WinSCP.Session\n$s.Open($o)\n$s.PutFiles("C:\\x", "/in/").Check()\n$s.GetFiles("/out/y", "C:\\").Check()',
      ['4 -> a.example sftp [/in/]', '5 <- a.example sftp [/out/y]'],
    ],
    [
      '$s = New-SFTPSession -ComputerName a.example\nSet-SFTPItem -SessionId $s.SessionId -Path x -Destination /in',
      ['2 -> a.example sftp [/in]'],
    ],
    ['Set-SCPItem -ComputerName a.example -Path x -Destination /in', ['1 -> a.example scp [/in]']],
    ['New-PSSession -ComputerName a.example', ['1 ?? a.example winrm']],
    [
      'Invoke-Command -ComputerName a.example,b.example -ScriptBlock { x }',
      ['1 ?? a.example winrm', '1 ?? b.example winrm'],
    ],
    ['Get-WmiObject Win32_X -ComputerName a.example', ['1 <- a.example wmi']],
    ['Write-S3Object -BucketName b -File x -Key k', ['1 -> s3.amazonaws.com s3 [b]']],
    ['Read-S3Object -BucketName b -Key k -File x', ['1 <- s3.amazonaws.com s3 [b]']],
    [
      'Send-SQSMessage -QueueUrl https://sqs.a.example/1/q -MessageBody x',
      ['1 -> sqs.a.example sqs'],
    ],
    [
      'Publish-SNSMessage -TopicArn arn:x:orders -Message y',
      ['1 -> sns.amazonaws.com sns [arn:x:orders]'],
    ],
    [
      '$c = New-AzStorageContext -StorageAccountName acc\nSet-AzStorageBlobContent -Container c -File x -Context $c',
      ['2 -> acc blob [c]'],
    ],
    [
      "$t = New-Object System.Net.Sockets.TcpClient('a.example', 2575)\n$t.GetStream().Write($x)",
      ['2 -> a.example mllp'],
    ],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test.each([
    '# irm http://no.example',
    '<#\nirm http://no.example\n#>',
    'Write-Host "irm http://no.example"',
    "$x = 'http://no.example'",
    'function Invoke-Thing {\n  param($Uri)\n}\nInvoke-Thing -Uri http://no.example',
    'function Send-MailMessage {\n  param($SmtpServer)\n}\nSend-MailMessage -SmtpServer no.example',
    'Test-Connection no.example',
    'Copy-Item a b',
    'Get-Content no.example',
    'Import-Csv .\\no.csv',
    'Invoke-Command -ScriptBlock { x }',
    'Get-WmiObject Win32_X',
    'New-Object System.Net.WebClient',
    '$list.DownloadFile("http://no.example", "x")',
    '[ADSI]""',
    "[ADSI]'WinNT://no.example/Administrators,group'",
    '[string]"LDAP://no.example"',
  ])('no connection: %s', async (text) => {
    expect(await draw(text)).toEqual([]);
  });
});

describe('programs', () => {
  test.each<[string, string[]]>([
    ['sqlcmd -S a.example -Q "select 1 from t"', ['1 <- a.example mssql [t]']],
    [
      '& "C:\\Program Files\\x\\bcp.exe" db.dbo.t out x -S a.example',
      ['1 <- a.example mssql [db.dbo.t]'],
    ],
    ['aws s3 cp x s3://bucket/k', ['1 -> bucket s3 [k]']],
    ['robocopy C:\\out \\\\a.example\\in /MIR', ['1 -> a.example smb [/in]']],
    ['plink -batch u@a.example ls', ['1 ?? a.example ssh']],
    [
      'Start-Process -FilePath curl -ArgumentList "-d","x","http://a.example"',
      ['1 -> a.example http'],
    ],
    ['Invoke-Expression "curl -d x http://a.example"', ['1 -> a.example http']],
    ['cmd /c "scp x a.example:/in"', ['1 -> a.example scp [/in]']],
    ['$h = "a.example"\nscp x "${h}:/in"', ['2 -> a.example scp [/in]']],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('values', () => {
  test.each<[string, string[]]>([
    ['param([string]$Server = "a.example")\nirm "https://$Server/x"', ['2 <- a.example https']],
    ['$Host1 = "a.example"\nirm "http://$host1:8080/$($x.Id)"', ['2 <- a.example:8080 http']],
    ["irm ('http://{0}/x' -f 'a.example')", ['1 <- a.example http']],
    ["$u = 'http://' + 'a.example'\nirm $u", ['2 <- a.example http']],
    ["[uri]$u = 'http://a.example'\nirm $u", ['2 <- a.example http']],
    [
      "if ($x) { $h = 'a.example' } else { $h = 'b.example' }\nirm \"http://$h\"",
      ['2 <- a.example http', '2 <- b.example http'],
    ],
    [
      "foreach ($h in @('a.example', 'b.example')) { irm \"http://$h\" }",
      ['1 <- a.example http', '1 <- b.example http'],
    ],
    [
      "'a.example', 'b.example' | ForEach-Object { irm \"http://$_\" }",
      ['1 <- a.example http', '1 <- b.example http'],
    ],
    [
      "switch ($x) {\n  1 { $h = 'a.example' }\n  default { $h = 'b.example' }\n}\nirm \"http://$h\"",
      ['5 <- a.example http', '5 <- b.example http'],
    ],
    [
      'function Get-It {\n  param($H)\n  irm "http://$H/x"\n}\nGet-It -H a.example\nGet-It b.example',
      ['5 <- a.example http', '6 <- b.example http'],
    ],
    [
      "class Api {\n  [string]$Url\n  Api() { $this.Url = 'http://a.example' }\n  [void] Go() { irm $this.Url }\n}",
      ['4 <- a.example http'],
    ],
    [
      'try { irm http://a.example } catch { irm http://b.example }',
      ['1 <- a.example http', '1 <- b.example http'],
    ],
    ["$c = @{ Erp = @{ Url = 'http://a.example' } }\nirm $c.erp.URL", ['2 <- a.example http']],
    ['irm "$baseUrl/x"', ['1 unresolved']],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test('of the environment and of another script', async () => {
    const found = await scan('scripts', {
      'ops/a.ps1': '. .\\config.ps1\nirm "$env:ERP_URL/x"\nirm "$crmUrl/y"\n',
      'ops/config.ps1': "$CrmUrl = 'http://b.example'\n",
      'ops/.env': 'ERP_URL=http://a.example\n',
    });
    const coded = found.evidence.filter(({ origin }) => origin.file === 'ops/a.ps1');
    expect(drawConnections({ evidence: coded })).toEqual([
      '2 <- a.example http',
      '3 <- b.example http',
    ]);
  });

  test('what was fetched and what is sent are joined by the value', async () => {
    const { of } = await scan('scripts', {
      'a.ps1':
        "$r = Invoke-RestMethod http://a.example\n$r | ConvertTo-Json | Out-Null\nInvoke-RestMethod http://b.example -Method Post -Body $r\nInvoke-RestMethod http://c.example -Method Post -Body 'x'\n",
    });
    const sent = of('connection').filter(({ initiator }) => initiator === 'from');
    expect(sent.map(({ localFiles }) => localFiles?.length === 0)).toEqual([false, true]);
  });

  test('a password is in no link', async () => {
    const { evidence } = await scan('scripts', {
      'a.ps1':
        '$c = New-Object Data.SqlClient.SqlConnection("Server=a.example;User=u;Password=hunter2")\n$q = $c.CreateCommand()\n$o = New-Object WinSCP.SessionOptions -Property @{ HostName = $h; Password = "hunter2" }\n',
    });
    const links = evidence.filter(({ kind }) => kind !== 'credential');
    expect(links.length).toBeGreaterThan(1);
    expect(JSON.stringify(links)).not.toContain('hunter2');
  });
});
