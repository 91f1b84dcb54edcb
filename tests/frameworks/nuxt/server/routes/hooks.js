import { hooks } from '../lib/member.js';

export default defineEventHandler((event) => hooks(toWebRequest(event)));
