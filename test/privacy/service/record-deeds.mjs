// Loaded with `node --import` before the service. Writes down what the process does outside itself, whoever does it and by
// whatever package: sockets, names looked up, files opened for writing, processes, threads. One JSON line for each deed.
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const fs = require('node:fs');
const net = require('node:net');
const dns = require('node:dns');
const dgram = require('node:dgram');
const childProcess = require('node:child_process');
const workerThreads = require('node:worker_threads');

const write = fs.writeSync;
const record = fs.openSync(process.env.RECORD_OF_DEEDS, 'a');
const note = (way, what) => write(record, `${JSON.stringify({ way, what: String(what) })}\n`);

/** Calls `about` with the arguments, and then what was there before. */
function watch(owner, name, about) {
  const before = owner[name];
  owner[name] = function (...args) {
    about(args);
    return Reflect.apply(before, this, args);
  };
}

const target = ([first, second]) => {
  const given = Array.isArray(first) ? first[0] : first;
  if (typeof given !== 'object' || given === null)
    return typeof given === 'number' ? `${second ?? 'localhost'}:${given}` : given;
  return given.path ?? `${given.host ?? 'localhost'}:${given.port}`;
};
watch(net.Socket.prototype, 'connect', (args) => note('socket', target(args)));
watch(net.Server.prototype, 'listen', (args) => note('port', String(target(args)).replace(/:\d+$/, '')));
for (const name of ['send', 'connect', 'bind']) {
  watch(dgram.Socket.prototype, name, (args) =>
    note(
      'datagram',
      args.filter((each) => typeof each !== 'function'),
    ),
  );
}
const addresses = /^[\d.]+$|:|^localhost$/;
for (const owner of [dns, dns.promises]) {
  for (const name of Object.keys(owner).filter((each) => /^(lookup|resolve|reverse)/.test(each))) {
    watch(owner, name, ([host]) => addresses.test(host) || note('name look-up', host));
  }
}

const WRITING =
  /^(writeFile|appendFile|mkdir|mkdtemp|rename|rm|rmdir|unlink|copyFile|cp|symlink|link|truncate|utimes)(Sync)?$/;
for (const owner of [fs, fs.promises]) {
  for (const name of Object.keys(owner)) {
    const kind = name.replace(/Sync$/, '');
    if (WRITING.test(name))
      watch(owner, name, ([path, to]) => note('file', [kind, path, ...(kind === 'rename' ? [to] : [])].join(' ')));
    else if (kind === 'open') {
      watch(owner, name, ([path, flags]) => {
        const reads =
          typeof flags === 'number'
            ? (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) === 0
            : !/[aw+]/.test(flags ?? 'r');
        if (!reads) note('file', `open ${path}`);
      });
    }
  }
}

for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
  watch(childProcess, name, ([command]) => note('process', command));
}
const { Worker } = workerThreads;
workerThreads.Worker = class extends Worker {
  constructor(file, options) {
    note('thread', file);
    super(file, options);
  }
};
syncBuiltinESMExports();
