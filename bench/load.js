import { connect } from 'node:net';

/**
 * A small HTTP/1.1 client: it shares the machine with what it measures, and node:http's client would cost as much as
 * the servers do. Sends prepared requests over keep-alive connections and reads answers by their Content-Length.
 */
export class Load {
  constructor(port, connections) {
    this.port = port;
    this.size = connections;
    this.connections = [];
  }

  async open() {
    this.connections = await Promise.all(Array.from({ length: this.size }, () => Connection.open(this.port)));
  }

  close() {
    for (const connection of this.connections) connection.close();
  }

  /** Closed loop: each connection sends its next request when it has its answer. */
  async run(seconds, requestOf, check) {
    const end = performance.now() + seconds * 1000;
    return this.loop(() => performance.now() < end, requestOf, check);
  }

  /** The same, until so many were sent. */
  async runTimes(count, requestOf, check) {
    let left = count;
    return this.loop(() => left-- > 0, requestOf, check);
  }

  async loop(goesOn, requestOf, check) {
    const latencies = [];
    const began = performance.now();
    await Promise.all(
      this.connections.map(async (connection, index) => {
        for (let turn = 0; goesOn(); turn++) {
          const sent = performance.now();
          const answer = await connection.send(requestOf(index, turn));
          latencies.push(performance.now() - sent);
          check(answer, index, turn);
        }
      }),
    );
    return measured(latencies, (performance.now() - began) / 1000);
  }

  /** Open loop: requests arrive at their rate whether or not earlier ones were answered; waiting counts. */
  async runAtRate(seconds, rate, requestOf, check) {
    const latencies = [];
    const idle = [...this.connections];
    const waiting = [];
    const began = performance.now();
    let arrived = 0;
    const total = Math.floor(rate * seconds);
    await new Promise((resolve, reject) => {
      const serve = async (connection, { at, index }) => {
        for (let next = { at, index }; next; next = waiting.shift()) {
          const answer = await connection.send(requestOf(next.index % this.size, next.index));
          latencies.push(performance.now() - next.at);
          check(answer, next.index % this.size, next.index);
        }
        idle.push(connection);
        if (latencies.length === total) resolve();
      };
      const tick = () => {
        const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * rate));
        for (; arrived < due; arrived++) {
          const arrival = { at: began + (arrived / rate) * 1000, index: arrived };
          const connection = idle.pop();
          if (connection) serve(connection, arrival).catch(reject);
          else waiting.push(arrival);
        }
        if (arrived < total) setTimeout(tick, 1);
      };
      tick();
    });
    return measured(latencies, (performance.now() - began) / 1000);
  }
}

export function measured(latencies, seconds) {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { count: sorted.length, seconds, rps: sorted.length / seconds, p50: at(0.5), p99: at(0.99) };
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

class Connection {
  constructor(socket) {
    this.socket = socket;
    this.chunks = [];
    this.have = 0;
    this.need = -1;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.read(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the server closed the connection')));
  }

  static open(port) {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  send(request) {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      if (this.socket.destroyed) this.fail(new Error('the server had closed the connection'));
      else this.socket.write(request);
    });
  }

  close() {
    this.socket.destroy();
  }

  fail(error) {
    this.reject?.(error);
    this.reject = undefined;
  }

  read(chunk) {
    this.chunks.push(chunk);
    this.have += chunk.length;
    if (this.need < 0) {
      const bytes = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks);
      const end = bytes.indexOf(END_OF_HEAD);
      if (end < 0) return;
      this.head = bytes.latin1Slice(0, end);
      const length = /content-length: (\d+)/i.exec(this.head);
      this.bodyAt = end + END_OF_HEAD.length;
      this.need = this.bodyAt + Number(length?.[1] ?? 0);
    }
    if (this.have < this.need) return;
    const bytes = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
    const answer = {
      status: Number(this.head.slice(9, 12)),
      head: this.head,
      body: bytes.subarray(this.bodyAt, this.need),
    };
    this.chunks = [];
    this.have = 0;
    this.need = -1;
    const { resolve } = this;
    this.reject = undefined;
    resolve(answer);
  }
}

/** A GraphQL call as it stands on the wire. */
export function graphqlRequest(token, query, variables) {
  const body = Buffer.from(JSON.stringify(variables ? { query, variables } : { query }));
  const head = [
    'POST /graphql HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    'Accept: application/json',
    ...(token ? [`Authorization: Bearer ${token}`] : []),
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
