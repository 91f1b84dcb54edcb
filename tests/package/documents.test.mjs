// Policies, certificates and invoices: real PDFs, read by a PDF reader.

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { MEMBER, preOrder } from './shop.js';

const cMapUrl = join(dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json'))), 'cmaps/');

/** The text of each page. @param {Response} response */
async function pages(response) {
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'application/pdf');
  const task = getDocument({ data: new Uint8Array(await response.arrayBuffer()), cMapUrl, cMapPacked: true, verbosity: 0 });
  const pdf = await task.promise;
  const texts = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join('\n'));
  }
  await task.destroy();
  return texts;
}

test('policy, certificate and invoice say what they are about, in Chinese', async () => {
  const sandbox = createSandbox({ clock: () => 1_626_570_000_000, deliver: async () => new Response() });
  const client = new Client(sandbox.clientOptions);
  const { memberId } = await client.registerMember(MEMBER);
  const { tempOrderCode } = await client.createPreOrder(preOrder(memberId, { insuredInfoList: [{ insuredName: '欧阳娜娜', insuredCardType: '1', insuredCardNo: '110101199003070011' }, { insuredName: '𠮷田 (Yoshida)' }] }));
  const { orderCode } = await sandbox.pay(tempOrderCode);
  const { policyDetailList } = await client.getPolicyUrl({ tempOrderCode, memberId });
  const [first, second] = policyDetailList;
  const [policy] = await pages(await sandbox.fetch(first?.policyUrl ?? ''));
  for (const said of ['电子保单', '天安财险', first?.policyCode ?? '', '旅途无忧一日游', '已承保', '欧阳娜娜', '110*************11', '¥1.00', '沙箱样本，不具法律效力']) assert.ok(policy?.includes(said), `${said} in ${policy}`);
  const [certificate] = await pages(await sandbox.fetch(second?.certificateUrl ?? ''));
  assert.ok(certificate?.includes('保险凭证') && certificate.includes('田 (Yoshida)') && !certificate.includes('欧阳'));
  assert.equal((await sandbox.fetch(String(first?.policyUrl).replace(/token=\w+/, 'token=0'))).status, 404);

  await client.applyInvoice({ memberId, orderCode, invoiceType: '2', invoiceTitle: '示例旅行社有限公司', taxpayerNo: '91330100799655058B' });
  const [invoice] = await client.getInvoiceUrl({ memberId, orderCode });
  const [invoiced] = await pages(await sandbox.fetch(invoice?.invoiceUrl ?? ''));
  for (const said of ['电子发票', '示例旅行社有限公司', '91330100799655058B', orderCode, '¥1.00', '2021-07-18 09:00:00']) assert.ok(invoiced?.includes(said), `${said} in ${invoiced}`);

  await client.surrenderByOrderCode({ orderCode, memberId });
  assert.ok((await pages(await sandbox.fetch(first?.policyUrl ?? '')))[0]?.includes('已退保'));
});

test('a group of 300 fills pages', async () => {
  const sandbox = createSandbox({ deliver: async () => new Response() });
  const client = new Client(sandbox.clientOptions);
  const { memberId } = await client.registerMember(MEMBER);
  const insuredInfoList = Array.from({ length: 300 }, (_, place) => ({ insuredName: `队员${place}` }));
  const { tempOrderCode } = await client.createPreOrder(preOrder(memberId, { productCode: '100434', insuredInfoList }));
  await sandbox.pay(tempOrderCode);
  const { policyDetailList } = await client.getPolicyUrl({ tempOrderCode, memberId });
  const texts = await pages(await sandbox.fetch(policyDetailList[299]?.policyUrl ?? ''));
  assert.ok(texts.length > 5 && texts.at(-1)?.includes('队员299'));
});
