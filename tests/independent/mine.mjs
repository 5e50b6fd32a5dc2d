// node mine.mjs demo.json: a real EVM node accepts and mines each signed transaction, and the value arrives.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { ethers } from "ethers";
import { Checks } from "./check.mjs";

const require = createRequire(import.meta.url);
const platform = { x64: "amd64", arm64: "arm64" }[process.arch];
const folder = dirname(require.resolve(`@foundry-rs/anvil-${process.platform}-${platform}/package.json`));
const anvil = join(folder, "bin", "anvil");

const freePort = () => new Promise((resolve, reject) => {
  const server = createServer().once("error", reject);
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

async function withNode(chainId, work) {
  const port = await freePort();
  const node = spawn(anvil, ["--host", "127.0.0.1", "--port", String(port), "--chain-id", String(chainId), "--silent"], { stdio: "ignore" });
  const ended = new Promise((_, reject) => node.once("error", reject).once("exit", (code) => reject(new Error(`anvil ended with ${code}`))));
  const provider = new ethers.JsonRpcProvider(`http://127.0.0.1:${port}`, chainId, { staticNetwork: true, pollingInterval: 50, cacheTimeout: -1 });
  try {
    await Promise.race([ended, answering(provider)]);
    await Promise.race([ended, work(provider)]);
  } finally {
    provider.destroy();
    ended.catch(() => {});
    node.kill("SIGKILL");
  }
}

async function answering(provider) {
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      return await provider.send("eth_blockNumber", []);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error("anvil does not answer");
}

const demo = JSON.parse(readFileSync(process.argv[2], "utf8"));
const checks = new Checks();
for (const s of demo.signatures.filter((signature) => signature.rawTransaction)) {
  const transaction = ethers.Transaction.from(s.rawTransaction);
  await withNode(transaction.chainId, async (provider) => {
    await provider.send("anvil_setBalance", [s.address, ethers.toQuantity(transaction.value + ethers.parseEther("1"))]);
    await provider.send("anvil_setNonce", [s.address, ethers.toQuantity(transaction.nonce)]);
    const before = await provider.getBalance(transaction.to);
    const sent = await provider.broadcastTransaction(s.rawTransaction);
    const receipt = await sent.wait(1, 30_000);
    checks.that(receipt.status === 1, `${transaction.hash}: mined, but it failed`);
    checks.that(receipt.from === s.address, `${transaction.hash}: mined from ${receipt.from}`);
    checks.that((await provider.getBalance(transaction.to)) - before === transaction.value, `${transaction.hash}: the value did not arrive`);
  });
}
checks.end();
