using System.Security.Cryptography;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.ThresholdBls;

/// <summary>Checks parts of a signature and puts f + 1 good ones together. Holds no secret; asks for replacements until there are enough.</summary>
public sealed class BlsCombiner
{
    private readonly SharedKey _key;
    private readonly BlsMessagePoint _message;
    private readonly SortedDictionary<PartyIndex, BlsSignature> _unchecked = [];
    private readonly SortedDictionary<PartyIndex, BlsSignature> _good = [];
    private readonly Dictionary<PartyIndex, ProtocolFault> _faults = [];

    /// <param name="key">The key, in one version: parts of another don't verify.</param>
    /// <param name="message">What is signed.</param>
    public BlsCombiner(SharedKey key, BlsMessagePoint message)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(message);
        PrimeGroup.Bls12381G1.Require(key.Group);
        (_key, _message) = (key, message);
    }

    /// <summary>Whose parts don't verify.</summary>
    public IReadOnlyCollection<ProtocolFault> Faults => _faults.Values;

    /// <summary>The key as Ethereum's consensus has it.</summary>
    public static BlsPublicKey PublicKey(SharedKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return BlsPublicKey.Parse(key.PublicKey.Bytes).Value;
    }

    /// <summary>Adds a part. The first of each holder counts.</summary>
    /// <returns>False for a stranger, or a holder whose part is here or was bad.</returns>
    public bool Add(PartialBlsSignature part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return _key.Parameters.Has(part.Party) && !_faults.ContainsKey(part.Party) && !_good.ContainsKey(part.Party) && _unchecked.TryAdd(part.Party, part.Signature);
    }

    /// <summary>Checks every part under its public share, and combines f + 1 good ones.</summary>
    /// <returns>The signature, verified; <see cref="ProtocolFault.Missing"/>: the holders of whom a part could still help.</returns>
    public StepResult<BlsSignature> Combine()
    {
        var needed = _key.Parameters.Signers;
        if (_good.Count + _unchecked.Count >= needed)
        {
            var chosen = _good.Concat(_unchecked).Take(needed).ToArray();
            var combined = Interpolate(chosen);
            if (AllHold(chosen, combined)) return combined;

            // Something is wrong: one by one, to name whose it is. What is good so far is kept.
            foreach (var (party, signature) in _unchecked)
            {
                if (Share(party).Verify(_message, signature)) _good.Add(party, signature);
                else _faults.Add(party, new ProtocolFault.Cheated(party, ProtocolCheck.SignatureShare));
            }
            _unchecked.Clear();
            if (_good.Count >= needed)
            {
                combined = Interpolate([.. _good.Take(needed)]);
                if (PublicKey(_key).Verify(_message, combined)) return combined;
                return new Refusal(RefusalCode.EnclaveFault, "a signature of good parts does not verify, so it is withheld");
            }
        }
        return new ProtocolFault.Missing([.. _key.Parameters.Indices.Where(i => !_good.ContainsKey(i) && !_unchecked.ContainsKey(i) && !_faults.ContainsKey(i))]);
    }

    // Every part under its public share, and the result under the key, in one equation with random factors c (128 bits each, fresh, so a set with a bad one passes
    // with a chance of 2^-127): e(Σ c_i·Y_i + c_0·X, H(m)) = e(G, Σ c_i·σ_i + c_0·σ).
    private bool AllHold(KeyValuePair<PartyIndex, BlsSignature>[] parts, BlsSignature combined)
    {
        Span<byte> wide = stackalloc byte[PrimeGroup.ScalarLength];
        var factors = new BlsScalar[parts.Length + 1];
        for (var i = 0; i < factors.Length; i++)
        {
            wide.Clear();
            RandomNumberGenerator.Fill(wide[16..]);
            wide[^1] |= 1; // never 0
            factors[i] = BlsScalar.Parse(wide).Value;
        }
        var keys = G1Point.LinearCombinationVarTime([PublicKey(_key).Point, .. parts.Select(p => Share(p.Key).Point)], factors);
        var signatures = G2Point.LinearCombinationVarTime([combined.Point, .. parts.Select(p => p.Value.Point)], factors);
        return BlsPublicKey.From(keys).Is(out var sum, out _) && sum.Verify(_message, new BlsSignature(signatures));
    }

    private BlsPublicKey Share(PartyIndex party) => new(G1Point.From(_key.PublicShare(party)));

    private static BlsSignature Interpolate(IReadOnlyList<KeyValuePair<PartyIndex, BlsSignature>> parts) =>
        BlsSignature.Combine([.. parts.Select(p => (BlsScalar.From(p.Key.Value), p.Value))]).Value;
}
