import { redirect } from '@sveltejs/kit';
import { register } from '../../lib/member.js';

export const load = async () => ({ memberId: await register() });

export const actions = {
  default: async () => redirect(303, `/joined/${await register()}`),
};
