import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { PoolExhausted, isConnectionLost, isTransient } from './transient.rules.js';

const told = (code: string, severity = 'ERROR'): Error =>
  Object.assign(new pg.DatabaseError('told', 4, 'error'), { code, severity });
const network = (code: string, syscall: string): Error => Object.assign(new Error('told'), { code, syscall });

describe('what passes by itself', () => {
  it.each(['08006', '53100', '53200', '53300', '53400', '57014', '57P01', '57P03', '58030', '25006', '25P03', '25P04'])(
    'SQLSTATE %s',
    (code) => expect(isTransient(told(code))).toBe(true),
  );
  it.each(['40001', '40P01', '55P03'])('what PostgreSQL undid for another: %s', (code) => {
    expect(isTransient(told(code))).toBe(true);
    expect(isConnectionLost(told(code))).toBe(false);
  });
  it.each([
    ['ECONNREFUSED', 'connect'],
    ['ECONNRESET', 'read'],
    ['EPIPE', 'write'],
    ['ENOTFOUND', 'getaddrinfo'],
    ['ENOENT', 'connect'],
  ])('the network: %s of %s', (code, syscall) => {
    expect(isTransient(network(code, syscall))).toBe(true);
    expect(isConnectionLost(network(code, syscall))).toBe(true);
  });
  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
  ])('the driver: %s', (message) => {
    expect(isTransient(new Error(message))).toBe(true);
    expect(isConnectionLost(new Error(message))).toBe(true);
  });
  it('a pool without a free connection, and what has such a cause', () => {
    expect(isTransient(new PoolExhausted())).toBe(true);
    expect(isTransient(new Error('wrapped', { cause: told('57P01') }))).toBe(true);
  });
});

describe('what does not', () => {
  it.each(['23505', '23514', '42601', '42501', '22001', '54000', '25P02', 'P0001', 'XX000'])('SQLSTATE %s', (code) =>
    expect(isTransient(told(code))).toBe(false),
  );
  it.each([
    ['a mistake of ours', new TypeError('x is not a function')],
    ['a file that is not there', network('ENOENT', 'open')],
    ['a full disk of the files', network('ENOSPC', 'write')],
    ['no error', 'Connection terminated'],
  ])('%s', (_, error) => {
    expect(isTransient(error)).toBe(false);
    expect(isConnectionLost(error)).toBe(false);
  });
});

it('a connection is of no more use after FATAL alone', () => {
  expect(isConnectionLost(told('57P01', 'FATAL'))).toBe(true);
  expect(isConnectionLost(told('57014'))).toBe(false);
  expect(isConnectionLost(told('53100'))).toBe(false);
});
