// @ts-check
// Checks a gateway's name, connection and certificate separately, because an HTTP client's error hardly tells them
// apart.

import { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { checkServerIdentity, connect as connectTls } from 'node:tls';
import { systemCodeOf } from '../common/system-failure.js';

/** The host and port of a gateway. @param {string} address */
export function placeOf(address) {
  const { protocol, hostname, port } = new URL(address);
  const secure = protocol === 'https:';
  return { secure, host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (secure ? 443 : 80) : Number(port) };
}

/**
 * Whether the name can be resolved, or else the system's code.
 * @param {string} host
 * @returns {Promise<string | undefined>}
 */
export async function resolve(host) {
  if (isIP(host)) return undefined;
  return lookup(host).then(() => undefined, codeOf);
}

/**
 * How long connecting takes, or the system's code.
 * @param {string} host
 * @param {number} port
 * @param {number} ms
 * @returns {Promise<{ ms: number, code?: string }>}
 */
export async function dial(host, port, ms) {
  const began = performance.now();
  const code = await new Promise((done) => {
    const socket = connect({ host, port, timeout: ms });
    const end = (/** @type {string | undefined} */ code) => {
      socket.destroy();
      done(code);
    };
    socket.once('connect', () => end(undefined)).once('timeout', () => end('ETIMEDOUT')).once('error', (error) => end(codeOf(error)));
  });
  return { ms: Math.round(performance.now() - began), ...(code !== undefined && { code }) };
}

/**
 * What is wrong with a certificate: `code` is the system's, `names` are the names it is valid for, and times are ISO
 * dates.
 * @typedef {{ problem: 'expired' | 'notYet' | 'selfSigned' | 'untrusted' | 'otherName', code: string, names: string, from: string, to: string }} Fault
 */

const DATES = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];

/**
 * Reads the certificate, whether it is trusted or not. Nothing is sent over the connection.
 * @param {string} host
 * @param {number} port
 * @param {number} ms
 * @returns {Promise<{ code: string } | { protocol: string, days: number, faults: Fault[] }>} `code` if there was no handshake
 */
export function shakeHands(host, port, ms) {
  return new Promise((done) => {
    // The certificate is examined before it is refused: the code alone would name only the first of its faults.
    const socket = connectTls({ host, port, timeout: ms, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) });
    const end = (/** @type {any} */ result) => {
      socket.destroy();
      done(result);
    };
    socket.once('timeout', () => end({ code: 'ETIMEDOUT' })).once('error', (error) => end({ code: codeOf(error) }));
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate();
      const [from, to] = [certificate.valid_from, certificate.valid_to].map((date) => new Date(date));
      const faults = faultsOf(socket, certificate, host, Number(from), Number(to)).map((fault) => ({ ...fault, names: namesOf(certificate), from: dayOf(from), to: dayOf(to) }));
      end({ protocol: socket.getProtocol() ?? 'TLS', days: Math.floor((Number(to) - Date.now()) / 86_400_000), faults });
    });
  });
}

/**
 * @param {import('node:tls').TLSSocket} socket
 * @param {import('node:tls').PeerCertificate} certificate
 * @param {string} host
 * @param {number} from
 * @param {number} to
 * @returns {{ problem: Fault['problem'], code: string }[]}
 */
function faultsOf(socket, certificate, host, from, to) {
  /** @type {{ problem: Fault['problem'], code: string }[]} */
  const faults = [];
  const code = String(socket.authorizationError ?? '');
  if (to < Date.now()) faults.push({ problem: 'expired', code: 'CERT_HAS_EXPIRED' });
  if (from > Date.now()) faults.push({ problem: 'notYet', code: 'CERT_NOT_YET_VALID' });
  const other = checkServerIdentity(host, certificate);
  if (other) faults.push({ problem: 'otherName', code: codeOf(other) });
  // OpenSSL reports only one fault, and if there are several, the date.
  if (!socket.authorized && isOwnIssuer(certificate)) faults.push({ problem: 'selfSigned', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  else if (!socket.authorized && !DATES.includes(code) && code !== codeOf(other)) faults.push({ problem: 'untrusted', code });
  // The certificate of an authority above it may have expired as well.
  if (!socket.authorized && faults.length === 0) faults.push({ problem: 'untrusted', code });
  return faults;
}

/** @param {import('node:tls').PeerCertificate} certificate */
function isOwnIssuer({ raw }) {
  const certificate = new X509Certificate(raw);
  return certificate.checkIssued(certificate);
}

/** @param {import('node:tls').PeerCertificate} certificate */
function namesOf(certificate) {
  const names = String(certificate.subjectaltname ?? certificate.subject?.CN ?? '').split(', ').map((name) => name.replace(/^\w[\w ]*:/, ''));
  return names.slice(0, 5).join(', ').slice(0, 200) || '?';
}

/** @param {Date | undefined} date */
function dayOf(date) {
  return Number.isNaN(Number(date)) ? '?' : (date?.toISOString().slice(0, 10) ?? '?');
}

/** The system's code, wherever the error hides it. @param {unknown} error */
export const codeOf = (error) => systemCodeOf(error) ?? 'unknown';
