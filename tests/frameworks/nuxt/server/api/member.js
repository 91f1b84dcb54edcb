import { register } from '../lib/run.js';

export default defineEventHandler(() => register());
