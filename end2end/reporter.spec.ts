// Monthly reports as a reporter of one commune sees to them: closed by hand, sent, refused, sent again;
// with and without JavaScript.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { day } from './house.ts';
import { at, heading, office, press, setPassword, signIn } from './office.ts';
import { look, test } from './official.ts';
import { axe } from './page.ts';

const TO = 'van-phong@eakar.example';

/** A server of mail that refuses every recipient until told otherwise. */
async function mailServer() {
  const will = { refuse: true };
  const answer = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT' && will.refuse) return '550 5.7.1 We do not take this';
    return { DATA: '354 Go on', QUIT: '221 Bye' }[verb] ?? '250 Fine';
  };
  const server = createServer((socket) => {
    let [rest, inBody] = ['', false];
    socket.on('error', () => {});
    socket.write('220 mail.test\r\n');
    socket.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop()!;
      for (const line of lines) {
        if (inBody && line !== '.') continue;
        const said = inBody ? '250 Taken' : answer(line);
        inBody = said.startsWith('354');
        socket.write(`${said}\r\n`);
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { port, will, end: () => server.close() };
}

/** The last day of the month before this one. */
function lastMonth() {
  const first = Date.parse(`${day().slice(0, 7)}-01T12:00:00Z`);
  return new Date(first - 86_400_000).toISOString().slice(0, 10);
}

/** Looks again until the log says so. */
async function logged(page: Page, words: string) {
  await expect(async () => {
    await page.reload();
    await expect(page.locator('main section').last()).toContainText(words, { timeout: 500 });
  }).toPass();
}

test('a month is closed by hand and its report sent', async ({ page, errors }) => {
  test.setTimeout(240_000);
  const mail = await mailServer();
  const { server, run, load, end } = await office({
    env: {
      HAILONG_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      HAILONG_MAIL_FROM: 'Hài lòng <bao-cao@hailong.example>',
    },
  });
  load('points', ['code,unit,name,channel,open_from,open_to', ',ea-kar,Quầy 1,qr,,']);
  const folder = mkdtempSync(join(tmpdir(), 'hailong-'));
  const file = join(folder, 'points.csv');
  run('export', 'points', file);
  const code = readFileSync(file, 'utf8').trim().split('\n')[1].split(',')[0];
  const row = () => `${randomUUID()},${code},${lastMonth()},sipas-2023,,,qr,,5,4,4,5,4`;
  load('responses', [
    'id,point,answered_at,questionnaire,stage,field,channel,comment,A1,B1,C1,D1,E1',
    ...Array.from({ length: 6 }, row),
  ]);
  const link = run('account', 'add', '--name', 'cuc@eakar', '--role', 'reporter', '--unit', 'ea-kar');
  await setPassword(page, at(server, link));
  await signIn(page, 'cuc@eakar');

  // What a reporter may not do is not shown.
  await page.getByRole('link', { name: 'Báo cáo tháng' }).click();
  await expect(heading(page)).toHaveText('Báo cáo tháng');
  await expect(page.getByRole('link', { name: 'Người dùng' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Điểm phục vụ' })).toHaveCount(0);
  await look(page, 'reporter');

  // An address that is none is named, and what was typed stays.
  const address = page.getByRole('textbox', { name: 'Địa chỉ thư' });
  await page.getByLabel('Đơn vị', { exact: true }).selectOption('ea-kar');
  await address.fill('văn phòng');
  await press(page, 'Thêm người nhận');
  await expect(page.getByRole('alert')).toContainText('Địa chỉ thư không đúng');
  await expect(address).toHaveValue('văn phòng');
  await look(page, 'reporter-wrong');
  await address.fill(TO);
  await press(page, 'Thêm người nhận');
  await expect(page.getByRole('status')).toHaveText('Đã ghi người nhận.');
  await expect(page.getByRole('row', { name: TO })).toContainText('Word, Excel');

  // The month is closed by hand; the mail is refused, and tried again.
  const [year, month] = lastMonth().split('-');
  await expect(page.locator('main')).toContainText(`Tháng ${month}/${year}: 1 báo cáo`);
  await press(page, 'Khóa sổ ngay');
  await expect(page.getByRole('status')).toHaveText('Đã khóa sổ 1 báo cáo.');
  await logged(page, 'Máy chủ thư từ chối (mã 550)');
  await look(page, 'reporter-refused');
  mail.will.refuse = false;
  await page.getByRole('button', { name: `Gửi lại báo cáo ${month}/${year} cho ${TO}` }).click();
  await expect(page.getByRole('status')).toHaveText('Thư đang chờ gửi lại.');
  await logged(page, 'Đã gửi lúc');

  // Taking the recipient off asks for the address.
  await page.getByRole('link', { name: `Bỏ người nhận ${TO}` }).click();
  await look(page, 'reporter-stop');
  await page.getByLabel('để xác nhận').fill('ai khác');
  await press(page, 'Bỏ người nhận');
  await expect(page.getByRole('alert')).toContainText('không trùng');
  await page.getByLabel('để xác nhận').fill(TO);
  await press(page, 'Bỏ người nhận');
  await expect(page.getByRole('status')).toHaveText('Đã bỏ người nhận.');

  await page.getByRole('link', { name: 'English' }).click();
  await expect(heading(page)).toHaveText('Monthly reports');
  await axe(page);
  errors.splice(0, errors.length, ...errors.filter((line) => !/status of (4\d\d)/.test(line)));
  await end();
  mail.end();
  rmSync(folder, { recursive: true, force: true });
});
