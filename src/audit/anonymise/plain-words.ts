/**
 * The words that the tool's own sentences are made of, and names of common programs. Only they stay
 * in a sentence that is made anonymous; a word that is missing here costs readability, no secret.
 */
export const plainWords: ReadonlySet<string> = new Set(
  `
API HTTP SQL TLS URL UTC a about accept accepted accepts access accesslog account active adapter
add address addresses adds after again against age ago agree alerting alias aliases all allow
allowed along already although among an anacron and another answer answered answers any apart
api apigee app application apprise approve approved april are arrays as aside ask asked asks
assumed at audit august author authors away awk azure-apim back backend backup bad base baseline
basename bash batch bc be because been before begin begins behind belongs beside better between
beyond bg blob borderline born both bounds box break breaks bring broker built builtin bundle
bundled but by caddy calendar call called caller callers calls came can cannot captured carrier
carries carry case cat catches caught cd cell cells central change changed changes character
characters chat check checked checks checksum chgrp chmod choose chooses chosen chown chronic
circles cksum claimed clear client clock close closed cluster cmd cmp code collect collected
column columns combined come comes comm command commands common compared complete computed
concurrency condition conditions config configuration confirm confirms connections connects
console consul-lock content continue continue-on-error contract controller convert copy
core-periphery correct cost could count counted counts cp created cron cronic cronie cronitor
crontab cs csv csvlint curl cut cycle cyclic dash data database date dates day day-of-month
day-of-week days dd dead december declare declared default define defined delay delimiter
deliver delivery depends described describes df diff different digits directives directly
dirname disabled disagree disown do docs does dogwrap done dotlockfile dots download drawn du
dump duration each earlier earliest early echo egrep either elsewhere empty enable end ended
endless ends enough entries entry env environment error errors eval even event events every
everybody example except exchange exchanges exec exit expect expected explains export exporter
expr expression extended extract extraction fail fail-exit failed fails failure failures false
february feed feeds fetched fetches few fewer fg fgrep field fields figure figures file file-log
files fill filled find finding first fit fits five fixed flock flow flows fold folder follow
followed follows for forbids forgotten format found fri friday from ftp full gateway gateways
gathered get getopts gets give given gives glob gmetric go goes gone good governs gpg greater
grep gunzip gzip half hand hands hangs happened has hash have head headers health hears
heartbeat help here hexadecimal hide history hit hits hold holds host hostname hosts hour hours
how http http-log httplog https httpslog iconv id idle ids if ignored ignores import in
ingress-nginx inside install instance instants integration interface interval into inventory
ionice is istio it its itself january java job jobs join journal jq json jsonlint judged july
june keep keep-one-running keeps kept key keys kill killall knowing known knows kong ksh lacks
landscape landscape-baseline.yaml landscape.yaml languages large last lasts late later latest
leads least leave leaves left length less let lets letters lftp lies life like limit line lines
link links list listed listeners ln loader loan local lock lockf lockfile lockfile-create
lockrun log logged logger logrotate logs long longer look looked looks loop lost ls machine made
mail mails mailx main make makes manifest many map march mark match matched matches matter may
md mean means meant meanwhile mended message messages midnight migration minute minutes missing
mk-job mkdir mkfifo mktemp module mon mon-fri monday monitor monitoring month more most mount
move mpack ms msmtp much must mutt mv mysql nail name named names namespaces naming near nearly
needed needs neither neomutt never new newer newline next nginx nginx-proxy-manager nice
nickname night nl no nobody node node-cron nohup none nor not nothing notification november nsca
ntfy number object objects october od of off often old older on once one only open opens option
optional options or other others out outage output outside over own owned owner owns page pair
pairs parsed part partner passed passes password paste path paths pattern pd-send people period
periodic perl person pgrep php pidof pipe pipefail pipeline pkill place places plain plan
plan-tasks.csv platform point-to-point policy popd port possible possibly prd preset printf
prints prod production proposes protocol proxied proxy ps psql public publication pump pushd pwd
py python quarter quote quoted quotes range reach reaches read readable readlink readonly reads
realises realpath receives records recurring reference refresh refuses register registered
registry remove renamed renames rendered renewed repeats repetition replication report reported
reports repositories repository request requests rest restartable rests retire retry return rev
rewrite rise rm rmdir role roles root rose round route router routes row rows rsync ruby rule
rules run run-one run-parts run-this-one runitor runs said same sat saturday save savelog say
says scan schedule scheduled scheduler schedules schema schtasks scp script scripts second
seconds secret section sed see seem seen send sendemail sendmail sends sent september seq server
service services session set setlock sets setsid setting several sftp sh share shared sheets
shell shift shlock shopt should show shows shuf sidecars sign since sixth size skip slack-notify
slackcat slash sleep snapshot so solo some somebody something soon sort source sources specifier
split sqlcmd sqlerror sqlplus ssh ssmtp stable stand standard stands start started starts stat
state statement status stays stdbuf step steps still stop storage store straight string stty su
subject succeeds success such sudo sum sun sunday surely svc swaks switch switched sync
synchronisation synchronization synchronous syntax sys system systemd systemd-cat systems table
tables tac tail take taken takes tar task tasks tcp-log team tee telegram-send tell telling
tells template test text than that the their them then there these they things this those thread
through thrown thu thursday tied time timedelta timelimit timeout timeout-minutes timer times
timezone tls to together told too tool topic touch tput tr tracker traefik-json traffic
transaction transfer trap tries trigger triggers true truncate tsv tue tuesday turns two tyk
type ulimit umask umount unalias uname under understood uniq unit unix unknown unless unnamed
unpacks unresolved unseen unset until unzip unzstd up update upload uptime use used user
username uses usleep utc valid value variables version versions vhost-combined view virtual wait
waits wants was watch watches wave way ways wc weak webhook wed wednesday week weekdays weeks
well-known were wget what whatever when whenever where whether which while who whoami whoever
whole whom whose why window wired with with-lock-ex without workbook worked workflow working
works worse would write writes written wrong xargs xlsx xmllint xmlstarlet xsltproc xz yaml yes
yet you yq zip zombie zone zsh
`
    .trim()
    .split(/\s+/),
);
