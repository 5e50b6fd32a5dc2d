// node addresses.mjs demo.json: from the extended public key alone, bip32 derives the public key and ethers the address that signed.
import { readFileSync } from "node:fs";
import * as ecc from "@bitcoinerlab/secp256k1";
import { BIP32Factory } from "bip32";
import { ethers } from "ethers";
import { Checks, hex } from "./check.mjs";

const bip32 = BIP32Factory(ecc);
const demo = JSON.parse(readFileSync(process.argv[2], "utf8"));
const checks = new Checks();
for (const [i, s] of demo.signatures.filter((signature) => signature.digest).entries()) {
  const at = `signature ${i} (${s.kind}, ${s.path})`;
  const account = bip32.fromBase58(s.xpub);
  const below = s.path.split("/").slice(1 + account.depth);
  checks.that(below.every((step) => !step.endsWith("'")), `${at}: a hardened step lies below the extended key`);
  const key = below.reduce((node, step) => node.derive(Number(step)), account);
  checks.that(hex(key.publicKey) === s.publicKey, `${at}: the extended key leads to another public key`);
  checks.that(ethers.computeAddress(hex(key.publicKey)) === s.address, `${at}: the address is another`);
}
checks.end();
