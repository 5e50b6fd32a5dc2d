import * as bitcoin from 'bitcoinjs-lib';
import * as ecc from '@bitcoinerlab/secp256k1';
import { bech32, bech32m } from 'bech32';
import { secp256k1 } from '@noble/curves/secp256k1';
import { bytesToHex } from '@noble/hashes/utils';
import { Random, throwawayKey } from './random.mjs';

bitcoin.initEccLib(ecc);

const networks = { mainnet: bitcoin.networks.bitcoin, testnet: bitcoin.networks.testnet, regtest: bitcoin.networks.regtest };

// Addresses of one key: BIP-84 style (P2WPKH) and BIP-86 style (P2TR, key path only).
export function bitcoinAddresses() {
  const random = new Random('bitcoin addresses');
  return Array.from({ length: 60 }, () => {
    const pubkey = Buffer.from(secp256k1.getPublicKey(throwawayKey(random).slice(2), true));
    const of = (payment, name) => payment({ pubkey, internalPubkey: pubkey.subarray(1), network: networks[name] }).address;
    const p2wpkh = ({ pubkey, network }) => bitcoin.payments.p2wpkh({ pubkey, network });
    const p2tr = ({ internalPubkey, network }) => bitcoin.payments.p2tr({ internalPubkey, network });
    const perNetwork = (payment) => Object.fromEntries(Object.keys(networks).map((name) => [name, of(payment, name)]));
    return {
      publicKey: '0x' + bytesToHex(pubkey),
      tweakedKey: '0x' + bytesToHex(bitcoin.payments.p2tr({ internalPubkey: pubkey.subarray(1) }).pubkey),
      p2wpkh: perNetwork(p2wpkh),
      p2tr: perNetwork(p2tr),
    };
  });
}

// Witness programs of every version and length that BIP-141 allows; version 0 in bech32, the others in bech32m.
export function segwit() {
  const random = new Random('segwit');
  const cases = [];
  for (const hrp of ['bc', 'tb', 'bcrt'])
    for (let version = 0; version <= 16; version++)
      for (const length of version === 0 ? [20, 32] : [2, 3, 20, 32, 33, 40]) {
        const program = random.bytes(length);
        const code = version === 0 ? bech32 : bech32m;
        const address = code.encode(hrp, [version, ...code.toWords(program)]);
        cases.push({ hrp, version, program: '0x' + bytesToHex(program), address });
      }
  return cases;
}

// The same witness programs wrongly made: each must be refused.
export function segwitInvalid() {
  const random = new Random('segwit invalid');
  const make = (code, hrp, version, length, more = []) => code.encode(hrp, [version, ...code.toWords(random.bytes(length)), ...more], 200);
  const cases = [];
  for (let version = 1; version <= 16; version++) cases.push({ why: 'bech32 for version above 0', address: make(bech32, 'bc', version, 32) });
  for (const length of [20, 32]) cases.push({ why: 'bech32m for version 0', address: make(bech32m, 'bc', 0, length) });
  for (const version of [17, 20, 31]) cases.push({ why: 'version above 16', address: make(bech32m, 'bc', version, 32) });
  for (const length of [0, 1, 2, 16, 19, 21, 31, 33, 40]) cases.push({ why: 'length wrong for version 0', address: make(bech32, 'bc', 0, length) });
  for (const length of [0, 1, 41, 42, 60]) cases.push({ why: 'length outside 2 to 40', address: make(bech32m, 'bc', 1, length) });
  for (const hrp of ['ltc', 'b', 'bcx', 'vtc']) cases.push({ why: 'foreign prefix', address: make(bech32m, hrp, 1, 32) });
  cases.push({ why: 'empty', address: bech32m.encode('bc', []) });
  // 20, 35 and 40 bytes are whole numbers of words: one more makes no byte, only padding.
  cases.push({ why: 'a word of padding too many', address: make(bech32, 'bc', 0, 20, [0]) });
  for (const length of [20, 35, 40]) cases.push({ why: 'a word of padding too many', address: make(bech32m, 'bc', 1, length, [0]) });
  for (let bit = 0; bit < 4; bit++) {
    const words = bech32m.toWords(random.bytes(32));
    words[words.length - 1] |= 1 << bit;
    cases.push({ why: 'padding bits set', address: bech32m.encode('bc', [1, ...words]) });
    if ((words[words.length - 1] & 15) === 0) throw new Error('this case should have padding bits');
  }
  const good = bech32m.encode('bc', [1, ...bech32m.toWords(random.bytes(32))]);
  cases.push({ why: 'mixed case', address: good.slice(0, -1) + good.slice(-1).toUpperCase().replace(/[0-9]/, 'Q') });
  cases.push({ why: 'mixed case', address: 'BC' + good.slice(2) });
  cases.push({ why: 'no separator', address: good.replace('1', '') });
  for (let i = 0; i < good.length; i++) {
    const other = random.pick([...'qpzry9x8gf2tvdw0s3jn54khce6mua7l'].filter((c) => c !== good[i]));
    cases.push({ why: `character ${i} changed`, address: good.slice(0, i) + other + good.slice(i + 1) });
  }
  return cases;
}
