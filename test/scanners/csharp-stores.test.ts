import { describe, expect, test } from 'vitest';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('Program.cs', `${text}\n`);

describe('databases', () => {
  test.each<[string, string[]]>([
    [
      'using Microsoft.Data.SqlClient;\nusing var c = new SqlConnection("Server=tcp:a.example,1433;Database=x;User Id=u;Password=p");\nusing var cmd = new SqlCommand("SELECT * FROM orders", c);\nvar r = cmd.ExecuteReader();',
      ['3 <- a.example mssql [orders]'],
    ],
    [
      'using System.Data.SqlClient;\nvar c = new SqlConnection("Data Source=a.example;Initial Catalog=x");\nvar cmd = c.CreateCommand();\ncmd.CommandText = "INSERT INTO stock VALUES (1)";\ncmd.ExecuteNonQuery();',
      ['3 -> a.example mssql [stock]'],
    ],
    [
      'using Npgsql;\nusing Dapper;\nusing var c = new NpgsqlConnection("Host=a.example;Username=u;Password=p");\nvar o = await c.QueryAsync<Order>("select * from orders");\nawait c.ExecuteAsync("update orders set x = 1");',
      ['4 <- a.example postgresql [orders]', '5 -> a.example postgresql [orders]'],
    ],
    [
      'using Npgsql;\nawait using var d = NpgsqlDataSource.Create("Host=a.example");\nawait using var cmd = d.CreateCommand();\ncmd.CommandText = "select 1 from t";',
      ['3 <- a.example postgresql [t]'],
    ],
    [
      'using MySqlConnector;\nusing Dapper;\nvar c = new MySqlConnection("Server=a.example;Port=3306");\nvar n = c.ExecuteScalar<int>("select count(*) from t");',
      ['4 <- a.example mysql [t]'],
    ],
    [
      'using Oracle.ManagedDataAccess.Client;\nvar c = new OracleConnection("User Id=u;Password=p;Data Source=a.example:1521/ORCL");\nvar cmd = new OracleCommand("select * from t", c);',
      ['3 <- a.example:1521 oracle [t]'],
    ],
    [
      'using Oracle.ManagedDataAccess.Client;\nvar c = new OracleConnection("Data Source=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=a.example)(PORT=1521))(CONNECT_DATA=(SID=X)));User Id=u");',
      ['2 ?? a.example:1521 oracle'],
    ],
    [
      'using System.Data.Odbc;\nvar c = new OdbcConnection("Driver={SQL Server};Server=a.example;");\nvar cmd = new OdbcCommand("delete from t", c);',
      ['3 -> a.example odbc [t]'],
    ],
    [
      'using Microsoft.Data.SqlClient;\nvar c = new SqlConnection("Server=a.example");\nusing var b = new SqlBulkCopy(c);\nb.DestinationTableName = "dbo.Stock";\nb.WriteToServer(t);',
      ['3 -> a.example mssql [dbo.Stock]'],
    ],
    [
      'services.AddDbContext<Db>(o => o.UseSqlServer("Server=a.example;Database=x"));',
      ['1 ?? a.example mssql'],
    ],
    [
      'services.AddDbContext<Db>(o => o.UseNpgsql("Host=a.example"));',
      ['1 ?? a.example postgresql'],
    ],
    [
      'services.AddDbContext<Db>(o =>\n  o.UseMySql("server=a.example", version));',
      ['2 ?? a.example mysql'],
    ],
    [
      'services.AddDbContext<Db>(o => o.UseCosmos("https://a.example:443/", key, "db"));',
      ['1 ?? a.example:443 cosmosdb'],
    ],
    [
      'using MongoDB.Driver;\nvar c = new MongoClient("mongodb://a.example:27017");\nvar t = c.GetDatabase("d").GetCollection<Order>("orders");\nawait t.InsertOneAsync(o);\nvar x = t.Find(f);',
      ['4 -> a.example:27017 mongodb [orders]', '5 <- a.example:27017 mongodb [orders]'],
    ],
    [
      'using MongoDB.Driver;\nvar c = new MongoClient(MongoClientSettings.FromConnectionString("mongodb://a.example"));',
      ['2 ?? a.example mongodb'],
    ],
    [
      'using StackExchange.Redis;\nvar r = ConnectionMultiplexer.Connect("a.example:6379,password=secret");\nvar db = r.GetDatabase();\ndb.StringSet("k", v);\nvar w = await db.StringGetAsync("k");',
      ['4 -> a.example:6379 redis', '5 <- a.example:6379 redis'],
    ],
    [
      'services.AddStackExchangeRedisCache(o => { o.Configuration = "a.example:6379"; });',
      ['1 ?? a.example:6379 redis'],
    ],
    [
      'using Nest;\nvar s = new ConnectionSettings(new Uri("http://a.example:9200")).DefaultIndex("x");\nvar e = new ElasticClient(s);\ne.IndexDocument(d);\nvar r = e.Search<D>(q);',
      ['4 -> a.example:9200 elasticsearch', '5 <- a.example:9200 elasticsearch'],
    ],
    [
      'using Microsoft.Azure.Cosmos;\nvar c = new CosmosClient("AccountEndpoint=https://a.example:443/;AccountKey=abc==");\nvar k = c.GetContainer("d", "c");\nawait k.UpsertItemAsync(x);',
      ['4 -> a.example:443 cosmosdb'],
    ],
    [
      'using InfluxDB.Client;\nvar c = new InfluxDBClient("http://a.example:8086", token);\nawait c.GetQueryApi().QueryAsync(q, o);',
      ['3 <- a.example:8086 influxdb'],
    ],
    [
      'using Neo4j.Driver;\nvar d = GraphDatabase.Driver("bolt://a.example:7687", a);',
      ['2 ?? a.example:7687 bolt'],
    ],
    [
      'using Cassandra;\nvar s = Cluster.Builder().AddContactPoint("a.example").Build().Connect();\ns.Execute("select * from t");',
      ['3 <- a.example cassandra [t]'],
    ],
    [
      'using Raven.Client.Documents;\nvar s = new DocumentStore { Urls = new[] { "http://a.example:8080" } };',
      ['2 ?? a.example:8080 ravendb'],
    ],
    [
      'services.AddMarten(o => { });\nvar s = Marten.DocumentStore.For("host=a.example");',
      ['2 ?? a.example postgresql'],
    ],
    [
      'using Couchbase;\nvar c = await Cluster.ConnectAsync("couchbase://a.example", "u", "p");\nvar b = await c.BucketAsync("x");\nawait b.DefaultCollection().UpsertAsync("k", v);',
      ['4 -> a.example couchbase'],
    ],
    // .NET Aspire: the name of a resource
    ['builder.AddNpgsqlDbContext<Db>("catalogdb");', ['1 ?? catalogdb postgresql']],
    ['builder.AddSqlServerDbContext<Db>("stockdb");', ['1 ?? stockdb mssql']],
    ['builder.AddMongoDBClient("mongo");', ['1 ?? mongo mongodb']],
    ['builder.AddRedisClient("redis");', ['1 ?? redis redis']],
    ['builder.AddRedis("redis");', ['1 ?? redis redis']],
    ['builder.AddAzureCosmosClient(connectionName: "cosmos");', ['1 ?? cosmos cosmosdb']],
  ])('%s', async (code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test('no password of a connection string leaves the scanner', async () => {
    const drawn = await draw(
      'using Npgsql;\nvar c = new NpgsqlConnection($"Host={h};Username=u;Password=verysecret");\nvar cmd = new NpgsqlCommand("select * from t", c);',
    );
    expect(drawn.join('\n')).not.toContain('verysecret');
    expect(drawn).toHaveLength(1);
  });
});

describe('files, mail and directories', () => {
  test.each<[string, string[]]>([
    [
      'using Renci.SshNet;\nusing var s = new SftpClient("a.example", "u", pw);\ns.Connect();\ns.UploadFile(stream, "/in/o.csv");\ns.DownloadFile("/out/i.csv", target);',
      ['4 -> a.example sftp [/in/o.csv]', '5 <- a.example sftp [/out/i.csv]'],
    ],
    [
      'using Renci.SshNet;\nvar i = new PasswordConnectionInfo("a.example", "u", pw);\nvar s = new SftpClient(i);\nvar l = s.ListDirectory("/out");',
      ['4 <- a.example sftp [/out]'],
    ],
    [
      'using Renci.SshNet;\nvar s = new ScpClient("a.example", "u", pw);\ns.Upload(new FileInfo("o.csv"), "/in/o.csv");',
      ['3 -> a.example scp [/in/o.csv]'],
    ],
    [
      'using Renci.SshNet;\nvar s = new SshClient("a.example", "u", pw);\ns.RunCommand("ls");',
      ['3 <> a.example ssh'],
    ],
    [
      'using FluentFTP;\nvar c = new FtpClient("a.example", "u", pw);\nc.UploadFile("o.csv", "/in/o.csv");\nc.DownloadFile("i.csv", "/out/i.csv");',
      ['3 -> a.example ftp [/in/o.csv]', '4 <- a.example ftp [/out/i.csv]'],
    ],
    [
      'using FluentFTP;\nvar c = new AsyncFtpClient { Host = "a.example" };\nvar l = await c.GetListing("/out");',
      ['3 <- a.example ftp [/out]'],
    ],
    [
      'using WinSCP;\nusing var s = new Session();\ns.Open(new SessionOptions { Protocol = Protocol.Sftp, HostName = "a.example" });\ns.PutFiles("o.csv", "/in/");',
      ['4 -> a.example sftp [/in/]'],
    ],
    ['File.Copy(@"\\\\a.example\\share\\o.csv", "o.csv");', ['1 <- a.example smb']],
    ['File.Copy("o.csv", @"\\\\a.example\\share\\o.csv");', ['1 -> a.example smb']],
    [
      'const string Share = @"\\\\a.example\\share";\nFile.WriteAllText(Path.Combine(Share, "o.csv"), text);',
      ['2 -> a.example smb'],
    ],
    ['var l = Directory.GetFiles($"\\\\\\\\a.example\\\\{dir}");', ['1 <- a.example smb']],
    ['using var r = new StreamReader(@"\\\\a.example\\share\\x.csv");', ['1 <- a.example smb']],
    [
      'using System.Net.Mail;\nvar c = new SmtpClient("mail.example", 587);\nc.Send(m);',
      ['3 -> mail.example smtp'],
    ],
    [
      'using System.Net.Mail;\nvar c = new SmtpClient();\nc.Host = "mail.example";\nawait c.SendMailAsync(m);',
      ['4 -> mail.example smtp'],
    ],
    [
      'using MailKit.Net.Smtp;\nusing var c = new SmtpClient();\nawait c.ConnectAsync("mail.example", 587, o);\nawait c.SendAsync(m);',
      ['4 -> mail.example smtp'],
    ],
    [
      'using MailKit.Net.Imap;\nusing var c = new ImapClient();\nc.Connect("mail.example", 993, true);\nvar m = c.Inbox.GetMessage(0);',
      ['4 <- mail.example imap'],
    ],
    [
      'using Novell.Directory.Ldap;\nvar c = new LdapConnection();\nc.Connect("ad.example", 389);\nvar r = c.Search("dc=x", 2, f, null, false);',
      ['4 <- ad.example ldap'],
    ],
    [
      'using System.DirectoryServices.Protocols;\nvar c = new LdapConnection("ad.example");\nvar r = c.SendRequest(q);',
      ['3 <> ad.example ldap'],
    ],
    [
      'using System.DirectoryServices;\nvar e = new DirectoryEntry("LDAP://ad.example/dc=x");',
      ['2 <- ad.example ldap'],
    ],
    [
      'using System.DirectoryServices.AccountManagement;\nvar c = new PrincipalContext(ContextType.Domain, "ad.example");',
      ['2 <- ad.example ldap'],
    ],
  ])('%s', async (code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });
});

describe('what is no connection', () => {
  test.each([
    'class SqlConnection { }\nvar c = new SqlConnection("Server=a.example");',
    'var c = new OracleConnection("Data Source=a.example");',
    'services.AddDbContext<Db>(o => o.UseSqlite("Data Source=a.db"));',
    'services.AddDbContext<Db>(o => o.UseInMemoryDatabase("a"));',
    'using Microsoft.Data.Sqlite;\nvar c = new SqliteConnection("Data Source=a.db");\nvar d = new SqliteCommand("select * from t", c);',
    'var sql = "select * from t";\nlogger.LogInformation(sql);',
    'var q = new SqlCommand("select * from t");',
    'cache.StringSet("k", "a.example:6379");',
    'collection.InsertOneAsync(o);',
    'var e = new ElasticClient(s);',
    'File.Copy("a.csv", @"C:\\share\\b.csv");',
    'File.WriteAllText("/srv/a.example/x.csv", text);',
    'var r = new Regex(@"\\\\d+\\\\w");\nFile.ReadAllText(name);',
    'Console.WriteLine(@"\\\\a.example\\share\\o.csv");',
    'var s = new SftpClient("a.example", "u", pw);\ns.UploadFile(x, "/in");',
    'var c = new SmtpClient("mail.example");\nc.Send(m);',
    'class Session { public void Open(object o) {} }\nnew Session().Open(new SessionOptions { HostName = "a.example" });',
    'var l = new LdapConnection("ad.example");\nl.SendRequest(q);',
    'var e = new DirectoryEntry("LDAP://ad.example");',
    'list.AddRange(new[] { "redis" });',
  ])('%s', async (code) => {
    expect(await draw(code)).toEqual([]);
  });
});
