import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** Serves a folder on localhost for one test; answers the URL. */
export async function serve(folder: string): Promise<string> {
  const worker = new Worker(join(import.meta.dirname, 'file-server.mjs'), {
    workerData: { folder },
  });
  onTestFinished(() => void worker.terminate());
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return `http://127.0.0.1:${port}`;
}
