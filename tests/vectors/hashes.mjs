import { keccak_256 } from '@noble/hashes/sha3';
import { ripemd160 as ripemd } from '@noble/hashes/legacy';
import { bytesToHex } from '@noble/hashes/utils';
import * as ethers from 'ethers';
import { Random } from './random.mjs';
import { same } from './agreement.mjs';

// Lengths 0 to 300 pass both sides of one and two blocks (136, 272).
export function keccak256() {
  const random = new Random('keccak256');
  return [...Array(301).keys(), 407, 408, 409, 1000, 4096].map((length) => {
    const data = random.hex(length);
    return { data, digest: same(ethers.keccak256(data), '0x' + bytesToHex(keccak_256(ethers.getBytes(data)))) };
  });
}

export function ripemd160() {
  const random = new Random('ripemd160');
  return [...Array(200).keys()].map((length) => {
    const data = random.hex(length);
    return { data, digest: '0x' + bytesToHex(ripemd(ethers.getBytes(data))) };
  });
}
