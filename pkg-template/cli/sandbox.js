// @ts-check
// `aigobo sandbox`

import { serveSandbox } from 'aigobo/sandbox-server';

/** @param {{ port: string, state?: string }} options */
export async function sandbox({ port, state }) {
  const serving = await serveSandbox({ port: Number(port), ...(state !== undefined && { state }) });
  const { accessToken, desKey, md5SecretKey, distrCode, employeeCode, invitateCode } = serving.clientOptions;
  console.log(`${serving.url}
look at it: ${serving.url}/_sandbox/

AIGOBO_BASE_URL=${serving.url}
AIGOBO_ACCESS_TOKEN=${accessToken}
AIGOBO_DES_KEY=${desKey}
AIGOBO_MD5_SECRET_KEY=${md5SecretKey}
AIGOBO_DISTR_CODE=${distrCode}
AIGOBO_EMPLOYEE_CODE=${employeeCode}
AIGOBO_INVITATE_CODE=${invitateCode}`);
  await new Promise((ended) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, ended)));
  await serving.close();
}
