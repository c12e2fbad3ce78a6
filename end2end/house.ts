// Two houses to visit, each started once a worker: the Tây Sơn demo, and an office of our own whose
// answers, closed point and empty months are known exactly.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { BINARY, type Server, startDemo, startServe } from './server.ts';

export interface Point {
  code: string;
  unit: string;
  name: string;
  channel: string;
}

export interface House extends Server {
  /** A folder of its own, gone with the house. */
  folder: string;
  points: Point[];
  /** The code of the first point whose unit and name begin so. */
  code(unit: string, name: string): string;
  /** Runs another command on the same database and returns what it prints. */
  run(args: string[], env?: Record<string, string>): string;
  /** Responses of a unit, today, as anyone may read them. */
  responses(unit: string): Promise<number>;
}

/** The day in Vietnam, `days` from today. */
export function day(days = 0): string {
  const moment = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(moment);
}

/** A past day of the office: what its board shows then is known exactly. */
export const FEW = day(-40);
export const WITHHELD = day(-41);
export const FULL = day(-42);
/** No answers. */
export const EMPTY = day(-43);

export const test = base.extend<object, { demo: House; office: House }>({
  demo: [
    async ({}, use) => {
      const place = new Place();
      const server = await startDemo({ env: place.env });
      await use(place.house(server));
      await server.stop();
      place.remove();
    },
    { scope: 'worker' },
  ],
  office: [
    async ({}, use) => {
      const place = new Place();
      fill(place);
      const server = await startServe(place.url);
      await use(place.house(server));
      await server.stop();
      place.remove();
    },
    { scope: 'worker' },
  ],
});

class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'hailong-'));
  readonly url = `sqlite://${join(this.folder, 'hailong.db')}`;
  readonly env = { HAILONG_DATABASE_URL: this.url };

  run(args: string[], env: Record<string, string> = {}): string {
    const quiet = { HAILONG_LOG: 'error', ...this.env, ...env };
    return execFileSync(BINARY, args, {
      encoding: 'utf8',
      env: { ...process.env, ...quiet },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  import(kind: string, lines: string[]) {
    const file = join(this.folder, `${kind}.csv`);
    writeFileSync(file, lines.join('\n'));
    this.run(['import', kind, file]);
  }

  points(): Point[] {
    const file = join(this.folder, 'exported.csv');
    this.run(['export', 'points', file]);
    const [head, ...rows] = readFileSync(file, 'utf8').trim().split('\n').map(cells);
    return rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i], cell])) as never);
  }

  house(server: Server): House {
    const points = this.points();
    return {
      ...server,
      folder: this.folder,
      points,
      run: (args, env) => this.run(args, env),
      code: (unit, name) => {
        const point = points.find((point) => point.unit === unit && point.name.startsWith(name));
        if (!point) throw new Error(`no point ${name} of ${unit}`);
        return point.code;
      },
      responses: async (unit) => {
        const answer = await fetch(
          `${server.base}/api/v1/units/${unit}/index?from=${day()}&to=${day()}`,
        );
        const body = (await answer.json()) as { responses: number };
        if (!answer.ok) throw new Error(JSON.stringify(body));
        return body.responses;
      },
    };
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The cells of a line of CSV. */
function cells(line: string): string[] {
  const found = line.trim().matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

function fill(place: Place) {
  place.import('units', [
    'code,parent,kind,name,valid_from,valid_to,predecessors',
    'son-tra,,commune,Phường Sơn Trà,,,',
    'son-tra-tt,son-tra,centre,Trung tâm Phục vụ hành chính công phường Sơn Trà,,,',
    'an-hai,,commune,Phường An Hải,,,',
  ]);
  place.import('points', [
    'code,unit,name,channel,open_from,open_to',
    ',son-tra-tt,"Quầy 1 – Hộ tịch, chứng thực",qr,,',
    ',son-tra-tt,"Quầy 2 – Đất đai, xây dựng",qr,,',
    ',son-tra-tt,Máy tự phục vụ tại sảnh,kiosk,,',
    `,son-tra-tt,Quầy cũ – Tư pháp,qr,,${day(-1)}`,
  ]);
  const [first, second] = place.points();
  const row = (point: Point, day: string, score: number) =>
    `${randomUUID()},${point.code},${day},sipas-2023,result,,qr,,` +
    Array(5).fill(score).join(',');
  // Twelve are few; three are withheld; forty satisfied and ten not make 80 %.
  place.import('responses', [
    'id,point,answered_at,questionnaire,stage,field,channel,comment,A1,B1,C1,D1,E1',
    ...Array.from({ length: 12 }, (_, i) => row(first, FEW, i < 9 ? 5 : 2)),
    ...Array.from({ length: 3 }, () => row(first, WITHHELD, 4)),
    ...Array.from({ length: 50 }, (_, i) => row(i % 2 ? first : second, FULL, i < 40 ? 4 : 1)),
  ]);
}
