'use server';

import { redirect } from 'next/navigation';
import { register } from '../lib/run.js';

export async function join() {
  redirect(`/joined/${await register()}`);
}
