'use server';

import { redirect } from 'next/navigation';
import { register } from '../lib/member.js';

export async function join() {
  redirect(`/joined/${await register()}`);
}
