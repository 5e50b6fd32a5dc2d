import * as ethers from 'ethers';
import * as viem from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { secp256k1 } from '@noble/curves/secp256k1';
import { bytesToHex } from '@noble/hashes/utils';
import { Random, throwawayKey } from './random.mjs';
import { same } from './agreement.mjs';

export function addresses() {
  const random = new Random('addresses');
  return [...Array(200).keys()].map(() => {
    const key = throwawayKey(random);
    const publicKey = '0x' + bytesToHex(secp256k1.getPublicKey(key.slice(2), true));
    return { publicKey, address: same(ethers.computeAddress(publicKey), privateKeyToAccount(key).address) };
  });
}

export function rlp() {
  const random = new Random('rlp');
  const lengths = [0, 1, 1, 2, 20, 32, 54, 55, 56, 57, 200, 255, 256, 300];
  const item = (depth) =>
    depth === 0 || random.below(3) > 0
      ? random.hex(random.pick(lengths))
      : Array.from({ length: random.below(6) }, () => item(depth - 1));
  const fixed = ['0x', '0x00', '0x7f', '0x80', '0xff', [], [[]], [[], [[]], [[], [[]]]], '0x' + 'ab'.repeat(1024), Array(60).fill('0x01')];
  return [...fixed, ...Array.from({ length: 150 }, () => item(4))].map((value) => ({
    value,
    encoded: same(ethers.encodeRlp(value), viem.toRlp(value)),
  }));
}

const erc20 = new ethers.Interface([
  'function transfer(address to, uint256 value)',
  'function approve(address spender, uint256 value)',
  'function transferFrom(address from, address to, uint256 value)',
]);

const address = (random) => ethers.getAddress(random.hex(20));

function callData(random) {
  switch (random.below(8)) {
    case 0: return erc20.encodeFunctionData('transfer', [address(random), random.integer(256)]);
    case 1: return erc20.encodeFunctionData('approve', [address(random), random.integer(256)]);
    case 2: return erc20.encodeFunctionData('transferFrom', [address(random), address(random), random.integer(256)]);
    case 3: return random.hex(random.below(400));
    case 4: return random.hex(4 + 32 * random.below(5));
    default: return '0x';
  }
}

const accessList = (random) =>
  Array.from({ length: random.below(4) }, () => ({
    address: address(random),
    storageKeys: Array.from({ length: random.below(4) }, () => random.hex(32)),
  }));

function fields(random) {
  const kind = random.pick(['legacy', 'eip155', 'eip2930', 'eip1559', 'eip1559']);
  const nonce = random.integer(48);
  const common = {
    kind,
    nonce,
    gasLimit: random.integer(63),
    to: random.below(10) === 0 ? null : address(random),
    value: random.integer(256),
    data: callData(random),
  };
  const chainId = kind === 'legacy' ? null : random.pick([1n, 11155111n, 137n, 10n, 31337n, 1n + random.integer(50)]);
  if (kind !== 'eip1559') {
    const list = kind === 'eip2930' ? { accessList: accessList(random) } : {};
    return { ...common, chainId, gasPrice: random.integer(256), ...list };
  }
  const [low, high] = [random.integer(256), random.integer(256)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { ...common, chainId, maxPriorityFeePerGas: low, maxFeePerGas: high, accessList: accessList(random) };
}

const ethersTypes = { legacy: 0, eip155: 0, eip2930: 1, eip1559: 2 };

function withEthers(tx, key) {
  const { kind, chainId, ...rest } = tx;
  const built = ethers.Transaction.from({ ...rest, nonce: Number(tx.nonce), type: ethersTypes[kind], chainId: chainId ?? 0n });
  const unsigned = built.unsignedSerialized;
  const signingHash = built.unsignedHash;
  const wallet = new ethers.SigningKey(key);
  built.signature = wallet.sign(signingHash);
  return { unsigned, signingHash, signed: built.serialized, hash: built.hash };
}

function withViem(tx) {
  const { kind, chainId, to, gasLimit, data, ...rest } = tx;
  return viem.serializeTransaction({
    ...rest,
    nonce: Number(tx.nonce),
    gas: gasLimit,
    to: to ?? undefined,
    data,
    type: kind === 'eip155' ? 'legacy' : kind,
    ...(chainId === null ? {} : { chainId: Number(chainId) }),
  });
}

export function transactions() {
  const random = new Random('transactions');
  return Array.from({ length: 400 }, () => {
    const tx = fields(random);
    const key = throwawayKey(random);
    const made = withEthers(tx, key);
    same(made.unsigned, withViem(tx));
    const signature = ethers.Transaction.from(made.signed).signature;
    return {
      ...tx,
      unsigned: made.unsigned,
      signingHash: made.signingHash,
      key,
      r: signature.r,
      s: signature.s,
      yParity: signature.yParity,
      signed: made.signed,
      hash: made.hash,
      sender: same(ethers.Transaction.from(made.signed).from, ethers.computeAddress(key)),
      ether: same(ethers.formatEther(tx.value), ethers.formatUnits(tx.value, 18)),
    };
  });
}
