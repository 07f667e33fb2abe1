import { digits, table, whole } from './table.js';

const ms = digits(1);
const ratio = digits(2);
const seconds = digits(2);

/** What is asked of each figure; see docs/performance.md. */
export const TARGETS = {
  pageRatio: 0.45,
  pageCpu: 450,
  halfLoadP99: 50,
  depthRatio: 1.2,
  submitRatio: 0.4,
  existingStart: 2,
  freshStart: 10,
  memory: 250,
};

export function report(results) {
  const { cpu, cores, memoryGiB, system, node, postgres } = results.machine;
  const lines = [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}, PostgreSQL ${postgres}; ${results.at}`,
    `${results.connections} connections; each measured for ${results.seconds} s in turns; CPU in microseconds a request`,
    '',
  ];
  const rows = [
    ...contestRows('agreements', results.page, 'ceiling'),
    ...contestRows('submitReport', results.submit, 'bare pg loop'),
    ...manyRows(results.reports),
  ];
  if (rows.length > 0) {
    lines.push(
      table(['', 'requests/s', 'of the ceiling', 'CPU', 'PostgreSQL CPU', 'p50 ms', 'p99 ms', 'load'], rows),
      '',
    );
  }
  const wanted = targets(results);
  if (wanted.length > 0) lines.push(table(['', 'measured', 'wanted', ''], wanted));
  if (results.page) lines.push('', ...statementLines('agreements(first: 20)', results.page));
  if (results.submit) lines.push('', ...statementLines('submitReport', results.submit));
  return lines.join('\n');
}

function contestRows(operation, measured, ceiling) {
  return (measured?.results ?? []).map(({ name, rps, ratioTo, cpu, databaseCpu, p50, p99 }) => [
    `${operation}: ${name}`,
    whole(rps),
    ratio(ratioTo[ceiling]),
    whole(cpu),
    whole(databaseCpu),
    ms(p50),
    ms(p99),
    digits(1)(measured.load),
  ]);
}

function manyRows(measured) {
  if (!measured) return [];
  const { count, seconds: took, rps, cpu, databaseCpu, p50, p99 } = measured.result;
  const name = `${count.toLocaleString('en')} reports in ${whole(took)} s`;
  return [[name, whole(rps), '', whole(cpu), whole(databaseCpu), ms(p50), ms(p99), digits(1)(measured.load)]];
}

function targets({ page, halfLoad, depth, submit, start, memory }) {
  const rows = [];
  const least = (name, value, wanted, write) =>
    rows.push([name, write(value), `>= ${wanted}`, value >= wanted ? 'yes' : 'NO']);
  const most = (name, value, wanted, write) =>
    rows.push([name, write(value), `<= ${wanted}`, value <= wanted ? 'yes' : 'NO']);
  if (page) {
    const [service] = page.results;
    least('agreements: requests/s of the ceiling', service.ratioTo.ceiling, TARGETS.pageRatio, ratio);
    most('agreements: CPU microseconds a request', service.cpu, TARGETS.pageCpu, whole);
  }
  if (halfLoad) most('agreements: p99 ms at half load', halfLoad.p99, TARGETS.halfLoadP99, ms);
  if (depth) most('page at depth 50,000 to the first (p50)', depth.ratio, TARGETS.depthRatio, ratio);
  if (submit)
    least(
      'submitReport: requests/s of the pg loop',
      submit.results[0].ratioTo['bare pg loop'],
      TARGETS.submitRatio,
      ratio,
    );
  if (start) {
    most('start to ready, existing database, s', start.existing, TARGETS.existingStart, seconds);
    most('start to ready, fresh, s', start.fresh, TARGETS.freshStart, seconds);
  }
  if (memory) most('resident memory after the run, MB', memory.now, TARGETS.memory, whole);
  return rows;
}

function statementLines(operation, { statements, bytes, sameBytes }) {
  const count = statements.reduce((sum, { calls }) => sum + calls, 0);
  const first = ({ query }) => query.replaceAll(/\s+/g, ' ').slice(0, 80);
  const same =
    sameBytes && `; the ceilings answer the same${sameBytes.every(Boolean) ? ' bytes' : ' JSON, with blanks'}`;
  return [
    `${operation}: ${digits(1)(count)} statements a request${bytes ? `, ${whole(bytes)} bytes${same}` : ''}`,
    ...statements.map((each) => `  ${digits(1)(each.calls)} x ${digits(3)(each.ms)} ms  ${first(each)}`),
  ];
}
