// node shared.mjs demo.json: what keys without an owner signed verifies with @noble/curves: RFC 9591 Schnorr, BIP-340, Ed25519, BLS as Ethereum's consensus has it.
import { readFileSync } from "node:fs";
import { bls12_381 } from "@noble/curves/bls12-381";
import { ed25519 } from "@noble/curves/ed25519";
import { schnorr, secp256k1 } from "@noble/curves/secp256k1";
import { expand_message_xmd } from "@noble/curves/abstract/hash-to-curve";
import { bytesToNumberBE } from "@noble/curves/abstract/utils";
import { sha256 } from "@noble/hashes/sha2";
import { bytes, Checks } from "./check.mjs";

const ethereum = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";
const challengeTag = new TextEncoder().encode("FROST-secp256k1-SHA256-v1chal");
const concat = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

// RFC 9591, appendix B: z·G = R + c·PK, c by hash_to_field over R, PK and the message.
function rfc9591(signature, message, publicKey) {
  const Point = secp256k1.Point ?? secp256k1.ProjectivePoint;
  const [r, z] = [signature.slice(0, 33), bytesToNumberBE(signature.slice(33))];
  const c = bytesToNumberBE(expand_message_xmd(concat(r, publicKey, message), challengeTag, 48, sha256)) % secp256k1.CURVE.n;
  const point = (data) => Point.fromHex(Buffer.from(data).toString("hex"));
  return Point.BASE.multiply(z).equals(point(r).add(point(publicKey).multiply(c)));
}

const verifiers = {
  "frost-secp256k1": rfc9591,
  taproot: (signature, message, publicKey) => schnorr.verify(signature, message, publicKey),
  ed25519: (signature, message, publicKey) => ed25519.verify(signature, message, publicKey),
  bls: (signature, message, publicKey) => bls12_381.verify(signature, message, publicKey, { DST: ethereum }),
};

const demo = JSON.parse(readFileSync(process.argv[2], "utf8"));
const checks = new Checks();
const holds = (verify, ...what) => {
  try {
    return verify(...what);
  } catch {
    return false;
  }
};
for (const kind of Object.keys(verifiers)) checks.that(demo.signatures.some((s) => s.kind === kind), `no signature of kind ${kind}`);
for (const [i, s] of demo.signatures.entries()) {
  const verify = verifiers[s.kind];
  if (!verify) continue;
  const [signature, message, publicKey] = [bytes(s.signature), bytes(s.message), bytes(s.publicKey)];
  checks.that(holds(verify, signature, message, publicKey), `signature ${i} (${s.kind}) does not verify`);
  const other = Uint8Array.from(message);
  other[0] ^= 1;
  checks.that(!holds(verify, signature, other, publicKey), `signature ${i} (${s.kind}) verifies over another message`);
}
checks.end();
