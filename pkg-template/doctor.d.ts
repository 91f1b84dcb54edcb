/**
 * Why a call is refused, and what to do about it. Node, Deno and Bun.
 * @module aigobo/doctor
 */

export * from './types/doctor-live.js';
