import { register } from '../lib/member.js';
import { join } from './actions.js';

export const dynamic = 'force-dynamic';

export default async function Page() {
  return (
    <form action={join}>
      <p>{`member ${await register()}`}</p>
      <button>join</button>
    </form>
  );
}
