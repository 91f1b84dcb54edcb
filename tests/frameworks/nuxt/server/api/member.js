import { register } from '../lib/member.js';

export default defineEventHandler(() => register());
