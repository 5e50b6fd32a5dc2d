// node signatures.mjs demo.json: every signature verifies under its public key with @noble/curves, is low-s, and recovers that key.
import { readFileSync } from "node:fs";
import { secp256k1 } from "@noble/curves/secp256k1";
import { bytes, Checks, hex } from "./check.mjs";

const demo = JSON.parse(readFileSync(process.argv[2], "utf8"));
const checks = new Checks();
for (const [i, s] of demo.signatures.filter((signature) => signature.digest).entries()) {
  const at = `signature ${i} (${s.kind}, cluster ${s.cluster}, node ${s.node})`;
  const signature = new secp256k1.Signature(BigInt(s.r), BigInt(s.s));
  checks.that(!signature.hasHighS(), `${at}: s is high`);
  checks.that(secp256k1.verify(signature, bytes(s.digest), bytes(s.publicKey), { prehash: false, lowS: true }), `${at}: does not verify`);
  const recovered = signature.addRecoveryBit(Number(s.v)).recoverPublicKey(bytes(s.digest));
  checks.that(hex(recovered.toRawBytes(true)) === s.publicKey, `${at}: v does not recover the public key`);

  // One bit of the digest, and the signature is worth nothing.
  const other = bytes(s.digest);
  other[0] ^= 1;
  checks.that(!secp256k1.verify(signature, other, bytes(s.publicKey), { prehash: false }), `${at}: verifies over another digest`);
}
checks.end();
