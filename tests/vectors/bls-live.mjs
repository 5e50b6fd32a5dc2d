// Answers random cases while a test runs: one JSON array on standard input, one on standard output. What each case asks for is in `ask`.
import { readFileSync } from 'node:fs';
import { bls12_381 as bls } from '@noble/curves/bls12-381';
import { secp256k1_hasher } from '@noble/curves/secp256k1';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils';

const groups = { G1: bls.G1, G2: bls.G2 };
const hex = (bytes) => '0x' + bytesToHex(bytes);
const bytes = (text) => hexToBytes(text.slice(2));
const read = (group, text) => groups[group].Point.fromHex(text.slice(2));

const answers = {
  multiply: ({ group, point, scalar }) => hex(read(group, point).multiply(BigInt(scalar)).toBytes(true)),
  add: ({ group, p, q }) => hex(read(group, p).add(read(group, q)).toBytes(true)),
  hash: ({ group, message, tag }) => hex(groups[group].hashToCurve(bytes(message), { DST: bytes(tag) }).toBytes(true)),
  hashSecp256k1: ({ message, tag }) => hex(secp256k1_hasher.hashToCurve(bytes(message), { DST: bytes(tag) }).toBytes(true)),
  verify: ({ publicKey, message, tag, signature }) =>
    bls.longSignatures.verify(read('G2', signature), bls.longSignatures.hash(bytes(message), bytes(tag)), read('G1', publicKey)),
};

const cases = JSON.parse(readFileSync(0));
process.stdout.write(JSON.stringify(cases.map((c) => answers[c.ask](c))));
