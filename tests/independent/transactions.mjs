// node transactions.mjs demo.json: ethers parses each signed transaction, recovers its sender and finds in it what was approved.
import { readFileSync } from "node:fs";
import { ethers } from "ethers";
import { Checks } from "./check.mjs";

const demo = JSON.parse(readFileSync(process.argv[2], "utf8"));
const checks = new Checks();
for (const [i, s] of demo.signatures.filter((signature) => signature.rawTransaction).entries()) {
  const transaction = ethers.Transaction.from(s.rawTransaction);
  const request = typeof s.request === "string" ? JSON.parse(s.request.startsWith("0x") ? Buffer.from(s.request.slice(2), "hex").toString("utf8") : s.request) : s.request;
  checks.that(transaction.from === s.address, `transaction ${i}: the sender is ${transaction.from}, not ${s.address}`);
  checks.that(transaction.unsignedHash === s.digest, `transaction ${i}: another digest was signed`);
  checks.that(transaction.unsignedSerialized === request.transaction, `transaction ${i}: it is not the one that was approved`);
  if (s.kind !== "threshold-ecdsa") continue;
  const clusters = s.participants.map((node) => node.split("/")[0]);
  checks.that(new Set(clusters).size === clusters.length && clusters.length >= 2, `transaction ${i}: signed by ${s.participants}`);
  checks.that(clusters.every((cluster) => request.clusters.includes(cluster)), `transaction ${i}: clusters ${clusters} were not asked`);
}
checks.end();
